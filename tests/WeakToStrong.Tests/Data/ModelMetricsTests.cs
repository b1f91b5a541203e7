using WeakToStrong.Data;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Data;

public class ModelMetricsTests
{
    private static readonly OracleTable Oracle = OracleTable.Read("metrics"), Rows = OracleTable.Read("metrics_scores");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Measures_are_those_of_scikit_learn_on_the_same_scores(int which)
    {
        (Matrix<double> scores, TrueLabels truth) = Read(Oracle.Text(which, "case"));
        ModelMetrics metrics = ModelMetrics.Of(scores, truth);
        Assert.Equal(Oracle.Number(which, "balanced_accuracy"), metrics.BalancedAccuracy, 1e-12);
        Assert.Equal(Oracle.Number(which, "auc"), metrics.Auc, 1e-12);
        Assert.Equal(Oracle.Number(which, "log_loss"), metrics.LogLoss, 1e-10);
        Assert.Equal(Oracle.Number(which, "ece"), metrics.CalibrationError, 1e-12);
    }

    [Fact]
    public void Another_model_has_other_measures()
    {
        (Matrix<double> scores, TrueLabels truth) = Read("four");
        int right = truth.ClassOf(3), wrong = (right + 1) % 4;
        (scores[3, right], scores[3, wrong]) = (scores[3, wrong] + 0.01, scores[3, right] - 0.01);
        ModelMetrics metrics = ModelMetrics.Of(scores, truth);
        Assert.NotEqual(Oracle.Number(2, "auc"), metrics.Auc, 1e-9);
        Assert.NotEqual(Oracle.Number(2, "log_loss"), metrics.LogLoss, 1e-9);
    }

    private static (Matrix<double> Scores, TrueLabels Truth) Read(string name)
    {
        int[] rows = [.. Enumerable.Range(0, Rows.Count).Where(row => Rows.Text(row, "case") == name)];
        int classes = name.StartsWith("two", StringComparison.Ordinal) ? 2 : 4;
        var scores = new Matrix<double>(rows.Length, classes);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = 0; k < classes; k++)
                scores[i, k] = Rows.Number(rows[i], $"score{k}");
        }
        return (scores, TrueLabels.OfClasses([.. rows.Select(row => (int)Rows.Number(row, "class"))],
            [.. Enumerable.Range(0, classes).Select(k => $"{k}")]));
    }
}
