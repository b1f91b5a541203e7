using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>Rows that are not held, after fitted maps.</summary>
/// <param name="raw">The rows before.</param>
/// <param name="steps">The maps.</param>
/// <param name="columns">Features after the maps.</param>
/// <param name="options">Cancellation.</param>
internal sealed class MappedRows(RowStream raw, IReadOnlyList<FittedMap> steps, int columns, RunOptions options)
    : RowStream(raw.Count, columns)
{
    private readonly Scratch _scratch = new();
    private readonly Lock _gate = new();

    public override RowStream Select(ReadOnlySpan<int> rows) => new MappedRows(raw.Select(rows), steps, Columns, options);

    public override void Read(int first, Matrix<double> destination, int threads)
    {
        RunOptions with = options with { Threads = threads, Progress = null };
        lock (_gate)
        {
            // Maps that keep the width work where the rows are to go.
            Matrix<double> current = raw.Columns == Columns && steps.All(step => step.WorksInPlace) ? destination
                : _scratch.Shaped(destination.Rows, raw.Columns);
            raw.Read(first, current, threads);
            foreach (FittedMap step in steps)
            {
                if (step.WorksInPlace)
                    step.ApplyInPlace(current, with);
                else
                    current = step.Apply(FeatureRows.All(current), with);
            }
            if (!ReferenceEquals(current, destination))
                current.Data.CopyTo(destination.Data);
        }
    }
}
