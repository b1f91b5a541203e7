using WeakToStrong.Randomness;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>
/// A study whose rows are planes, one below the other: a plane has one value of every axis whose cells do not share trials. It is run on
/// its own, on random numbers that its own values name, so that its rows do not depend on which other planes were asked for. Every row
/// names all inputs.
/// </summary>
public abstract class PlaneStudy : ITrialStudy
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
    public virtual StudyChart? ChartOf(Arguments arguments) => Chart;

    /// <inheritdoc/>
    public virtual bool HasTrials => true;

    /// <inheritdoc/>
    public virtual Arguments TrialsOnly(Arguments plane) => plane;

    /// <inheritdoc/>
    public abstract long TrialsOf(Arguments arguments);

    /// <inheritdoc/>
    public void Check(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        CheckAll(arguments);
        // A bad plane among many is refused before the first is run. Each is checked on its own when it is made.
        if (arguments.IsPlane)
            CheckPlane(arguments);
        else
            _ = arguments.Planes();
    }

    /// <inheritdoc/>
    public StudyOutcome Run(Arguments arguments, RunOptions? options = null) =>
        Run(arguments, new TrialRange(0, Math.Max(1, TrialsOf(arguments))), options);

    /// <inheritdoc/>
    public virtual StudyOutcome Run(Arguments arguments, TrialRange trials, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(trials);
        options ??= RunOptions.Default;
        IReadOnlyList<Arguments> planes = arguments.Planes();
        var finished = new List<(Arguments Plane, TrialMoments[] Moments)>();
        foreach (Arguments plane in planes)
        {
            if (finished.Count > 0 && options.Cancellation.IsCancellationRequested)
                break;
            RunOptions part = planes.Count == 1 ? options : options.Part(finished.Count, planes.Count);
            finished.Add((plane, [.. Parts(plane, SeedOf(plane)).Select(p => p.Run(trials, part))]));
        }
        return Outcome(finished, trials.Count * planes.Count, options);
    }

    /// <summary>Runs one plane on random numbers that the caller names in place of the plane's own values: a figure names them by its
    /// parts, so that it stays the same when a study gets one more input.</summary>
    /// <param name="plane">Its arguments.</param>
    /// <param name="streams">The seed that names them.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    internal StudyOutcome RunOn(Arguments plane, ulong streams, RunOptions options)
    {
        if (!plane.IsPlane)
            throw new ArgumentException("an axis whose cells do not share trials has several values", nameof(plane));
        var trials = new TrialRange(0, TrialsOf(plane));
        return Outcome([(plane, [.. Parts(plane, streams).Select(p => p.Run(trials, options))])], trials.Count, options);
    }

    /// <inheritdoc/>
    public StudyOutcome Load(Arguments arguments, IReadOnlyList<TrialState> states)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(states);
        int next = 0;
        TrialMoments Loaded(TrialPart part) => part.Load(next < states.Count ? states[next++] : throw Missing());
        (Arguments Plane, TrialMoments[] Moments)[] planes =
            [.. arguments.Planes().Select(plane => (plane, Parts(plane, SeedOf(plane)).Select(Loaded).ToArray()))];
        if (next != states.Count)
            throw Missing();
        return Outcome(planes, planes.Sum(p => p.Moments.Length == 0 ? 0 : p.Moments[0].Asked.Count), RunOptions.Default);

        ArgumentException Missing() => new($"{states.Count} states are not those of these arguments", nameof(states));
    }

    /// <inheritdoc/>
    public StudyOutcome Merge(Arguments arguments, StudyOutcome first, StudyOutcome next)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(next);
        return Load(arguments, first.Moments.Count == next.Moments.Count
            ? [.. first.Moments.Zip(next.Moments, static (a, b) => a.Merge(b).ToState())]
            : throw new ArgumentException("the results are of different arguments", nameof(next)));
    }

    /// <summary>Refuses arguments that do not go together whatever their values.</summary>
    private protected virtual void CheckAll(Arguments arguments)
    {
    }

    /// <summary>Refuses the values of one plane.</summary>
    private protected virtual void CheckPlane(Arguments plane)
    {
    }

    /// <summary>The simulations of a plane: one for each moments that it needs; none when it has no chance.</summary>
    /// <param name="plane">Its arguments.</param>
    /// <param name="seed">Of its random numbers.</param>
    private protected abstract IEnumerable<TrialPart> Parts(Arguments plane, ulong seed);

    /// <summary>What the trials of a plane's parts say: the columns that were found, without its inputs.</summary>
    private protected abstract StudyOutcome Present(Arguments plane, IReadOnlyList<TrialState> states, RunOptions options);

    /// <summary>The result, from what was found in each plane: the planes' rows one below the other, or something that
    /// they say together.</summary>
    private protected virtual ResultTable Together(IReadOnlyList<(Arguments Plane, IReadOnlyList<TrialState> States)> planes,
        IReadOnlyList<ResultTable> tables) =>
        tables.Count == 0 ? new ResultTable() : ResultTable.Stacked([.. tables]);

    /// <summary>The inputs that every row of a plane names, in order.</summary>
    private protected abstract IEnumerable<ResultColumn> Inputs(Arguments plane, int rows);

    /// <summary>The seed of a plane's random numbers, from the user's and all that tells this plane from others.</summary>
    private protected ulong SeedOf(Arguments plane)
    {
        IEnumerable<ResultColumn> inputs = Inputs(plane, 1).Where(c => c.Name != Declare.Seed.Name);
        string setting = string.Join(' ', inputs.Select(c => $"{c.Name}={c.Texts().Single()}"));
        return RandomStream.SeedFor(plane.Single(Declare.Seed), $"{Name} {setting}");
    }

    private StudyOutcome Outcome(IReadOnlyList<(Arguments Plane, TrialMoments[] Moments)> planes, long asked, RunOptions options)
    {
        long[] done = [.. planes.Select(p => p.Moments.Length == 0 ? p.Moments.Length : p.Moments.Min(m => m.Count))];
        (Arguments Plane, IReadOnlyList<TrialState> States)[] shown =
            [.. planes.Where((p, i) => p.Moments.Length == 0 || done[i] > 0)
                .Select(p => (p.Plane, (IReadOnlyList<TrialState>)[.. p.Moments.Select(m => m.ToState())]))];
        StudyOutcome[] outcomes = [.. shown.Select(p => Shown(p.Plane, Present(p.Plane, p.States, options)))];
        bool chance = planes.Any(p => p.Moments.Length > 0);
        return new StudyOutcome
        {
            Table = Together(shown, [.. outcomes.Select(o => o.Table)]),
            Remarks = [.. outcomes.SelectMany(o => o.Remarks).Distinct(StringComparer.Ordinal)],
            Answer = [.. outcomes.SelectMany(o => o.Answer).Distinct(StringComparer.Ordinal)],
            Done = chance ? done.Sum() : 1,
            Asked = chance ? asked : 1,
            Moments = [.. planes.SelectMany(p => p.Moments)],
        };
    }

    private StudyOutcome Shown(Arguments plane, StudyOutcome found) =>
        found with { Table = new ResultTable([.. Inputs(plane, found.Table.RowCount), .. found.Table.Columns]) };
}

/// <summary>One simulation of a plane.</summary>
/// <param name="Run">Runs a range of its trials.</param>
/// <param name="Load">Its moments as they were written down.</param>
internal sealed record TrialPart(Func<TrialRange, RunOptions, TrialMoments> Run, Func<TrialState, TrialMoments> Load);
