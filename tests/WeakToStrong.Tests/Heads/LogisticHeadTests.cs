using WeakToStrong.Heads;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Heads;

/// <summary>Against scikit-learn (tests/oracles/heads_oracle.py), and against the conditions of the minimum.</summary>
public class LogisticHeadTests
{
    private static readonly OracleTable Rows = OracleTable.Read("heads_data");
    private static readonly OracleTable Oracle = OracleTable.Read("heads_logistic");

    [Theory]
    [InlineData("two", 2, 4)]
    [InlineData("weighted", 2, 4)]
    [InlineData("separable", 2, 4)]
    [InlineData("soft", 2, 4)]
    [InlineData("wide", 3, 40)]
    [InlineData("four", 4, 5)]
    [InlineData("soft-four", 4, 5)]
    public void Probabilities_are_those_of_scikit_learn(string name, int classes, int features)
    {
        (FeatureRows x, Matrix<double> targets, double[] weights) = Case(name, classes, features);
        var lambdas = Grid.Of(1e-4, 0.01, 0.3);
        RidgeModels models = LogisticHead.Instance.Prepare(x, weights.Distinct().Count() == 1 ? null : weights).Fit(targets).At(lambdas);
        double worst = 0;
        for (int r = 0; r < Oracle.Count; r++)
        {
            if (Oracle.Text(r, "case") != name)
                continue;
            int l = lambdas.Index().Single(pair => pair.Item == Oracle.Number(r, "lambda")).Index;
            Matrix<double> predicted = models.Predict(x, l);
            for (int k = 0; k < classes; k++)
                worst = Math.Max(worst, Math.Abs(predicted[(int)Oracle.Number(r, "row"), k] - Oracle.Number(r, $"p{k}")));
        }
        Assert.InRange(worst, double.Epsilon, 1e-6);
    }

    [Fact]
    public void A_wrong_normalisation_of_lambda_would_be_seen()
    {
        (FeatureRows x, Matrix<double> targets, _) = Case("four", 4, 5);
        IHeadPath path = LogisticHead.Instance.Prepare(x).Fit(targets);
        Matrix<double> right = path.At(Grid.Of(0.01)).Predict(x), wrong = path.At(Grid.Of(0.0101)).Predict(x);
        Assert.True(System.Numerics.Tensors.TensorPrimitives.Distance<double>(right.Data, wrong.Data) > 1e-4);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void The_gradient_vanishes_along_a_path_to_tiny_ridges_of_separable_data(int classes)
    {
        const int Count = 300, Features = 12;
        (FeatureRows x, Matrix<double> targets) = Draw(Count, Features, classes, scale: 30);
        var lambdas = Grid.Logarithmic(1e-9, 10, 12);
        RidgeModels models = LogisticHead.Instance.Prepare(x).Fit(targets).At(lambdas);
        int vectors = classes == 2 ? 1 : classes;
        for (int l = 0; l < lambdas.Count; l++)
        {
            Matrix<double> p = models.Predict(x, l);
            double largest = 0;
            for (int k = 0; k < vectors; k++)
            {
                int column = classes == 2 ? 1 : k;
                for (int j = -1; j < Features; j++)
                {
                    double gradient = j < 0 ? 0 : lambdas[l] * models.Coefficient(l, j, k);
                    for (int i = 0; i < Count; i++)
                        gradient += (p[i, column] - targets[i, column]) * (j < 0 ? 1 : x[i][j]) / Count;
                    largest = Math.Max(largest, Math.Abs(gradient));
                }
            }
            Assert.True(largest < 1e-9, $"the gradient is {largest} at ridge {lambdas[l]}");
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        (FeatureRows x, Matrix<double> targets) = Draw(3000, 20, 3, scale: 1);
        Matrix<double> one = Fit(1), four = Fit(4);
        Assert.Equal(one.Data.ToArray(), four.Data.ToArray());

        Matrix<double> Fit(int threads) => LogisticHead.Instance.Prepare(x, null, threads).Fit(targets, threads).At(Grid.Of(1e-3, 0.1),
            threads).Predict(x, 0, threads);
    }

    [Fact]
    public void More_features_than_rows_give_what_rows_of_zero_weight_would_not_change()
    {
        // The reduction to a basis of the rows against the same fit with so many rows of vanishing weight that there is no reduction.
        (FeatureRows x, Matrix<double> targets) = Draw(20, 30, 3, scale: 1);
        Matrix<double> tall = new(40, 30), tallTargets = new(40, 3);
        for (int i = 0; i < 40; i++)
        {
            x[i % 20].CopyTo(tall.Row(i));
            targets.Row(i % 20).CopyTo(tallTargets.Row(i));
        }
        double[] weights = [.. Enumerable.Range(0, 40).Select(i => i < 20 ? 2.0 : 1e-9)];
        Matrix<double> reduced = LogisticHead.Instance.Prepare(x).Fit(targets).At(Grid.Of(0.02)).Predict(x);
        Matrix<double> plain = LogisticHead.Instance.Prepare(FeatureRows.All(tall), weights).Fit(tallTargets).At(Grid.Of(0.02)).Predict(x);
        Assert.True(System.Numerics.Tensors.TensorPrimitives.Distance<double>(reduced.Data, plain.Data) < 1e-6);
    }

    [Fact]
    public void A_ridge_of_zero_is_refused()
    {
        (FeatureRows x, Matrix<double> targets) = Draw(20, 3, 2, scale: 1);
        Assert.Contains("above 0", Assert.Throws<InputException>(() => LogisticHead.Instance.Prepare(x).Fit(targets)
            .At(Grid.Of(0, 1))).Message);
    }

    [Fact]
    public void The_chosen_ridge_is_near_the_one_that_predicts_new_rows_best()
    {
        (FeatureRows all, Matrix<double> targets) = Draw(4300, 30, 2, scale: 0.5);
        int[] seen = [.. Enumerable.Range(0, 300)], fresh = [.. Enumerable.Range(300, 4000)];
        var lambdas = Grid.Logarithmic(1e-4, 10, 11);
        IHeadPath path = LogisticHead.Instance.Prepare(all.Select(seen)).Fit(Pick(targets, seen));
        RidgeModels models = path.At(lambdas);
        double[] losses = [.. Enumerable.Range(0, lambdas.Count).Select(l => Loss(models.Predict(all.Select(fresh), l)))];
        Assert.True(losses[path.Best(lambdas)] < losses.Min() + 0.01 && losses[0] > losses.Min() + 0.02);

        double Loss(Matrix<double> p) => fresh.Average(i =>
            -Math.Log(Math.Max(1e-300, targets[i, 1] == 1 ? p[i - 300, 1] : p[i - 300, 0])));
    }

    private static (FeatureRows X, Matrix<double> Targets) Draw(int count, int features, int classes, double scale)
    {
        var random = new RandomStream(5, (ulong)classes);
        Matrix<double> x = new(count, features), targets = new(count, classes), b = new(features, classes);
        random.FillNormal(x.Data);
        random.FillNormal(b.Data);
        for (int i = 0; i < count; i++)
        {
            int best = 0;
            double top = double.NegativeInfinity;
            for (int k = 0; k < classes; k++)
            {
                double score = random.NextNormal();
                for (int j = 0; j < features; j++)
                    score += scale * x[i, j] * b[j, k];
                if (score > top)
                    (best, top) = (k, score);
            }
            targets[i, best] = 1;
        }
        return (FeatureRows.All(x), targets);
    }

    private static Matrix<double> Pick(Matrix<double> from, int[] rows)
    {
        var picked = new Matrix<double>(rows.Length, from.Columns);
        for (int i = 0; i < rows.Length; i++)
            from.Row(rows[i]).CopyTo(picked.Row(i));
        return picked;
    }

    private static (FeatureRows X, Matrix<double> Targets, double[] Weights) Case(string name, int classes, int features)
    {
        int[] rows = [.. Enumerable.Range(0, Rows.Count).Where(r => Rows.Text(r, "case") == name)];
        Matrix<double> x = new(rows.Length, features), targets = new(rows.Length, classes);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = 0; k < classes; k++)
                targets[i, k] = Rows.Number(rows[i], $"v{k + 1}");
            for (int j = 0; j < features; j++)
                x[i, j] = Rows.Number(rows[i], $"v{classes + j + 1}");
        }
        return (FeatureRows.All(x), targets, [.. rows.Select(r => Rows.Number(r, "weight"))]);
    }
}
