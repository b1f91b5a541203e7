using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace WeakToStrong.Tables;

/// <summary>What a column is read for.</summary>
internal enum CellUse : byte
{
    /// <summary>Not at all.</summary>
    Skip,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A number, or a blank cell for NaN.</summary>
    OptionalNumber,

    /// <summary>Text as it is written.</summary>
    Text,
}

/// <summary>What is wrong with a line.</summary>
/// <param name="Column">Index of the cell that is not a number; -1 when the number of cells is wrong.</param>
/// <param name="Cells">How many cells the line has, when that is wrong.</param>
/// <param name="Text">The bad cell.</param>
internal readonly record struct CsvFault(int Column, int Cells, string Text);

/// <summary>
/// Reads the cells of one delimited line. Cells may be surrounded by blanks, and quoted when a quote is their first character. With blanks
/// between cells, several count as one.
/// </summary>
internal static class CsvLine
{
    private static readonly SearchValues<byte> PartsOfNumbers = SearchValues.Create("0123456789.,;+-eE \t|"u8);

    // 10^0 .. 10^22 are exact in double precision.
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23)
        .Select(e => double.Parse($"1e{e}", CultureInfo.InvariantCulture))];

    /// <summary>Reads a line of cells.</summary>
    /// <param name="line">The line without its end; without blanks around it when they are the delimiter.</param>
    /// <param name="delimiter">What stands between cells.</param>
    /// <param name="uses">What each cell is read for: as many as the line must have.</param>
    /// <param name="numbers">Takes the numbers, in order.</param>
    /// <param name="texts">Takes the places of the texts in the line, in order.</param>
    /// <param name="fault">What is wrong, on failure.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryCells(
        ReadOnlySpan<byte> line, byte delimiter, ReadOnlySpan<CellUse> uses, Span<double> numbers, Span<Range> texts, out CsvFault fault)
    {
        int at = 0, number = 0, text = 0;
        for (int column = 0; column < uses.Length; column++)
        {
            CellUse use = uses[column];
            if (delimiter == ' ' && at < line.Length)
                at += line[at..].IndexOfAnyExcept((byte)' ');
            if (use != CellUse.Number || !TryPlainNumber(line, ref at, delimiter, out numbers[number]))
            {
                ReadOnlySpan<byte> cell = Cell(line, at, delimiter);
                if (use == CellUse.Text)
                {
                    texts[text++] = at..(at + cell.Length);
                }
                else if (use != CellUse.Skip && !TryUnquoted(cell, use, out numbers[number]))
                {
                    int cells = CountCells(line, delimiter);
                    fault = cells != uses.Length ? new CsvFault(-1, cells, string.Empty)
                        : new CsvFault(column, cells, Encoding.UTF8.GetString(cell));
                    return false;
                }
                at += cell.Length;
            }
            number += use is CellUse.Number or CellUse.OptionalNumber ? 1 : 0;
            bool last = column == uses.Length - 1;
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
        if (delimiter == ' ')
            line = line.Trim((byte)' ');
        for (int at = 0; at <= line.Length; at++)
        {
            if (delimiter == ' ' && at < line.Length)
                at += line[at..].IndexOfAnyExcept((byte)' ');
            ReadOnlySpan<byte> cell = Cell(line, at, delimiter);
            at += cell.Length;
            texts.Add(Text(cell));
        }
        return texts;
    }

    /// <summary>The text of a cell: quotes removed, blanks trimmed.</summary>
    public static string Text(ReadOnlySpan<byte> cell)
    {
        string text = Encoding.UTF8.GetString(cell).Trim();
        return text is ['"', .., '"'] ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>
    /// What stands between the cells: of comma, semicolon, tab and bar the one that the first line has most of, but among numbers a comma
    /// only when there is no other, as it may be before decimals. A blank when there is nothing else, and the first line is made of numbers
    /// or the second of as many.
    /// </summary>
    public static byte GuessDelimiter(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        byte best = (byte)',';
        int most = LooksLikeNumbers(first) ? 1 : CountCells(first, best);
        foreach (byte candidate in ";\t|"u8)
        {
            int count = CountCells(first, candidate);
            if (count > most)
                (best, most) = (candidate, count);
        }
        if (most > 1 || first.Contains((byte)',') || first.Contains((byte)'"'))
            return best;
        int words = CountCells(first, (byte)' ');
        return words > 1 && (AreNumbers(first, words) || AreNumbers(second, words)) ? (byte)' ' : best;
    }

    /// <summary>Whether a line has digits and, beside them, only what stands in or between numbers.</summary>
    public static bool LooksLikeNumbers(ReadOnlySpan<byte> line) =>
        line.ContainsAnyInRange((byte)'0', (byte)'9') && !line.ContainsAnyExcept(PartsOfNumbers);

    /// <summary>The first row of a text, without its line end; a line end within quotes is part of a cell.</summary>
    public static ReadOnlySpan<byte> FirstRow(ReadOnlySpan<byte> text)
    {
        byte before = (byte)'\n';
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '\n')
                return text[..at];
            // The delimiter is not known yet; whatever it is, a quote is first in its cell when nothing else precedes it.
            if (text[at] == '"' && ",;\t|\n"u8.Contains(before))
            {
                int close = EndOfQuotes(text, at + 1);
                if (close < 0)
                    return text;
                at = close - 1;
            }
            if (text[at] != ' ')
                before = text[at];
        }
        return text;
    }

    /// <summary>Whether a text from the beginning of a row ends within quotes.</summary>
    public static bool EndsWithinQuotes(ReadOnlySpan<byte> text, byte delimiter)
    {
        for (int at = 0; ; at++)
        {
            at = SkipBlanks(text, at, delimiter);
            if (at < text.Length && text[at] == '"' && (at = EndOfQuotes(text, at + 1)) < 0)
                return true;
            int next = text[at..].IndexOf(delimiter);
            if (next < 0)
                return false;
            at += next;
        }
    }

    /// <summary>Whether a byte may surround a cell.</summary>
    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r';

    private static bool AreNumbers(ReadOnlySpan<byte> line, int count) =>
        TryCells(line.Trim(" \t"u8), (byte)' ', [.. Enumerable.Repeat(CellUse.Number, count)], new double[count], default, out _);

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

    private static bool TryUnquoted(ReadOnlySpan<byte> cell, CellUse use, out double value)
    {
        cell = cell.Trim(" \t"u8);
        if (cell is [(byte)'"', .., (byte)'"'])
            cell = cell[1..^1];
        if (use == CellUse.OptionalNumber && cell.Trim(" \t"u8).IsEmpty)
        {
            value = double.NaN;
            return true;
        }
        return NumberText.TryParse(cell, out value);
    }

    // The cell that starts at a place; a delimiter within quotes is part of it.
    private static ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> line, int start, byte delimiter)
    {
        int at = SkipBlanks(line, start, delimiter);
        if (at < line.Length && line[at] == '"' && (at = EndOfQuotes(line, at + 1)) < 0)
            return line[start..];
        int length = line[at..].IndexOf(delimiter);
        return length < 0 ? line[start..] : line[start..(at + length)];
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at, byte delimiter)
    {
        while (at < text.Length && text[at] != delimiter && IsBlank(text[at]))
            at++;
        return at;
    }

    // Behind the quote that closes what was opened before a place; -1 when none does.
    private static int EndOfQuotes(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            int close = text[at..].IndexOf((byte)'"');
            if (close < 0)
                return -1;
            at += close + 1;
            if (at >= text.Length || text[at] != '"')
                return at;
            at++;
        }
    }

    private static int CountCells(ReadOnlySpan<byte> line, byte delimiter)
    {
        if (delimiter == ' ')
            line = line.Trim((byte)' ');
        int cells = 0;
        for (int at = 0; at <= line.Length; at++, cells++)
        {
            if (delimiter == ' ' && at < line.Length)
                at += line[at..].IndexOfAnyExcept((byte)' ');
            at += Cell(line, at, delimiter).Length;
        }
        return cells;
    }
}
