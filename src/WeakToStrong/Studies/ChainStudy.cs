using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Chains.Specification;
using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>Chains of training stages: any covariance, any number of generations, mixed labels.</summary>
public sealed class ChainStudy : ITrialStudy
{
    private static readonly Parameter<string> Specification = Declare.Document(
        "specification", "TOML with the spectrum and the target, or the views, and the stages; docs/beyond.md and docs/views.md describe "
        + "its keys.", "TOML", "SPEC");
    private static readonly Parameter<string> Source = Declare.File(
        "source", "How messages call the specification; files that it names are looked for beside this path.", "the path of a file");
    private static readonly Parameter<long> Simulate = Declare.WholeNumber(
        "simulate", "Also run this many trials of the experiment, and show mean, standard error and z of the test error.", 1);

    /// <inheritdoc/>
    public string Name => "chain";

    /// <inheritdoc/>
    public string Summary => "Beyond the paper: any spectrum, any number of generations, mixed labels.";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Specification, Source, Simulate, Declare.OneSeed];

    /// <inheritdoc/>
    public IReadOnlyList<StudyColumn> Columns { get; } =
    [
        new("stage", "Name of the stage."), new("view", "What it sees, where there are several views."),
        new("n", "Rows that it learns from.", "n"), new("ridge", "Its ridge, given or found.", "lambda"),
        new("kappa", "The effective ridge.", "kappa"), new("df1", "Degrees of freedom, sum of s/(s + kappa).", "df1"),
        new("df2", "Their second kind, sum of (s/(s + kappa))^2.", "df2"),
        new("bias", "Part of the excess error that is there in the mean."),
        new("variance", "The rest of it."), new("excess_error", "Test error without the noise."),
        new("test_error", "Test error, noise included."),
        new("gap", "Difference to the first stage; negative is better."), new("pgr", "Performance gap recovered; nan without a ceiling."),
        new("misfit", "Mean squared distance to the one source's labels on new rows, their noise apart."),
        new("gain", "Test error of the one stage that labels it minus its own."),
        new("mixing", "xi of a stage that learns again from the same rows, where there is one."),
        new("ridge_error", "Excess error of plain ridge where the penalty is the best one."),
        new("mean", "Simulated test error."), new("se", "Its standard error."), new("z", "(mean - test_error)/se."),
        new("gap_mean", "Simulated difference to the first stage."), new("gap_se", "Its standard error, of paired trials."),
        new("trials", "Trials that were finished."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<StudyExample> Examples { get; } =
    [
        new("Limits of every stage.", ("specification", "chain.toml")),
        new("Beside a simulation.", ("specification", "chain.toml"), ("simulate", "200"), ("seed", "1")),
    ];

    /// <inheritdoc/>
    public StudyChart? Chart { get; } = new("test error", new StudySeries("simulated", "mean", "se"),
        new StudySeries("limit", "test_error"))
    { X = "stage" };

    /// <inheritdoc/>
    public bool HasTrials => true;

    /// <inheritdoc/>
    public Parameter TrialsParameter => Simulate;

    /// <inheritdoc/>
    public long TrialsOf(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Find(Simulate, out long trials) ? trials : 0;
    }

    /// <inheritdoc/>
    public StudyOutcome Run(Arguments arguments, RunOptions? options = null) => TrialsOf(arguments) is > 0 and var trials
        ? Run(arguments, new TrialRange(0, trials), options)
        : Remarked(Solve(arguments, options), solved => new StudyOutcome { Table = solved.ToTable() });

    /// <inheritdoc/>
    public StudyOutcome Run(Arguments arguments, TrialRange trials, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return Remarked(Solve(arguments, options), solved =>
            Outcome(ChainSimulation.Run(solved, trials, arguments.Get(Declare.OneSeed), options)));
    }

    /// <inheritdoc/>
    public StudyOutcome Load(Arguments arguments, IReadOnlyList<TrialState> states)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(states);
        return Remarked(Solve(arguments, null), solved => Outcome(ChainSimulation.FromState(solved, states.Single())));
    }

    /// <inheritdoc/>
    public StudyOutcome Merge(Arguments arguments, StudyOutcome first, StudyOutcome next)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(next);
        return Load(arguments, [first.Moments.Single().Merge(next.Moments.Single()).ToState()]);
    }

    private static ChainResult Solve(Arguments arguments, RunOptions? options)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string source = arguments.Find(Source, out string? path) ? path! : "specification";
        return ChainSpecification.Parse(arguments.Get(Specification), source).Solve(options);
    }

    private static StudyOutcome Remarked(ChainResult solved, Func<ChainResult, StudyOutcome> outcome) =>
        outcome(solved) with
        {
            Remarks = [.. Deficient(solved.Chain).Concat([solved.Chain.Views?.Remark, Endless(solved)]).OfType<string>()],
        };

    private static IEnumerable<string?> Deficient(Chain chain) => chain.Views is { } views ? views.Names.Select(name => views[name].Remark)
        : [chain.Population.Remark];

    private static string? Endless(ChainResult solved)
    {
        string[] endless = [.. solved.Chain.Stages.Where((_, i) => !double.IsFinite(solved.Errors[i].ExcessError))
            .Select(s => $"'{s.Name}'")];
        return endless.Length == 0 ? null
            : $"the error of {string.Join(", ", endless)} is infinite, or beyond the largest number; infinite errors come from a ridge of "
                + "0 with as many rows as directions, or learn from a stage that has one";
    }

    private static StudyOutcome Outcome(ChainSimulation simulation) => new()
    {
        Table = simulation.ToTable(),
        Done = simulation.Trials,
        Asked = simulation.Moments.Asked.Count,
        Moments = [simulation.Moments],
    };
}
