using WeakToStrong.Asymptotics;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Recipes;
using WeakToStrong.Simulation;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Tests;

/// <summary>The nine figures of the paper: what they draw is what the library computes.</summary>
public class PaperFiguresTests
{
    private static readonly Dictionary<string, FigureOutcome> Made = [];

    private static FigureOutcome Make(string id)
    {
        lock (Made)
        {
            if (!Made.TryGetValue(id, out FigureOutcome? outcome))
                Made[id] = outcome = FigureCatalog.Find(id).Single().Make(new FigureRequest(Seed: 7), RunOptions.Default);
            return outcome;
        }
    }

    private static double[] Numbers(ResultTable table, string name) => ((NumberColumn)table.Columns.Single(c => c.Name == name)).Values;

    private static string[] Words(ResultTable table, string name) => ((TextColumn)table.Columns.Single(c => c.Name == name)).Values;

    [Theory]
    [InlineData("1", "left", 2000, 1.0, 0.0, 0)]
    [InlineData("1", "right", 416, 4.0, 0.0, 1)]
    [InlineData("2", "left", 2000, 1.0, 0.8, 0)]
    [InlineData("2", "right", 416, 1.0, 0.88, 1)]
    public void Gap_maps_hold_the_simulation_with_errors_and_the_limit(string id, string panel, long students, double noise,
        double alignment, int part)
    {
        ResultTable data = Make(id).Data;
        var experiment = new LinearExperiment(500, 2000, students, noise, alignment: alignment);
        double[] lt = Numbers(data, "lambda_teacher"), ls = Numbers(data, "lambda_student");
        double[] gap = Numbers(data, "gap"), se = Numbers(data, "gap_se"), limit = Numbers(data, "gap_limit");
        int[] rows = [.. Enumerable.Range(0, data.RowCount).Where(i => Words(data, "panel")[i] == panel
            && Words(data, "series")[i] == "cell")];
        Assert.True(rows.Length >= 48 * 48);
        Assert.All(rows, i => Assert.True(se[i] > 0));

        Grid ridges = Grid.Of([.. rows.Select(i => lt[i]).Distinct()]);
        SimulationResult simulated = new ExactSimulator().Run(experiment, ridges, ridges, 10, FigureTrials.Seed(7, id, part));
        Assert.All(Enumerable.Range(0, rows.Length), k =>
        {
            Estimate expected = simulated.Gap(k / ridges.Count, k % ridges.Count);
            Assert.Equal((expected.Mean, expected.StandardError), (gap[rows[k]], se[rows[k]]));
        });

        foreach (int i in rows.Where((_, k) => k % 97 == 0))
        {
            var teacher = new RidgeTeacher(experiment.GammaTeacher, lt[i], noise);
            Assert.Equal(new RidgeStudent(teacher, experiment.GammaStudent, alignment).Gap(ls[i]), limit[i], 1e-12);
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void The_solid_curve_is_where_both_errors_are_equal(string id)
    {
        ResultTable data = Make(id).Data;
        double[] lt = Numbers(data, "lambda_teacher"), ls = Numbers(data, "lambda_student");
        (double Gs, double Noise, double Zeta) Setting(string panel) => (id, panel) switch
        {
            ("1", "left") => (0.25, 1, 0),
            ("1", _) => (500 / 416.0, 4, 0),
            (_, "left") => (0.25, 1, 0.8),
            _ => (500 / 416.0, 1, 0.88),
        };
        int[] rows = [.. Enumerable.Range(0, data.RowCount).Where(i => Words(data, "series")[i] == "edge" && double.IsFinite(ls[i]))];
        Assert.True(rows.Length > 200);
        Assert.All(rows, i =>
        {
            (double gs, double noise, double zeta) = Setting(Words(data, "panel")[i]);
            var student = new RidgeStudent(new RidgeTeacher(0.25, lt[i], noise), gs, zeta);
            Assert.Equal(0, student.Gap(ls[i]) / student.TestError(ls[i]), 1e-10);
        });
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void Simulation_and_theory_agree_at_the_papers_ten_trials(string id) =>
        Assert.All(Make(id).Agreement, a =>
        {
            // All cells of a panel share ten trials, so their median z is nearly one normal number: within 1.96 in 95 of 100 panels.
            Assert.InRange(a.MedianZ, 0.01, 1.96);
            Assert.InRange(a.LargestShift, 0, 0.06);
            Assert.InRange(a.ShareWithinTwo, 0.6, 1);
        });

    [Fact]
    public void Roots_solve_their_equation_and_there_are_two_only_above_one()
    {
        ResultTable data = Make("5").Data;
        double[] gamma = Numbers(data, "gamma_student"), c = Numbers(data, "c"), root = Numbers(data, "lambda_student");

        Assert.All(Enumerable.Range(0, data.RowCount), i => Assert.Equal(c[i], new MarchenkoPastur(gamma[i], root[i]).H1, 1e-9));
        Assert.All(Enumerable.Range(0, data.RowCount).Where(i => Words(data, "branch")[i] == "smaller"), i => Assert.True(gamma[i] > 1));
    }

    [Theory]
    [InlineData("6", true)]
    [InlineData("7", true)]
    [InlineData("8", false)]
    [InlineData("9", false)]
    public void Only_ridgeless_teachers_diverge_and_no_infinity_is_simulated(string id, bool diverges)
    {
        ResultTable data = Make(id).Data;
        double[] limit = Numbers(data, "student_limit"), gamma = Numbers(data, "gamma_teacher"), mean = Numbers(data, "student_error");

        int[] infinite = [.. Enumerable.Range(0, data.RowCount).Where(i => double.IsInfinity(limit[i]))];
        Assert.Equal(diverges, infinite.Length > 0);
        Assert.All(infinite, i => Assert.Equal(1, gamma[i]));
        Assert.All(infinite, i => Assert.True(double.IsNaN(mean[i])));
    }

    [Fact]
    public void Optimal_regularization_makes_the_student_monotone()
    {
        ResultTable data = Make("8").Data;
        double[] limit = Numbers(data, "student_limit"), ridge = Numbers(data, "lambda_student"), gamma = Numbers(data, "gamma_teacher");
        foreach (double lambda in ridge.Distinct())
        {
            double[] curve =
            [
                .. Enumerable.Range(0, data.RowCount).Where(i => Words(data, "series")[i] == "limit" && ridge[i] == lambda)
                    .OrderBy(i => gamma[i]).Select(i => limit[i]),
            ];
            Assert.Equal(curve.Order(), curve);
        }
    }

    [Fact]
    public void Figures_do_not_depend_on_the_number_of_threads()
    {
        static byte[] Csv(int threads)
        {
            using var stream = new MemoryStream();
            FigureOutcome outcome = FigureCatalog.Find("2").Single().Make(new FigureRequest(1, 3), new RunOptions { Threads = threads });
            TableWriter.WriteCsv(outcome.Data, stream, threads);
            return stream.ToArray();
        }

        Assert.Equal(Csv(1), Csv(3));
    }

    [Fact]
    public void One_trial_has_no_errors_and_is_still_drawn()
    {
        FigureOutcome outcome = FigureCatalog.Find("3").Single().Make(new FigureRequest(0, 1), RunOptions.Default);

        Assert.All(outcome.Agreement, a => Assert.Equal(0, a.Cells));
        Assert.NotEmpty(FigureWriter.Render(outcome.Figure, FigureFormat.Svg));
    }

    [Fact]
    public void Find_takes_names_and_says_what_is_allowed()
    {
        Assert.Equal(["2", "3"], FigureCatalog.Find("3, 2").Select(r => r.Id));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "9"], FigureCatalog.Find("all").Select(r => r.Id));
        Assert.Equal(FigureCatalog.All, FigureCatalog.Find("everything"));
        Assert.Equal(["1", "beyond-1", "beyond-2", "beyond-3"], FigureCatalog.Find("beyond,1").Select(r => r.Id));
        Assert.Contains("'10'", Assert.Throws<InputException>(() => FigureCatalog.Find("1,10")).Message);
    }
}
