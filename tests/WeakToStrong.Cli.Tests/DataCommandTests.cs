using System.IO.Compression;
using System.Text;

namespace WeakToStrong.Cli.Tests;

public sealed class DataCommandTests : IDisposable
{
    private static readonly string[] Contract =
    [
        "lambda_teacher", "lambda_student", "teacher_error", "student_error", "ceiling_error", "teacher_accuracy", "student_accuracy",
        "ceiling_accuracy", "pgr",
    ];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Digits_give_one_row_a_pair_of_ridges_with_the_columns_of_the_contract()
    {
        Outcome outcome = Shell.Run("data --dataset digits --lambda-teacher 0.1,1 --lambda-student 1e-5,1e-3,1e-1 --format csv --seed 3");
        Assert.Equal(0, outcome.Status);
        Assert.Equal(Contract, outcome.Csv[0][..9]);
        Assert.Equal(["0.1", "0.1", "0.1", "1", "1", "1"], outcome.Column("lambda_teacher"));
        Assert.Equal(["1E-05", "0.001", "0.1", "1E-05", "0.001", "0.1"], outcome.Column("lambda_student"));
        Assert.Equal(outcome.Output, Shell.Run(
            "data --lambda-teacher 0.1,1 --lambda-student 1e-5,1e-3,1e-1 --format csv --seed 3 --threads 1").Output);
        Assert.All(outcome.Column("strong_map"), map => Assert.Equal("standardise | rff:1000:2", map));
    }

    [Fact]
    public void A_file_split_is_honoured_to_the_row_whatever_the_format()
    {
        // Weak = strong = the label itself: an exact teacher; only row 7, in the test, is off by 2.
        string labels = Csv("y", i => $"{i % 5}.5"), features = Csv("x", i => i == 7 ? $"{(i % 5) + 2}.5" : $"{i % 5}.5");
        string split = Csv("split", i => i < 4 ? "teacher" : i < 7 ? "student" : "test");
        Outcome outcome = Shell.Run(["data", "--labels", labels, "--weak-features", features, "--strong-features", features, "--split",
            split,
            "--lambda-teacher", "0", "--lambda-student", "0", "--format", "csv"]);
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Equal(4.0 / 13, double.Parse(outcome.Column("student_error")[0]), 1e-9);
        Assert.Equal(("4", "3", "13"), (outcome.Column("n_teacher")[0], outcome.Column("n_student")[0], outcome.Column("n_test")[0]));
        Assert.DoesNotContain("teacher_accuracy", outcome.Csv[0]);
    }

    public static TheoryData<string, string> BadFiles => new()
    {
        { "weak:a\n1\n2\n", "has 2 rows, and the labels have 20" },
        { "split:split\nteacher\nteacher\nstudent\nstudent\ntest\n", "has 5 rows, and the labels have 20" },
        { "weak:a,b\n1,2\n3\n", "weak.csv', row 2 (line 3) has 1 columns; it must have 2" },
        { "weak:a,b\n1,2\n3,nan\n", "weak.csv', row 2 (line 3), column b is 'nan'; it must be a finite number" },
        { "strong:a,b\n1,2\n3,four\n", "strong.csv', row 2 (line 3), column b is 'four'; it must be a number" },
        { "labels:y\n1\n1\n1\n", "labels.csv' has only one label, '1'" },
        { "split:split\nteacher\nlearner\n",
            "split.csv', row 2 (line 3), column split is 'learner'; it must be teacher, student, test or unused" },
        { "weak:", "weak.csv' is empty" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_bad_file_is_answered_by_one_sentence_and_nothing_is_written(string replaced, string part)
    {
        WriteGood();
        string[] pieces = replaced.Split(':', 2);
        _folder.File($"{pieces[0]}.csv", pieces[1]);
        Refused(part);
    }

    [Fact]
    public void A_guessed_task_is_said_and_not_guessed_from_a_mix_of_numbers_and_words()
    {
        string features = Csv("x", i => $"{i}");
        Outcome Run(Func<int, string> label, params string[] more) =>
            Shell.Run(["data", "--labels", Csv("y", label), "--weak-features", features, "--strong-features", features, "--lambda-teacher",
                "0.1",
                "--lambda-student", "0.1", "--n-teacher", "8", "--n-student", "8", "--n-test", "4", .. more]);
        Assert.Contains("the labels are taken for regression", Run(i => $"{i}.5").Error, StringComparison.Ordinal);
        Assert.Contains("the labels are taken for classification into 2 classes", Run(i => i % 2 == 0 ? "cat" : "dog").Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("taken for", Run(i => $"{i}.5", "--task", "regression").Error, StringComparison.Ordinal);
        Outcome mixed = Run(i => i == 4 ? "abc" : $"{i}.5");
        Assert.Equal((2, string.Empty), (mixed.Status, mixed.Output));
        Assert.Contains("y.csv', row 5 (line 6), column y is 'abc'; it must be a number like the other labels, unless classification is "
            + "asked for", mixed.Error, StringComparison.Ordinal);
        Assert.Equal(0, Run(i => i % 2 == 0 ? "cat" : "7", "--task", "classification").Status);
    }

    [Fact]
    public void A_truncated_file_is_answered_by_its_name()
    {
        WriteGood();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.ASCII.GetBytes("a\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i}\n"))));
        _folder.File("weak.csv", packed.ToArray()[..30]);
        Refused("weak.csv' is not a whole gzip file");
        _folder.File("weak.csv", [0x93, .. "NUMPY"u8, 1, 0, 118, 0,
            .. Encoding.ASCII.GetBytes("{'descr': '<f8', 'fortran_order': False, 'shape': (20, 1), }".PadRight(117) + "\n"), 1, 2, 3]);
        Refused("weak.csv' is truncated: its header says (20, 1) entries of <f8, 160 bytes, and 3 follow");
    }

    [Theory]
    [InlineData("--n-teacher 1500", "--n-teacher 1500 + --n-student 1200 + --n-test 397 = 3097 rows are asked for, and the data has 1797")]
    [InlineData("--n-teacher 1", "--n-teacher is '1'; it must be a whole number from 2 to")]
    [InlineData("--dataset mnist", "--dataset is 'mnist'; it must be digits, fashion-mnist or mail")]
    [InlineData("--dataset fashion-mnist --data-dir /nowhere", "--data-dir '/nowhere' has no train-images-idx3-ubyte.gz")]
    [InlineData("--weak-map pool:3x3", "blocks of 3x3 do not divide images of 8x8")]
    [InlineData("--weak-map blur", "feature map 'blur' is not known")]
    [InlineData("--strong-map poly:4 --weak-map poly:4|poly:4", "monomials, and at most")]
    [InlineData("--lambda-student 0:1", "--lambda-student")]
    [InlineData("--labels y.csv", "--weak-features is missing; with --labels it must be the path")]
    [InlineData("--split s.csv", "--split is given without --labels")]
    [InlineData("--prior-weight 3", "--prior-weight is given without --prior")]
    [InlineData("--predict --pseudo-labels hard", "--predict is for ridge on soft pseudo-labels without a prior")]
    [InlineData("--predict --head logistic", "--predict is for ridge on soft pseudo-labels without a prior")]
    [InlineData("--predict --confidence 0.5", "--predict is for ridge on soft pseudo-labels without a prior")]
    [InlineData("--repeats 0", "--repeats is '0'")]
    [InlineData("--pseudo-labels firm", "--pseudo-labels is 'firm'; it must be soft or hard")]
    public void A_bad_option_is_answered_by_one_sentence(string options, string part) =>
        Assert.Contains(part, Shell.Refusal("data " + options), StringComparison.Ordinal);

    [Fact]
    public void Constant_columns_are_a_warning_and_a_right_answer()
    {
        WriteGood();
        _folder.File("weak.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i % 5},7\n")));
        Outcome outcome = Shell.Run(Command());
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Contains("1 of 2 columns of the weak features are constant", outcome.Error, StringComparison.Ordinal);
        _folder.File("weak.csv", "a\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i % 5}\n")));
        Assert.Equal(outcome.Column("teacher_error"), Shell.Run(Command()).Column("teacher_error"));
    }

    [Fact]
    public void An_interrupted_run_writes_its_finished_splits()
    {
        using var stop = new CancellationTokenSource();
        stop.CancelAfter(TimeSpan.FromSeconds(8));
        Outcome outcome = Shell.RunUntil(
            ["data", "--repeats", "100000", "--strong-map", "standardise", "--lambda-student", "1", "--no-advice", "--format", "csv"],
            stop.Token);
        Assert.Equal(130, outcome.Status);
        Assert.Contains("of 100000 splits are finished and written", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(2, outcome.Csv.Length);
    }

    private void Refused(string part)
    {
        string[] before = _folder.Names;
        string sentence = Shell.Refusal([.. Command(), "--out", Path.Combine(_folder.Path, "result.csv")]);
        Assert.Contains(part, sentence, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Names);
    }

    private string[] Command() =>
    [
        "data", "--labels", At("labels"), "--weak-features", At("weak"), "--strong-features", At("strong"), "--split", At("split"),
        "--task", "regression",
        "--lambda-teacher", "0.1", "--lambda-student", "0.1", "--format", "csv",
    ];

    private string At(string name) => Path.Combine(_folder.Path, $"{name}.csv");

    private void WriteGood()
    {
        _folder.File("labels.csv", "y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i * 7 % 11}\n")));
        _folder.File("weak.csv", "a\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i}\n")));
        _folder.File("strong.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{i * i % 7}\n")));
        _folder.File("split.csv", "split\n" + string.Concat(Enumerable.Range(0, 20)
            .Select(i => i < 8 ? "teacher\n" : i < 15 ? "student\n" : "test\n")));
    }

    private string Csv(string header, Func<int, string> cell) =>
        _folder.File($"{header}.csv", $"{header}\n" + string.Concat(Enumerable.Range(0, 20).Select(i => cell(i) + "\n")));
}
