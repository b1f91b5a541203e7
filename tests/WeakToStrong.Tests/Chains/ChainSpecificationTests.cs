using System.Text;
using WeakToStrong.Chains;
using WeakToStrong.Chains.Specification;

namespace WeakToStrong.Tests.Chains;

public sealed class ChainSpecificationTests : IDisposable
{
    private const string Head = """
        noise_variance = 0.5
        [spectrum]
        values = [2.0, 1.0, 0.1]
        [target]
        values = [1.0, -0.5, 2.0]

        """;

    private const string Teacher = """
        [[stage]]
        name = "teacher"
        n = 400
        ridge = 0.1

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chain");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_example_of_the_contract_is_read_and_solved()
    {
        Chain chain = Read(Head + """
            [[stage]]
            name = "teacher"
            n = 400
            ridge = 0.1
            labels = "truth"
            label_noise = 0.5
            [[stage]]
            name = "mixed"
            ridge = 0.05
            groups = [ { labels = "teacher", n = 800 }, { labels = "truth", n = 100, weight = 2.0 } ]
            """);
        Assert.Equal([new GroupPlan("teacher", 800), new GroupPlan("truth", 100, 0.5, 2)], chain.Stages[1].Groups);
        ChainResult result = chain.Solve();
        Assert.Equal(result.Errors[1].ExcessError + 0.5, result.TestError(1));
    }

    [Fact]
    public void The_example_of_the_documentation_shows_its_finding()
    {
        ChainResult result = ChainSpecification.Read(Path.Combine(AppContext.BaseDirectory, "examples", "anisotropic.toml")).Solve();
        Assert.Equal(0.03295, result.Errors[0].ExcessError, 5e-6);
        Assert.Equal(0.02986, result.Errors[1].ExcessError, 5e-6);
    }

    [Fact]
    public void Defaults_are_the_stage_before_and_the_noise_of_its_labels()
    {
        Chain chain = Read(Head + Teacher + "[[stage]]\nname = \"student\"\nn = 7\nridge = \"best\"\n");
        Assert.Equal(new GroupPlan("truth", 400, 0.5), chain.Stages[0].Groups.Single());
        Assert.Equal(new GroupPlan("teacher", 7), chain.Stages[1].Groups.Single());
        Assert.Same(RidgeRule.Best, chain.Stages[1].Ridge);
    }

    [Theory]
    [InlineData("law = \"power\"\nexponent = 1.0\nd = 6")]
    [InlineData("law = \"isotropic\"\nd = 6")]
    [InlineData("law = \"spiked\"\nd = 6\nspikes = [9, 4]")]
    [InlineData("file = \"s.csv\"")]
    [InlineData("covariance = \"sigma.csv\"")]
    [InlineData("features = \"x.csv\"")]
    public void Every_kind_of_spectrum_is_read(string spectrum)
    {
        Write("s.csv", "s\n3\n2\n1\n0.5\n0.25\n0\n");
        Write("sigma.csv", string.Join('\n', Enumerable.Range(0, 6).Select(i =>
            string.Join(',', Enumerable.Range(0, 6).Select(j => i == j ? 2 : 1)))));
        Write("x.csv", "a,b,c,d,e,f\n" + string.Join('\n', Enumerable.Range(0, 20)
            .Select(i => string.Join(',', Enumerable.Range(0, 6).Select(j => (((i * 7) + (j * j * 3)) % 11) - 5)))));
        Chain chain = Read($"[spectrum]\n{spectrum}\n[target]\nlaw = \"power\"\nexponent = 1.5\n{Teacher}");
        Assert.Equal(6, chain.Population.Dimension);
        Assert.True(chain.Solve().Errors[0].ExcessError > 0);
    }

    [Fact]
    public void Files_of_NumPy_are_read()
    {
        const string Header = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 1), }";
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(Header.PadRight(117) + "\n"),
            .. new[] { 2.0, 1.0, 0.1 }.SelectMany(BitConverter.GetBytes)];
        File.WriteAllBytes(Path.Combine(_folder.FullName, "s.npy"), bytes);
        Chain chain = Read(Head.Replace("values = [2.0, 1.0, 0.1]", "file = \"s.npy\"") + Teacher);
        Assert.Equal([2, 1, 0.1], chain.Population.Spectrum.Values);
    }

    [Fact]
    public void A_target_is_fitted_to_features_and_labels()
    {
        Write("x.csv", "1,0\n-1,0\n0,2\n0,-2\n");
        Write("y.csv", "y\n4\n2\n5\n1\n"); // y = 3 + x1 + x2
        Chain chain = Read($"[spectrum]\nfeatures = \"x.csv\"\n[target]\nlabels = \"y.csv\"\n{Teacher}");
        Assert.Equal(0.5 + 2, chain.Population.SignalVariance, 1e-12);
    }

    /// <summary>What is wrong, and the words that the message must have: the line, the key, what was read or allowed.</summary>
    public static TheoryData<string, string> BadSpecifications => new()
    {
        { Head + Teacher + "colour = 3\n",
            "line 10: stage[1].colour is not a known key; allowed here are groups, label_noise, labels, n, name, penalty, ridge" },
        { "colour = 3\n" + Head + Teacher, "line 1: colour is not a known key" },
        { Head.Replace("[target]", "size = 3\n[target]") + Teacher, "line 4: spectrum.size is not a known key" },
        { Head + Teacher + "labels = \"student\"\n[[stage]]\nname = \"student\"\nn = 3\nridge = 1\n",
            "line 10: stage[1].labels: 'student' is a later stage" },
        { Head + Teacher + "labels = \"teacher\"\n", "line 10: stage[1].labels: 'teacher' is this stage itself" },
        { Head + Teacher + "labels = \"nobody\"\n", "line 10: stage[1].labels: 'nobody' is not the name of a stage" },
        { Head + Teacher.Replace("0.1", "-0.1"), "line 9: stage[1].ridge is '-0.1'; it must be a finite number that is not negative" },
        { Head + Teacher.Replace("0.1", "nan"), "line 9: stage[1].ridge is 'nan'" },
        { Head + Teacher.Replace("0.1", "\"worst\""),
            "line 9: stage[1].ridge is '\"worst\"'; it must be a finite number that is not negative, \"best\" or \"optimal-for NAME\"" },
        { Head + Teacher.Replace("0.1", "\"optimal-for teacher\""), "line 9: stage[1].ridge: 'teacher' is not a later stage" },
        { Head + Teacher.Replace("ridge = 0.1", string.Empty), "line 6: stage[1].ridge is missing" },
        { Head + Teacher.Replace("400", "0"), "line 8: stage[1].n is '0'; it must be a whole number from 1" },
        { Head + Teacher.Replace("400", "2.5"), "line 8: stage[1].n is '2.5'" },
        { Head + Teacher.Replace("400", "\"many\""), "line 8: stage[1].n is '\"many\"'" },
        { Head + Teacher + "label_noise = -1\n", "line 10: stage[1].label_noise is '-1'" },
        { Head + Teacher.Replace("\"teacher\"", "\"truth\""), "line 7: stage[1].name: 'truth' cannot name a stage" },
        { Head + Teacher + Teacher, "line 11: stage[2].name: 'teacher' already names an earlier stage" },
        { Head.Replace("0.5\n[sp", "inf\n[sp") + Teacher, "line 1: noise_variance is 'inf'" },
        { Head.Replace("2.0, 1.0", "2.0, -1.0") + Teacher, "line 3: spectrum.values[2] is '-1.0'" },
        { Head.Replace("2.0, 1.0", "2.0, nan") + Teacher, "line 3: spectrum.values[2] is 'nan'" },
        { Head.Replace("[2.0, 1.0, 0.1]", "[0, 0, 0]") + Teacher, "line 3: spectrum.values: no eigenvalue is positive" },
        { Head.Replace("[1.0, -0.5, 2.0]", "[1.0, -0.5]") + Teacher,
            "line 5: target.values: has 2 coefficients; the spectrum has 3 eigenvalues" },
        { Head.Replace("values = [2.0, 1.0, 0.1]", "law = \"power\"\nd = 0\nexponent = 1") + Teacher, "line 4: spectrum.d is '0'" },
        { Head.Replace("values = [2.0, 1.0, 0.1]", "law = \"odd\"\nd = 3") + Teacher, "line 3: spectrum.law is '\"odd\"'" },
        { Head.Replace("values = [2.0, 1.0, 0.1]", "file = \"absent.csv\"") + Teacher,
            "absent.csv' cannot be read: there is no such file" },
        { Head.Replace("values = [2.0, 1.0, 0.1]", "file = \"text.csv\"") + Teacher, "line 3: spectrum.file: " },
        { Head.Replace("values = [2.0, 1.0, 0.1]", "covariance = \"indefinite.csv\"") + Teacher,
            "line 3: spectrum.covariance: the covariance is not positive semi-definite: its smallest eigenvalue is -1" },
        { Head.Replace("values = [2.0, 1.0, 0.1]", "covariance = \"lopsided.csv\"") + Teacher,
            "line 3: spectrum.covariance: the covariance is not symmetric: row 2, column 1" },
        { Head + Teacher + "penalty = [1, 2]\n", "line 10: stage[1].penalty: has 2 weights; the spectrum has 3 eigenvalues" },
        { Head + Teacher + "penalty = [1, 2, 0]\n", "line 10: stage[1].penalty[3] is '0'; it must be a positive finite number" },
        { Head + Teacher + "penalty = [1, 5e-324, 1]\n",
            "line 10: stage[1].penalty: weight 2 is 5E-324, and the eigenvalue 1 over it is beyond 1.8e308" },
        { Head + Teacher + "penalty = \"indefinite.csv\"\n", "line 10: stage[1].penalty: " },
        { Head + Teacher + "groups = [ { labels = \"truth\", n = 3 } ]\n", "line 10: stage[1].groups: stands beside n" },
        { Head + Teacher.Replace("n = 400", "groups = [ { labels = \"truth\", n = 3, weight = 0 } ]"),
            "line 8: stage[1].groups[1].weight is '0'" },
        { Head + Teacher.Replace("n = 400", "groups = [ { labels = \"truth\", n = 3 }, { labels = \"later\", n = 3 } ]"),
            "line 8: stage[1].groups[2].labels: 'later' is not the name of a stage" },
        { Head + Teacher.Replace("n = 400", "groups = [ { labels = \"truth\", rows = 3 } ]"), "line 8: stage[1].groups[1].n is missing" },
        { "ceiling = \"roof\"\n" + Head + Teacher, "line 1: ceiling: 'roof' is not the name of a stage" },
        { Head + "[stage]\nname = \"teacher\"\n", "line 6: stage is one table; it must be written [[stage]]" },
        { Head, "stage is missing" },
        { Teacher, "spectrum is missing" },
        { Head + Teacher + "name = \"again\"\n", "line 10" },
        { Head + "[[stage\n", "line 6" },
    };

    [Theory]
    [MemberData(nameof(BadSpecifications))]
    public void A_bad_specification_is_told_by_file_line_and_key(string specification, string words)
    {
        Write("text.csv", "3\ntwo\n1\n");
        Write("indefinite.csv", "1,0,0\n0,1,2\n0,2,1\n");
        Write("lopsided.csv", "1,0,0\n1,1,0\n0,0,1\n");
        string message = Assert.Throws<InputException>(() => Read(specification)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.Contains("chain.toml, line", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_missing_specification_is_named() =>
        Assert.Contains("none.toml' cannot be read: there is no such file",
            Assert.Throws<InputException>(() => ChainSpecification.Read(Path.Combine(_folder.FullName, "none.toml"))).Message,
            StringComparison.Ordinal);

    private Chain Read(string specification) => ChainSpecification.Read(Write("chain.toml", specification));

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
