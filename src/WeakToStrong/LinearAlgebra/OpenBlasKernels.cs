namespace WeakToStrong.LinearAlgebra;

/// <summary>Dense kernels by OpenBLAS, one thread each: threads are ours to use, over blocks of fixed size.</summary>
internal sealed unsafe class OpenBlasKernels(OpenBlasLibrary library) : IDenseKernels
{
    private const int RowMajor = 101, Plain = 111, Transposed = 112, Lower = 122, NonUnit = 131, Left = 141, Right = 142;

    public string Name { get; } = ShortName(library.Version);

    public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, double alpha, ReadOnlySpan<double> a, int lda,
        ReadOnlySpan<double> b, int ldb, double beta, Span<double> c, int ldc)
    {
        KernelShapes.Product<double>(transposeA, transposeB, m, n, k, a, lda, b, ldb, c, ldc);
        fixed (double* pa = a, pb = b, pc = c)
            library.Dgemm(RowMajor, Op(transposeA), Op(transposeB), m, n, k, alpha, pa, Lead(lda), pb, Lead(ldb), beta, pc, Lead(ldc));
    }

    public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, float alpha, ReadOnlySpan<float> a, int lda,
        ReadOnlySpan<float> b, int ldb, float beta, Span<float> c, int ldc)
    {
        KernelShapes.Product<float>(transposeA, transposeB, m, n, k, a, lda, b, ldb, c, ldc);
        fixed (float* pa = a, pb = b, pc = c)
            library.Sgemm(RowMajor, Op(transposeA), Op(transposeB), m, n, k, alpha, pa, Lead(lda), pb, Lead(ldb), beta, pc, Lead(ldc));
    }

    public void GramLower(bool transpose, int n, int k, double alpha, ReadOnlySpan<double> a, int lda, double beta, Span<double> c, int ldc)
    {
        KernelShapes.Gram<double>(transpose, n, k, a, lda, c, ldc);
        fixed (double* pa = a, pc = c)
            library.Dsyrk(RowMajor, Lower, Op(!transpose), n, k, alpha, pa, Lead(lda), beta, pc, Lead(ldc));
    }

    public void GramLower(bool transpose, int n, int k, float alpha, ReadOnlySpan<float> a, int lda, float beta, Span<float> c, int ldc)
    {
        KernelShapes.Gram<float>(transpose, n, k, a, lda, c, ldc);
        fixed (float* pa = a, pc = c)
            library.Ssyrk(RowMajor, Lower, Op(!transpose), n, k, alpha, pa, Lead(lda), beta, pc, Lead(ldc));
    }

    public bool TryCholesky(int n, Span<double> a, int lda)
    {
        KernelShapes.Holds<double>(a, n, n, lda, nameof(a));
        // LAPACK reads columns: our lower triangle is its upper one.
        byte upper = (byte)'U';
        long order = n, stride = Lead(lda), info = 0;
        fixed (double* pa = a)
            library.Dpotrf(&upper, &order, pa, &stride, &info, 1);
        if ((int)info != 0)
            return false;
        // It lets pass what is not a number.
        for (int i = 0; i < n; i++)
        {
            if (!double.IsFinite(a[(i * lda) + i]))
                return false;
        }
        return true;
    }

    public void SolveLower(bool transpose, int n, int columns, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
    {
        KernelShapes.Solve<double>(n, l, ldl, n, columns, b, ldb);
        fixed (double* pl = l, pb = b)
            library.Dtrsm(RowMajor, Left, Lower, Op(transpose), NonUnit, n, columns, 1, pl, Lead(ldl), pb, Lead(ldb));
    }

    public void SolveLowerFromRight(int n, int rows, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
    {
        KernelShapes.Solve<double>(n, l, ldl, rows, n, b, ldb);
        fixed (double* pl = l, pb = b)
            library.Dtrsm(RowMajor, Right, Lower, Transposed, NonUnit, rows, n, 1, pl, Lead(ldl), pb, Lead(ldb));
    }

    private static int Op(bool transpose) => transpose ? Transposed : Plain;

    // A matrix without columns still needs a leading dimension of at least one.
    private static long Lead(int stride) => Math.Max(stride, 1);

    // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH Haswell MAX_THREADS=64" -> "OpenBLAS 0.3.21"
    private static string ShortName(string config) => string.Join(' ', config.Split(' ').Take(2));
}
