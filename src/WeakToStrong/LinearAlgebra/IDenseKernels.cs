namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// The few dense kernels that everything else is built on, each on one thread and row-major with leading dimensions. Chosen once
/// (<see cref="DenseKernels.Current"/>). Users of the library want <see cref="Dense"/>, which cuts work into blocks of
/// fixed size and runs them on all threads, so that results do not depend on the number of threads.
/// </summary>
/// <remarks>
/// Spans start at the first entry that is used and may be longer than the matrix. Matrices of size zero are allowed everywhere.
/// All members may be called from many threads at once.
/// </remarks>
internal interface IDenseKernels
{
    /// <summary>Name and version, for the doctor and for benchmark tables.</summary>
    string Name { get; }

    /// <summary>C = alpha op(A) op(B) + beta C, with op(A) m x k, op(B) k x n, C m x n; beta = 0 overwrites C without reading it.</summary>
    void Multiply(bool transposeA, bool transposeB, int m, int n, int k, double alpha, ReadOnlySpan<double> a, int lda,
        ReadOnlySpan<double> b, int ldb, double beta, Span<double> c, int ldc);

    /// <summary>The same in single precision.</summary>
    void Multiply(bool transposeA, bool transposeB, int m, int n, int k, float alpha, ReadOnlySpan<float> a, int lda, ReadOnlySpan<float> b,
        int ldb, float beta, Span<float> c, int ldc);

    /// <summary>
    /// Lower triangle of the symmetric C (n x n) = alpha A'A + beta C with A k x n, or, with <paramref name="transpose"/>,
    /// alpha A A' + beta C with A n x k. The strict upper triangle is neither read nor written.
    /// </summary>
    void GramLower(bool transpose, int n, int k, double alpha, ReadOnlySpan<double> a, int lda, double beta, Span<double> c, int ldc);

    /// <summary>Single precision
    /// <see cref="GramLower(bool, int, int, double, ReadOnlySpan{double}, int, double, Span{double}, int)"/>.</summary>
    void GramLower(bool transpose, int n, int k, float alpha, ReadOnlySpan<float> a, int lda, float beta, Span<float> c, int ldc);

    /// <summary>
    /// Cholesky factor L of the symmetric positive definite A = L L', in place in the lower triangle; the strict upper triangle is
    /// neither read nor written. False, with A spoilt, when A is not positive definite.
    /// </summary>
    bool TryCholesky(int n, Span<double> a, int lda);

    /// <summary>B = op(L)^-1 B with lower triangular L (n x n) and B n x columns, in place.</summary>
    void SolveLower(bool transpose, int n, int columns, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb);

    /// <summary>B = B L^-T with lower triangular L (n x n) and B rows x n, in place: solves X L' = B.</summary>
    void SolveLowerFromRight(int n, int rows, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb);
}
