namespace WeakToStrong.Chains;

/// <summary>
/// A chain of ridge regressions, each on fresh rows labelled by the truth or by earlier stages. Checked when it is made, so that a
/// chain that exists can be solved. Immutable.
/// </summary>
public sealed class Chain
{
    /// <summary>The name of true labels.</summary>
    public const string Truth = "truth";

    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<HashSet<int>> _needs = [];

    /// <summary>A chain.</summary>
    /// <param name="population">What is learned.</param>
    /// <param name="noiseVariance">sigma^2, the noise in test labels; not negative. The noise in training labels is each group's own.</param>
    /// <param name="stages">At least one, in the order of training.</param>
    /// <param name="ceiling">Name of the stage that stands for the best attainable, against which recovered gaps are measured; null for none.</param>
    /// <exception cref="ArgumentException">The stages do not make a chain; the message says which and why.</exception>
    public Chain(Population population, double noiseVariance, IReadOnlyList<StagePlan> stages, string? ceiling = null)
    {
        ArgumentNullException.ThrowIfNull(population);
        ArgumentNullException.ThrowIfNull(stages);
        Population = population;
        NoiseVariance = Require.NonNegative(noiseVariance);
        Stages = [.. stages];
        Ceiling = ceiling;
        if (Stages.Count == 0)
            throw new ArgumentException("a chain needs at least one stage", nameof(stages));
        for (int i = 0; i < Stages.Count; i++)
            CheckStage(i);
        for (int i = 0; i < Stages.Count; i++)
            CheckTuning(i);
        if (ceiling is not null && !_index.ContainsKey(ceiling))
            throw new ChainException("ceiling", $"'{ceiling}' is not the name of a stage");
    }

    /// <summary>What is learned.</summary>
    public Population Population { get; }

    /// <summary>sigma^2, which the test error adds to the excess error.</summary>
    public double NoiseVariance { get; }

    /// <summary>The stages, in the order of training.</summary>
    public IReadOnlyList<StagePlan> Stages { get; }

    /// <summary>Name of the stage that stands for the best attainable; null for none.</summary>
    public string? Ceiling { get; }

    /// <summary>Solves every stage, tuning the ridges that are to be tuned.</summary>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">A later stage learns from one whose error is infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public ChainResult Solve(RunOptions? options = null) => new ChainSolver(this, options ?? RunOptions.Default).Solve();

    /// <summary>The index of a stage, -1 for the truth.</summary>
    internal int IndexOf(string name) => name == Truth ? -1 : _index[name];

    /// <summary>Whether stage <paramref name="later"/> learns from stage <paramref name="earlier"/>, directly or not, or is it.</summary>
    internal bool Needs(int later, int earlier) => _needs[later].Contains(earlier);

    private void CheckStage(int i)
    {
        StagePlan stage = Stages[i];
        if (string.IsNullOrWhiteSpace(stage.Name) || stage.Name == Truth)
            throw new ChainException(Key(i, "name"), $"'{stage.Name}' cannot name a stage; use a word other than '{Truth}'");
        if (_index.ContainsKey(stage.Name))
            throw new ChainException(Key(i, "name"), $"'{stage.Name}' already names an earlier stage");
        if (stage.Groups.Count == 0)
            throw new ChainException(Key(i, "groups"), "has no group of rows; a stage needs at least one");
        for (int k = 0; k < stage.Groups.Count; k++)
        {
            GroupPlan group = stage.Groups[k];
            string key = $"groups[{k + 1}]";
            if (group.Labels != Truth && !_index.ContainsKey(group.Labels))
                throw new ChainException(Key(i, $"{key}.labels"), $"'{group.Labels}' {NotEarlier(i, group.Labels)}; labels come from '{Truth}' or an earlier stage");
            if (group.Rows < 1)
                throw new ChainException(Key(i, $"{key}.n"), $"is {group.Rows}; must be at least 1");
            if (!(group.LabelNoise >= 0 && double.IsFinite(group.LabelNoise)))
                throw new ChainException(Key(i, $"{key}.label_noise"), $"is {group.LabelNoise}; must be {NumberRange.NonNegative.Allowed}");
            if (!(group.Weight > 0 && double.IsFinite(group.Weight)))
                throw new ChainException(Key(i, $"{key}.weight"), $"is {group.Weight}; must be {NumberRange.Positive.Allowed}");
        }
        try
        {
            Population.Basis(stage.Penalty ?? Penalty.Identity);
        }
        catch (ArgumentException e)
        {
            throw new ChainException(Key(i, "penalty"), e.Message);
        }
        _needs.Add([i, .. stage.Groups.Where(g => g.Labels != Truth).SelectMany(g => _needs[_index[g.Labels]])]);
        _index.Add(stage.Name, i);
    }

    private void CheckTuning(int i)
    {
        if (Stages[i].Ridge is not RidgeRule.LaterError { Stage: string name })
            return;
        string? problem = !_index.TryGetValue(name, out int later) || later <= i ? "is not a later stage"
            : !Needs(later, i) ? $"does not learn from '{Stages[i].Name}'"
            : Stages[later].Ridge is RidgeRule.LaterError ? "is itself tuned for another stage"
            : null;
        if (problem is not null)
            throw new ChainException(Key(i, "ridge"), $"'{name}' {problem}; optimal-for names a later stage that learns from this one and has a ridge of its own");
    }

    private string NotEarlier(int i, string name) =>
        name == Stages[i].Name ? "is this stage itself" : Stages.Skip(i).Any(s => s.Name == name) ? "is a later stage" : "is not the name of a stage";

    private static string Key(int stage, string key) => $"stage[{stage + 1}].{key}";
}

/// <summary>A rule that a chain breaks, with the key of the specification that breaks it.</summary>
internal sealed class ChainException(string key, string problem) : ArgumentException($"{key}: {problem}")
{
    public string Key { get; } = key;

    public string Problem { get; } = problem;
}
