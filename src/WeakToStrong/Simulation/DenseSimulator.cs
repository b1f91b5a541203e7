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
        if (experiment.Dimension > LargestDimension)
            throw new InputException($"the dense engine takes at most d = {LargestDimension}, found {experiment.Dimension}; use the exact engine");
        if (Math.Max(experiment.TeacherSamples, experiment.StudentSamples) > int.MaxValue)
            throw new InputException($"the dense engine takes at most {int.MaxValue} samples, found {Math.Max(experiment.TeacherSamples, experiment.StudentSamples)}; use the exact engine");
        options ??= RunOptions.Default;
        int threadsPerTrial = (int)Math.Max(1, options.Threads / Require.AtLeast(trials, 1));
        long rows = experiment.TeacherSamples + experiment.StudentSamples + (2 * experiment.Dimension);
        PairedMoments excess = TrialRunner.Run(
            () => new DenseTrial(experiment, lambdaTeacher, lambdaStudent, seed, threadsPerTrial), rows,
            lambdaTeacher.Count, lambdaStudent.Count, trials, options);
        return new SimulationResult(experiment, lambdaTeacher, lambdaStudent, excess, trials);
    }
}
