namespace WeakToStrong.Cli.Tests;

/// <summary>Specifications and feature files: the sentence names the file, and the line and key or the row and column.</summary>
public class BadFileTests
{
    private const string Population = "noise_variance = 0.5\n[spectrum]\nlaw = \"isotropic\"\nd = 50\n[target]\nlaw = \"power\"\nexponent "
        + "= 1.5\nnorm = 1.0\n";
    private const string Teacher = "[[stage]]\nname = \"t\"\nn = 10\n";

    public static TheoryData<string, string> Specifications => new()
    {
        { "", "line 1: spectrum is missing" },
        { "\0\u0001", "line 1: " },
        { Population, "stage is missing" },
        { "noise_variance = -1\n", "line 1: noise_variance is '-1'; it must be a finite number that is not negative" },
        { Population + "[[stage]]\nname = \"t\"\nn = 0\nridge = 0.1\n", "line 11: stage[1].n is '0'; it must be a whole number" },
        { Population + Teacher, "stage[1].ridge is missing" },
        { Population + Teacher + "ridge = -0.1\n", "line 12: stage[1].ridge is '-0.1'; it must be a finite number that is not negative" },
        { Population + Teacher + "ridge = nan\n", "line 12: stage[1].ridge is 'nan'; it must be a finite number that is not negative" },
        { Population + Teacher + "ridge = 0.1\nrigde = 0.2\n", "line 13: " },
        { Population + Teacher + "ridge = 0.1\nlabels = \"t\"\n", "line 13: stage[1].labels: 't' is this stage itself" },
        { Population + Teacher + "ridge = 0.1\nlabels = \"u\"\n[[stage]]\nname = \"u\"\nn = 5\nridge = 1\n",
            "line 13: stage[1].labels: 'u' is" },
        { Population + "[[stage]]\nname = \"t\"\nn = ten\n", "line 11: " },
        { "[spectrum]\nvalues = [1, 2]\n[target]\nvalues = [1]\n" + Teacher + "ridge = 0.1\n", "line 4: target.values" },
        { "[spectrum]\nvalues = [1, -2]\n[target]\nvalues = [1, 1]\n" + Teacher + "ridge = 0.1\n", "line 2: spectrum.values" },
        { "[spectrum]\nfile = \"/nowhere/s.csv\"\n[target]\nvalues = [1]\n" + Teacher + "ridge = 0.1\n",
            "'/nowhere/s.csv' cannot be read: there is no such file" },
    };

    public static TheoryData<string, string, string> FeatureFiles => new()
    {
        { "weak.csv", "a,b\n1,2\n3,4\n", "'weak.csv' has 2 rows" },
        { "weak.csv", "a,b\n1,2\n3\n5,6\n", "'weak.csv', row 2 (line 3) has 1 columns; it must have 2" },
        { "weak.csv", "a,b\n1,2\n3,nan\n5,6\n", "'weak.csv', row 2 (line 3), column b is 'nan'; it must be a finite number" },
        { "weak.csv", "a,b\n1,2\n3,x\n5,6\n", "'weak.csv', row 2 (line 3), column b is 'x'; it must be a number" },
        { "weak.csv", "", "'weak.csv' is empty" },
        { "weak.npy", "\u0093NUMPY\u0001\0", "'weak.npy'" },
        { "weak.parquet", "PAR1xxxxPAR1", "'weak.parquet' is not a whole Parquet file" },
        { "labels.csv", "y\n1\n1\n1\n1\n1\n1\n", "'labels.csv' has only one label, '1', in all 6 rows" },
        { "split.csv", "split\nteacher\nstudent\ntrain\ntest\ntest\ntest\n",
            "'split.csv', row 3 (line 4), column split is 'train'; it must be teacher, student, test or unused" },
    };

    [Theory]
    [MemberData(nameof(Specifications))]
    public void A_bad_specification_is_answered_by_one_sentence(string text, string part)
    {
        using var folder = new Folder();
        string sentence = Shell.Refusal(["chain", folder.File("chain.toml", text)]);
        Assert.Contains("chain.toml", sentence, StringComparison.Ordinal);
        Assert.Contains(part, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FeatureFiles))]
    public void A_bad_feature_file_is_answered_by_one_sentence(string name, string text, string part)
    {
        using var folder = new Folder();
        var files = new Dictionary<string, string>
        {
            ["labels"] = folder.File("labels.csv", "y\n1\n2\n1\n2\n1\n2\n"),
            ["weak"] = folder.File("weak.csv", "a\n1\n2\n4\n3\n5\n9\n"),
            ["strong"] = folder.File("strong.csv", "a,b\n1,2\n2,4\n4,7\n3,3\n8,1\n6,0\n"),
            ["split"] = folder.File("split.csv", "split\nteacher\nteacher\nstudent\nstudent\ntest\ntest\n"),
        };
        files[Path.GetFileNameWithoutExtension(name)] = folder.File(name, System.Text.Encoding.Latin1.GetBytes(text));
        string sentence = Shell.Refusal(
        [
            "data", "--labels", files["labels"], "--weak-features", files["weak"], "--strong-features", files["strong"], "--split",
            files["split"],
            "--task", "classification",
        ]);
        Assert.Contains(part, sentence.Replace(folder.Path + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal),
            StringComparison.Ordinal);
    }
}
