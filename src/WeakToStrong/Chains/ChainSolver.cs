namespace WeakToStrong.Chains;

/// <summary>Solves a chain stage by stage; ridges that serve a later stage are tuned when the first of them is reached.</summary>
internal sealed class ChainSolver(Chain chain, RunOptions options)
{
    private const int MostSweeps = 500;

    // The ridges that joint tuning has decided.
    private readonly Dictionary<int, double> _tuned = [];

    public ChainResult Solve()
    {
        var estimators = new Estimator?[chain.Stages.Count];
        var errors = new StageErrors[chain.Stages.Count];
        for (int i = 0; i < errors.Length; i++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (chain.Stages[i].Ridge is RidgeRule.LaterError rule && !_tuned.ContainsKey(i))
                TuneJointly(rule, estimators);
            TrainingStage stage = Prepare(i, estimators);
            errors[i] = stage.At(RidgeOf(stage, i), options.Threads);
            if (Enumerable.Range(i + 1, errors.Length - i - 1).Any(later => chain.Needs(later, i)))
                estimators[i] = Train(stage, i, errors[i].Ridge);
            options.Progress?.Report(new RunProgress("stages", i + 1, errors.Length));
        }
        return new ChainResult(chain, errors);
    }

    private TrainingStage Prepare(int i, Estimator?[] estimators)
    {
        StagePlan plan = chain.Stages[i];
        return new TrainingStage([.. plan.Groups.Select(g => new RowGroup(Source(g.Labels), g.Rows, g.LabelNoise, g.Weight))], plan.Penalty);

        Estimator Source(string name) => name == Chain.Truth ? chain.Population.Truth : estimators[chain.IndexOf(name)]!;
    }

    private double RidgeOf(TrainingStage stage, int i) => chain.Stages[i].Ridge switch
    {
        RidgeRule.Given given => given.Ridge,
        RidgeRule.OwnError => stage.Best(options.Threads).Errors.Ridge,
        _ => _tuned[i],
    };

    private Estimator Train(TrainingStage stage, int i, double ridge)
    {
        try
        {
            return stage.Train(ridge, options.Threads);
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"stage '{chain.Stages[i].Name}' has ridge 0 and {stage.Rows} rows, the rank of the covariance, so its error is infinite and no stage can learn from it; use a positive ridge or another n", e);
        }
    }

    /// <summary>
    /// Minimises the error of the stage that the rule names over the ridges of all stages of that rule, one at a time in turn, until a
    /// round gains nothing. Each starts from its own best ridge.
    /// </summary>
    private void TuneJointly(RidgeRule.LaterError rule, Estimator?[] solved)
    {
        int goal = chain.IndexOf(rule.Stage);
        int[] members = [.. Enumerable.Range(0, goal).Where(i => Equals(chain.Stages[i].Ridge, rule))];
        var estimators = (Estimator?[])solved.Clone();
        foreach (int i in members)
        {
            Advance(estimators, i, _tuned);
            _tuned[i] = Prepare(i, estimators).Best(options.Threads).Errors.Ridge;
        }

        double least = double.PositiveInfinity;
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double before = least;
            foreach (int i in members)
                least = TuneOne(i, goal, solved, least);
            if (members.Length == 1 || least >= before * (1 - 1e-13))
                return;
            options.Progress?.Report(new RunProgress($"tuning for {rule.Stage}", sweep + 1, MostSweeps));
        }
        throw new InputException($"the ridges tuned for stage '{rule.Stage}' did not settle in {MostSweeps} rounds; give some of them a number");
    }

    private double TuneOne(int member, int goal, Estimator?[] solved, double least)
    {
        var before = (Estimator?[])solved.Clone();
        Advance(before, member, _tuned);
        TrainingStage stage = Prepare(member, before);
        (double ridge, double error) = RidgeSearch.Minimise(stage, options.Threads, candidate =>
        {
            options.Cancellation.ThrowIfCancellationRequested();
            return double.IsFinite(candidate.ExcessError) ? GoalError(member, goal, before, stage.Train(candidate.Ridge, options.Threads)) : double.PositiveInfinity;
        });
        if (error >= least)
            return least;
        _tuned[member] = ridge;
        return error;
    }

    private double GoalError(int member, int goal, Estimator?[] before, Estimator trained)
    {
        var estimators = (Estimator?[])before.Clone();
        estimators[member] = trained;
        Advance(estimators, goal, _tuned);
        TrainingStage last = Prepare(goal, estimators);
        return chain.Stages[goal].Ridge is RidgeRule.Given given
            ? last.At(given.Ridge, options.Threads).ExcessError
            : last.Best(options.Threads).Errors.ExcessError;
    }

    /// <summary>Trains whatever stage <paramref name="goal"/> needs and is not trained yet.</summary>
    private void Advance(Estimator?[] estimators, int goal, Dictionary<int, double> tuned)
    {
        for (int i = 0; i < goal; i++)
        {
            if (estimators[i] is not null || !chain.Needs(goal, i))
                continue;
            TrainingStage stage = Prepare(i, estimators);
            double ridge = chain.Stages[i].Ridge is RidgeRule.LaterError && !tuned.ContainsKey(i) ? stage.Best(options.Threads).Errors.Ridge : RidgeOf(stage, i);
            estimators[i] = Train(stage, i, ridge);
        }
    }
}
