namespace WeakToStrong.Chains;

/// <summary>Solves a chain stage by stage; ridges that serve a later stage are tuned when the first of them is reached.</summary>
internal sealed class ChainSolver(Chain chain, RunOptions options)
{
    private const int MostSweeps = 500;

    private readonly Dictionary<string, Estimator> _sources = new(StringComparer.Ordinal);

    // The ridges that joint tuning has decided.
    private readonly Dictionary<int, double> _tuned = [];

    public ChainResult Solve()
    {
        var estimators = new Estimator?[chain.Stages.Count];
        var solutions = new StageSolution[chain.Stages.Count];
        for (int i = 0; i < solutions.Length; i++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (chain.Stages[i].Ridge is RidgeRule.LaterError rule && !_tuned.ContainsKey(i))
                TuneJointly(rule, estimators);
            solutions[i] = Solve(i, estimators, solutions);
            if (Enumerable.Range(i + 1, solutions.Length - i - 1)
                .Any(later => chain.Needs(later, i) && chain.Stages[later].SameRows is null))
                estimators[i] = Train(i, solutions[i]);
            options.Progress?.Report(new RunProgress("stages", i + 1, solutions.Length));
        }
        return new ChainResult(chain, solutions);
    }

    /// <summary>One stage of whatever kind.</summary>
    private StageSolution Solve(int i, Estimator?[] estimators, StageSolution[]? solved = null)
    {
        StagePlan plan = chain.Stages[i];
        Population population = chain.PopulationOf(plan.View);
        if (plan.SameRows is { } mixing)
            return SolveSameRows(plan, population, mixing, solved![chain.IndexOf(plan.Groups[0].Labels)].Errors.Ridge);
        if (plan.HasBestPenalty)
            return SolveBestPenalty(i, Groups(i, estimators)[0], population, estimators);
        if (plan.Rule is { } rule)
        {
            var everything = new PopulationStage(Groups(i, estimators)[0].Labels, plan.Penalty, population);
            return new StageSolution(everything.At(rule), () => everything.Train(rule));
        }
        TrainingStage stage = Prepare(i, estimators);
        StageErrors errors = stage.At(RidgeOf(stage, i), options.Threads);
        return new StageSolution(errors, () => stage.Train(errors.Ridge, options.Threads));
    }

    private StageSolution SolveSameRows(StagePlan plan, Population population, MixingRule mixing, double ridge)
    {
        StagePlan first = chain.Stages[chain.IndexOf(plan.Groups[0].Labels)];
        if (ridge == 0)
            throw new InputException($"stage '{plan.Name}' learns again from the rows of '{first.Name}', whose ridge is 0: its fitted "
                + "values teach nothing; use a positive ridge");
        GroupPlan rows = first.Groups[0];
        var pair = SelfDistillation.Of(population, rows.Rows, ridge / rows.Weight, rows.LabelNoise, first.Penalty, options.Threads);
        double xi = mixing is MixingRule.Given given ? given.Mixing : pair.BestMixing;
        return new StageSolution(pair.At(xi) with { Ridge = ridge }, () =>
            throw new InvalidOperationException("only errors are known"))
        { Mixing = xi };
    }

    private StageSolution SolveBestPenalty(int i, RowGroup rows, Population population, Estimator?[] estimators)
    {
        BestPenalty best = BestPenalty.Of(rows, population);
        TrainingStage plain = Prepare(i, estimators);
        double ridgeError = plain.At(RidgeOf(plain, i), options.Threads).ExcessError;
        return new StageSolution(best.Errors, best.Train) { RidgeError = ridgeError, PenaltyWeights = best.Weights(population.Spectrum) };
    }

    private TrainingStage Prepare(int i, Estimator?[] estimators) =>
        new(Groups(i, estimators), chain.Stages[i].Penalty, chain.PopulationOf(chain.Stages[i].View));

    private RowGroup[] Groups(int i, Estimator?[] estimators)
    {
        StagePlan plan = chain.Stages[i];
        return [.. plan.Groups.Select(g => new RowGroup(Source(g.Labels, chain.PopulationOf(plan.View), estimators), g.Rows, g.LabelNoise,
            g.Weight))];
    }

    private Estimator Source(string name, Population learner, Estimator?[] estimators)
    {
        if (name == Chain.Truth)
            return learner.Truth;
        if (chain.SourceOf(name) is not { } source)
            return estimators[chain.IndexOf(name)]!;
        if (source is SourcePlan.Mixture mixture)
            return Estimator.Mixture(learner, [.. mixture.Parts.Select(p => (Source(p.Labels, learner, estimators), p.Share))]);
        if (!_sources.TryGetValue(name, out Estimator? estimator))
        {
            estimator = source switch
            {
                SourcePlan.Vector v => Estimator.Fixed(chain.PopulationOf(v.View), [.. v.Coefficients]),
                SourcePlan.Random r => RandomFeatures.Teacher(chain.PopulationOf(r.View), r.Features, options.Threads),
                _ => throw new InvalidOperationException($"source '{name}' is of no known kind"),
            };
            _sources.Add(name, estimator);
        }
        return estimator;
    }

    private double RidgeOf(TrainingStage stage, int i) => chain.Stages[i].Ridge switch
    {
        RidgeRule.Given given => given.Ridge,
        RidgeRule.OwnError => stage.Best(options.Threads).Errors.Ridge,
        _ => _tuned[i],
    };

    private Estimator Train(int i, StageSolution solution)
    {
        try
        {
            return solution.Train();
        }
        catch (InvalidOperationException e) when (!double.IsFinite(solution.Errors.ExcessError))
        {
            long rows = chain.Stages[i].Groups.Sum(g => g.Rows);
            throw new InputException($"stage '{chain.Stages[i].Name}' has ridge 0 and {rows} rows, the rank of the covariance, so its "
                + "error is infinite and no stage can learn from it; use a positive ridge or another n", e);
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
        throw new InputException(
            $"the ridges tuned for stage '{rule.Stage}' did not settle in {MostSweeps} rounds; give some of them a number");
    }

    private double TuneOne(int member, int goal, Estimator?[] solved, double least)
    {
        var before = (Estimator?[])solved.Clone();
        Advance(before, member, _tuned);
        TrainingStage stage = Prepare(member, before);
        (double ridge, double error) = RidgeSearch.Minimise(stage, options.Threads, candidate =>
        {
            options.Cancellation.ThrowIfCancellationRequested();
            return double.IsFinite(candidate.ExcessError) ? GoalError(member, goal, before, stage.Train(candidate.Ridge, options.Threads))
                : double.PositiveInfinity;
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
        return Solve(goal, estimators).Errors.ExcessError;
    }

    /// <summary>Trains whatever stage <paramref name="goal"/> needs and is not trained yet.</summary>
    private void Advance(Estimator?[] estimators, int goal, Dictionary<int, double> tuned)
    {
        for (int i = 0; i < goal; i++)
        {
            if (estimators[i] is not null || !chain.Needs(goal, i))
                continue;
            if (chain.Stages[i].Ridge is not RidgeRule.LaterError || tuned.ContainsKey(i))
            {
                estimators[i] = Train(i, Solve(i, estimators));
                continue;
            }
            TrainingStage stage = Prepare(i, estimators);
            StageErrors best = stage.Best(options.Threads).Errors;
            estimators[i] = Train(i, new StageSolution(best, () => stage.Train(best.Ridge, options.Threads)));
        }
    }
}
