using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Rows that are made whenever they are asked for and never held, such as those of a file that is larger than memory. Passes over them ask
/// for one chunk after the other; the same rows are the same numbers every time.
/// </summary>
/// <param name="count">Number of rows.</param>
/// <param name="columns">Numbers of a row.</param>
internal abstract class RowStream(int count, int columns)
{
    /// <summary>Number of rows.</summary>
    public int Count { get; } = count;

    /// <summary>Numbers of a row.</summary>
    public int Columns { get; } = columns;

    /// <summary>Makes consecutive rows. Several threads may ask at once.</summary>
    /// <param name="first">The first of them, from 0.</param>
    /// <param name="destination">Takes them.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public abstract void Read(int first, Matrix<double> destination, int threads);

    /// <summary>Some of these rows.</summary>
    /// <param name="rows">Positions, increasing.</param>
    public abstract RowStream Select(ReadOnlySpan<int> rows);
}
