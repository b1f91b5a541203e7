using WeakToStrong.Rules;
using WeakToStrong.Statistics;

namespace WeakToStrong.Simulation;

/// <summary>
/// Simulates a <see cref="LinearExperiment"/> as it is written down: real design matrices, labels and solves. O(d^3) a trial: the
/// independent check of <see cref="ExactSimulator"/>.
/// </summary>
public sealed class DenseSimulator : ISimulator
{
    /// <summary>The largest dimension, for which a trial's matrices take about 10 GB.</summary>
    public const int LargestDimension = 20_000;

    /// <inheritdoc/>
    public string Name => "dense";

    /// <inheritdoc/>
    public SimulationResult Run(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, long trials, ulong seed, RunOptions? options = null)
    {
        FiniteMeans.Demand(experiment, lambdaTeacher);
        var rules = new RuleExperiment(experiment, RuleList.Ridges(lambdaTeacher), RuleList.Ridges(lambdaStudent));
        return new SimulationResult(experiment, lambdaTeacher, lambdaStudent, Trials(rules, trials, seed, options), trials);
    }

    /// <inheritdoc/>
    public RuleSimulationResult Run(RuleExperiment experiment, long trials, ulong seed, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return new RuleSimulationResult(experiment, Trials(experiment, trials, seed, options), trials);
    }

    private static PairedMoments Trials(RuleExperiment rules, long trials, ulong seed, RunOptions? options)
    {
        LinearExperiment experiment = rules.Setting;
        if (experiment.Dimension > LargestDimension)
            throw new InputException($"the dense engine takes at most d = {LargestDimension}, found {experiment.Dimension}; use the exact engine");
        long samples = Math.Max(experiment.TeacherSamples, experiment.StudentSamples);
        if (samples > int.MaxValue)
            throw new InputException($"the dense engine takes at most {int.MaxValue} samples, found {samples}; use the exact engine");
        options ??= RunOptions.Default;
        int threadsPerTrial = (int)Math.Max(1, options.Threads / Require.AtLeast(trials, 1));
        long rows = experiment.TeacherSamples + (rules.SameRows is null ? experiment.StudentSamples : 0) + (2 * experiment.Dimension);
        return TrialRunner.Run(
            () => new DenseTrial(rules, seed, threadsPerTrial), rows, rules.Teachers.Count, rules.Students.Count, trials, options);
    }
}
