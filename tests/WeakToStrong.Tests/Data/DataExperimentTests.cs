using WeakToStrong.Data;
using WeakToStrong.Data.Experiment;
using WeakToStrong.Data.Features;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Data;

public class DataExperimentTests
{
    private static readonly Dataset Digits = Dataset.Digits();

    [Fact]
    public void The_digits_that_ship_are_whole()
    {
        Assert.Equal(1797, Digits.Count);
        Assert.Equal(10, Digits.Labels.ClassNames.Count);
        FeatureRows rows = Digits.Strong.TakeAll();
        Assert.Equal([0, 0, 5, 13, 9, 1, 0, 0], rows[0][..8].ToArray());
        Assert.Equal(16, System.Numerics.Tensors.TensorPrimitives.Max<double>(rows.Matrix.Data));
    }

    [Fact]
    public void On_digits_the_student_beats_its_teacher_at_an_inner_ridge()
    {
        DataResult result = new DataExperiment { Data = Digits, Labels = PseudoLabels.Hard, Repeats = 10, Recommend = true }.Run(0);
        int best = result.BestStudent(0);
        RatioOfMeans pgr = result.Pgr(0, best);
        Assert.True(pgr.Low > 0 && pgr.Ratio > 0.1, $"{pgr}");
        Assert.InRange(best, 1, result.LambdaStudent.Count - 2);
        Assert.True(result.StudentAccuracy(0, 0).Mean < result.TeacherAccuracy(0).Mean
            && result.StudentAccuracy(0, result.LambdaStudent.Count - 1).Mean < result.StudentAccuracy(0, best).Mean - 0.03);
        Assert.All(result.Splits, split => Assert.True(split.Advice[0]!.High > 0));
        Assert.True(result.Splits.Count(split => split.Advice[0]!.Low > 0) >= 5);
        // Against the best of 25 ridges on the same few test rows, which flatters the best; what matters is that most of the gain is kept.
        double gain = result.StudentAccuracy(0, best).Mean - result.TeacherAccuracy(0).Mean;
        // What is lost against the best of each split; none at all would be too good to be true.
        double Lost(Func<SplitOutcome, int> chosen) =>
            result.Splits.Average(s => s.Students[0].Max(e => e.Accuracy) - s.Students[0][chosen(s)].Accuracy);
        Assert.InRange(result.Regret(0).Mean, 1e-9, 0.5 * gain);
        Assert.Equal(Lost(split => split.Advice[0]!.Best), result.Regret(0).Mean, 1e-12);
        Assert.Equal(Lost(split => split.LeaveOneOutChoice[0]), result.LeaveOneOutRegret(0).Mean, 1e-12);
    }

    [Fact]
    public void A_split_whose_teacher_sees_one_class_is_left_out_and_told()
    {
        // Two teacher rows of five tens and fifteen ones: one class in about 60% of splits.
        string folder = Directory.CreateTempSubdirectory("w2s-").FullName, labels = Path.Combine(folder, "y.csv"),
            features = Path.Combine(folder, "x.csv");
        File.WriteAllLines(labels, ["y", .. Enumerable.Range(0, 20).Select(i => i < 5 ? "ten" : "one")]);
        File.WriteAllLines(features, ["x", .. Enumerable.Range(0, 20).Select(i => $"{(i < 5 ? 100 : 10) + i}")]);
        Dataset data = Dataset.FromFiles(labels, features, features);
        Directory.Delete(folder, recursive: true);
        DataResult result = new DataExperiment
        {
            Data = data,
            Sizes = new SplitSizes(2, 12, 6),
            LambdaTeacher = Grid.Of(0.01),
            LambdaStudent = Grid.Of(0.01),
            Repeats = 12
        }.Run(3);
        Assert.InRange(result.Splits.Count, 1, 11);
        Assert.Contains($"{12 - result.Splits.Count} of 12 splits are left out: their teacher's labelled rows all have the same label",
            result.Warnings);
    }

    [Fact]
    public void A_recommendation_at_the_end_of_the_grid_is_told()
    {
        var experiment = new DataExperiment { Data = Digits, Labels = PseudoLabels.Hard, Recommend = true, LambdaTeacher = Grid.Of(0.1) };
        string Told(string grid) => string.Join('\n', (experiment with { LambdaStudent = Grid.Parse(grid) }).Run(0).Summary());
        Assert.Contains("is the largest of the grid; a better one may lie beyond it", Told("1e-9,1e-8"), StringComparison.Ordinal);
        Assert.Contains("is the smallest of the grid", Told("100,1000"), StringComparison.Ordinal);
        Assert.DoesNotContain("of the grid", Told("1e-9,0.01,1000"), StringComparison.Ordinal);
    }

    [Fact]
    public void Leave_one_out_on_pseudo_labels_fits_the_teacher_and_cross_fitting_the_truth()
    {
        // Same features, soft labels: the teacher's labels are a linear function without noise, so leave-one-out wants hardly any ridge,
        // though a large one is better.
        var experiment = new DataExperiment
        {
            Data = Digits,
            WeakMap = FeaturePipeline.Parse("standardise"),
            StrongMap = FeaturePipeline.Parse("standardise"),
            Sizes = new SplitSizes(150, 1200, 447),
            LambdaTeacher = Grid.Of(0.003),
            LambdaStudent = Grid.Logarithmic(1e-4, 10, 16),
            Repeats = 5,
            Recommend = true,
        };
        DataResult result = experiment.Run(1);
        Assert.All(result.Splits, split => Assert.True(split.LeaveOneOutChoice[0] < split.Advice[0]!.Best,
            $"{split.LeaveOneOutChoice[0]} and {split.Advice[0]!.Best}"));
        Assert.True(result.LeaveOneOutRegret(0).Mean > result.Regret(0).Mean + 0.005,
            $"{result.LeaveOneOutRegret(0).Mean} against {result.Regret(0).Mean}");
    }

    [Fact]
    public void Regret_of_a_regression_is_what_the_recommendation_costs_in_squared_error()
    {
        var random = new RandomStream(4);
        Matrix<double> weak = new(150, 2), strong = new(150, 6);
        double[] target = new double[150];
        random.FillNormal(strong.Data);
        for (int row = 0; row < 150; row++)
        {
            (weak[row, 0], weak[row, 1]) = (strong[row, 0] + random.NextNormal(), strong[row, 1]);
            target[row] = strong[row, 0] - strong[row, 1] + random.NextNormal();
        }
        DataResult result = new DataExperiment
        {
            Data = new Dataset("gaussian", Labels.OfValues("y", target), new RawFeatures("weak", weak), new RawFeatures("strong", strong)),
            Sizes = new SplitSizes(30, 60, 60),
            LambdaTeacher = Grid.Of(0.1),
            LambdaStudent = Grid.Logarithmic(0.01, 100, 13),
            Repeats = 6,
            Recommend = true,
        }.Run(0);
        double lost = result.Splits.Average(s => s.Students[0][s.Advice[0]!.Best].Error - s.Students[0].Min(e => e.Error));
        Assert.True(lost > 0, $"{lost}");
        Assert.Equal(lost, result.Regret(0).Mean, 1e-12);
    }

    [Fact]
    public void The_theory_predicts_digits_within_five_percent_over_four_decades()
    {
        DataResult result = SameFeatures(400).Run(2);
        Assert.True(WorstMiss(result, result.Prediction!) < 0.05, $"{WorstMiss(result, result.Prediction!)}");
    }

    [Fact]
    public void A_prediction_without_the_teachers_noise_would_be_seen()
    {
        DataResult result = SameFeatures(400).Run(2);
        double infiniteTeacher = result.Prediction!.Theory.Teacher(1_000_000, 0.5).SquaredError,
            noise = result.Prediction.Theory.Moments.WeakResidual;
        Assert.True(infiniteTeacher < 0.95 * result.TeacherError(0).Mean && noise < infiniteTeacher);
    }

    [Fact]
    public void On_gaussian_data_the_theory_is_exact_up_to_sampling()
    {
        // y = x'b + noise, x ~ N(0, diag(1/j)); 40 splits of fresh rows: 3 standard errors plus 1% for finite size.
        const int Rows = 60_000, Features = 40;
        var random = new RandomStream(4);
        var x = new Matrix<double>(Rows, Features);
        random.FillNormal(x.Data);
        var y = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Features; j++)
            {
                x[i, j] /= Math.Sqrt(j + 1);
                y[i] += x[i, j] / (1 + j);
            }
            y[i] += (0.5 * random.NextNormal()) + 5;
        }
        var raw = new RawFeatures("gaussian", x);
        DataResult result = new DataExperiment
        {
            Data = new Dataset("gaussian", Labels.OfValues("gaussian", y), raw, raw),
            Sizes = new SplitSizes(80, 200, 2000),
            LambdaTeacher = Grid.Of(0.02),
            LambdaStudent = Grid.Parse("0.001,0.01,0.1,1"),
            Repeats = 40,
            Predict = true,
        }.Run(3);
        Assert.Equal(result.Prediction!.Teacher(0).SquaredError, result.TeacherError(0).Mean,
            (3 * result.TeacherError(0).StandardError) + (0.01 * result.Prediction.Teacher(0).SquaredError));
        for (int s = 0; s < 4; s++)
        {
            Estimate measured = result.StudentError(0, s);
            double tolerance = (3 * measured.StandardError) + (0.01 * measured.Mean);
            Assert.Equal(result.Prediction.Student(0, s).SquaredError, measured.Mean, tolerance);
        }
    }

    [Fact]
    public void Same_seed_same_bits_for_any_number_of_threads()
    {
        var experiment = new DataExperiment
        {
            Data = Digits,
            StrongMap = FeaturePipeline.Parse("patches:64:3 | standardise"),
            Repeats = 2,
            Recommend = true,
            LambdaStudent = Grid.Parse("0.01,1")
        };
        DataResult one = experiment.Run(5, new RunOptions { Threads = 1 }), four = experiment.Run(5, new RunOptions { Threads = 4 });
        foreach ((ResultColumn a, ResultColumn b) in one.ToTable().Columns.Zip(four.ToTable().Columns))
        {
            if (a is NumberColumn numbers)
                Assert.Equal(numbers.Values, ((NumberColumn)b).Values);
        }
        Assert.NotEqual(one.StudentError(0, 0).Mean, experiment.Run(6).StudentError(0, 0).Mean);
    }

    [Fact]
    public void An_interrupted_run_keeps_its_finished_splits()
    {
        using var stop = new CancellationTokenSource();
        var options = new RunOptions { Cancellation = stop.Token, Progress = new Stopper(stop, after: 9) };
        DataResult result = new DataExperiment
        {
            Data = Digits,
            Repeats = 50,
            LambdaStudent = Grid.Of(0.01),
            LambdaTeacher = Grid.Of(0.1)
        }.Run(0, options);
        Assert.True(result.Interrupted);
        Assert.InRange(result.Splits.Count, 1, 3);
    }

    [Fact]
    public void Constant_columns_are_reported() =>
        Assert.Contains(
            new DataExperiment { Data = Digits, WeakMap = FeaturePipeline.Identity, LambdaStudent = Grid.Of(0.01) }.Run(0).Warnings,
            warning => warning.Contains("columns of the weak features are constant over the student's rows", StringComparison.Ordinal));

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        var plain = new DataExperiment { Data = Digits };
        Refused(plain with { Sizes = new SplitSizes(1000, 700, 100) }, "1800 rows are asked for, and the data has 1797");
        Refused(plain with { Sizes = new SplitSizes(1, 700, 100) }, "at least 2 rows");
        Refused(plain with { Predict = true, Labels = PseudoLabels.Hard }, "--predict is for ridge on soft pseudo-labels");
        Refused(plain with { Prior = new PriorWeighting(new Matrix<double>(3, 1, [1, 0, 0])) },
            "the prior has 3 rows, and the student has 1000 features");
        Refused(plain with { StrongMap = FeaturePipeline.Parse("pool:3x3") }, "blocks of 3x3");
        Refused(plain with { Sizes = new SplitSizes(15, 700, 100), Recommend = true }, "there must be at least 20 rows");
    }

    private static DataExperiment SameFeatures(int teacherRows) => new()
    {
        Data = Digits,
        WeakMap = FeaturePipeline.Identity,
        StrongMap = FeaturePipeline.Identity,
        Sizes = new SplitSizes(teacherRows, 1000, 397),
        LambdaTeacher = Grid.Of(3),
        LambdaStudent = Grid.Logarithmic(0.01, 100, 9),
        Repeats = 10,
        Predict = true,
    };

    private static double WorstMiss(DataResult result, ChoiceForecast prediction) => Enumerable.Range(0, result.LambdaStudent.Count)
        .Select(s => Math.Abs((prediction.Student(0, s).SquaredError / result.StudentError(0, s).Mean) - 1))
        .Append(Math.Abs((prediction.Teacher(0).SquaredError / result.TeacherError(0).Mean) - 1)).Max();

    private static void Refused(DataExperiment experiment, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => experiment.Run(0)).Message, StringComparison.Ordinal);

    private sealed class Stopper(CancellationTokenSource stop, int after) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Done >= after)
                stop.Cancel();
        }
    }
}
