namespace WeakToStrong.Chains;

/// <summary>The names of a chain and who learns from whom; making it checks every rule that a chain must keep.</summary>
internal sealed class ChainIndex
{
    private readonly Dictionary<string, int> _stages = new(StringComparer.Ordinal);
    private readonly List<HashSet<int>> _needs = [];
    private readonly Chain _chain;

    public ChainIndex(Chain chain)
    {
        _chain = chain;
        for (int i = 0; i < chain.Sources.Count; i++)
            CheckSource(i);
        for (int i = 0; i < chain.Stages.Count; i++)
            CheckStage(i);
        for (int i = 0; i < chain.Stages.Count; i++)
            CheckTuning(i);
        if (chain.Ceiling is not null && !_stages.ContainsKey(chain.Ceiling))
            throw new ChainException("ceiling", $"'{chain.Ceiling}' is not the name of a stage");
    }

    public int StageOf(string name) => _stages.GetValueOrDefault(name, -1);

    public bool Needs(int later, int earlier) => _needs[later].Contains(earlier);

    private void CheckSource(int i)
    {
        SourcePlan source = _chain.Sources[i];
        CheckName($"source[{i + 1}].name", source.Name, "a source", _chain.Sources.Take(i).Any(s => s.Name == source.Name));
        string? view = source switch { SourcePlan.Vector v => v.View, SourcePlan.Random r => r.View, _ => null };
        CheckView($"source[{i + 1}].view", view);
        Population population = _chain.PopulationOf(view);
        switch (source)
        {
            case SourcePlan.Vector vector:
                try
                {
                    Estimator.Fixed(population, [.. vector.Coefficients]);
                }
                catch (ArgumentException e)
                {
                    throw new ChainException($"source[{i + 1}].values", e.Message.Split(" (Parameter")[0]);
                }
                break;
            case SourcePlan.Random random when random.Features >= population.Spectrum.Rank:
                throw new ChainException($"source[{i + 1}].random_features",
                    $"is {random.Features}; must be below the rank {population.Spectrum.Rank} of the covariance");
            case SourcePlan.Mixture mixture:
                CheckParts(i, mixture);
                break;
        }
    }

    private void CheckParts(int i, SourcePlan.Mixture mixture)
    {
        string key = $"source[{i + 1}].mix";
        if (mixture.Parts.Count == 0)
            throw new ChainException(key, "mixes nothing; it needs at least one source");
        foreach ((string name, double share) in mixture.Parts)
        {
            if (!double.IsFinite(share))
                throw new ChainException(key, FormattableString.Invariant($"the share of '{name}' is {share}; must be a finite number"));
            if (_chain.SourceOf(name) is SourcePlan.Mixture)
                throw new ChainException(key, $"'{name}' is itself a mixture; mix its parts");
            if (name != Chain.Truth && _chain.SourceOf(name) is null && !_chain.Stages.Any(s => s.Name == name))
                throw new ChainException(key, $"'{name}' is not '{Chain.Truth}', a stage or another source");
        }
    }

    private void CheckStage(int i)
    {
        StagePlan stage = _chain.Stages[i];
        CheckName(Key(i, "name"), stage.Name, "a stage", _stages.ContainsKey(stage.Name), _chain.SourceOf(stage.Name) is not null);
        CheckView(Key(i, "view"), stage.View);
        if (stage.Groups.Count == 0)
            throw new ChainException(Key(i, "groups"), "has no group of rows; a stage needs at least one");
        var needs = new HashSet<int> { i };
        for (int k = 0; k < stage.Groups.Count; k++)
            CheckGroup(i, k, needs);
        try
        {
            _chain.PopulationOf(stage.View).Basis(stage.Penalty ?? Penalty.Identity);
        }
        catch (ArgumentException e)
        {
            throw new ChainException(Key(i, "penalty"), e.Message.Split(" (Parameter")[0]);
        }
        CheckKind(i, stage);
        _needs.Add(needs);
        _stages.Add(stage.Name, i);
    }

    private void CheckGroup(int i, int k, HashSet<int> needs)
    {
        StagePlan stage = _chain.Stages[i];
        GroupPlan group = stage.Groups[k];
        string key = $"groups[{k + 1}]";
        foreach (string name in _chain.SourceOf(group.Labels) is SourcePlan.Mixture mixture ? mixture.Needs : [group.Labels])
        {
            bool known = name == Chain.Truth || _chain.SourceOf(name) is not null;
            if (!known && !_stages.ContainsKey(name))
                throw new ChainException(Key(i, $"{key}.labels"), $"'{name}' {NotEarlier(i, name)}; labels come from "
                    + $"'{Chain.Truth}'{(_chain.Sources.Count > 0 ? ", an earlier stage or a source" : " or an earlier stage")}");
            if (!known)
                needs.UnionWith(_needs[_stages[name]]);
            if (!known && _chain.Stages[_stages[name]].SameRows is not null)
                throw new ChainException(Key(i, $"{key}.labels"),
                    $"'{name}' learns twice from the same rows; only its errors are known, so no stage can learn from it");
            RequireMap(i, key, name);
        }
        if (group.Rows < 1)
            throw new ChainException(Key(i, $"{key}.n"), $"is {group.Rows}; must be at least 1");
        if (group.Rows == GroupPlan.Infinite && stage.Groups.Count > 1)
            throw new ChainException(Key(i, $"{key}.n"), "is infinite; a group of infinitely many rows must be the only one");
        if (!(group.LabelNoise >= 0 && double.IsFinite(group.LabelNoise)))
            throw new ChainException(Key(i, $"{key}.label_noise"),
                FormattableString.Invariant($"is {group.LabelNoise}; must be {NumberRange.NonNegative.Allowed}"));
        if (!(group.Weight > 0 && double.IsFinite(group.Weight)))
            throw new ChainException(Key(i, $"{key}.weight"),
                FormattableString.Invariant($"is {group.Weight}; must be {NumberRange.Positive.Allowed}"));
    }

    private void RequireMap(int i, string key, string name)
    {
        if (_chain.Views is not { } views || name == Chain.Truth)
            return;
        string? from = _chain.SourceOf(name) switch
        {
            SourcePlan.Vector v => v.View,
            SourcePlan.Random r => r.View,
            _ => _chain.Stages[_stages[name]].View,
        };
        (string to, string source) = (_chain.Stages[i].View ?? views.Names[0], from ?? views.Names[0]);
        if (!views.Connects(to, source))
            throw new ChainException(Key(i, $"{key}.labels"),
                $"'{name}' sees '{source}' and this stage '{to}', and no [[cross]] of the two views is given");
    }

    private void CheckKind(int i, StagePlan stage)
    {
        if (stage.HasBestPenalty)
        {
            if (stage.Groups.Count > 1)
                throw new ChainException(Key(i, "penalty"), "\"best\" is known for one group of rows; this stage has several");
            if (stage.Groups[0].Rows == GroupPlan.Infinite)
                throw new ChainException(Key(i, "penalty"), "\"best\" needs a finite number of rows");
            if (stage.Ridge is RidgeRule.LaterError || stage.Penalty is not null || stage.Rule is not null || stage.SameRows is not null)
                throw new ChainException(Key(i, "penalty"), "\"best\" stands beside another penalty or rule, or a ridge for another stage");
        }
        if (stage.Rule is not null && stage.Groups[0].Rows != GroupPlan.Infinite)
            throw new ChainException(Key(i, "rule"), $"'{stage.Rule.Name}' needs infinitely many rows in a chain; n must then be inf");
        if (stage.SameRows is not null)
            CheckSameRows(i, stage);
    }

    private void CheckSameRows(int i, StagePlan stage)
    {
        string key = Key(i, "same_rows");
        int teacher = stage.Groups.Count == 1 ? StageOf(stage.Groups[0].Labels) : -1;
        if (teacher < 0)
            throw new ChainException(key, "needs labels from one earlier stage, whose rows are used again");
        StagePlan first = _chain.Stages[teacher];
        if (first.Groups.Count > 1 || first.Groups[0].Labels != Chain.Truth || first.Groups[0].Rows == GroupPlan.Infinite
            || first.HasBestPenalty || first.SameRows is not null)
            throw new ChainException(key, $"is known after ridge regression on one group of true labels; '{first.Name}' is not that");
        if (_chain.PopulationOf(first.View) != _chain.PopulationOf(stage.View))
            throw new ChainException(key, $"needs the features of '{first.Name}'; this stage sees another view");
        if (stage.Rule is not null || stage.Penalty is not null)
            throw new ChainException(key, $"stands beside a rule or penalty; those of '{first.Name}' are used");
    }

    private void CheckTuning(int i)
    {
        if (_chain.Stages[i].Ridge is not RidgeRule.LaterError { Stage: string name })
            return;
        string? problem = !_stages.TryGetValue(name, out int later) || later <= i ? "is not a later stage"
            : !Needs(later, i) ? $"does not learn from '{_chain.Stages[i].Name}'"
            : _chain.Stages[later].Ridge is RidgeRule.LaterError ? "is itself tuned for another stage"
            : null;
        if (problem is not null)
            throw new ChainException(Key(i, "ridge"),
                $"'{name}' {problem}; optimal-for names a later stage that learns from this one and has a ridge of its own");
    }

    private void CheckView(string key, string? view)
    {
        if (view is null)
            return;
        if (_chain.Views is not { } views)
            throw new ChainException(key, $"is '{view}', and this chain has no views; they are given by [[view]]");
        if (!views.Names.Contains(view))
            throw new ChainException(key, $"there is no view '{view}'; there are {string.Join(", ", views.Names)}");
    }

    private static void CheckName(string key, string name, string what, bool taken, bool isSource = false)
    {
        if (string.IsNullOrWhiteSpace(name) || name == Chain.Truth)
            throw new ChainException(key, $"'{name}' cannot name {what}; use a word other than '{Chain.Truth}'");
        if (taken || isSource)
            throw new ChainException(key, $"'{name}' already names {(isSource ? "a source" : $"an earlier {what[2..]}")}");
    }

    private string NotEarlier(int i, string name) =>
        name == _chain.Stages[i].Name ? "is this stage itself" : _chain.Stages.Skip(i).Any(s => s.Name == name) ? "is a later stage"
            : "is not the name of a stage";

    private static string Key(int stage, string key) => $"stage[{stage + 1}].{key}";
}
