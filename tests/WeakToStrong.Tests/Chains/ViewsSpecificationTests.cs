using System.Globalization;
using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Chains.Specification;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Tests.Choices;

namespace WeakToStrong.Tests.Chains;

public sealed class ViewsSpecificationTests : IDisposable
{
    private const string Views = """
        target_variance = 2.5
        [[view]]
        name = "weak"
        covariance = "sw.csv"
        target = [1.0, 0.5]
        [[view]]
        name = "strong"
        covariance = "ss.csv"
        target = "cs.csv"
        [[cross]]
        views = ["weak", "strong"]
        covariance = "swv.csv"

        """;

    private const string Stages = """
        [[stage]]
        name = "teacher"
        view = "weak"
        n = 120
        ridge = 0.01
        [[stage]]
        name = "student"
        view = "strong"
        n = 500
        ridge = "best"

        """;

    private const string One = """
        noise_variance = 0.5
        [spectrum]
        values = [2.0, 1.0, 0.1]
        [target]
        values = [1.0, -0.5, 2.0]

        """;

    private const string First = "[[stage]]\nname = \"teacher\"\nn = 40\nridge = 0.1\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("views");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Covariance_files_of_the_cosine_views_give_their_limits()
    {
        Write("sw.csv", Text(CosineViews.WeakCovariance));
        Write("ss.csv", Text(CosineViews.StrongCovariance));
        Write("swv.csv", Text(CosineViews.Cross));
        Write("cs.csv", Text(CosineViews.StrongTarget));
        Write("cw.csv", Text(CosineViews.WeakTarget));
        string specification = Views.Replace("2.5", CosineViews.TargetVariance.ToString("R", CultureInfo.InvariantCulture))
            .Replace("[1.0, 0.5]", "\"cw.csv\"") + Stages.Replace("\"best\"", "0.003");
        ChainResult solved = Read(specification).Solve();
        Assert.Equal(0.3966363620, solved.TestError(0), 6e-11);
        Assert.Equal(0.4451806706, solved.TestError(1), 6e-11);
        Assert.Equal(["weak", "strong"], Assert.IsType<WeakToStrong.Tables.TextColumn>(solved.ToTable().Find("view")).Values);
        Assert.Null(solved.Chain.Views!.Remark);
    }

    [Fact]
    public void Moments_are_estimated_from_rows_of_features_and_corrected()
    {
        var random = new RandomStream(1);
        Matrix<double> u = new(400, 3), v = new(400, 5);
        var y = new double[400];
        for (int i = 0; i < 400; i++)
        {
            random.FillNormal(v.Row(i));
            for (int j = 0; j < 3; j++)
                u[i, j] = 5 + v[i, j] + (0.5 * random.NextNormal());
            y[i] = 2 + v[i, 0] - v[i, 3] + (0.3 * random.NextNormal());
        }
        Write("u.csv", Text(u));
        Write("v.csv", Text(v));
        Write("y.csv", string.Join('\n', y.Select(x => x.ToString("R", CultureInfo.InvariantCulture))));
        Chain chain = Read("[[view]]\nname = \"weak\"\nfeatures = \"u.csv\"\nlabels = \"y.csv\"\n[[view]]\nname = \"strong\"\nfeatures = "
            + "\"v.csv\"\n" + Stages);
        double residual = chain.PopulationOf("strong").ResidualVariance;
        // The residual sum of squares over N - p; one degree more for the mean is not counted, as documented.
        Assert.InRange(residual, 0.09 * 0.8, 0.09 * 1.2);
        Assert.Contains("estimated from 400 rows", chain.Views!.Remark, StringComparison.Ordinal);
        Assert.True(chain.Solve().TestError(1) > residual);
    }

    [Fact]
    public void Sources_rules_and_penalties_are_read()
    {
        Chain chain = Read(One + """
            [[source]]
            name = "surrogate"
            values = [0.5, 0.5, 0.5]
            [[source]]
            name = "blend"
            mix = { truth = 0.6, teacher = 0.4 }
            [[source]]
            name = "features"
            random_features = 2

            """ + First + """
            [[stage]]
            name = "copy"
            labels = "surrogate"
            n = inf
            rule = "flow:3"
            [[stage]]
            name = "blended"
            labels = "blend"
            n = 8
            label_noise = 3
            penalty = "best"
            [[stage]]
            name = "again"
            labels = "teacher"
            same_rows = "best"
            [[stage]]
            name = "plain"
            labels = "blend"
            n = 8
            ridge = 0.1
            [[stage]]
            name = "projected"
            labels = "features"
            n = 70
            ridge = 0.02
            """);
        Assert.Equal(0.36 * 0.5, chain.Stages[4].Groups[0].LabelNoise, 1e-15);
        ChainResult solved = chain.Solve();
        Assert.True(solved.Errors[2].ExcessError < solved.RidgeError(2));
        Assert.True(solved.Errors[3].ExcessError <= solved.Errors[0].ExcessError);
        Assert.Equal(double.PositiveInfinity, solved.ToTable().Numbers("n")[1]);
        Assert.Equal(6, ChainSimulation.Run(solved, 3, 0).TestErrors.Count);
    }

    public static TheoryData<string, string> BadSpecifications => new()
    {
        { Views.Replace("target_variance = 2.5\n", "") + Stages, "target_variance is missing" },
        { "noise_variance = 1\n" + Views + Stages, "line 1: noise_variance: stands beside views" },
        { Views + One[(One.IndexOf((char)10) + 1)..] + Stages, "[[view]]; a specification has one or the other" },
        { "target_variance = 1\n" + One + First, "line 1: target_variance: belongs to views" },
        { Views.Replace("2.5", "0.1") + Stages, "view 'weak' explains" },
        { Views.Replace("[1.0, 0.5]", "[1.0]") + Stages, "line 5: view[1].target: has 1 values; the covariance has 2 rows" },
        { Views.Replace("\"strong\"\ncov", "\"weak\"\ncov") + Stages, "line 7: view[2].name: 'weak' already names an earlier view" },
        { Views.Replace("[\"weak\", \"strong\"]", "[\"weak\", \"other\"]") + Stages,
            "line 11: cross[1].views: 'other' is not the name of a view" },
        { Views.Replace("[\"weak\", \"strong\"]", "[\"weak\"]") + Stages, "line 11: cross[1].views is" },
        { Views.Replace("[\"weak\", \"strong\"]", "[\"strong\", \"weak\"]") + Stages,
            "line 12: cross[1].covariance: has 2 rows and 3 columns; E x_strong x_weak' must have 3 rows and 2 columns" },
        { Views[..Views.IndexOf("[[cross]]", StringComparison.Ordinal)] + Stages,
            "'teacher' sees 'weak' and this stage 'strong', and no [[cross]] of the two views is given" },
        { Views.Replace("swv.csv", "large.csv") + Stages, "impossible" },
        { Views.Replace("sw.csv", "indefinite.csv") + Stages, "view 'weak' is not positive semi-definite" },
        { Views + Stages.Replace("view = \"strong\"\n", ""), "stage[2].view is missing; it must be one of weak, strong" },
        { Views + Stages.Replace("view = \"strong\"", "view = \"other\""), "stage[2].view is '\"other\"'; it must be one of weak, strong" },
        { One + First + "view = \"weak\"\n", "stage[1].view: is 'weak', and this chain has no views" },
        { Views.Replace("covariance = \"sw.csv\"", "features = \"sw.csv\"\nlabels = \"cs.csv\"") + Stages,
            "some views have features and others covariances" },
        { One + "[[source]]\nname = \"s\"\nvalues = [1, 2]\n" + First, "line 8: source[1].values: has length 2; must have length 3" },
        { One + "[[source]]\nname = \"s\"\nvalues = [1, 2, nan]\n" + First, "line 8: source[1].values[3] is 'nan'" },
        { One + "[[source]]\nname = \"s\"\nmix = { truth = 1, nobody = 2 }\n" + First,
            "line 8: source[1].mix: 'nobody' is not 'truth', a stage or another source" },
        { One + "[[source]]\nname = \"s\"\nmix = { teacher = 1 }\n" + First + "labels = \"s\"\n",
            "stage[1].labels: 'teacher' is this stage itself" },
        { One + "[[source]]\nname = \"s\"\nrandom_features = 3\n" + First,
            "line 8: source[1].random_features: is 3; must be below the rank 3" },
        { One + "[[source]]\nname = \"truth\"\nvalues = [1, 2, 3]\n" + First, "line 7: source[1].name: 'truth' cannot name a source" },
        { One + "[[source]]\nname = \"teacher\"\nvalues = [1, 2, 3]\n" + First, "stage[1].name: 'teacher' already names a source" },
        { One + "[[source]]\nname = \"s\"\nvalues = [1, 2, 3]\ncolour = 1\n" + First, "line 9: source[1].colour is not a known key" },
        { One + First.Replace("ridge = 0.1", "rule = \"flow:2\""),
            "stage[1].rule: 'flow:2' needs infinitely many rows in a chain; n must then be inf" },
        { One + First.Replace("ridge = 0.1", "rule = \"shrink\"").Replace("40", "inf"), "stage[1].rule is '\"shrink\"'" },
        { One + First.Replace("ridge = 0.1", "rule = \"slow\""), "stage[1].rule: 'slow' is not a training rule" },
        { One + First + "rule = \"flow:2\"\n", "stage[1].ridge: stands beside rule 'flow:2'" },
        { One + First + "same_rows = 1\n", "stage[1].n: stands beside same_rows" },
        { One + "[[stage]]\nname = \"again\"\nsame_rows = 1\n", "stage[1].same_rows: needs labels from one earlier stage" },
        { One + First + "[[stage]]\nname = \"again\"\nsame_rows = \"some\"\n",
            "stage[2].same_rows is '\"some\"'; it must be a finite number, \"best\" or \"cross-validated\"" },
        { One + First + "[[stage]]\nname = \"again\"\nsame_rows = 1\n[[stage]]\nname = \"last\"\nn = 3\nridge = 1\n",
            "'again' learns twice from the same rows" },
        { One + First.Replace("0.1", "0") + "[[stage]]\nname = \"again\"\nsame_rows = 1\n", "whose ridge is 0" },
        { One + First.Replace("n = 40", "groups = [ { n = 4 }, { n = 5 } ]") + "penalty = \"best\"\n",
            "stage[1].penalty: \"best\" is known for one group of rows" },
    };

    [Theory]
    [MemberData(nameof(BadSpecifications))]
    public void A_bad_specification_is_told_by_file_line_and_key(string specification, string words)
    {
        Write("sw.csv", "2,1\n1,2\n");
        Write("ss.csv", "2,0,0\n0,1,0\n0,0,1\n");
        Write("swv.csv", "1,0.5,0\n0,0.5,0\n");
        Write("large.csv", "3,0.5,0\n0,0.5,0\n");
        Write("cs.csv", "1\n0.5\n0.25\n");
        Write("indefinite.csv", "1,2\n2,1\n");
        string message = Assert.Throws<InputException>(() => Read(specification).Solve()).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static string Text(Matrix<double> matrix) =>
        string.Join('\n', Enumerable.Range(0, matrix.Rows).Select(i =>
            string.Join(',', matrix.Row(i).ToArray().Select(x => x.ToString("R", CultureInfo.InvariantCulture)))));

    private Chain Read(string specification) => ChainSpecification.Read(Write("chain.toml", specification));

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
