using WeakToStrong.Rules;
using WeakToStrong.Statistics;
using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>
/// Simulates a <see cref="LinearExperiment"/> as it is written down: real design matrices, labels and solves. O(d^3) a trial: the
/// independent check of <see cref="ExactSimulator"/>.
/// </summary>
public sealed class DenseSimulator : ISimulator
{
    /// <summary>The largest dimension, for which a trial's matrices take about 10 GB.</summary>
    public const int LargestDimension = 20_000;

    private const long LongTrial = 1_000_000; // rows

    // The Gram matrix, and two like it in which it is decomposed.
    private const int MatricesInTrial = 3;

    /// <inheritdoc/>
    public string Name => "dense";

    /// <inheritdoc/>
    public SimulationResult Run(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, TrialRange trials, ulong seed,
        RunOptions? options = null)
    {
        FiniteMeans.Demand(experiment, lambdaTeacher);
        var rules = new RuleExperiment(experiment, RuleList.Ridges(lambdaTeacher), RuleList.Ridges(lambdaStudent));
        return new SimulationResult(experiment, lambdaTeacher, lambdaStudent, Trials(rules, trials, seed, options));
    }

    /// <inheritdoc/>
    public RuleSimulationResult Run(RuleExperiment experiment, TrialRange trials, ulong seed, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return new RuleSimulationResult(experiment, Trials(experiment, trials, seed, options));
    }

    private static TrialMoments Trials(RuleExperiment rules, TrialRange trials, ulong seed, RunOptions? options)
    {
        LinearExperiment experiment = rules.Setting;
        long d = experiment.Dimension;
        string what = $"a trial of the dense engine at d = {d}";
        double bytes = MatricesInTrial * sizeof(double) * (double)d * d;
        if (d > LargestDimension)
        {
            throw new InputException($"{what} needs {MemoryNeed.Size(bytes)} of memory; it takes at most d = {LargestDimension}; use the "
                + "exact engine");
        }
        long samples = Math.Max(experiment.TeacherSamples, experiment.StudentSamples);
        if (samples > int.MaxValue)
            throw new InputException($"the dense engine takes at most {int.MaxValue} samples, found {samples}; use the exact engine");
        long rows = experiment.TeacherSamples + (rules.SameRows is null ? experiment.StudentSamples : 0) + (2 * experiment.Dimension);
        MemoryNeed.Check(what, d, d, MatricesInTrial);
        MemoryNeed.Check($"{what} with {rules.Teachers.Count} teachers", rules.Teachers.Count, d, 2);
        int atOnce = (int)Math.Clamp(MemoryNeed.Free / bytes, 1, int.MaxValue);
        return TrialLoop.Run(
            trials, new PairedMoments(rules.Teachers.Count, rules.Students.Count), threads => new DenseTrial(rules, seed, threads),
            new TrialWork("rows", rows, LongTrial), options ?? RunOptions.Default, atOnce);
    }
}
