using System.Text;

namespace WeakToStrong.Tables;

/// <summary>Strings of cells that come again and again, such as the names of classes, are made once. Not safe
/// for several threads.</summary>
internal sealed class TextPool
{
    private const int Slots = 1024;
    private readonly string?[] _known = new string?[Slots];

    /// <summary>The text of a cell (see <see cref="CsvLine.Text"/>).</summary>
    public string Text(ReadOnlySpan<byte> cell)
    {
        uint hash = 2166136261;
        foreach (byte b in cell)
            hash = (hash ^ b) * 16777619;
        ref string? known = ref _known[(hash ^ (hash >> 16)) % Slots];
        if (known is null || !Ascii.Equals(cell, known))
            known = CsvLine.Text(cell);
        return known;
    }
}
