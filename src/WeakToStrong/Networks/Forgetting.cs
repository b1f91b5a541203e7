using System.Numerics.Tensors;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Networks;

/// <summary>
/// What repeated steps on the teacher's labels do to the pre-trained student: whether they build the easy direction or destroy the hard
/// one. The raw norm ||W beta_h|| does not tell, because W grows; the shares and the overlap do.
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

    private Forgetting(NetworkExperiment experiment, TrialMoments moments)
    {
        Experiment = experiment;
        Moments = moments;
        var values = (VectorMoments)moments.Total;
        Steps = [.. Enumerable.Range(0, Points(experiment)).Select(step =>
            new ForgettingStep(step, Of(step, 0), Of(step, 1), Of(step, 2), Of(step, 3), Of(step, 4)))];

        Estimate Of(int step, int measure) => values[(step * Measures) + measure];
    }

    /// <summary>The setting.</summary>
    public NetworkExperiment Experiment { get; }

    /// <summary>The finished trials' moments.</summary>
    public TrialMoments Moments { get; }

    /// <summary>How many trials were finished.</summary>
    public long Trials => Moments.Count;

    /// <summary>Whether the run was stopped before all trials were done.</summary>
    public bool Interrupted => Moments.Interrupted;

    /// <summary>The student before the first step and after each one.</summary>
    public IReadOnlyList<ForgettingStep> Steps { get; }

    /// <summary>Runs independent trials. Interrupted, it returns its first trials, as many as are finished without a gap.</summary>
    /// <param name="experiment">The setting; its loss and number of student steps are followed.</param>
    /// <param name="trueLabels">True labels for the probe, at least 10.</param>
    /// <param name="trials">Which trials: a number, or a range to be merged with others.</param>
    /// <param name="seed">Names the random numbers.</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <exception cref="InputException">Training diverged.</exception>
    public static Forgetting Run(NetworkExperiment experiment, int trueLabels, TrialRange trials, ulong seed, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(options);
        Require.AtLeast(trueLabels, 10);
        var work = new TrialWork($"steps on the {TableNames.Of(experiment.Loss)} loss", Points(experiment));
        return new Forgetting(experiment, NetworkTrials.Run(
            experiment, trials, Points(experiment) * Measures, work, countsSamples: false, seed, options,
            (trial, values, done, o) => Follow(experiment, trueLabels, trial, values, done, o)));
    }

    /// <summary>This result and that of the range of trials that follows it: the bits of one run over both.</summary>
    /// <param name="next">Of the same setting and seed.</param>
    /// <exception cref="ArgumentException">It is of another setting, or its trials do not follow.</exception>
    public Forgetting Merge(Forgetting next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next.Experiment == Experiment ? new Forgetting(Experiment, Moments.Merge(next.Moments))
            : throw new ArgumentException("the results are of different experiments", nameof(next));
    }

    /// <summary>A result from moments that were written down.</summary>
    /// <param name="experiment">The setting.</param>
    /// <param name="state">What <see cref="TrialMoments.ToState"/> of the result gave.</param>
    /// <exception cref="ArgumentException">The state is of something else, or not whole.</exception>
    public static Forgetting FromState(NetworkExperiment experiment, TrialState state) =>
        new(experiment, TrialMoments.FromState(state, new VectorMoments(Points(experiment) * Measures)));

    /// <summary>One row a step: loss, step, trials, then each measure with its standard error.</summary>
    public static ResultTable ToTable(params IReadOnlyList<Forgetting> runs)
    {
        var rows = runs.SelectMany(run => run.Steps, (run, step) => (Run: run, Step: step)).ToArray();
        var columns = new List<ResultColumn>
        {
            ResultColumn.Of("loss", [.. rows.Select(r => TableNames.Of(r.Run.Experiment.Loss))]),
            ResultColumn.Of("step", [.. rows.Select(r => (long)r.Step.Step)]),
            ResultColumn.Of("trials", [.. rows.Select(r => r.Run.Trials)]),
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

    /// <summary>The student before the first step and after each one.</summary>
    private static int Points(NetworkExperiment experiment) => experiment.StudentSteps + 1;

    private static void Follow(NetworkExperiment experiment, int trueLabels, NetworkTrial trial, Span<double> values, Action<int> done,
        RunOptions options)
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
            Measure(trial, probe, test, options.Threads).CopyTo(values[(step * Measures)..]);
            done(1);
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
