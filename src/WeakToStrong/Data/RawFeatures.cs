using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;
using WeakToStrong.Tables;

namespace WeakToStrong.Data;

/// <summary>Features as they were read: finite numbers, one row an example, and where they came from. Images of bytes stay bytes until rows
/// of them are used; what is larger than memory stays in its file.</summary>
public sealed class RawFeatures
{
    private const int BlockRows = 64;

    private readonly Matrix<double>? _values;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly RowStream? _stream;

    /// <summary>Checks and keeps features; the matrix is not copied.</summary>
    /// <param name="source">How messages call them, such as the quoted name of a file.</param>
    /// <param name="values">One row an example, one column a feature.</param>
    /// <param name="image">Whether a row is an image, and of which shape.</param>
    /// <param name="names">Names of the columns, if they have any.</param>
    /// <exception cref="InputException">There is no row or column, or a value is not finite; the message names its
    /// row and column.</exception>
    public RawFeatures(string source, Matrix<double> values, ImageShape? image = null, IReadOnlyList<string>? names = null)
        : this(source, values, image, names, isChecked: false)
    {
    }

    /// <summary>Features of one byte each; not copied.</summary>
    /// <param name="source">How messages call them.</param>
    /// <param name="bytes">Row after row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="shape">What a row is.</param>
    /// <exception cref="InputException">There is no row or column.</exception>
    public RawFeatures(string source, ReadOnlyMemory<byte> bytes, int rows, FeatureShape shape)
        : this(source, rows, shape)
    {
        Require.SameLength(checked(rows * shape.Columns), bytes.Length, nameof(bytes));
        _bytes = bytes;
    }

    /// <summary>Features whose numbers are known to be finite when they are already checked.</summary>
    internal RawFeatures(string source, Matrix<double> values, ImageShape? image, IReadOnlyList<string>? names, bool isChecked)
        : this(source, (values ?? throw new ArgumentNullException(nameof(values))).Rows, new FeatureShape(values.Columns, image))
    {
        _values = values;
        Names = names;
        if (!isChecked && FiniteCheck.First(values, Environment.ProcessorCount) is (int row, int column))
            throw InputException.At($"{source}, row {row + 1}, column {InputException.Shorten(names?[column] ?? $"{column + 1}")}",
                NumberText.Format(values[row, column]), "a finite number");
    }

    /// <summary>Features that are not held.</summary>
    internal RawFeatures(string source, RowStream stream, FeatureShape shape, IReadOnlyList<string>? names)
        : this(source, stream.Count, shape) => (_stream, Names) = (stream, names);

    private RawFeatures(string source, int rows, FeatureShape shape)
    {
        Source = source;
        Count = rows;
        Shape = shape;
        if (rows == 0 || shape.Columns == 0)
            throw new InputException($"{source} has {rows} rows and {shape.Columns} columns; it must have at least one of each");
    }

    /// <summary>How messages call the features.</summary>
    public string Source { get; }

    /// <summary>Number of examples.</summary>
    public int Count { get; }

    /// <summary>Number of features and their arrangement.</summary>
    public FeatureShape Shape { get; }

    /// <summary>Names of the features, or null when they have none.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>Whether they are in memory.</summary>
    internal bool IsHeld => _stream is null;

    /// <summary>Some rows that are not held, and stay so.</summary>
    /// <param name="index">Row numbers from 0, increasing.</param>
    /// <exception cref="InvalidOperationException">The features are held.</exception>
    internal RowStream Stream(ReadOnlySpan<int> index) =>
        (_stream ?? throw new InvalidOperationException("these features are held")).Select(index);

    /// <summary>Some rows: a view of the matrix, or bytes turned into numbers, or read from their file.</summary>
    /// <param name="index">Row numbers from 0; any order.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public FeatureRows Take(int[] index, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (_values is not null)
            return new FeatureRows(_values, index);
        MemoryNeed.Check($"taking {index.Length} rows of {Source}", index.Length, Shape.Columns);
        var taken = new Matrix<double>(index.Length, Shape.Columns);
        if (_stream is not null)
        {
            ReadInto(taken, index, _stream, threads);
            return FeatureRows.All(taken);
        }
        FixedBlocks.Cut(index.Length, BlockRows, threads, (first, count) =>
        {
            for (int i = first; i < first + count; i++)
                TensorPrimitives.ConvertTruncating<byte, double>(_bytes.Span.Slice(index[i] * taken.Columns, taken.Columns), taken.Row(i));
        });
        return FeatureRows.All(taken);
    }

    // In the order of the file, whatever order is wanted, and once where a row is wanted twice.
    private static void ReadInto(Matrix<double> taken, int[] index, RowStream stream, int threads)
    {
        const int Block = 4096;
        int[] sorted = [.. index], place = [.. Enumerable.Range(0, index.Length)];
        Array.Sort(sorted, place);
        for (int first = 0; first < sorted.Length; first += Block)
        {
            int count = Math.Min(Block, sorted.Length - first);
            int[] rows = [.. sorted.Skip(first).Take(count).Distinct()];
            var part = new Matrix<double>(rows.Length, taken.Columns);
            stream.Select(rows).Read(0, part, threads);
            for (int i = 0, k = 0; i < count; i++)
            {
                k += rows[k] == sorted[first + i] ? 0 : 1;
                part.Row(k).CopyTo(taken.Row(place[first + i]));
            }
        }
    }

    /// <summary>All rows.</summary>
    /// <param name="threads">The largest number of threads to use.</param>
    public FeatureRows TakeAll(int threads = 1) => Take([.. Enumerable.Range(0, Count)], threads);
}
