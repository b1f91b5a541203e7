using WeakToStrong.LinearAlgebra;
using WeakToStrong.Trials;

namespace WeakToStrong.Networks.Readouts;

/// <summary>Whose features a readout reads.</summary>
public enum ProbedNetwork
{
    /// <summary>The trained teacher.</summary>
    Teacher,

    /// <summary>The student before anything: random weights, no spike.</summary>
    UntrainedStudent,

    /// <summary>The student after pre-training (random weights and spike), before the teacher's labels.</summary>
    PretrainedStudent,

    /// <summary>The student after its gradient steps on the teacher's labels.</summary>
    TrainedStudent,
}

/// <summary>Where a readout comes from.</summary>
public enum ReadoutSource
{
    /// <summary>The random readout that the network was initialised and trained with.</summary>
    Initial,

    /// <summary>Ridge regression on the teacher's labels of the student's samples; no true label is used.</summary>
    TeacherLabels,

    /// <summary>Ridge regression on a small number of true, noisy labels: a linear probe.</summary>
    TrueLabels,
}

/// <summary>
/// Who wins? Test errors against the noise-free target of the teacher and of the student before and after each stage of its training, each
/// with three readouts, measured and predicted from the weights. Every ridge is chosen on held-out data of the same kind as its training
/// data. All networks of a
/// trial see the same samples, so differences are paired.
/// </summary>
/// <param name="experiment">The setting.</param>
/// <param name="trueLabels">How many true labels a <see cref="ReadoutSource.TrueLabels"/> readout gets, the held-out fifth
/// included; at least 10.</param>
public sealed class ReadoutComparison(NetworkExperiment experiment, int trueLabels)
{
    private readonly NetworkExperiment _experiment = experiment ?? throw new ArgumentNullException(nameof(experiment));
    private readonly int _testSamples = 4000;

    /// <summary>The setting.</summary>
    public NetworkExperiment Experiment => _experiment;

    /// <summary>How many true labels a probe gets.</summary>
    public int TrueLabels { get; } = Require.AtLeast(trueLabels, 10);

    /// <summary>Samples on which test errors are taken, at least 1. Default: 4000.</summary>
    public int TestSamples
    {
        get => _testSamples;
        init => _testSamples = Require.AtLeast(value, 1, nameof(TestSamples));
    }

    /// <summary>Runs independent trials. Interrupted, it returns its first trials, as many as are finished without a gap.</summary>
    /// <param name="trials">Which trials: a number, or a range to be merged with others.</param>
    /// <param name="seed">Names the random numbers.</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <exception cref="InputException">Training diverged.</exception>
    public ReadoutResult Run(TrialRange trials, ulong seed, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ReadoutResult(this, NetworkTrials.Run(
            _experiment, trials, ReadoutResult.Width, new TrialWork("networks", ReadoutResult.Networks), countsSamples: false, seed,
            options, Measure));
    }

    private void Measure(NetworkTrial trial, Span<double> values, Action<int> done, RunOptions options)
    {
        Matrix<double> errors = new(ReadoutResult.Networks, ReadoutResult.Readouts),
            predicted = new(ReadoutResult.Networks, ReadoutResult.Readouts);
        predicted.Data.Fill(double.NaN);
        ReadoutPrediction? prediction = ReadoutPrediction.Covers(_experiment) ? new(_experiment, trial.Directions, options.Threads) : null;
        int d = _experiment.Dimension;
        var probe = new ProbeSet(trial.ProbeSamples(TrueLabels, 0), d, options.Threads);
        var test = new ProbeSet(trial.ProbeSamples(TestSamples, 1), d, options.Threads);
        var unlabelled = new ProbeSet(trial.StudentSamples(0), d, options.Threads);

        trial.InitialiseTeacher();
        trial.TrainTeacher();
        double[] teacherLabels = unlabelled.LabelledBy(trial.Teacher);
        Evaluate(ProbedNetwork.Teacher, trial.Teacher);
        trial.InitialiseStudent();
        Evaluate(ProbedNetwork.UntrainedStudent, trial.Student);
        trial.PretrainStudent();
        Evaluate(ProbedNetwork.PretrainedStudent, trial.Student);
        for (int step = 0; step < _experiment.StudentSteps; step++)
            trial.TrainStudent(step);
        Evaluate(ProbedNetwork.TrainedStudent, trial.Student);
        ReadoutResult.Lay(errors, predicted, values);

        void Evaluate(ProbedNetwork which, TwoLayerNetwork network)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            Matrix<float> features = test.Features(network);
            errors[(int)which, (int)ReadoutSource.Initial] = test.TestError(features, network.Readout);
            errors[(int)which, (int)ReadoutSource.TeacherLabels] = test.TestError(features, unlabelled.FitReadout(network, teacherLabels));
            errors[(int)which, (int)ReadoutSource.TrueLabels] = test.TestError(features, probe.FitReadout(network, probe.Labels));
            prediction?.Predict(network, trial.Teacher, TrueLabels).CopyTo(predicted.Row((int)which));
            done(1);
        }
    }
}
