using System.Text;

namespace WeakToStrong.Cli.Tests;

/// <summary>Whatever is wrong with a table of points is answered by one sentence that names the file, the row and the column.</summary>
public class BadTableTests
{
    private const string Header = "gamma_teacher,gamma_student,lambda_teacher,lambda_student,noise_variance";

    public static TheoryData<string, string> Tables => new()
    {
        { "", "is empty; it must be a table with a header" },
        { Header, "has a header but no rows" },
        { Header + "\n\n\n", "has a header but no rows" },
        { "1,1,1,1,1\n1,1,1,1,1", "has no header" },
        { "gamma_teacher,gamma_student,lambda_teacher,lambda_student\n1,1,1,1",
            "has no column noise_variance; it must have gamma_teacher," },
        { Header + ",spike,spike\n1,1,1,1,1,1,1", "has the column 'spike' 2 times" },
        { Header + ",\n1,1,1,1,1,1", "has no name for column 6" },
        { Header + "\n1,1,1,1,1\n1,1,1,1\n", "row 2 (line 3) has 4 columns; it must have 5" },
        { Header + "\n1,1,1,1,1\n1,1,1,1,1,1\n", "row 2 (line 3) has 6 columns; it must have 5" },
        { Header + "\n1,1,1,1,1\n\n1,1,1,1,1\n", "row 2 (line 3) is blank; only lines at the end may be" },
        { Header + "\n1,1,1,1,1\n1,1,x,1,1\n", "row 2 (line 3), column lambda_teacher is 'x'; it must be a number" },
        { Header + "\n1,1,,1,1\n", "row 1 (line 2), column lambda_teacher is ''; it must be a number" },
        { Header + "\n1,1,1 2,1,1\n", "row 1 (line 2), column lambda_teacher is '1 2'; it must be a number" },
        { Header + "\n1,1,0x1,1,1\n", "row 1 (line 2), column lambda_teacher is '0x1'; it must be a number" },
        { Header + "\n1,1,1e,1,1\n", "row 1 (line 2), column lambda_teacher is '1e'; it must be a number" },
        { Header + "\n0,1,1,1,1\n", "row 1 (line 2), column gamma_teacher is '0'; it must be a positive finite number" },
        { Header + "\n1,-2,1,1,1\n", "row 1 (line 2), column gamma_student is '-2'; it must be a positive finite number" },
        { Header + "\n1,1,nan,1,1\n", "row 1 (line 2), column lambda_teacher is 'nan'; it must be a finite number that is not negative" },
        { Header + "\n1,1,1,inf,1\n", "row 1 (line 2), column lambda_student is 'inf'; it must be a finite number that is not negative" },
        { Header + ",alignment\n1,1,1,1,1,0.5\n1,1,1,1,1,1.5",
            "row 2 (line 3), column alignment is '1.5'; it must be a number from 0 to 1" },
        { Header + ",spike\n1,1,1,1,1,-1", "row 1 (line 2), column spike is '-1'; it must be a number that is not negative, or inf" },
        { Header + "\n1,1,1,1,1\n1,1,1,1,-1\n0,1,1,1,1", "row 2 (line 3), column noise_variance is '-1'" },
        { "PK\u0003\u0004\0\0\0\n1,1", "is not a text file" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_bad_table_is_answered_by_one_sentence(string text, string part)
    {
        using var folder = new Folder();
        string points = folder.File("points.csv", text), result = Path.Combine(folder.Path, "out.csv");
        string sentence = Shell.Refusal(["limits", "--points", points, "--out", result]);
        Assert.Contains("points.csv'", sentence, StringComparison.Ordinal);
        Assert.Contains(part, sentence, StringComparison.Ordinal);
        Assert.Equal(["points.csv"], folder.Names);
    }

    [Fact]
    public void Bytes_that_are_not_text_are_refused()
    {
        using var folder = new Folder();
        byte[] bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        Assert.Contains("is not a text file", Shell.Refusal(["limits", "--points", folder.File("points.csv", bytes)]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Sixteen_bit_text_is_refused()
    {
        using var folder = new Folder();
        byte[] bytes = Encoding.Unicode.GetBytes(Header + "\n1,1,1,1,1\n");
        Assert.Contains("is not a text file", Shell.Refusal(["limits", "--points", folder.File("points.csv", bytes)]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_columns_of_the_resolvent_are_checked_too()
    {
        using var folder = new Folder();
        string points = folder.File("points.csv", Header + "\n1,1,1,1,1");
        Assert.Contains("has no column gamma; it must have gamma, lambda", Shell.Refusal(["limits", "--resolvent", "--points", points]),
            StringComparison.Ordinal);
    }
}
