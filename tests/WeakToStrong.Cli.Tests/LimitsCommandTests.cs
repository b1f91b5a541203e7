using System.Text.Json;
using WeakToStrong.Asymptotics;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Tests;

public class LimitsCommandTests
{
    private const string Point = "limits --gamma-teacher 0.25 --gamma-student 1.2 --lambda-teacher 0.05 --lambda-student 0.1 "
        + "--noise-variance 1";

    private static readonly string[] Columns =
    [
        "gamma_teacher", "gamma_student", "lambda_teacher", "lambda_student", "noise_variance", "signal_power", "alignment", "spike",
        "teacher_error", "student_error", "gap", "window", "window_low", "window_high", "best_lambda_student", "best_student_error",
        "optimal_lambda_teacher", "largest_beatable_lambda_teacher", "teacher_cosine", "student_cosine",
    ];

    [Fact]
    public void Simulated_errors_beyond_the_largest_number_are_told()
    {
        Outcome outcome = Shell.Run(["simulate", "--trials", "1", "--d", "51", "--n-teacher", "22", "--n-student", "1", "--lambda-teacher",
            "5e-324", "--lambda-student", "1e-3", "--noise-variance", "1", "--signal-power", "1e308", "--alignment", "0.5"]);
        Assert.Equal(0, outcome.Status);
        Assert.Equal(["inf"], outcome.Column("student_error"));
        Assert.Contains("are beyond the largest number, 1.8e308, in some trial", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_gives_one_row_with_the_contracts_columns()
    {
        Outcome outcome = Shell.Run(Point);
        Assert.Equal(0, outcome.Status);
        Assert.Empty(outcome.Error);
        Assert.Equal(Columns, outcome.Csv[0]);
        var teacher = new RidgeTeacher(0.25, 0.05, 1);
        Assert.Equal(NumberText.Format(teacher.TestError), Assert.Single(outcome.Column("teacher_error")));
        Assert.Equal(NumberText.Format(new RidgeStudent(teacher, 1.2).TestError(0.1)), Assert.Single(outcome.Column("student_error")));
        Assert.Equal("inf", Assert.Single(outcome.Column("spike")));
    }

    [Fact]
    public void Grids_give_a_row_for_every_pair()
    {
        Outcome outcome = Shell.Run(
            "limits --gamma-teacher 0.25 --gamma-student 1.2 --lambda-teacher 0,0.5 --lambda-student 0.1,0.2,0.3 --noise-variance 1");
        Assert.Equal(["0", "0", "0", "0.5", "0.5", "0.5"], outcome.Column("lambda_teacher"));
        Assert.Equal(["0.1", "0.2", "0.3", "0.1", "0.2", "0.3"], outcome.Column("lambda_student"));
    }

    [Fact]
    public void A_result_may_be_the_next_table_of_points()
    {
        using var folder = new Folder();
        const string Header = "gamma_teacher,gamma_student,lambda_teacher,lambda_student,noise_variance";
        Outcome once = Shell.Run(["limits", "--points",
            folder.File("p.csv", $"name,{Header}\n007,1,2,0.1,0.2,1\n\"a, b\",0.5,1,0.1,0.2,1\n")]);
        Assert.Equal(["007", "\"a"], once.Output.Split('\n')[1..3].Select(row => row.Split(',')[^(row.Contains('"') ? 2 : 1)]));
        Outcome twice = Shell.Run(["limits", "--points", folder.File("q.csv", once.Output)]);
        Assert.Equal(once.Output, twice.Output);
        Assert.Contains("computed again, not carried through: teacher_error, ", twice.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_gives_the_same_rows_as_its_points_in_any_order_of_columns_and_any_dialect()
    {
        using var folder = new Folder();
        string expected = Shell.Run(Point + " --alignment 0.5 --spike 7").Output;
        string[] dialects =
        [
            "gamma_teacher,gamma_student,lambda_teacher,lambda_student,noise_variance,alignment,spike\n0.25,1.2,0.05,0.1,1,0.5,7\n",
            "spike,alignment,noise_variance,lambda_student,lambda_teacher,gamma_student,gamma_teacher\r\n"
            + "7,0.5,1,1e-1,5E-2,+1.2,.25\r\n\r\n",
            "\uFEFFgamma_teacher;gamma_student;lambda_teacher;lambda_student;noise_variance;alignment;spike\n0.25;1.2;0.05;0.1;1.;0.5;7",
            "gamma_teacher\tgamma_student\tlambda_teacher\tlambda_student\tnoise_variance\talignment\tspike\n 0.25\t1.2\t0.05 "
            + "\t0.1\t1\t0.5\t7",
            "\"gamma_teacher\",\"gamma_student\",\"lambda_teacher\",\"lambda_student\",\"noise_variance\",\"alignment\",\"spike\"\n"
            + "\"0.25\",\"1.2\",0.05,0.1,1,0.5,7",
        ];
        foreach (string dialect in dialects)
            Assert.Equal(expected, Shell.Run(["limits", "--points", folder.File("points.csv", dialect)]).Output);
    }

    [Fact]
    public void Json_says_the_same_with_words_for_infinity()
    {
        using JsonDocument json = JsonDocument.Parse(Shell.Run(Point + " --format json").Output);
        JsonElement row = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(Columns, row.EnumerateObject().Select(p => p.Name));
        Assert.Equal("Infinity", row.GetProperty("spike").GetString());
        Assert.Equal(new RidgeTeacher(0.25, 0.05, 1).TestError, row.GetProperty("teacher_error").GetDouble());
    }

    [Fact]
    public void The_resolvent_has_its_own_columns()
    {
        using var folder = new Folder();
        Outcome outcome = Shell.Run(["limits", "--resolvent", "--points", folder.File("p.csv", "lambda,gamma\n0.3,0.5\n0,2\n")]);
        Assert.Equal(
            ["gamma", "lambda", "m1", "m2", "one_minus_lambda_m1", "lambda_m1", "lambda2_m2", "m1_minus_lambda_m2", "lambda_m2_over_m1"],
            outcome.Csv[0]);
        Assert.Equal(["0.5", "2"], outcome.Column("gamma"));
        Assert.Equal("inf", outcome.Column("m1")[1]);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_threads_and_can_go_to_a_file()
    {
        using var folder = new Folder();
        var random = new Random(1);
        string points = folder.File("p.csv", "gamma,lambda\n" + string.Concat(Enumerable.Range(0, 20_000)
            .Select(_ => $"{random.NextDouble() + 0.1},{random.NextDouble()}\n")));
        string file = Path.Combine(folder.Path, "out.csv");
        string one = Shell.Run(["limits", "--resolvent", "--points", points, "--threads", "1"]).Output;
        Outcome outcome = Shell.Run(["limits", "--resolvent", "--points", points, "--threads", "7", "--out", file]);
        Assert.Empty(outcome.Output);
        Assert.Equal(one, File.ReadAllText(file));
        Assert.Equal(["out.csv", "p.csv"], folder.Names);
    }

    [Fact]
    public void The_format_follows_the_ending_of_the_file()
    {
        using var folder = new Folder();
        string file = Path.Combine(folder.Path, "out.json");
        Shell.Run($"{Point} --out {file}");
        Assert.Equal(Shell.Run($"{Point} --format json").Output, File.ReadAllText(file));
    }
}
