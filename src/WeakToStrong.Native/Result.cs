using System.Runtime.InteropServices;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Pictures;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Native;

/// <summary>
/// An outcome with the memory that C sees: arrays of numbers are pinned where they are, text is encoded once, when it is asked for. All of
/// it lives until <see cref="Dispose"/>.
/// </summary>
internal sealed unsafe class Result(Arguments arguments, StudyOutcome outcome) : IDisposable
{
    private readonly ColumnLayout?[] _columns = new ColumnLayout?[outcome.Table.Columns.Count];
    private readonly List<GCHandle> _pins = [];
    private readonly List<nint> _blocks = [];
    private readonly Dictionary<FigureFormat, byte[]> _pictures = [];
    private SummaryLayout? _summary;

    public StudyOutcome Outcome => outcome;

    public SummaryLayout Describe()
    {
        lock (_blocks)
        {
            return _summary ??= new SummaryLayout
            {
                Rows = outcome.Table.RowCount,
                Columns = outcome.Table.Columns.Count,
                Done = outcome.Done,
                Asked = outcome.Asked,
                Unit = Keep(outcome.Unit),
                Remarks = Keep(string.Join('\n', outcome.Remarks)),
                Answer = Keep(string.Join('\n', outcome.Answer)),
            };
        }
    }

    public ColumnLayout Column(int index)
    {
        lock (_blocks)
            return _columns[index] ??= LayOut(outcome.Table.Columns[index]);
    }

    /// <summary>The picture of the result as a file's bytes, which stay where they are.</summary>
    public ReadOnlySpan<byte> Draw(FigureFormat format)
    {
        lock (_blocks)
        {
            if (!_pictures.TryGetValue(format, out byte[]? bytes))
            {
                _pictures.Add(format, bytes = FigureWriter.Render(StudyPicture.Of(arguments, outcome.Table), format));
                Pin(bytes);
            }
            return bytes;
        }
    }

    public void Dispose()
    {
        foreach (GCHandle pin in _pins)
            pin.Free();
        foreach (nint block in _blocks)
            NativeMemory.Free((void*)block);
    }

    private ColumnLayout LayOut(ResultColumn column)
    {
        var layout = new ColumnLayout { Name = Keep(column.Name), Rows = column.Count };
        switch (column)
        {
            case NumberColumn numbers:
                layout.Kind = ColumnKind.Numbers;
                layout.Numbers = (double*)Pin(numbers.Values);
                break;
            case IntegerColumn integers:
                layout.Kind = ColumnKind.Integers;
                layout.Integers = (long*)Pin(integers.Values);
                break;
            case TextColumn text:
                layout.Kind = ColumnKind.Text;
                LayOutText(text.Values, ref layout);
                break;
            default:
                throw new NotSupportedException(column.GetType().Name);
        }
        return layout;
    }

    // Each different word once; the word of the row before is most often the same object.
    private void LayOutText(string[] texts, ref ColumnLayout layout)
    {
        var codes = new int[texts.Length];
        var codeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < texts.Length; row++)
        {
            if (row > 0 && ReferenceEquals(texts[row], texts[row - 1]))
                codes[row] = codes[row - 1];
            else if (!codeOf.TryGetValue(texts[row], out codes[row]))
                codeOf.Add(texts[row], codes[row] = codeOf.Count);
        }
        layout.Codes = (int*)Pin(codes);
        layout.WordCount = codeOf.Count;
        layout.Words = (byte**)Allocate((nuint)codeOf.Count * (nuint)sizeof(byte*));
        foreach ((string word, int code) in codeOf)
            layout.Words[code] = Keep(word);
    }

    private void* Pin(Array values)
    {
        var pin = GCHandle.Alloc(values, GCHandleType.Pinned);
        _pins.Add(pin);
        return (void*)pin.AddrOfPinnedObject();
    }

    private byte* Keep(string text)
    {
        byte* copy = Utf8.Copy(text);
        _blocks.Add((nint)copy);
        return copy;
    }

    private void* Allocate(nuint bytes)
    {
        void* block = NativeMemory.Alloc(Math.Max(bytes, 1));
        _blocks.Add((nint)block);
        return block;
    }
}
