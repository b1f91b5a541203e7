using WeakToStrong.Chains;
using WeakToStrong.Choices;
using WeakToStrong.Data.Experiment;
using WeakToStrong.Data.Features;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Choices;

public class ChoicePredictionTests
{
    [Fact]
    public void Residuals_of_the_cosine_views()
    {
        PairMoments moments = CosineViews.Moments;
        Assert.Equal(0.26178583, moments.WeakResidual, 5e-9);
        Assert.Equal(0.30492676, moments.StrongResidual, 5e-9);
    }

    [Theory]
    [InlineData(120, 500, 0.01, 0.003, 0.3966363620, 0.4451806706)]
    [InlineData(80, 100, 0.003, 0.02, 0.6535750281, 0.5976673546)]
    [InlineData(300, 90, 0.02, 0.001, 0.2993914015, 0.6092715585)]
    public void Limits_of_the_cosine_views(long teacherRows, long studentRows, double teacherRidge, double studentRidge,
        double teacherError, double studentError)
    {
        var theory = new ChoicePrediction(CosineViews.Moments) { Intercept = false };
        PredictedModel teacher = theory.Teacher(teacherRows, teacherRidge);
        Assert.Equal(teacherError, teacher.SquaredError, 6e-11);
        Assert.Equal(studentError, theory.Student(teacher, studentRows, studentRidge).SquaredError, 6e-11);
    }

    /// <summary>The five choices are stages of a chain on two views; with two outputs errors add up.</summary>
    [Fact]
    public void The_five_choices_are_stages_of_a_chain()
    {
        PairMoments moments = CosineViews.Moments;
        var theory = new ChoicePrediction(moments) { Intercept = false };
        var views = new Views(
            CosineViews.TargetVariance,
            [new("weak", CosineViews.WeakCovariance, CosineViews.WeakTarget.Data.ToArray()),
                new("strong", CosineViews.StrongCovariance, CosineViews.StrongTarget.Data.ToArray())],
            [new("weak", "strong", CosineViews.Cross)]);
        ChainResult chain = new Chain(views,
        [
            new StagePlan("teacher", "truth", 70, RidgeRule.Of(0.02)) { View = "weak" },
            new StagePlan("direct", "truth", 70, RidgeRule.Of(0.03)) { View = "strong" },
            new StagePlan("student", "teacher", 300, RidgeRule.Of(0.01)) { View = "strong" },
            new StagePlan("mixture", [new("truth", 70, 0, 2.5), new("teacher", 300)], RidgeRule.Of(0.02)) { View = "strong" },
            new StagePlan("ceiling", "truth", 300, RidgeRule.Of(0.001)) { View = "strong" },
        ]).Solve();
        PredictedModel teacher = theory.Teacher(70, 0.02);
        PredictedModel[] models = [teacher, theory.Direct(70, 0.03), theory.Student(teacher, 300, 0.01),
            theory.Mixture(teacher, 70, 300, 2.5, 0.02), theory.Ceiling(300, 0.001)];
        for (int i = 0; i < models.Length; i++)
        {
            Assert.Equal(chain.TestError(i), models[i].SquaredError, 1e-12);
            Assert.Equal(chain.Errors[i].Kappa, models[i].Kappa, 1e-14);
            Assert.True(double.IsNaN(models[i].Accuracy));
        }

        Matrix<double> weakTarget = Twice(CosineViews.WeakTarget), strongTarget = Twice(CosineViews.StrongTarget),
            target = new(2, 2, [CosineViews.TargetVariance, 0.1, 0.1, CosineViews.TargetVariance]);
        // Uncorrelated rests: the second output is the first one with other noise.
        target[0, 1] = target[1, 0] = CosineViews.TargetVariance - 0.2;
        var two = new ChoicePrediction(PairMoments.Of(CosineViews.WeakCovariance, CosineViews.StrongCovariance, CosineViews.Cross,
            weakTarget, strongTarget, target))
        { Intercept = false };
        PredictedModel both = two.Teacher(70, 0.02);
        Assert.Equal(2 * teacher.SquaredError, both.SquaredError, 1e-12);
        Assert.Equal(2 * models[3].SquaredError, two.Mixture(both, 70, 300, 2.5, 0.02).SquaredError, 1e-12);
    }

    /// <summary>An intercept costs what one row and the mean's own error cost: 4000 dense trials of one feature set, one seed in
    /// 1000 would fail.</summary>
    [Fact]
    public void An_intercept_is_predicted()
    {
        const int N = 30, P = 20, Trials = 4000;
        var random = new RandomStream(8);
        double[] b = [.. Enumerable.Range(1, P).Select(j => Math.Cos(j) / 3)];
        var identity = new Matrix<double>(P, P);
        for (int j = 0; j < P; j++)
            identity[j, j] = 1;
        double variance = b.Sum(x => x * x) + 0.5;
        var theory = new ChoicePrediction(PairMoments.Of(identity, identity, identity, new(P, 1, b), new(P, 1, b), new(1, 1, [variance])));
        var errors = new double[Trials];
        for (int t = 0; t < Trials; t++)
        {
            Matrix<double> x = new(N, P), y = new(N, 1);
            random.FillNormal(x.Data);
            for (int i = 0; i < N; i++)
            {
                y[i, 0] = 3 + (Math.Sqrt(0.5) * random.NextNormal());
                for (int j = 0; j < P; j++)
                    y[i, 0] += x[i, j] * b[j];
            }
            RidgeModels model = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).At(Grid.Of(0.3));
            double offset = model.Intercept(0, 0) - 3;
            errors[t] = 0.5 + (offset * offset) + Enumerable.Range(0, P).Sum(j =>
                (model.Coefficient(0, j, 0) - b[j]) * (model.Coefficient(0, j, 0) - b[j]));
        }
        var measured = WeakToStrong.Statistics.Estimate.Of(errors);
        double predicted = theory.Direct(N, 0.3).SquaredError;
        // The limit is good to about 1% at these sizes; without the intercept it is off by 4%.
        Assert.InRange(Math.Abs(measured.Mean - predicted), 0, (3.3 * measured.StandardError) + (0.01 * predicted));
        Assert.True(Math.Abs(measured.Mean - new ChoicePrediction(theory.Moments) { Intercept = false }.Direct(N,
            0.3).SquaredError) > 6 * measured.StandardError);
    }

    /// <summary>Real digits, nothing fitted: errors of teacher, student and direct model within 5%, accuracies within 3.5
    /// points, 10 classes.</summary>
    [Fact]
    public void Digits_are_predicted()
    {
        const int Teacher = 200, Student = 900, Splits = 6;
        Dataset digits = Dataset.Digits();
        int[] all = [.. Enumerable.Range(0, digits.Count)];
        FeatureRows weak = FeaturePipeline.Parse("pool:2x2 | standardise")
            .Transform(digits.Weak.TakeAll(), digits.Weak.Shape.Image, all, 1);
        FeatureRows strong = FeaturePipeline.Parse("standardise").Transform(digits.Strong.TakeAll(), digits.Strong.Shape.Image, all, 1);
        Matrix<double> targets = digits.Labels.All().Targets();
        int[] classes = [.. all.Select(i => System.Numerics.Tensors.TensorPrimitives.IndexOfMax<double>(targets.Row(i)))];
        var accumulator = new PairAccumulator(16, 64, 10, 10);
        accumulator.Add(weak.Matrix, strong.Matrix, targets, classes);
        var theory = new ChoicePrediction(accumulator.ToMoments());
        var sums = new (double Error, double Accuracy)[3];
        for (int split = 0; split < Splits; split++)
        {
            int[] order = [.. all];
            new Random(split).Shuffle(order);
            int[] t = order[..Teacher], s = order[Teacher..(Teacher + Student)], e = order[(Teacher + Student)..];
            TrueLabels truth = digits.Labels.Select(t), test = digits.Labels.Select(e);
            RidgeModels teacher = RidgeFactorisation.Of(weak.Select(t)).Fit(truth.Targets()).At(Grid.Of(0.1));
            RidgeModels student = RidgeFactorisation.Of(strong.Select(s)).Fit(teacher.Predict(weak.Select(s))).At(Grid.Of(0.1));
            RidgeModels direct = RidgeFactorisation.Of(strong.Select(t)).Fit(truth.Targets()).At(Grid.Of(0.1));
            Evaluation[] found = [teacher.Evaluate(weak.Select(e), test)[0], student.Evaluate(strong.Select(e), test)[0],
                direct.Evaluate(strong.Select(e), test)[0]];
            for (int i = 0; i < 3; i++)
                sums[i] = (sums[i].Error + (found[i].Error / Splits), sums[i].Accuracy + (found[i].Accuracy / Splits));
        }
        PredictedModel predicted = theory.Teacher(Teacher, 0.1);
        PredictedModel[] models = [predicted, theory.Student(predicted, Student, 0.1), theory.Direct(Teacher, 0.1)];
        for (int i = 0; i < 3; i++)
        {
            Assert.InRange(models[i].SquaredError / sums[i].Error, 0.95, 1.05);
            Assert.InRange(models[i].Accuracy - sums[i].Accuracy, -0.035, 0.035);
        }
    }

    [Fact]
    public void Direct_training_wins_from_a_number_of_labels_on()
    {
        var theory = new ChoicePrediction(CosineViews.Moments) { Intercept = false };
        Grid ridges = Grid.Of(0.001, 0.01, 0.1);
        Crossing crossing = Crossing.Find(theory, 500, ridges, ridges, ChoiceMeasure.SquaredError,
            cancellation: TestContext.Current.CancellationToken);
        Assert.NotNull(crossing.Rows);
        bool Wins(long rows)
        {
            PredictedModel teacher = Crossing.Best(ridges, r => theory.Teacher(rows, r));
            return Crossing.Best(ridges, r => theory.Direct(rows, r)).SquaredError < Crossing.Best(ridges, r =>
                theory.Student(teacher, 500, r)).SquaredError;
        }
        Assert.True(Wins(crossing.Rows!.Value));
        Assert.False(Wins((long)(crossing.Rows.Value * 0.98) - 1));
        Assert.Throws<ArgumentException>(() => Crossing.Find(theory, 500, ridges, ridges, ChoiceMeasure.Accuracy,
            cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Chunks_and_offsets_do_not_change_the_moments()
    {
        var random = new RandomStream(2);
        Matrix<double> u = new(300, 4), v = new(300, 6), y = new(300, 1);
        random.FillNormal(u.Data);
        random.FillNormal(v.Data);
        for (int i = 0; i < 300; i++)
            y[i, 0] = u[i, 0] + v[i, 1] + random.NextNormal();
        PredictedModel One(double offset, int chunk)
        {
            var accumulator = new PairAccumulator(4, 6, 1);
            for (int first = 0; first < 300; first += chunk)
            {
                int count = Math.Min(chunk, 300 - first);
                Matrix<double> part = new(count, 4, u.RowBlock(first, count).ToArray());
                for (int i = 0; i < part.Data.Length; i++)
                    part.Data[i] += offset;
                accumulator.Add(part, new(count, 6, v.RowBlock(first, count).ToArray()), new(count, 1, y.RowBlock(first, count).ToArray()));
            }
            var theory = new ChoicePrediction(accumulator.ToMoments());
            return theory.Student(theory.Teacher(50, 0.1), 100, 0.1);
        }
        double whole = One(0, 300).SquaredError;
        Assert.Equal(whole, One(1e7, 300).SquaredError, 1e-7);
        Assert.Equal(whole, One(0, 7).SquaredError, 1e-12);
    }

    [Fact]
    public void Too_few_rows_and_impossible_moments_are_refused()
    {
        var accumulator = new PairAccumulator(4, 6, 1);
        accumulator.Add(new Matrix<double>(15, 4), new Matrix<double>(15, 6), new Matrix<double>(15, 1));
        Assert.Contains("at least 16 rows", Assert.Throws<InputException>(() => accumulator.ToMoments()).Message, StringComparison.Ordinal);
        Matrix<double> one = new(1, 1, [1]), two = new(1, 1, [2]);
        Assert.Contains("impossible", Assert.Throws<ArgumentException>(() => PairMoments.Of(one, one, two, one, one, two)).Message,
            StringComparison.Ordinal);
        Assert.Contains("explain more", Assert.Throws<ArgumentException>(() => PairMoments.Of(one, one, one, two, two, two)).Message,
            StringComparison.Ordinal);
    }

    private static Matrix<double> Twice(Matrix<double> column)
    {
        var both = new Matrix<double>(column.Data.Length, 2);
        for (int i = 0; i < both.Rows; i++)
            both[i, 0] = both[i, 1] = column.Data[i];
        return both;
    }
}
