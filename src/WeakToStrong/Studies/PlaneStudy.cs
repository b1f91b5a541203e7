using WeakToStrong.Tables;

namespace WeakToStrong.Studies;

/// <summary>
/// A study whose rows are planes, one below the other: a plane has one value of every axis whose cells do not share trials, and is run on its own, so
/// that its rows do not depend on which other planes were asked for. Every row names all inputs.
/// </summary>
public abstract class PlaneStudy : IStudy
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<StudyColumn> Columns { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<StudyExample> Examples { get; }

    /// <inheritdoc/>
    public abstract StudyChart? Chart { get; }

    /// <inheritdoc/>
    public virtual bool HasTrials => true;

    /// <inheritdoc/>
    public void Check(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        CheckAll(arguments);
        // A bad plane among many is refused before the first is run. Each is checked on its own when it is made.
        if (!arguments.IsPlane)
            _ = arguments.Planes();
        else
            CheckPlane(arguments);
    }

    /// <inheritdoc/>
    public StudyOutcome Run(Arguments arguments, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        options ??= RunOptions.Default;
        IReadOnlyList<Arguments> planes = arguments.Planes();
        var outcomes = new List<StudyOutcome>();
        foreach (Arguments plane in planes)
        {
            if (outcomes.Count > 0 && options.Cancellation.IsCancellationRequested)
                break;
            StudyOutcome outcome = RunPlane(plane, planes.Count == 1 ? options : options.Part(outcomes.Count, planes.Count));
            if (outcome.Done == 0 && outcomes.Count > 0)
                break;
            outcomes.Add(outcome with { Table = WithInputs(plane, outcome.Table) });
        }
        return Stacked(outcomes, planes.Count);
    }

    /// <summary>Refuses arguments that do not go together whatever their values.</summary>
    private protected virtual void CheckAll(Arguments arguments)
    {
    }

    /// <summary>Refuses the values of one plane.</summary>
    private protected virtual void CheckPlane(Arguments plane)
    {
    }

    /// <summary>Runs one plane: the columns that were found, without inputs that do not vary in it.</summary>
    private protected abstract StudyOutcome RunPlane(Arguments plane, RunOptions options);

    /// <summary>The inputs that every row of a plane names, in order.</summary>
    private protected abstract IEnumerable<ResultColumn> Inputs(Arguments plane, int rows);

    private ResultTable WithInputs(Arguments plane, ResultTable found) => new([.. Inputs(plane, found.RowCount), .. found.Columns]);

    private static StudyOutcome Stacked(List<StudyOutcome> outcomes, int planes) => outcomes[0] with
    {
        Table = ResultTable.Stacked([.. outcomes.Select(o => o.Table)]),
        Remarks = [.. outcomes.SelectMany(o => o.Remarks).Distinct(StringComparer.Ordinal)],
        Answer = [.. outcomes.SelectMany(o => o.Answer).Distinct(StringComparer.Ordinal)],
        Done = outcomes.Sum(o => o.Done),
        Asked = outcomes[0].Asked * planes,
    };
}
