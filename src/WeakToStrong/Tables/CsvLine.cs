using System.Runtime.CompilerServices;
using System.Text;

namespace WeakToStrong.Tables;

/// <summary>What is wrong with a line of numbers.</summary>
/// <param name="Column">Index of the cell that is not a number; -1 when the number of cells is wrong.</param>
/// <param name="Cells">How many cells the line has, when that is wrong.</param>
/// <param name="Text">The bad cell.</param>
internal readonly record struct CsvFault(int Column, int Cells, string Text);

/// <summary>Reads the cells of one delimited line.</summary>
internal static class CsvLine
{
    // 10^0 .. 10^22 are exact in double precision.
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(e => double.Parse($"1e{e}"))];

    /// <summary>Reads a line of numbers; cells may be quoted and surrounded by blanks.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="delimiter">What stands between cells.</param>
    /// <param name="row">Takes the numbers: as many as the line must have.</param>
    /// <param name="fault">What is wrong, on failure.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryNumbers(ReadOnlySpan<byte> line, byte delimiter, Span<double> row, out CsvFault fault)
    {
        int at = 0;
        for (int column = 0; column < row.Length; column++)
        {
            bool last = column == row.Length - 1;
            if (!TryPlainNumber(line, ref at, delimiter, out row[column]))
            {
                ReadOnlySpan<byte> cell = Cell(line, at, delimiter);
                if (!TryUnquoted(cell, out row[column]))
                {
                    int cells = CountCells(line, delimiter);
                    fault = cells != row.Length ? new CsvFault(-1, cells, string.Empty)
                        : new CsvFault(column, cells, Encoding.UTF8.GetString(cell));
                    return false;
                }
                at += cell.Length;
            }
            if (last == at < line.Length)
            {
                fault = new CsvFault(-1, CountCells(line, delimiter), string.Empty);
                return false;
            }
            at++;
        }
        fault = default;
        return true;
    }

    /// <summary>The cells of a line as text: quotes removed, blanks trimmed.</summary>
    public static List<string> Texts(ReadOnlySpan<byte> line, byte delimiter)
    {
        var texts = new List<string>();
        for (int at = 0; at <= line.Length; at++)
        {
            ReadOnlySpan<byte> cell = Cell(line, at, delimiter);
            at += cell.Length;
            string text = Encoding.UTF8.GetString(cell).Trim();
            texts.Add(text is ['"', .., '"'] ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : text);
        }
        return texts;
    }

    /// <summary>The delimiter of a header: of comma, semicolon, tab and bar the one that it has most of; a blank when it has none of them.</summary>
    public static byte GuessDelimiter(ReadOnlySpan<byte> header)
    {
        byte best = (byte)',';
        int most = 0;
        foreach (byte candidate in ",;\t|"u8)
        {
            int count = CountCells(header, candidate) - 1;
            if (count > most)
                (best, most) = (candidate, count);
        }
        return most == 0 && header.Trim((byte)' ').Contains((byte)' ') && !header.Contains((byte)'"') ? (byte)' ' : best;
    }

    // The common cell: an optional sign, digits with an optional point, an optional exponent, and then the delimiter or the end. Anything
    // else, and the rare number that the quick arithmetic cannot round, is left to the general parser, with the place unchanged.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryPlainNumber(ReadOnlySpan<byte> line, ref int place, byte delimiter, out double value)
    {
        value = 0;
        int at = place;
        bool negative = at < line.Length && line[at] == '-';
        if (negative)
            at++;
        ulong digits = 0;
        int first = at, point = -1;
        for (; at < line.Length; at++)
        {
            uint digit = (uint)(line[at] - '0');
            if (digit <= 9)
            {
                if (digits > long.MaxValue / 10 - 1)
                    return false;
                digits = (digits * 10) + digit;
            }
            else if (line[at] == '.' && point < 0)
            {
                point = at;
            }
            else
            {
                break;
            }
        }
        if (at - first - (point < 0 ? 0 : 1) == 0)
            return false;
        int exponent = point < 0 ? 0 : point + 1 - at;
        if (at < line.Length && (line[at] | 0x20) == 'e' && !TryExponent(line, ref at, ref exponent))
            return false;
        if ((at < line.Length && line[at] != delimiter) || !TryScale(digits, exponent, out value))
            return false;
        if (negative)
            value = -value;
        place = at;
        return true;
    }

    // digits 10^exponent, rounded once. With digits = d + e (d a double, e what it lost) and P = 10^|exponent| exact, the quotient is
    // q + (r + e)/P, where q = d/P as rounded and r its remainder, which a fused multiply-add gives exactly; the product likewise. The
    // correction c is known to 2^-51 of itself, so when q + c rounds to the same number at both ends of that interval, it is right.
    private static bool TryScale(ulong digits, int exponent, out double value)
    {
        const double Slack = 1.0 / (1L << 50);
        double d = digits;
        value = d;
        if (exponent == 0 && digits <= 1UL << 53)
            return true;
        if (exponent is < -22 or > 22)
            return digits == 0;
        double power = PowersOfTen[Math.Abs(exponent)], lost = (long)digits - (long)d, main, correction;
        if (exponent < 0)
        {
            main = d / power;
            correction = (Math.FusedMultiplyAdd(-main, power, d) + lost) / power;
        }
        else
        {
            main = d * power;
            correction = Math.FusedMultiplyAdd(d, power, -main) + (lost * power);
        }
        value = main + (correction * (1 - Slack));
        return value == main + (correction * (1 + Slack));
    }

    private static bool TryExponent(ReadOnlySpan<byte> line, ref int at, ref int exponent)
    {
        at++;
        bool negative = at < line.Length && line[at] == '-';
        if (negative || (at < line.Length && line[at] == '+'))
            at++;
        int first = at, size = 0;
        for (; at < line.Length && (uint)(line[at] - '0') <= 9 && at - first < 4; at++)
            size = (size * 10) + (line[at] - '0');
        exponent += negative ? -size : size;
        return at > first;
    }

    private static bool TryUnquoted(ReadOnlySpan<byte> cell, out double value)
    {
        cell = cell.Trim(" \t"u8);
        return NumberText.TryParse(cell is [(byte)'"', .., (byte)'"'] ? cell[1..^1] : cell, out value);
    }

    // The cell that starts at a place; a delimiter within quotes is part of it.
    private static ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> line, int start, byte delimiter)
    {
        bool quoted = false;
        int end = start;
        for (; end < line.Length && (quoted || line[end] != delimiter); end++)
            quoted ^= line[end] == '"';
        return line[start..end];
    }

    private static int CountCells(ReadOnlySpan<byte> line, byte delimiter)
    {
        int cells = 0;
        for (int at = 0; at <= line.Length; at++, cells++)
            at += Cell(line, at, delimiter).Length;
        return cells;
    }
}
