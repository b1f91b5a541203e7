using System.Globalization;
using System.Text;

namespace WeakToStrong.Tables;

/// <summary>
/// Numbers as text, in one way everywhere: the shortest decimal form that reads back to the same bits, and
/// <c>inf</c>, <c>-inf</c>, <c>nan</c>.
/// </summary>
public static class NumberText
{
    /// <summary>Room enough for any number's text.</summary>
    public const int MostBytes = 32;

    /// <summary>The shortest text that reads back to the same bits.</summary>
    public static string Format(double value)
    {
        Span<byte> buffer = stackalloc byte[MostBytes];
        return Encoding.ASCII.GetString(buffer[..Format(value, buffer)]);
    }

    /// <summary>Writes that text as UTF-8 and returns its length; the destination must have room for <see cref="MostBytes"/>.</summary>
    public static int Format(double value, Span<byte> destination)
    {
        if (double.IsFinite(value))
        {
            value.TryFormat(destination, out int length, default, CultureInfo.InvariantCulture);
            return length;
        }
        ReadOnlySpan<byte> word = double.IsNaN(value) ? "nan"u8 : value > 0 ? "inf"u8 : "-inf"u8;
        word.CopyTo(destination);
        return word.Length;
    }

    /// <summary>Reads a number: decimal or scientific, or inf, infinity or nan in any case with an optional sign. Blanks around
    /// it are allowed. Digits beyond the largest number, such as 1e400, are refused: whoever wrote them did not mean infinity.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        return (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)
            && EndsAsNumber(text[^1])) || TryWord(text, out value);
    }

    /// <summary>Reads a number from UTF-8, by the rules of the other overload.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)
            && EndsAsNumber((char)text[^1]))
            return true;
        Span<char> characters = stackalloc char[16];
        text = text.Trim(" \t"u8);
        return text.Length <= characters.Length && TryWord(characters[..Encoding.Latin1.GetChars(text, characters)], out value);
    }

    // The system's parser also takes zero bytes behind a number, and signs of infinity.
    private static bool EndsAsNumber(char last) => last != 0 && char.IsAscii(last);

    private static bool TryWord(ReadOnlySpan<char> text, out double value)
    {
        bool negative = text.StartsWith('-');
        ReadOnlySpan<char> word = negative || text.StartsWith('+') ? text[1..] : text;
        bool infinite = word.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || word.Equals("infinity", StringComparison.OrdinalIgnoreCase);
        value = !infinite ? double.NaN : negative ? double.NegativeInfinity : double.PositiveInfinity;
        return infinite || word.Equals("nan", StringComparison.OrdinalIgnoreCase);
    }
}
