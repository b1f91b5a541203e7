using WeakToStrong.Tables;

namespace WeakToStrong.Networks;

/// <summary>Spectra of the first layers before and after training, in one trial: teacher initial and trained; student random,
/// pre-trained and trained.</summary>
public sealed class SpectrumComparison
{
    private readonly NetworkExperiment _experiment;

    private SpectrumComparison(
        NetworkExperiment experiment, WeightSpectrum teacherBefore, WeightSpectrum teacherAfter, WeightSpectrum studentBefore,
        WeightSpectrum studentAfter)
    {
        _experiment = experiment;
        (TeacherBefore, TeacherAfter, StudentBefore, StudentAfter) = (teacherBefore, teacherAfter, studentBefore, studentAfter);
    }

    /// <summary>Runs the trial.</summary>
    /// <param name="experiment">The setting.</param>
    /// <param name="seed">Names the random numbers.</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <exception cref="OperationCanceledException">Cancelled: there is no part of a trial to return.</exception>
    /// <exception cref="InputException">Training diverged.</exception>
    public static SpectrumComparison Run(NetworkExperiment experiment, ulong seed, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(options);
        int done = 0;
        var trial = new NetworkTrial(experiment, new NetworkBuffers(experiment), seed, 0, options);
        trial.InitialiseTeacher();
        WeightSpectrum teacherBefore = Spectrum(trial.Teacher, 0, 0);
        trial.TrainTeacher();
        WeightSpectrum teacherAfter = Spectrum(trial.Teacher, experiment.TeacherRate, experiment.TeacherSteps);
        trial.InitialiseStudent();
        trial.PretrainStudent();
        WeightSpectrum studentBefore = Spectrum(trial.Student, 0, 0);
        for (int step = 0; step < experiment.StudentSteps; step++)
            trial.TrainStudent(step);
        return new SpectrumComparison(experiment, teacherBefore, teacherAfter, studentBefore,
            Spectrum(trial.Student, experiment.StudentRate, experiment.StudentSteps));

        WeightSpectrum Spectrum(TwoLayerNetwork network, double rate, int steps)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            double kept = Math.Max(Math.Abs(Math.Pow(1 - (rate * experiment.WeightDecay), steps)), double.Epsilon);
            var spectrum = new WeightSpectrum(network.Weights, kept, options.Threads);
            options.Progress?.Report(new RunProgress("spectra", ++done, 4));
            return spectrum;
        }
    }

    /// <summary>The teacher's random initial weights.</summary>
    public WeightSpectrum TeacherBefore { get; }

    /// <summary>The teacher's weights after its steps.</summary>
    public WeightSpectrum TeacherAfter { get; }

    /// <summary>The student's pre-trained weights: random and spike.</summary>
    public WeightSpectrum StudentBefore { get; }

    /// <summary>The student's weights after its steps.</summary>
    public WeightSpectrum StudentAfter { get; }

    /// <summary>Predicted outliers of the teacher after one step, largest first; empty when there are none or there
    /// is no prediction.</summary>
    public IReadOnlyList<double> TeacherOutliers =>
        Outliers(_experiment.TeacherWidth, [new NetworkPrediction(_experiment).Corrected(NetworkQuantity.TeacherDirectionNorm)]);

    /// <summary>Predicted outliers of the pre-trained student, largest first.</summary>
    public IReadOnlyList<double> PretrainedOutliers => Outliers(_experiment.StudentWidth, [_experiment.Spike]);

    /// <summary>Predicted outliers of the student after one step, largest first: its spike and the direction of
    /// the teacher's labels.</summary>
    public IReadOnlyList<double> StudentOutliers => Outliers(_experiment.StudentWidth, [_experiment.Spike,
        _experiment.StudentRate * _experiment.Activation.Slope * _experiment.ReadoutNorm * new NetworkPrediction(_experiment)
            .Corrected(NetworkQuantity.LabelDirectionNorm)]);

    /// <summary>One row a singular value: network, stage, index (from 1, decreasing), singular_value, bulk_low, bulk_high,
    /// outlier (1 or 0).</summary>
    public ResultTable ToTable()
    {
        (string Network, string Stage, WeightSpectrum Spectrum)[] parts =
            [("teacher", "before", TeacherBefore), ("teacher", "after", TeacherAfter), ("student", "before", StudentBefore),
                ("student", "after", StudentAfter)];
        var rows = parts.SelectMany(p => p.Spectrum.SingularValues, (p, value) => (p.Network, p.Stage, p.Spectrum, Value: value)).ToArray();
        return new ResultTable(
            ResultColumn.Of("network", [.. rows.Select(r => r.Network)]),
            ResultColumn.Of("stage", [.. rows.Select(r => r.Stage)]),
            ResultColumn.Of("index", [.. parts.SelectMany(p => p.Spectrum.SingularValues.Select((_, i) => i + 1L))]),
            ResultColumn.Of("singular_value", [.. rows.Select(r => r.Value)]),
            ResultColumn.Of("bulk_low", [.. rows.Select(r => r.Spectrum.BulkLow)]),
            ResultColumn.Of("bulk_high", [.. rows.Select(r => r.Spectrum.BulkHigh)]),
            ResultColumn.Of("outlier", [.. rows.Select(r => r.Value > r.Spectrum.OutlierThreshold ? 1L : 0L)]));
    }

    // Weight decay shrinks the random part, for which there is no closed form here.
    private double[] Outliers(int width, double[] strengths) => _experiment.WeightDecay > 0 ? []
        : [.. strengths.Where(double.IsFinite).Select(s => WeightSpectrum.OutlierPosition(s, (double)width / _experiment.Dimension))
            .Where(double.IsFinite).OrderDescending()];
}
