using System.Globalization;
using WeakToStrong.Ridge;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Experiment;

/// <summary>What one split gave.</summary>
/// <param name="Teacher">The teacher on the test rows, for each of its ridges.</param>
/// <param name="Students">The student on the test rows, for each teacher and each of its ridges.</param>
/// <param name="Ceiling">The student's model trained on true labels.</param>
/// <param name="CeilingLambda">Its ridge, chosen by leave-one-out.</param>
/// <param name="Advice">The recommended ridge for each teacher; null where none was asked for.</param>
/// <param name="LeaveOneOutChoice">The ridge that leave-one-out on the pseudo-labels would choose, for each teacher.</param>
public sealed record SplitOutcome(
    IReadOnlyList<Evaluation> Teacher, IReadOnlyList<IReadOnlyList<Evaluation>> Students, Evaluation Ceiling, double CeilingLambda,
    IReadOnlyList<RidgeAdvice?> Advice, IReadOnlyList<int> LeaveOneOutChoice);

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

    /// <summary>Test error of a teacher, by the position of its ridge.</summary>
    public Estimate TeacherError(int t) => Over(split => split.Teacher[t].Error);

    /// <summary>Test error of a student, by the positions of the teacher's ridge and of its own.</summary>
    public Estimate StudentError(int t, int s) => Over(split => split.Students[t][s].Error);

    /// <summary>Test error of the ceiling.</summary>
    public Estimate CeilingError => Over(split => split.Ceiling.Error);

    /// <summary>Accuracy of a teacher; NaN for regression.</summary>
    public Estimate TeacherAccuracy(int t) => Over(split => split.Teacher[t].Accuracy);

    /// <summary>Accuracy of a student; NaN for regression.</summary>
    public Estimate StudentAccuracy(int t, int s) => Over(split => split.Students[t][s].Accuracy);

    /// <summary>Accuracy of the ceiling; NaN for regression.</summary>
    public Estimate CeilingAccuracy => Over(split => split.Ceiling.Accuracy);

    /// <summary>Share of test rows where the student's choice is the teacher's; NaN for regression.</summary>
    public Estimate Agreement(int t, int s) => Over(split => split.Students[t][s].Agreement);

    /// <summary>
    /// Performance gap recovered, (student - teacher)/(ceiling - teacher) of accuracies, or of errors for regression (Burns et al. 2023):
    /// of the means over splits. NaN when the ceiling is on average no better than the teacher.
    /// </summary>
    public RatioOfMeans Pgr(int t, int s) => RatioOfMeans.Of(
        [.. Splits.Select(split => Gain(split.Students[t][s], split.Teacher[t]))],
        [.. Splits.Select(split => Gain(split.Ceiling, split.Teacher[t]))]);

    /// <summary>Position of the student's ridge with the best mean: accuracy for classification, error for regression; known
    /// only in hindsight.</summary>
    public int BestStudent(int t) => Enumerable.Range(0, LambdaStudent.Count).MaxBy(s => IsClassification ? StudentAccuracy(t, s).Mean
        : -StudentError(t, s).Mean);

    /// <summary>What following the recommendation costs against the best ridge of each split, known only in hindsight.</summary>
    public Estimate Regret(int t) => Over(split => RegretOf(split, t, split.Advice[t]?.Best));

    /// <summary>The same cost of choosing by leave-one-out on the pseudo-labels.</summary>
    public Estimate LeaveOneOutRegret(int t) => Over(split =>
        RegretOf(split, t, split.Advice[t] is null ? null : split.LeaveOneOutChoice[t]));

    /// <summary>One row for each pair of ridges.</summary>
    public ResultTable ToTable()
    {
        var cells = (from t in Enumerable.Range(0, LambdaTeacher.Count) from s in Enumerable.Range(0, LambdaStudent.Count) select (t, s))
            .ToArray();
        List<ResultColumn> columns = [];
        void Number(string name, Func<int, int, double> value) =>
            columns.Add(ResultColumn.Of(name, [.. cells.Select(cell => value(cell.t, cell.s))]));
        void Text(string name, string value) => columns.Add(ResultColumn.Of(name, [.. cells.Select(_ => value)]));
        void Integer(string name, long value) => columns.Add(ResultColumn.Of(name, [.. cells.Select(_ => value)]));

        Number("lambda_teacher", (t, _) => LambdaTeacher[t]);
        Number("lambda_student", (_, s) => LambdaStudent[s]);
        Number("teacher_error", (t, _) => TeacherError(t).Mean);
        Number("student_error", (t, s) => StudentError(t, s).Mean);
        Number("ceiling_error", (_, _) => CeilingError.Mean);
        if (IsClassification)
        {
            Number("teacher_accuracy", (t, _) => TeacherAccuracy(t).Mean);
            Number("student_accuracy", (t, s) => StudentAccuracy(t, s).Mean);
            Number("ceiling_accuracy", (_, _) => CeilingAccuracy.Mean);
        }
        Number("pgr", (t, s) => Pgr(t, s).Ratio);
        Integer("splits", Splits.Count);
        Number("teacher_error_se", (t, _) => TeacherError(t).StandardError);
        Number("student_error_se", (t, s) => StudentError(t, s).StandardError);
        Number("ceiling_error_se", (_, _) => CeilingError.StandardError);
        if (IsClassification)
        {
            Number("teacher_accuracy_se", (t, _) => TeacherAccuracy(t).StandardError);
            Number("student_accuracy_se", (t, s) => StudentAccuracy(t, s).StandardError);
            Number("ceiling_accuracy_se", (_, _) => CeilingAccuracy.StandardError);
            Number("agreement", (t, s) => Agreement(t, s).Mean);
        }
        Number("pgr_se", (t, s) => Pgr(t, s).StandardError);
        Number("pgr_low", (t, s) => Pgr(t, s).Low);
        Number("pgr_high", (t, s) => Pgr(t, s).High);
        if (_experiment.Recommend)
        {
            Number("expected_gain", (t, s) => Over(split => split.Advice[t]!.Gains[s].Mean).Mean);
            Number("recommended", (t, s) => Over(split => split.Advice[t]!.Best == s ? 1 : 0).Mean);
            Number("regret", (t, _) => Regret(t).Mean);
        }
        if (Prediction is not null)
            columns.AddRange(Prediction.Columns());
        Number("ceiling_lambda", (_, _) => Over(split => split.CeilingLambda).Mean);
        Text("weak_map", _experiment.Weak.ToString());
        Text("strong_map", _experiment.Strong.ToString());
        Integer("n_teacher", Sizes.Teacher);
        Integer("n_student", Sizes.Student);
        Integer("n_test", Sizes.Test);
        return new ResultTable([.. columns]);
    }

    /// <summary>What was found, in a few sentences.</summary>
    public IReadOnlyList<string> Summary()
    {
        List<string> sentences = [];
        for (int t = 0; t < LambdaTeacher.Count; t++)
        {
            int best = BestStudent(t);
            (string what, string teacher, string student, string ceiling) = IsClassification
                ? ("accuracy", Show(TeacherAccuracy(t)), Show(StudentAccuracy(t, best)), Show(CeilingAccuracy))
                : ("error", Show(TeacherError(t)), Show(StudentError(t, best)), Show(CeilingError));
            sentences.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"teacher at lambda_t = {LambdaTeacher[t]:G3}: {what} {teacher}, best student {student} at lambda_s = "
                + $"{LambdaStudent[best]:G3}, ceiling {ceiling}, PGR {Show(Pgr(t, best))}"));
            if (Splits[0].Advice[t] is { } advice)
            {
                sentences.Add(Advice(t, advice));
                if (EndOfGrid(advice.Best) is { } end)
                    sentences.Add(end);
            }
        }
        return Prediction is null ? sentences : [.. sentences, .. Prediction.Sentences()];
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

    private Estimate Over(Func<SplitOutcome, double> value) => Estimate.Of([.. Splits.Select(value)]);

    private static string Show(Estimate estimate) =>
        double.IsNaN(estimate.StandardError) ? Short(estimate.Mean, "G4")
            : $"{Short(estimate.Mean, "G4")} +- {Short(estimate.StandardError, "G2")}";

    private static string Show(RatioOfMeans ratio) =>
        double.IsNaN(ratio.Low) ? Short(ratio.Ratio, "G4")
            : $"{Short(ratio.Ratio, "G4")} (95% interval {Short(ratio.Low, "G3")} to {Short(ratio.High, "G3")})";

    private static string Short(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : NumberText.Format(value);
}
