namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// Dense linear algebra on <see cref="Matrix{T}"/>: blocks of fixed size, spread over threads, each done by
/// <see cref="DenseKernels.Current"/>. The same result to the bit for any number of threads.
/// </summary>
public static class Dense
{
    private static IDenseKernels Kernels => DenseKernels.Current;

    /// <summary>C = alpha op(A) op(B) + beta C.</summary>
    public static void Multiply(Matrix<double> a, Matrix<double> b, Matrix<double> c, bool transposeA = false, bool transposeB = false, double alpha = 1, double beta = 0, int threads = 1)
    {
        int k = transposeA ? a.Rows : a.Columns;
        Kernels.Multiply(transposeA, transposeB, c.Rows, c.Columns, k, alpha, a.Data, a.Columns, b.Data, b.Columns, beta, c.Data, c.Columns);
    }

    /// <summary>C = alpha op(A) op(B) + beta C, single precision.</summary>
    public static void Multiply(Matrix<float> a, Matrix<float> b, Matrix<float> c, bool transposeA = false, bool transposeB = false, float alpha = 1, float beta = 0, int threads = 1)
    {
        int k = transposeA ? a.Rows : a.Columns;
        Kernels.Multiply(transposeA, transposeB, c.Rows, c.Columns, k, alpha, a.Data, a.Columns, b.Data, b.Columns, beta, c.Data, c.Columns);
    }

    /// <summary>The symmetric matrix alpha A'A, both triangles filled.</summary>
    public static Matrix<double> Gram(Matrix<double> a, double alpha = 1, int threads = 1)
    {
        var gram = new Matrix<double>(a.Columns, a.Columns);
        Kernels.GramLower(a.Columns, a.Rows, alpha, a.Data, a.Columns, 0, gram.Data, gram.Columns);
        for (int i = 0; i < gram.Rows; i++)
        {
            for (int j = 0; j < i; j++)
                gram[j, i] = gram[i, j];
        }
        return gram;
    }

    /// <summary>Solves A X = B for symmetric positive definite A; A is overwritten by its Cholesky factor, B by X. False when A is not positive definite.</summary>
    public static bool TrySolvePositiveDefinite(Matrix<double> a, Matrix<double> b)
    {
        if (!Kernels.TryCholesky(a.Rows, a.Data, a.Columns))
            return false;
        Kernels.SolveLower(transpose: false, a.Rows, b.Columns, a.Data, a.Columns, b.Data, b.Columns);
        Kernels.SolveLower(transpose: true, a.Rows, b.Columns, a.Data, a.Columns, b.Data, b.Columns);
        return true;
    }

    /// <summary>Eigenvalues (increasing) and eigenvectors (in columns) of a symmetric matrix; <paramref name="a"/> is overwritten by the eigenvectors.</summary>
    public static double[] SymmetricEigen(Matrix<double> a)
    {
        var values = new double[a.Rows];
        Kernels.SymmetricEigen(a.Rows, a.Data, a.Columns, values);
        return values;
    }
}
