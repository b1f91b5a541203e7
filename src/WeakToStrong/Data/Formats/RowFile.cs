using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// A file that holds rows, whatever its format: any rows of any columns are read as often as needed, so that a file need not fit into
/// memory. Whatever is wrong with it, at opening or at reading, is an <see cref="InputException"/> that names the file and, where it can,
/// row and column.
/// </summary>
/// <param name="source">The bytes; closed with the file.</param>
internal abstract class RowFile(ByteSource source) : IDisposable
{
    /// <summary>How messages call the file.</summary>
    public string Name => Source.Name;

    /// <summary>Number of bytes, for progress.</summary>
    public long Bytes => Source.Length;

    /// <summary>Number of rows.</summary>
    public abstract long Rows { get; }

    /// <summary>The columns, in order.</summary>
    public abstract IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>Whether a row is an image, and of which shape.</summary>
    public virtual ImageShape? Image => null;

    /// <summary>The bytes of the file.</summary>
    protected ByteSource Source { get; } = source;

    /// <summary>How users find a row.</summary>
    /// <param name="row">Index of the row, from 0.</param>
    public virtual string Place(long row) => $"row {row + 1}";

    /// <summary>Reads rows of columns of numbers; a cell that is missing becomes NaN.</summary>
    /// <param name="first">Index of the first row.</param>
    /// <param name="columns">Indices of the columns, in increasing order.</param>
    /// <param name="destination">Takes the rows: as wide as the columns together.</param>
    /// <param name="options">Threads and cancellation.</param>
    public abstract void ReadNumbers(long first, int[] columns, Matrix<double> destination, RunOptions options);

    /// <summary>Reads a column of single cells as text, numbers as they are written or in full precision; a cell that is
    /// missing becomes null.</summary>
    /// <param name="column">Index of the column.</param>
    /// <param name="options">Threads and cancellation.</param>
    public abstract string?[] ReadTexts(int column, RunOptions options);

    /// <summary>Like <see cref="ReadNumbers"/> for one column of single cells; a blank cell also becomes NaN.</summary>
    public virtual double[] ReadOptionalNumbers(int column, RunOptions options)
    {
        var values = new Matrix<double>(checked((int)Rows), 1);
        ReadNumbers(0, [column], values, options);
        return values.Buffer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what reading has opened.</summary>
    protected virtual void Dispose(bool disposing) => Source.Dispose();
}
