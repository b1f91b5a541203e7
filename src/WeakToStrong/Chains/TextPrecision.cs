using System.Globalization;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>
/// To what the entries of a matrix were rounded when they were written. A matrix written with D significant digits or P decimals shows them
/// somewhere: the unit of an entry is the coarser of the two. Entries that are all single-precision numbers are taken as rounded to those.
/// </summary>
internal sealed class TextPrecision
{
    // Relative to a number: a unit in the last place of single precision.
    private const double SingleUnit = 1.2e-7;

    private readonly bool _single = true;
    private readonly int _digits = 1, _decimals = int.MinValue;

    private TextPrecision(Matrix<double> matrix)
    {
        foreach (double value in matrix.Data)
        {
            _single &= value == (float)value;
            if (value == 0)
                continue;
            (int significant, int exponent) = Decimal(value);
            _digits = Math.Max(_digits, significant);
            _decimals = Math.Max(_decimals, significant - 1 - exponent);
        }
        _single &= _digits > 9;
    }

    public static TextPrecision Of(Matrix<double> matrix) => new(matrix);

    /// <summary>Half a unit in the last place, relative to an entry; at most <see cref="SymmetricMatrix.CoarsestText"/>.</summary>
    public double Relative => _single ? SingleUnit / 2 : Math.Min(SymmetricMatrix.CoarsestText, 0.5 * Math.Pow(10, 1 - _digits));

    /// <summary>The unit in the last place to which an entry was written.</summary>
    public double UnitOf(double value) => _single ? Math.Abs(value) * SingleUnit
        : value == 0 ? Math.Pow(10, -_decimals) : Math.Pow(10, Math.Max(Decimal(value).Exponent - _digits + 1, -_decimals));

    /// <summary>By how much rounding of the entries can move an eigenvalue: the Frobenius norm of half a unit of each.</summary>
    public double Imprecision(Matrix<double> matrix)
    {
        double sum = 0;
        foreach (double value in matrix.Data)
        {
            double unit = UnitOf(value);
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
