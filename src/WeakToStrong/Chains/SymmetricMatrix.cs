using System.Globalization;
using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>Checks for covariance and penalty matrices.</summary>
internal static class SymmetricMatrix
{
    /// <summary>Entries such as 1 and 0.5 are exact, not rounded to one digit: no text is taken to be coarser than this, relative to
    /// the largest eigenvalue.</summary>
    public const double CoarsestText = 1e-6;

    // The same of two entries that should be equal, written with six digits.
    private const double CoarsestPair = 1e-5;

    // Beside this, entries differ by rounding of the arithmetic that made them.
    private const double Rounding = 1e-12;

    /// <summary>A copy of a matrix that is square, finite and symmetric: entries (i, j) and (j, i) differ by no more than rounding of their
    /// text explains, compared with sqrt(c_ii c_jj), so that small features are held to their own scale.</summary>
    public static Matrix<double> CheckedCopy(Matrix<double> matrix, string what)
    {
        if (matrix.Rows != matrix.Columns)
            throw new ArgumentException($"{what} is {matrix.Rows} x {matrix.Columns}; must be square");
        foreach (double value in matrix.Data)
        {
            if (!double.IsFinite(value))
                throw new ArgumentException(FormattableString.Invariant($"{what} has an entry {value}; must be finite numbers"));
        }
        var units = new double[matrix.Rows];
        for (int i = 0; i < units.Length; i++)
            units[i] = Math.Sqrt(Math.Abs(matrix[i, i]));
        TextPrecision? text = null;
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double above = matrix[j, i], below = matrix[i, j], difference = Math.Abs(above - below), unit = units[i] * units[j];
                if (difference <= Rounding * unit)
                    continue;
                text ??= TextPrecision.Of(matrix);
                // Either was rounded by half a unit of its last place: they differ by one, and not by two.
                double last = 0.5 * (text.UnitOf(above) + text.UnitOf(below));
                if (difference > Math.Min(1.5 * last, CoarsestPair * unit))
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"{what} is not symmetric: row {i + 1}, column {j + 1} is {below} but row {j + 1}, column {i + 1} is {above}"));
                }
            }
        }
        return matrix.Copy();
    }

    /// <summary>
    /// Eigenvalues of a symmetric positive semi-definite matrix, which is overwritten by the eigenvectors (in columns). What lies
    /// within rounding of zero becomes zero, and so does what lies below by no more than rounding of the entries explains; what lies
    /// further below is refused.
    /// </summary>
    public static double[] SemiDefiniteEigen(Matrix<double> matrix, string what) => SemiDefiniteEigen(matrix, what, 1, out _);

    /// <summary>The same, on several threads; <paramref name="lowest"/> is the smallest eigenvalue as it was found, 0 or above to rounding
    /// of the entries, which are right to <paramref name="precision"/> of each where they were scaled.</summary>
    public static double[] SemiDefiniteEigen(Matrix<double> matrix, string what, int threads, out double lowest, double? precision = null)
    {
        Matrix<double> given = matrix.Copy();
        double[] values = Dense.SymmetricEigen(matrix, threads);
        lowest = values[0];
        double largest = values.Max(Math.Abs), rounding = values.Length * 2.2e-16 * largest, allowed = 8 * rounding;
        if (values[0] < -allowed)
        {
            double text = precision is { } relative ? relative * Frobenius(given) : TextPrecision.Of(given).Imprecision(given);
            allowed = Math.Max(allowed, Math.Min(text, CoarsestText * largest));
        }
        if (values[0] < -allowed)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} is not positive semi-definite: its smallest eigenvalue is {values[0]:g6}, and rounding of the entries explains no "
                + $"more than -{allowed:g2}"));
        }
        for (int j = 0; j < values.Length; j++)
            values[j] = values[j] <= rounding ? 0 : values[j];
        return values;
    }

    private static double Frobenius(Matrix<double> matrix) => Math.Sqrt(TensorPrimitives.SumOfSquares<double>(matrix.Data));
}
