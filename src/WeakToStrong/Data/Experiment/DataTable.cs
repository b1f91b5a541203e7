using WeakToStrong.Data.Decision;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Experiment;

/// <summary>The result of an experiment as a table: one row for each pair of ridges.</summary>
internal sealed class DataTable
{
    private readonly DataResult _result;
    private readonly DataExperiment _experiment;
    private readonly (int T, int S)[] _cells;
    private readonly List<ResultColumn> _columns = [];

    private DataTable(DataResult result, DataExperiment experiment)
    {
        (_result, _experiment) = (result, experiment);
        _cells = [.. from t in Enumerable.Range(0, result.LambdaTeacher.Count)
                  from s in Enumerable.Range(0, result.LambdaStudent.Count)
                  select (t, s)];
    }

    public static ResultTable Of(DataResult result, DataExperiment experiment)
    {
        var table = new DataTable(result, experiment);
        table.Errors();
        table.Deviations();
        table.Advice();
        table.Choices();
        table.Metrics();
        table.Inputs();
        return new ResultTable([.. table._columns]);
    }

    private bool IsClassification => _result.IsClassification;

    private bool HasCeiling => _result.HasCeiling;

    private void Errors()
    {
        Number("lambda_teacher", (t, _) => _experiment.Data.WeakLabels is null ? _result.LambdaTeacher[t] : double.NaN);
        Number("lambda_student", (_, s) => _result.LambdaStudent[s]);
        Number("teacher_error", (t, _) => _result.TeacherError(t).Mean);
        Number("student_error", (t, s) => _result.StudentError(t, s).Mean);
        OfCeiling("ceiling_error", () => _result.CeilingError.Mean);
        if (IsClassification)
        {
            Number("teacher_accuracy", (t, _) => _result.TeacherAccuracy(t).Mean);
            Number("student_accuracy", (t, s) => _result.StudentAccuracy(t, s).Mean);
            OfCeiling("ceiling_accuracy", () => _result.CeilingAccuracy.Mean);
        }
        if (HasCeiling)
            Number("pgr", (t, s) => _result.Pgr(t, s).Ratio);
        Integer("splits", _result.Splits.Count);
    }

    private void Deviations()
    {
        Number("teacher_error_se", (t, _) => _result.TeacherError(t).StandardError);
        Number("student_error_se", (t, s) => _result.StudentError(t, s).StandardError);
        OfCeiling("ceiling_error_se", () => _result.CeilingError.StandardError);
        if (IsClassification)
        {
            Number("teacher_accuracy_se", (t, _) => _result.TeacherAccuracy(t).StandardError);
            Number("student_accuracy_se", (t, s) => _result.StudentAccuracy(t, s).StandardError);
            OfCeiling("ceiling_accuracy_se", () => _result.CeilingAccuracy.StandardError);
            Number("agreement", (t, s) => _result.Agreement(t, s).Mean);
        }
        if (!HasCeiling)
            return;
        Number("pgr_se", (t, s) => _result.Pgr(t, s).StandardError);
        Number("pgr_low", (t, s) => _result.Pgr(t, s).Low);
        Number("pgr_high", (t, s) => _result.Pgr(t, s).High);
    }

    private void Advice()
    {
        if (_experiment.Recommend)
        {
            Number("expected_gain", (t, s) => _result.Over(split => split.Advice[t]!.Gains[s].Mean).Mean);
            Number("recommended", (t, s) => _result.Over(split => split.Advice[t]!.Best == s ? 1 : 0).Mean);
            Number("regret", (t, _) => _result.Regret(t).Mean);
        }
        if (_result.Prediction is { } prediction)
            _columns.AddRange(prediction.Columns());
    }

    private void Choices()
    {
        OfCeiling("ceiling_lambda", () => _result.Over(split => split.CeilingLambda).Mean);
        if (!_experiment.Choices || !_result.HasChoices)
            return;
        void Each(string name, Func<SplitChoices, double> value) =>
            Number(name, (t, _) => _result.Over(split => value(split.Choices[t])).Mean);
        void Test(TrainingChoice choice, string name)
        {
            Number($"{name}_error", (t, _) => _result.TestError(choice, t).Mean);
            if (IsClassification)
                Number($"{name}_accuracy", (t, _) => _result.TestAccuracy(choice, t).Mean);
            Number($"{name}_error_se", (t, _) => _result.TestError(choice, t).StandardError);
            if (IsClassification)
                Number($"{name}_accuracy_se", (t, _) => _result.TestAccuracy(choice, t).StandardError);
        }
        Test(TrainingChoice.Direct, "direct");
        Each("direct_lambda", choices => choices.Direct.Lambda);
        Test(TrainingChoice.Mixture, "mixture");
        Each("mixture_weight", choices => choices.MixtureWeight);
        Each("mixture_lambda", choices => choices.Mixture.Lambda);
    }

    private void Metrics()
    {
        if (!_experiment.Metrics)
            return;
        Each("teacher", (split, t, _) => split.Metrics!.Teacher[t]);
        Each("student", (split, t, s) => split.Metrics!.Students[t][s]);
        if (HasCeiling)
            Each("ceiling", (split, _, _) => split.Metrics!.Ceiling);
        if (_experiment.Choices && _result.HasChoices)
        {
            Each("direct", (split, t, _) => split.Choices[t].Direct.Metrics);
            Each("mixture", (split, t, _) => split.Choices[t].Mixture.Metrics);
        }
        Number("misfit", (t, s) => _result.Over(split => split.Metrics!.Misfit[t][s]).Mean);

        void Each(string model, Func<SplitOutcome, int, int, ModelMetrics> of)
        {
            Number($"{model}_balanced_accuracy", (t, s) => _result.Over(split => of(split, t, s).BalancedAccuracy).Mean);
            Number($"{model}_auc", (t, s) => _result.Over(split => of(split, t, s).Auc).Mean);
            Number($"{model}_log_loss", (t, s) => _result.Over(split => of(split, t, s).LogLoss).Mean);
            Number($"{model}_ece", (t, s) => _result.Over(split => of(split, t, s).CalibrationError).Mean);
        }
    }

    private void Inputs()
    {
        Text("weak_map", _experiment.Data.WeakLabels is null ? _experiment.Weak.ToString() : "given labels");
        Text("strong_map", _experiment.Strong.ToString());
        Integer("n_teacher", _result.Sizes.Teacher);
        Integer("n_student", _result.Sizes.Student);
        Integer("n_test", _result.Sizes.Test);
    }

    private void OfCeiling(string name, Func<double> value)
    {
        if (HasCeiling)
            Number(name, (_, _) => value());
    }

    private void Number(string name, Func<int, int, double> value) =>
        _columns.Add(ResultColumn.Of(name, [.. _cells.Select(cell => value(cell.T, cell.S))]));

    private void Text(string name, string value) => _columns.Add(ResultColumn.Of(name, [.. _cells.Select(_ => value)]));

    private void Integer(string name, long value) => _columns.Add(ResultColumn.Of(name, [.. _cells.Select(_ => value)]));
}
