using System.Globalization;
using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>Checks for covariance and penalty matrices.</summary>
internal static class SymmetricMatrix
{
    /// <summary>Entries such as 1 and 0.5 are exact, not rounded to one digit: no text is taken to be coarser than this, relative to
    /// the largest eigenvalue.</summary>
    private const double CoarsestText = 1e-6;

    /// <summary>A copy of a matrix that is square, finite and symmetric to rounding.</summary>
    public static Matrix<double> CheckedCopy(Matrix<double> matrix, string what)
    {
        if (matrix.Rows != matrix.Columns)
            throw new ArgumentException($"{what} is {matrix.Rows} x {matrix.Columns}; must be square");
        double largest = 0;
        foreach (double value in matrix.Data)
            largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value))
                : throw new ArgumentException(FormattableString.Invariant($"{what} has an entry {value}; must be finite numbers"));
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Math.Abs(matrix[i, j] - matrix[j, i]) > 1e-12 * largest)
                {
                    throw new ArgumentException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{what} is not symmetric: row {i + 1}, column {j + 1} is {matrix[i, j]} but row {j + 1}, column {i + 1} is "
                        + $"{matrix[j, i]}"));
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

    /// <summary>Half a unit in the last place of the entries as written, relative to each; at most <see cref="CoarsestText"/>.</summary>
    public static double RelativePrecision(Matrix<double> matrix)
    {
        int digits = 1;
        bool single = true;
        foreach (double value in matrix.Data)
            (digits, single) = (value == 0 ? digits : Math.Max(digits, Decimal(value).Digits), single && value == (float)value);
        return single && digits > 9 ? 6e-8 : Math.Min(CoarsestText, 0.5 * Math.Pow(10, 1 - digits));
    }

    /// <summary>The same, on several threads; <paramref name="lowest"/> is the smallest eigenvalue as it was found, 0 or above to rounding
    /// of the entries, which are right to <paramref name="precision"/> of each where they were scaled.</summary>
    public static double[] SemiDefiniteEigen(Matrix<double> matrix, string what, int threads, out double lowest, double? precision = null)
    {
        Matrix<double> given = matrix.Copy();
        double[] values = Dense.SymmetricEigen(matrix, threads);
        lowest = values[0];
        double largest = values.Max(Math.Abs), rounding = values.Length * 2.2e-16 * largest, allowed = 8 * rounding;
        if (values[0] < -allowed)
            allowed = Math.Max(allowed, Math.Min(
                precision is { } relative ? relative * Frobenius(given) : Imprecision(given), CoarsestText * largest));
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

    /// <summary>
    /// By how much rounding of the entries can move an eigenvalue: the Frobenius norm of half a unit in the last place to which each entry
    /// was written. A matrix written with D significant digits or P decimals shows them somewhere: an entry's unit is the coarser of the
    /// two. Entries that are all single-precision numbers are taken as rounded to those.
    /// </summary>
    private static double Imprecision(Matrix<double> matrix)
    {
        bool single = true;
        int digits = 0, decimals = int.MinValue;
        foreach (double value in matrix.Data)
        {
            single &= value == (float)value;
            if (value == 0)
                continue;
            (int significant, int exponent) = Decimal(value);
            digits = Math.Max(digits, significant);
            decimals = Math.Max(decimals, significant - 1 - exponent);
        }
        double sum = 0;
        foreach (double value in matrix.Data)
        {
            double written = value == 0 ? Math.Pow(10, -decimals) : Math.Pow(10, Math.Max(Decimal(value).Exponent - digits + 1, -decimals));
            double unit = single && digits > 9 ? Math.Abs(value) * 1.2e-7 : written;
            sum += 0.25 * unit * unit;
        }
        return Math.Sqrt(sum);
    }

    /// <summary>Significant digits of the shortest text that reads back to the value, and the power of ten of the first of them.</summary>
    private static (int Digits, int Exponent) Decimal(double value)
    {
        string text = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture),
            shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        int digits = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('0').Length;
        return (Math.Max(1, digits), int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture));
    }
}
