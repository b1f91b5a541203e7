using System.Numerics.Tensors;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Networks;

/// <summary>
/// What repeated steps on the teacher's labels do to the pre-trained student: whether they build the easy direction or destroy the hard one.
/// The raw norm ||W beta_h|| does not tell, because W grows; the shares and the overlap do.
/// </summary>
/// <param name="Step">Steps taken, from 0.</param>
/// <param name="HardShare">||W beta_h||^2 / ||W||_F^2.</param>
/// <param name="EasyShare">||W beta_e||^2 / ||W||_F^2.</param>
/// <param name="HardOverlap">Squared length of beta_h's projection onto the top two right singular vectors of W.</param>
/// <param name="EasyOverlap">The same for beta_e.</param>
/// <param name="ProbeError">Test error with the readout refit on true labels.</param>
public readonly record struct ForgettingStep(
    int Step, Estimate HardShare, Estimate EasyShare, Estimate HardOverlap, Estimate EasyOverlap, Estimate ProbeError);

/// <summary>Follows the student over <see cref="NetworkExperiment.StudentSteps"/> steps.</summary>
public sealed class Forgetting
{
    private const int TopVectors = 2;
    private const int TestSamples = 4000;
    private const int Measures = 5;

    private Forgetting(NetworkExperiment experiment, int trials, bool interrupted, IReadOnlyList<ForgettingStep> steps) =>
        (Experiment, Trials, Interrupted, Steps) = (experiment, trials, interrupted, steps);

    /// <summary>The setting.</summary>
    public NetworkExperiment Experiment { get; }

    /// <summary>How many trials were finished.</summary>
    public int Trials { get; }

    /// <summary>Whether the run was stopped before all trials were done.</summary>
    public bool Interrupted { get; }

    /// <summary>The student before the first step and after each one.</summary>
    public IReadOnlyList<ForgettingStep> Steps { get; }

    /// <summary>Runs independent trials. Interrupted, it returns the trials that it finished.</summary>
    /// <param name="experiment">The setting; its loss and number of student steps are followed.</param>
    /// <param name="trueLabels">True labels for the probe, at least 10.</param>
    /// <param name="trials">How many, at least 1.</param>
    /// <param name="seed">Names the random numbers.</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    public static Forgetting Run(NetworkExperiment experiment, int trueLabels, int trials, ulong seed, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(options);
        Require.AtLeast(trueLabels, 10);
        Require.AtLeast(trials, 1);
        int points = experiment.StudentSteps + 1, done = 0;
        var moments = new RunningMoments[points, Measures];
        var buffers = new NetworkBuffers(experiment);
        var progress = new SampleProgress($"steps on the {TableNames.Of(experiment.Loss)} loss", (long)trials * points, options);
        try
        {
            for (; done < trials; done++)
            {
                double[][] steps = [.. Follow(experiment, trueLabels, new NetworkTrial(experiment, buffers, seed, (ulong)done, options), progress, options)];
                for (int step = 0; step < points; step++)
                {
                    for (int i = 0; i < Measures; i++)
                        moments[step, i].Add(steps[step][i]);
                }
            }
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
        {
            // The finished trials stand.
        }
        return new Forgetting(experiment, done, done < trials, [.. Enumerable.Range(0, points).Select(step => new ForgettingStep(step,
            Of(step, 0), Of(step, 1), Of(step, 2), Of(step, 3), Of(step, 4)))]);

        Estimate Of(int step, int measure) => moments[step, measure].ToEstimate();
    }

    /// <summary>One row a step: loss, step, trials, then each measure with its standard error.</summary>
    public static ResultTable ToTable(params IReadOnlyList<Forgetting> runs)
    {
        var rows = runs.SelectMany(run => run.Steps, (run, step) => (Run: run, Step: step)).ToArray();
        var columns = new List<ResultColumn>
        {
            ResultColumn.Of("loss", [.. rows.Select(r => TableNames.Of(r.Run.Experiment.Loss))]),
            ResultColumn.Of("step", [.. rows.Select(r => (long)r.Step.Step)]),
            ResultColumn.Of("trials", [.. rows.Select(r => (long)r.Run.Trials)]),
        };
        Add("hard_share", s => s.HardShare);
        Add("easy_share", s => s.EasyShare);
        Add("hard_overlap", s => s.HardOverlap);
        Add("easy_overlap", s => s.EasyOverlap);
        Add("probe_error", s => s.ProbeError);
        return new ResultTable([.. columns]);

        void Add(string name, Func<ForgettingStep, Estimate> measure)
        {
            columns.Add(ResultColumn.Of(name, [.. rows.Select(r => measure(r.Step).Mean)]));
            columns.Add(ResultColumn.Of(name + "_se", [.. rows.Select(r => measure(r.Step).StandardError)]));
        }
    }

    private static IEnumerable<double[]> Follow(NetworkExperiment experiment, int trueLabels, NetworkTrial trial, SampleProgress progress, RunOptions options)
    {
        var probe = new ProbeSet(trial.ProbeSamples(trueLabels, 0), experiment.Dimension, options.Threads);
        var test = new ProbeSet(trial.ProbeSamples(TestSamples, 1), experiment.Dimension, options.Threads);
        trial.InitialiseTeacher();
        trial.TrainTeacher();
        trial.InitialiseStudent();
        trial.PretrainStudent();
        for (int step = 0; step <= experiment.StudentSteps; step++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (step > 0)
                trial.TrainStudent(step - 1);
            yield return Measure(trial, probe, test, options.Threads);
            progress.Add(1);
        }
    }

    private static double[] Measure(NetworkTrial trial, ProbeSet probe, ProbeSet test, int threads)
    {
        TwoLayerNetwork student = trial.Student;
        LinearAlgebra.Matrix<float> along = student.Along(trial.Directions.Rows, threads);
        double easy = 0, hard = 0, total = TensorPrimitives.SumOfSquares<float>(student.Weights.Data);
        for (int j = 0; j < along.Rows; j++)
        {
            easy += (double)along[j, 0] * along[j, 0];
            hard += (double)along[j, 1] * along[j, 1];
        }
        var spectrum = new WeightSpectrum(student.Weights, threads: threads);
        int top = Math.Min(TopVectors, student.Weights.Columns);
        float[] readout = probe.FitReadout(student, probe.Labels);
        return [hard / total, easy / total, spectrum.Overlap(trial.Directions.Hard, top), spectrum.Overlap(trial.Directions.Easy, top),
            test.TestError(test.Features(student), readout)];
    }
}
