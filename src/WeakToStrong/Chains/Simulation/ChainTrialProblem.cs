using WeakToStrong.Simulation;

namespace WeakToStrong.Chains.Simulation;

/// <summary>
/// What all dense trials of a chain share: for each view the features that vary (in the eigen-directions of the covariance), and
/// for each stage the penalty restricted to them. Setting the other coefficients to their best values turns Omega into the inverse
/// of the block of Omega^-1.
/// </summary>
internal sealed class ChainTrialProblem
{
    public ChainTrialProblem(ChainResult solved)
    {
        Solved = solved;
        Views = Chain.Views is { } views ? [.. views.Names.Select(name => new TrialView(views[name]))] : [new TrialView(Chain.Population)];
        Joint = Chain.Views is null ? null : new JointRows(Chain.Views, Views);
        var known = new Dictionary<(Penalty, int), TrialPenalty>();
        Ridges = [.. solved.Errors.Select(e => e.Ridge)];
        Penalties = [.. Chain.Stages.Select((stage, i) =>
        {
            int view = ViewOf(stage.View);
            if (solved.PenaltyWeights(i) is { } weights)
                return new TrialPenalty([.. Views[view].Kept.Select(j => weights[j])], null, null);
            Penalty penalty = (stage.SameRows is null ? stage : Chain.Stages[Chain.IndexOf(stage.Groups[0].Labels)]).Penalty
                ?? Penalty.Identity;
            return known.TryGetValue((penalty, view), out TrialPenalty? found) ? found
                : known[(penalty, view)] = TrialPenalty.Of(penalty, Views[view]);
        })];
    }

    public Chain Chain => Solved.Chain;

    public ChainResult Solved { get; }

    /// <summary>The views, in their order; one when there are none by name.</summary>
    public IReadOnlyList<TrialView> Views { get; }

    /// <summary>Draws rows of all views together; null for one.</summary>
    public JointRows? Joint { get; }

    public double[] Ridges { get; }

    public TrialPenalty[] Penalties { get; }

    /// <summary>Index of a view by name; null is the first.</summary>
    public int ViewOf(string? name) => name is null || Chain.Views is null ? 0 : Chain.Views.Names.TakeWhile(n => n != name).Count();

    /// <summary>
    /// The chain for the exact engine, in the units x/s with s the features' common standard deviation; null when features or penalties are
    /// not isotropic, a stage has rows of more than one kind, or anything but ridge on fresh rows is asked for.
    /// </summary>
    public IReadOnlyList<ExactStage>? ExactStages()
    {
        double[] scale = Views[0].Scale;
        bool plain = Chain.Views is null && Chain.Sources.Count == 0
            && Chain.Stages.All(s => s.Groups.Count == 1 && s.Groups[0].Rows != GroupPlan.Infinite && !s.HasBestPenalty
                && s.SameRows is null && s.Rule is null);
        bool isotropic = plain && scale.AsSpan().IndexOfAnyExcept(scale[0]) < 0
            && Penalties.All(p => p.Diagonal is { } weights && weights.AsSpan().IndexOfAnyExcept(weights[0]) < 0);
        return !isotropic ? null : [.. Chain.Stages.Select((stage, i) =>
        {
            GroupPlan group = stage.Groups[0];
            double ridge = Ridges[i] * Penalties[i].Diagonal![0] / (group.Weight * scale[0] * scale[0]);
            return new ExactStage(Chain.IndexOf(group.Labels), group.Rows, ridge, group.LabelNoise);
        })];
    }
}
