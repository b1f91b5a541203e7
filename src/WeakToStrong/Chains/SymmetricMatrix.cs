using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>Checks for covariance and penalty matrices.</summary>
internal static class SymmetricMatrix
{
    /// <summary>A copy of a matrix that is square, finite and symmetric to rounding.</summary>
    public static Matrix<double> CheckedCopy(Matrix<double> matrix, string what)
    {
        if (matrix.Rows != matrix.Columns)
            throw new ArgumentException($"{what} is {matrix.Rows} x {matrix.Columns}; must be square");
        double largest = 0;
        foreach (double value in matrix.Data)
            largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : throw new ArgumentException($"{what} has an entry {value}; must be finite numbers");
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Math.Abs(matrix[i, j] - matrix[j, i]) > 1e-12 * largest)
                    throw new ArgumentException($"{what} is not symmetric: row {i + 1}, column {j + 1} is {matrix[i, j]} but row {j + 1}, column {i + 1} is {matrix[j, i]}");
            }
        }
        return matrix.Copy();
    }

    /// <summary>
    /// Eigenvalues of a symmetric positive semi-definite matrix, which is overwritten by the eigenvectors (in columns). What lies within
    /// rounding of zero becomes zero; what lies below is refused.
    /// </summary>
    public static double[] SemiDefiniteEigen(Matrix<double> matrix, string what)
    {
        double[] values = Dense.SymmetricEigen(matrix);
        double rounding = values.Length * 2.2e-16 * values.Max(Math.Abs);
        if (values[0] < -8 * rounding)
            throw new ArgumentException($"{what} is not positive semi-definite: its smallest eigenvalue is {values[0]:g6}");
        for (int j = 0; j < values.Length; j++)
            values[j] = values[j] <= rounding ? 0 : values[j];
        return values;
    }
}
