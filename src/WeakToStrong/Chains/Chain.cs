namespace WeakToStrong.Chains;

/// <summary>
/// A chain of training stages, each on fresh rows labelled by the truth, by earlier stages or by other sources. Checked when it is made, so
/// that a chain that exists can be solved. Immutable.
/// </summary>
public sealed class Chain
{
    /// <summary>The name of true labels.</summary>
    public const string Truth = "truth";

    private readonly ChainIndex _index;

    /// <summary>A chain on one set of features.</summary>
    /// <param name="population">What is learned.</param>
    /// <param name="noiseVariance">sigma^2, the noise in test labels; not negative. The noise in training labels is
    /// each group's own.</param>
    /// <param name="stages">At least one, in the order of training.</param>
    /// <param name="ceiling">Name of the stage that stands for the best attainable, against which recovered gaps are
    /// measured; null for none.</param>
    /// <param name="sources">Sources of labels that no stage trains; null for none.</param>
    /// <exception cref="ArgumentException">The stages do not make a chain; the message says which and why.</exception>
    public Chain(Population population, double noiseVariance, IReadOnlyList<StagePlan> stages, string? ceiling = null,
        IReadOnlyList<SourcePlan>? sources = null)
        : this(null, population, noiseVariance, stages, ceiling, sources)
    {
    }

    /// <summary>A chain on several views of the same rows. What a view's features cannot tell of the target is noise in its true labels,
    /// and in its test errors.</summary>
    /// <param name="views">The views.</param>
    /// <param name="stages">At least one, in the order of training; <see cref="StagePlan.View"/> names what each sees.</param>
    /// <param name="ceiling">Name of the stage that stands for the best attainable; null for none.</param>
    /// <param name="sources">Sources of labels that no stage trains; null for none.</param>
    /// <exception cref="ArgumentException">The stages do not make a chain; the message says which and why.</exception>
    public Chain(Views views, IReadOnlyList<StagePlan> stages, string? ceiling = null, IReadOnlyList<SourcePlan>? sources = null)
        : this(views ?? throw new ArgumentNullException(nameof(views)), views[views.Names[0]], 0, stages, ceiling, sources)
    {
    }

    private Chain(Views? views, Population population, double noise, IReadOnlyList<StagePlan> stages, string? ceiling,
        IReadOnlyList<SourcePlan>? sources)
    {
        ArgumentNullException.ThrowIfNull(population);
        ArgumentNullException.ThrowIfNull(stages);
        Views = views;
        Population = population;
        NoiseVariance = Require.NonNegative(noise);
        Stages = [.. stages];
        Sources = [.. sources ?? []];
        Ceiling = ceiling;
        if (Stages.Count == 0)
            throw new ArgumentException("a chain needs at least one stage", nameof(stages));
        _index = new ChainIndex(this);
    }

    /// <summary>What is learned: the first view's population when there are several.</summary>
    public Population Population { get; }

    /// <summary>The views; null when all stages see the same features.</summary>
    public Views? Views { get; }

    /// <summary>sigma^2, which the test error adds to the excess error; 0 with views, whose residual variances take its place.</summary>
    public double NoiseVariance { get; }

    /// <summary>The stages, in the order of training.</summary>
    public IReadOnlyList<StagePlan> Stages { get; }

    /// <summary>Sources of labels that no stage trains.</summary>
    public IReadOnlyList<SourcePlan> Sources { get; }

    /// <summary>Name of the stage that stands for the best attainable; null for none.</summary>
    public string? Ceiling { get; }

    /// <summary>Solves every stage, tuning the ridges that are to be tuned.</summary>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">A later stage learns from one whose error is infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public ChainResult Solve(RunOptions? options = null) => new ChainSolver(this, options ?? RunOptions.Default).Solve();

    /// <summary>What a stage or source of this view sees and learns.</summary>
    public Population PopulationOf(string? view) => Views is null || view is null ? Population : Views[view];

    /// <summary>Variance of the target that a stage's features cannot tell, which its test error adds to its excess error.</summary>
    public double NoiseOf(int stage) => NoiseVariance + PopulationOf(Stages[stage].View).ResidualVariance;

    /// <summary>All rows of a stage; those of the first one when they are used again.</summary>
    internal long RowsOf(StagePlan stage) => stage.SameRows is not null ? RowsOf(Stages[IndexOf(stage.Groups[0].Labels)])
        : stage.Groups.Sum(g => g.Rows);

    /// <summary>The index of a stage, -1 for the truth and for sources.</summary>
    internal int IndexOf(string name) => _index.StageOf(name);

    /// <summary>The source of this name, or null.</summary>
    internal SourcePlan? SourceOf(string name) => Sources.FirstOrDefault(s => s.Name == name);

    /// <summary>Whether stage <paramref name="later"/> learns from stage <paramref name="earlier"/>, directly or not, or is it.</summary>
    internal bool Needs(int later, int earlier) => _index.Needs(later, earlier);
}

/// <summary>A rule that a chain breaks, with the key of the specification that breaks it.</summary>
internal sealed class ChainException(string key, string problem) : ArgumentException($"{key}: {problem}")
{
    public string Key { get; } = key;

    public string Problem { get; } = problem;
}
