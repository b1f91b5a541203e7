using WeakToStrong.Statistics;

namespace WeakToStrong.Simulation;

/// <summary>Test errors of a <see cref="RuleExperiment"/>: teacher i and student j are trained by its rules of these numbers.</summary>
public sealed class RuleSimulationResult : SimulatedErrors
{
    internal RuleSimulationResult(RuleExperiment rules, PairedMoments excess, long asked)
        : base(rules.Setting, excess, asked) => Rules = rules;

    /// <summary>What was simulated, with the rules.</summary>
    public RuleExperiment Rules { get; }
}
