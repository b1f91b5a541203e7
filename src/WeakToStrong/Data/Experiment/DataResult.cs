using System.Globalization;
using WeakToStrong.Data.Decision;
using WeakToStrong.Ridge;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Experiment;

/// <summary>The result of a <see cref="DataExperiment"/>: means and standard errors over splits.</summary>
public sealed class DataResult
{
    private readonly DataExperiment _experiment;

    internal DataResult(
        DataExperiment experiment, RidgeGrids ridges, IReadOnlyList<SplitOutcome> splits, ChoiceForecast? prediction,
        IReadOnlyList<string> warnings, bool interrupted)
    {
        _experiment = experiment;
        (LambdaTeacher, LambdaStudent) = ridges;
        Splits = splits;
        Prediction = prediction;
        Warnings = warnings;
        Interrupted = interrupted;
    }

    /// <summary>The teacher's ridges.</summary>
    public Grid LambdaTeacher { get; }

    /// <summary>The student's ridges.</summary>
    public Grid LambdaStudent { get; }

    /// <summary>Sizes of the split.</summary>
    public SplitSizes Sizes => _experiment.SizesUsed;

    /// <summary>What each finished split gave.</summary>
    public IReadOnlyList<SplitOutcome> Splits { get; }

    /// <summary>What theory says, when asked for.</summary>
    public ChoiceForecast? Prediction { get; }

    /// <summary>What the user should know, such as constant columns.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Whether the run was stopped before all splits were finished.</summary>
    public bool Interrupted { get; }

    /// <summary>Whether labels are classes.</summary>
    public bool IsClassification => _experiment.Data.Labels.IsClassification;

    /// <summary>Test error of a teacher, by the position of its ridge. Here and below, the standard error is that of one split's test rows,
    /// or of a mean over splits that share rows.</summary>
    public Estimate TeacherError(int t) => ErrorOver(split => split.Teacher[t]);

    /// <summary>Test error of a student, by the positions of the teacher's ridge and of its own.</summary>
    public Estimate StudentError(int t, int s) => ErrorOver(split => split.Students[t][s]);

    /// <summary>Test error of the ceiling.</summary>
    public Estimate CeilingError => ErrorOver(split => split.Ceiling, Sizes.Student);

    /// <summary>Accuracy of a teacher; NaN for regression.</summary>
    public Estimate TeacherAccuracy(int t) => AccuracyOver(split => split.Teacher[t]);

    /// <summary>Accuracy of a student; NaN for regression.</summary>
    public Estimate StudentAccuracy(int t, int s) => AccuracyOver(split => split.Students[t][s]);

    /// <summary>Accuracy of the ceiling; NaN for regression.</summary>
    public Estimate CeilingAccuracy => AccuracyOver(split => split.Ceiling, Sizes.Student);

    /// <summary>Share of test rows where the student's choice is the teacher's; NaN for regression.</summary>
    public Estimate Agreement(int t, int s) => Over(split => split.Students[t][s].Agreement);

    /// <summary>
    /// Performance gap recovered, (student - teacher)/(ceiling - teacher) of accuracies, or of errors for regression (Burns et al. 2023):
    /// of the means over splits. NaN when the ceiling is on average no better than the teacher, or there is none.
    /// </summary>
    /// <remarks>
    /// The interval of one split is that of its models over test rows. Over splits of one data set the scatter of splits does not show what
    /// they share: all rows' worth of noise of test rows, and the labelled rows that they have in common; both are added.
    /// </remarks>
    public RatioOfMeans Pgr(int t, int s)
    {
        double[] gains = [.. Splits.Select(split => Gain(split.Students[t][s], split.Teacher[t]))],
            gaps = [.. Splits.Select(split => Gain(split.Ceiling, split.Teacher[t]))];
        var plain = RatioOfMeans.Of(gains, gaps);
        if (Splits.Any(split => split.GapOverRows is null))
            return plain;
        PairVariance ofRows = default;
        foreach (SplitOutcome split in Splits)
            ofRows += split.GapOverRows![t][s] * (1.0 / Splits.Count);
        int tested = Splits[0].TestRows, count = Splits.Count;
        var means = (gains.Average(), gaps.Average());
        if (count == 1)
            return RatioOfMeans.Of(means, ofRows * (1.0 / tested), tested - 1, 1);
        SplitOverlap overlap = Overlap(Sizes.Teacher);
        PairVariance ofMeans = overlap.OfMeans(PairVariance.Of(gains, gaps), ofRows);
        double ratio = double.IsNaN(plain.Ratio) ? 0 : plain.Ratio;
        long freedom = overlap.Freedom(ofMeans.OfDifference(ratio), ofRows.OfDifference(ratio));
        RatioOfMeans wide = RatioOfMeans.Of(means, ofMeans, freedom, count);
        return plain with { Low = wide.Low, High = wide.High };
    }

    /// <summary>How the choices compare on the labelled rows, over all splits; null where they were not cross-fitted.</summary>
    /// <param name="t">Position of the teacher's ridge.</param>
    public ChoiceScores? Scores(int t) => !HasChoices ? null
        : ChoiceScores.Over([.. Splits.Select(split => split.Choices[t].Scores)], LabelledOverlap);

    /// <summary>The same with fewer labelled rows; null where they are too few, or advice was not asked for.</summary>
    /// <param name="t">Position of the teacher's ridge.</param>
    public LearningCurve? Curve(int t)
    {
        LearningCurve[] curves = !HasChoices ? [] : [.. Splits.Select(split => split.Choices[t].Curve).OfType<LearningCurve>()];
        curves = [.. curves.Where(curve => curve.Rows.SequenceEqual(curves[0].Rows))];
        return curves.Length == 0 ? null : LearningCurve.Over(curves, LabelledOverlap);
    }

    /// <summary>Mean accuracy on test rows of a choice, its ridges chosen from labelled rows; for regression its error. NaN where
    /// nothing was measured.</summary>
    public double TestScore(TrainingChoice choice, int t) => Over(split => Level(Tested(split, choice, t))).Mean;

    /// <summary>Accuracy on test rows of a choice, its ridges chosen from labelled rows; NaN for regression.</summary>
    internal Estimate TestAccuracy(TrainingChoice choice, int t) => choice == TrainingChoice.Ceiling ? CeilingAccuracy
        : AccuracyOver(split => Tested(split, choice, t));

    /// <summary>The same, of errors.</summary>
    internal Estimate TestError(TrainingChoice choice, int t) => choice == TrainingChoice.Ceiling ? CeilingError
        : ErrorOver(split => Tested(split, choice, t));

    /// <summary>What following each split's advice costs against its best choice on test rows, known only in hindsight.</summary>
    public Estimate AdviceRegret(int t) => Over(split =>
    {
        Evaluation advised = Tested(split, split.Choices[t].Scores.Advised, t);
        return CrossFit.Choices.Max(choice => Gain(Tested(split, choice, t), advised));
    });

    /// <summary>Share of the test rows in the commonest class of the labelled rows; NaN for regression.</summary>
    public double Majority => Over(split => split.Majority).Mean;

    /// <summary>Share of the labelled rows in their commonest class; NaN for regression.</summary>
    internal double LabelledMajority => Over(split => split.LabelledMajority).Mean;

    /// <summary>Whether the choices were cross-fitted.</summary>
    internal bool HasChoices => Splits.All(split => split.Choices.Count == LambdaTeacher.Count);

    /// <summary>Share of all labelled rows that a split's teacher has; 1 where the split is given.</summary>
    private double LabelledOverlap => Math.Min(1, (double)Sizes.Teacher / _experiment.Data.Labels.LabelledCount);

    internal bool HasCeiling => Splits.Any(split => !double.IsNaN(split.CeilingLambda));

    private static Evaluation Tested(SplitOutcome split, TrainingChoice choice, int t) => choice switch
    {
        TrainingChoice.Teacher => split.Teacher[t],
        TrainingChoice.Direct => split.Choices[t].Direct.Test,
        TrainingChoice.Student => split.Students[t][split.Choices[t].Student],
        TrainingChoice.Mixture => split.Choices[t].Mixture.Test,
        _ => split.Ceiling,
    };

    private double Level(Evaluation evaluation) => IsClassification ? evaluation.Accuracy : evaluation.Error;

    /// <summary>Position of the student's ridge with the best mean: accuracy for classification, error for regression; known
    /// only in hindsight.</summary>
    public int BestStudent(int t) => Enumerable.Range(0, LambdaStudent.Count).MaxBy(s => IsClassification ? StudentAccuracy(t, s).Mean
        : -StudentError(t, s).Mean);

    /// <summary>What following the recommendation costs against the best ridge of each split, known only in hindsight.</summary>
    public Estimate Regret(int t) => Over(split => RegretOf(split, t, split.Advice[t]?.Best));

    /// <summary>The same cost of choosing by leave-one-out on the pseudo-labels.</summary>
    public Estimate LeaveOneOutRegret(int t) => Over(split =>
        RegretOf(split, t, split.Advice[t] is null ? null : split.LeaveOneOutChoice[t]));

    /// <summary>
    /// Writes the first split's models with their predictions of every row: a folder each for teacher, direct, student, mixture and
    /// ceiling, with the first of the teacher's ridges and those that labelled rows choose.
    /// </summary>
    /// <param name="folder">Where they go; made if it is not there.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InvalidOperationException">The models were not kept.</exception>
    /// <exception cref="InputException">The folder cannot be written.</exception>
    public void Save(string folder, RunOptions? options = null)
    {
        (IReadOnlyList<SavedModel> models, RowSplit split) = Splits[0].Kept ?? throw new InvalidOperationException("models were not kept");
        SavedFolder.Write(models, split, _experiment.Data, folder, options ?? RunOptions.Default);
    }

    /// <summary>One row for each pair of ridges.</summary>
    public ResultTable ToTable() => DataTable.Of(this, _experiment);

    /// <summary>What was found, in a few sentences.</summary>
    public IReadOnlyList<string> Summary()
    {
        List<string> sentences = [];
        for (int t = 0; t < LambdaTeacher.Count; t++)
        {
            int best = BestStudent(t);
            (string what, string level, string student, string ceiling) = IsClassification
                ? ("accuracy", Show(TeacherAccuracy(t)), Show(StudentAccuracy(t, best)), Show(CeilingAccuracy))
                : ("error", Show(TeacherError(t)), Show(StudentError(t, best)), Show(CeilingError));
            string teacher = _experiment.Data.WeakLabels is not null ? "weak labels"
                : FormattableString.Invariant($"teacher at lambda_t = {LambdaTeacher[t]:G3}");
            string above = HasCeiling ? $", ceiling {ceiling}, PGR {Show(Pgr(t, best))}" : string.Empty;
            if (Splits[0].TestRows > 0)
                sentences.Add(FormattableString.Invariant(
                    $"{teacher}: {what} {level}, best student {student} at lambda_s = {LambdaStudent[best]:G3}{above}"));
            if (Splits[0].Advice[t] is { } advice)
            {
                sentences.Add(Advice(t, advice));
                if (EndOfGrid(advice.Best) is { } end)
                    sentences.Add(end);
            }
        }
        if (Prediction is not null)
            sentences.AddRange(Prediction.Sentences());
        if (_experiment.Advise)
        {
            for (int t = 0; t < LambdaTeacher.Count; t++)
                sentences.AddRange(DataAnswer.Of(this, t));
        }
        return sentences;
    }

    // The gain is that of nested selection, so it differs from every number of the column expected_gain, which is one
    // ridge's mean over splits.
    private string Advice(int t, RidgeAdvice first)
    {
        string verdict = first.Low > 0 ? "the student is expected to beat the teacher"
            : first.High < 0 ? "the student is not expected to beat the teacher" : "it is not clear who is better";
        string what = IsClassification ? "accuracy" : "squared error";
        return FormattableString.Invariant($"recommended lambda_s = {LambdaStudent[first.Best]:G3}")
            + $"{(Splits.Count > 1 ? " on the first split" : string.Empty)}: {verdict}; "
            + $"the student's gain over the teacher in {what}, with the ridge chosen on other folds, is "
            + $"{Short(first.Expected.Mean, "G3")}, 95% interval {Short(first.Low, "G3")} to {Short(first.High, "G3")}; "
            + $"regret against the best ridge in hindsight{(Splits.Count > 1 ? $", mean over {Splits.Count} splits," : string.Empty)} "
            + $"{Show(Regret(t))}, of leave-one-out on pseudo-labels {Show(LeaveOneOutRegret(t))}";
    }

    /// <summary>A warning when a chosen ridge has neighbours on one side only; below a ridge of 0 there are none.</summary>
    private string? EndOfGrid(int chosen)
    {
        bool last = chosen == LambdaStudent.Count - 1;
        string which = LambdaStudent.Count == 1 ? "only one" : last ? "largest" : "smallest";
        return (chosen > 0 && !last) || LambdaStudent[chosen] == 0 ? null
            : FormattableString.Invariant($"the recommended lambda_s = {LambdaStudent[chosen]:G3} is the {which} of the grid; ")
                + "a better one may lie beyond it: extend the grid";
    }

    private double RegretOf(SplitOutcome split, int t, int? chosen) => chosen is { } at
        ? split.Students[t].Max(student => Gain(student, split.Teacher[t])) - Gain(split.Students[t][at], split.Teacher[t])
        : double.NaN;

    private double Gain(Evaluation better, Evaluation worse) =>
        IsClassification ? better.Accuracy - worse.Accuracy : worse.Error - better.Error;

    internal Estimate Over(Func<SplitOutcome, double> value) => Estimate.Of([.. Splits.Select(value)]);

    internal Estimate ErrorOver(Func<SplitOutcome, Evaluation> test, int? trained = null) =>
        Measured(split => (test(split).Error, test(split).ErrorSe), trained);

    internal Estimate AccuracyOver(Func<SplitOutcome, Evaluation> test, int? trained = null) =>
        Measured(split => (test(split).Accuracy, test(split).AccuracySe), trained);

    // The standard error of one split is that over its test rows.
    private Estimate Measured(Func<SplitOutcome, (double Mean, double Error)> test, int? trained)
    {
        (double Mean, double Error)[] all = [.. Splits.Select(test)];
        return all.Length == 1 ? new Estimate(all[0].Mean, all[0].Error, 1)
            : Overlap(trained ?? Sizes.Teacher).Mean([.. all.Select(one => one.Mean)], [.. all.Select(one => one.Error)]);
    }

    private SplitOverlap Overlap(int trained) => new(Splits.Count, Splits[0].TestRows, _experiment.Data.Labels.LabelledCount, trained);

    private static string Show(Estimate estimate) =>
        double.IsNaN(estimate.StandardError) ? Short(estimate.Mean, "G4")
            : $"{Short(estimate.Mean, "G4")} +- {Short(estimate.StandardError, "G2")}";

    private static string Show(RatioOfMeans ratio) =>
        double.IsNaN(ratio.Low) ? Short(ratio.Ratio, "G4")
            : $"{Short(ratio.Ratio, "G4")} (95% interval {Short(ratio.Low, "G3")} to {Short(ratio.High, "G3")})";

    private static string Short(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : NumberText.Format(value);
}
