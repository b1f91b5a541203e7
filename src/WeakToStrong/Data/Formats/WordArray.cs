using System.Text;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>Words of fixed length, one a row: NumPy's arrays of text. Blanks around a word do not count, as in delimited text.</summary>
internal sealed class WordArray : RowFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly long _start;
    private readonly int _wordBytes;
    private readonly Encoding _encoding;

    /// <summary>Opens an array.</summary>
    /// <param name="source">The file.</param>
    /// <param name="shape">Lengths of the axes.</param>
    /// <param name="start">Place of the first byte.</param>
    /// <param name="wordBytes">Bytes of a word.</param>
    /// <param name="bigEndian">Whether the four bytes of a letter begin with the most significant; null: a letter is one byte.</param>
    public WordArray(ByteSource source, long[] shape, long start, int wordBytes, bool? bigEndian)
        : base(source)
    {
        if (shape is not ([_] or [_, 1] or [1, _]))
            throw new InputException($"{source.Name} holds words in the shape ({string.Join(", ", shape)}); it must have one column");
        Rows = shape[0] == 1 ? shape[^1] : shape[0];
        if (Rows == 0)
            throw new InputException($"{source.Name} has no rows; it must have at least one");
        if (Rows > Array.MaxLength || source.Length - start < Rows * wordBytes)
            throw new InputException($"{source.Name} is truncated: its header says {Rows} words of {wordBytes} bytes, and "
                + $"{Math.Max(0, source.Length - start)} bytes follow");
        _start = start;
        _wordBytes = wordBytes;
        _encoding = bigEndian is { } big ? new UTF32Encoding(big, byteOrderMark: false) : Encoding.Latin1;
    }

    public override long Rows { get; }

    public override IReadOnlyList<FileColumn> Columns { get; } = [new FileColumn(string.Empty, ColumnKind.Text, Holds: "words")];

    public override void ReadNumbers(long first, int[] columns, Matrix<double> destination, RunOptions options) =>
        throw new InputException($"{Name} holds words; it must hold numbers");

    public override string?[] ReadTexts(int column, RunOptions options)
    {
        string?[] words = new string?[Rows];
        byte[] bytes = new byte[_wordBytes];
        string last = string.Empty;
        for (int i = 0; i < words.Length; i++)
        {
            Source.Read(_start + ((long)i * bytes.Length), bytes);
            string word = Decode(bytes);
            words[i] = last = word == last ? last : word;
        }
        return words;
    }

    private string Decode(byte[] bytes)
    {
        if (_encoding is not UTF32Encoding)
        {
            try
            {
                return StrictUtf8.GetString(bytes).TrimEnd('\0').Trim();
            }
            catch (DecoderFallbackException)
            {
                // Bytes that are not UTF-8 are taken for Latin 1.
            }
        }
        return _encoding.GetString(bytes).TrimEnd('\0').Trim();
    }
}
