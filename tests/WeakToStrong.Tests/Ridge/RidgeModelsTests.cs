using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Ridge;

/// <summary>Predictions and scores of models, told again from the definition, row by row.</summary>
public sealed class RidgeModelsTests
{
    private const int Rows = 600, Features = 3;
    private static readonly Grid Lambdas = Grid.Of(0.01, 1);

    /// <summary>70 outputs are more than a stack holds.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(70)]
    public void Scores_of_classes_are_what_their_rows_say(int classes)
    {
        (FeatureRows rows, int[] labels, RidgeModels models) = Classified(classes);
        TrueLabels truth = TrueLabels.OfClasses(labels, [.. Enumerable.Range(0, classes).Select(k => $"{k}")]);
        Matrix<double> reference = models.Predict(rows, 0);
        Evaluation[] found = models.Evaluate(rows, truth, reference, threads: 2);
        for (int l = 0; l < Lambdas.Count; l++)
        {
            double[][] scores = [.. Enumerable.Range(0, Rows).Select(i => Scores(models, l, rows[i], classes))];
            double[] squares = [.. scores.Select((s, i) => s.Select((v, k) => Math.Pow(v - (k == labels[i] ? 1 : 0), 2)).Sum())];
            double right = scores.Where((s, i) => First(s) == labels[i]).Count();
            double agreed = scores.Where((s, i) => First(s) == First(reference.Row(i).ToArray())).Count();
            Assert.Equal(squares.Average(), found[l].Error, 1e-12);
            Assert.Equal(right / Rows, found[l].Accuracy, 1e-15);
            Assert.Equal(agreed / Rows, found[l].Agreement, 1e-15);
            Assert.Equal(l == 0, agreed == Rows);
            double mean = squares.Average(), variance = squares.Sum(v => Math.Pow(v - mean, 2)) / (Rows - 1);
            Assert.Equal(Math.Sqrt(variance / Rows), found[l].ErrorSe, 1e-12);
            double more = (right + 2) / (Rows + 4);
            Assert.Equal(Math.Sqrt(more * (1 - more) / (Rows + 4)), found[l].AccuracySe, 1e-15);
        }
        Assert.All(models.Evaluate(rows, truth), e => Assert.Equal(0, e.Agreement));
    }

    [Fact]
    public void Scores_of_numbers_have_no_accuracy()
    {
        (FeatureRows rows, Matrix<double> y) = Draw(1);
        RidgeModels models = RidgeFactorisation.Of(rows).Fit(y).At(Lambdas);
        double[] squares = [.. Enumerable.Range(0, Rows).Select(i => Math.Pow(Scores(models, 1, rows[i], 1)[0] - y[i, 0], 2))];
        Evaluation found = models.Evaluate(rows, TrueLabels.OfValues([.. y.Data]), models.Predict(rows, 1))[1];
        Assert.Equal(squares.Average(), found.Error, 1e-12);
        Assert.True(double.IsNaN(found.Accuracy) && double.IsNaN(found.Agreement) && double.IsNaN(found.AccuracySe));
        Assert.Equal(squares.Average(), models.At(1).OutputErrors(rows, TrueLabels.OfValues([.. y.Data]), 1)[0], 1e-12);
        var one = new FeatureRows(rows.Matrix, [4]);
        Assert.True(double.IsNaN(models.Evaluate(one, TrueLabels.OfValues([y[4, 0]]))[0].ErrorSe));
    }

    [Fact]
    public void Every_output_has_an_error_of_its_own()
    {
        (FeatureRows rows, int[] labels, RidgeModels models) = Classified(3);
        double[] errors = models.OutputErrors(rows, TrueLabels.OfClasses(labels, ["a", "b", "c"]), 2);
        for (int c = 0; c < 3; c++)
        {
            double expected = Enumerable.Range(0, Rows).Average(i =>
                Math.Pow(Scores(models, 0, rows[i], 3)[c] - (labels[i] == c ? 1 : 0), 2));
            Assert.Equal(expected, errors[c], 1e-12);
        }
    }

    /// <summary>Both ways to predict, parts and joins, about any centre.</summary>
    [Theory]
    [InlineData(Link.Identity)]
    [InlineData(Link.Softmax)]
    [InlineData(Link.Logistic)]
    public void One_model_predicts_the_same_in_every_form(Link link)
    {
        (FeatureRows rows, Matrix<double> y) = Draw(link == Link.Logistic ? 1 : 3);
        RidgeModels fitted = RidgeFactorisation.Of(rows).Fit(y).At(Lambdas);
        int vectors = y.Columns, outputs = link == Link.Logistic ? 2 : vectors;
        double[] centre = [1, -2, 0.5], atCentre = [.. Enumerable.Range(0, 2 * vectors).Select(k => 0.1 * k)];
        var coefficients = new Matrix<double>(Features, 2 * vectors);
        for (int j = 0; j < Features; j++)
        {
            for (int l = 0; l < 2; l++)
            {
                for (int k = 0; k < vectors; k++)
                    coefficients[j, (l * vectors) + k] = fitted.Coefficient(l, j, k);
            }
        }
        var models = new RidgeModels(Lambdas, link, Centring.At(centre), coefficients, atCentre);
        Assert.Equal(outputs, models.Outputs);
        RidgeModels joined = RidgeModels.Join([models.At(0), models.At(1)]);
        for (int l = 0; l < 2; l++)
        {
            Matrix<double> all = models.Predict(rows, l, 2), again = new(Rows, outputs), ofJoined = joined.Predict(rows, l);
            models.At(l).Predict(rows.Matrix, again, 2);
            for (int i = 0; i < Rows; i++)
            {
                double[] sums = [.. Enumerable.Range(0, vectors).Select(k =>
                    models.Intercept(l, k) + Enumerable.Range(0, Features).Sum(j => rows[i][j] * models.Coefficient(l, j, k)))];
                double[] expected = Linked(link, sums);
                for (int k = 0; k < outputs; k++)
                {
                    Assert.Equal(expected[k], all[i, k], 1e-12);
                    Assert.Equal(expected[k], again[i, k], 1e-12);
                    Assert.Equal(all[i, k], ofJoined[i, k], 1e-15);
                }
            }
        }
        RidgeModels moved = models.MovedTo(Centring.At([0, 0, 0]), [.. Enumerable.Repeat(0.25, vectors)]);
        Assert.All(Enumerable.Range(0, vectors), k => Assert.Equal(0.25, moved.Intercept(1, k)));
        Assert.Equal(models.Coefficient(1, 2, vectors - 1), moved.Coefficient(1, 2, vectors - 1));
    }

    [Fact]
    public void Links_hold_where_exponentials_do_not()
    {
        double[] two = [0, 3], far = [0, -1e5];
        Link.Logistic.Apply(two);
        Assert.Equal(1 / (1 + Math.Exp(-3)), two[1], 1e-15);
        Assert.Equal(1, two[0] + two[1]);
        Link.Logistic.Apply(far);
        Assert.True(far[1] is > 0 and < 1e-300 && far[0] == 1);
        // Two rows of two outputs in a stride of three.
        double[] rows = [1, 2, 99, 1e5, 0, 99];
        LinkFunctions.Softmax(rows, 2, 3);
        Assert.Equal(1 / (1 + Math.E), rows[0], 1e-15);
        Assert.Equal(Math.E / (1 + Math.E), rows[1], 1e-15);
        Assert.Equal((0.0, 1.0, 0.0), (rows[2], rows[3], rows[5]));
        Assert.InRange(rows[4], double.Epsilon, 1e-300);
        double[] last = [0, 1e5];
        Link.Softmax.Apply(last);
        Assert.Equal(1, last[1]);
        double[] low = [5, 5 - Math.Log(3), 5];
        Link.Softmax.Apply(low);
        Assert.Equal([3.0 / 7, 1.0 / 7, 3.0 / 7], low.Select(v => Math.Round(v, 15)).ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    private static double[] Linked(Link link, double[] sums) => link switch
    {
        Link.Identity => sums,
        Link.Logistic => [1 / (1 + Math.Exp(sums[0])), 1 / (1 + Math.Exp(-sums[0]))],
        _ => [.. sums.Select(t => Math.Exp(t) / sums.Sum(Math.Exp))],
    };

    private static double[] Scores(RidgeModels models, int lambda, ReadOnlySpan<double> row, int outputs)
    {
        var scores = new double[outputs];
        for (int k = 0; k < outputs; k++)
        {
            scores[k] = models.Intercept(lambda, k);
            for (int j = 0; j < row.Length; j++)
                scores[k] += row[j] * models.Coefficient(lambda, j, k);
        }
        return scores;
    }

    private static int First(double[] scores) => Array.IndexOf(scores, scores.Max());

    private static (FeatureRows Rows, int[] Labels, RidgeModels Models) Classified(int classes)
    {
        (FeatureRows rows, _) = Draw(1);
        int[] labels = [.. Enumerable.Range(0, Rows).Select(i => rows[i][0] > 1 ? 1 : rows[i][1] > 0 ? classes - 1 : i % classes)];
        var targets = new Matrix<double>(Rows, classes);
        for (int i = 0; i < Rows; i++)
            targets[i, labels[i]] = 1;
        return (rows, labels, RidgeFactorisation.Of(rows).Fit(targets).At(Lambdas));
    }

    private static (FeatureRows Rows, Matrix<double> Targets) Draw(int outputs)
    {
        var random = new RandomStream(21, (ulong)outputs);
        Matrix<double> x = new(Rows, Features), y = new(Rows, outputs);
        random.FillNormal(x.Data);
        random.FillNormal(y.Data);
        for (int i = 0; i < Rows; i++)
        {
            x[i, 0] += 1;
            y[i, 0] += x[i, 0];
        }
        return (FeatureRows.All(x), y);
    }
}
