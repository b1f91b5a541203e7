using WeakToStrong.Statistics;
using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>Test errors of a <see cref="RuleExperiment"/>: teacher i and student j are trained by its rules of these numbers.</summary>
public sealed class RuleSimulationResult : SimulatedErrors
{
    internal RuleSimulationResult(RuleExperiment rules, TrialMoments moments)
        : base(rules.Setting, moments) => Rules = rules;

    /// <summary>What was simulated, with the rules.</summary>
    public RuleExperiment Rules { get; }

    /// <summary>This result and that of the range of trials that follows it: the bits of one run over both.</summary>
    /// <param name="next">Of the same rules, engine and seed.</param>
    /// <exception cref="ArgumentException">It is of another experiment, or its trials do not follow.</exception>
    public RuleSimulationResult Merge(RuleSimulationResult next)
    {
        ArgumentNullException.ThrowIfNull(next);
        RuleExperiment other = next.Rules;
        if (other.Setting != Rules.Setting || other.SameRows != Rules.SameRows || !other.Teachers.SequenceEqual(Rules.Teachers)
            || !other.Students.SequenceEqual(Rules.Students))
            throw new ArgumentException("the results are of different experiments", nameof(next));
        return new RuleSimulationResult(Rules, Moments.Merge(next.Moments));
    }

    /// <summary>A result from moments that were written down.</summary>
    /// <param name="rules">What was simulated.</param>
    /// <param name="state">What <see cref="TrialMoments.ToState"/> of the result gave.</param>
    /// <exception cref="ArgumentException">The state is of other rules, or not whole.</exception>
    public static RuleSimulationResult FromState(RuleExperiment rules, TrialState state)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new RuleSimulationResult(rules, TrialMoments.FromState(state,
            new PairedMoments(rules.Teachers.Count, rules.Students.Count)));
    }
}
