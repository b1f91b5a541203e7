using System.Security.Cryptography;
using WeakToStrong.Claims.Suite;
using WeakToStrong.Figures.Recipes;
using WeakToStrong.Figures.Report;

namespace WeakToStrong.Figures.Tests;

public class ReproductionTests
{
    private static readonly string[] AllFiles = ["figure{0}.csv", "figure{0}.pdf", "figure{0}.png", "figure{0}.svg"];

    private static string[] FilesOf(params string[] ids) =>
        [.. ids.SelectMany(id => AllFiles.Select(f => f.Replace("{0}", id))).Concat(["manifest.json", "report.html"])
            .Order(StringComparer.Ordinal)];

    private static ReproductionOutcome Make(TemporaryFolder folder, ulong seed, params IFigureRecipe[] recipes) =>
        Reproduction.Run(new ReproductionRequest(recipes, new FigureRequest(seed), folder.Path));

    private static ReproductionOutcome Resume(TemporaryFolder folder, ulong seed, params IFigureRecipe[] recipes) =>
        Reproduction.Run(new ReproductionRequest(recipes, new FigureRequest(seed), folder.Path) { Resume = true });

    [Fact]
    public void Writes_every_file_and_a_manifest_that_reads_back()
    {
        using var folder = new TemporaryFolder();
        ReproductionOutcome outcome = Make(folder, 3, new StubRecipe("1"), new StubRecipe("2"));

        Assert.Equal(["1", "2"], outcome.Made);
        Assert.Equal(FilesOf("1", "2"), folder.Files);
        ReproductionManifest read = ReproductionManifest.Read(folder.Path)!;
        Assert.Equivalent(outcome.Manifest, read, strict: true);
        Assert.Equal((3UL, 5L, "w2s reproduce --figure 2 --trials 5 --seed 3"),
            (read.Figures[1].Seed, read.Figures[1].Trials, read.Figures[1].Command));
        Assert.All(
            read.Figures.SelectMany(f => f.Files),
            f => Assert.Equal(f.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder[f.Name])))));
        Assert.Equal("x,y\n1,4\n2,5\n3,6\n", File.ReadAllText(folder["figure1.csv"]));
    }

    [Fact]
    public void Interrupted_leaves_whole_figures_only_and_resumes_with_the_missing_ones()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var first = new StubRecipe("1");
        var second = new StubRecipe("2", stop.Cancel);

        ReproductionOutcome interrupted = Reproduction.Run(
            new ReproductionRequest([first, second, new StubRecipe("3")], new FigureRequest(), folder.Path),
            new RunOptions { Cancellation = stop.Token });
        Assert.True(interrupted.Interrupted);
        Assert.Equal(["1"], interrupted.Made);
        Assert.Equal(["2", "3"], interrupted.Missing);
        Assert.Equal(FilesOf("1"), folder.Files);
        Assert.Equal("1", Assert.Single(ReproductionManifest.Read(folder.Path)!.Figures).Id);

        ReproductionOutcome resumed = Resume(folder, 0, first, new StubRecipe("2"), new StubRecipe("3"));
        Assert.False(resumed.Interrupted);
        Assert.Equal(["1"], resumed.Kept);
        Assert.Equal(["2", "3"], resumed.Made);
        Assert.Equal(1, first.TimesMade);
        Assert.Equal(FilesOf("1", "2", "3"), folder.Files);
    }

    [Fact]
    public void Resume_keeps_a_figure_only_when_it_is_the_one_asked_for_and_undamaged()
    {
        using var folder = new TemporaryFolder();
        var recipe = new StubRecipe("1");
        Make(folder, 0, recipe);

        Resume(folder, 1, recipe);
        Assert.Equal(2, recipe.TimesMade);
        Resume(folder, 1, recipe);
        Assert.Equal(2, recipe.TimesMade);

        File.AppendAllText(folder["figure1.csv"], "4,9\n");
        Resume(folder, 1, recipe);
        Assert.Equal(3, recipe.TimesMade);

        File.Delete(folder["figure1.svg"]);
        Resume(folder, 1, recipe);
        Assert.Equal(4, recipe.TimesMade);

        Make(folder, 1, recipe);
        Assert.Equal(5, recipe.TimesMade);
    }

    [Fact]
    public void Resume_keeps_figures_that_are_not_asked_for_in_the_report()
    {
        using var folder = new TemporaryFolder();
        Make(folder, 0, new StubRecipe("1"));
        ReproductionOutcome outcome = Resume(folder, 0, new StubRecipe("2"));

        Assert.Equal(["1", "2"], outcome.Manifest.Figures.Select(f => f.Id));
    }

    [Fact]
    public void A_figure_that_cannot_be_written_leaves_none_of_its_files()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["figure2.csv"]);

        InputException e = Assert.Throws<InputException>(() => Make(folder, 0, new StubRecipe("1"), new StubRecipe("2")));
        Assert.Contains("figure2.csv", e.Message);
        Assert.Equal(["figure1.csv", "figure1.pdf", "figure1.png", "figure1.svg", "figure2.csv", "manifest.json"], folder.Files);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_before_any_work()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["taken"], "");
        var recipe = new StubRecipe("1");
        var request = new ReproductionRequest([recipe], new FigureRequest(), folder[Path.Combine("taken", "below")]);

        Assert.Contains("taken", Assert.Throws<InputException>(() => Reproduction.Run(request)).Message);
        Assert.Equal(0, recipe.TimesMade);
    }

    [Fact]
    public void A_foreign_manifest_is_not_resumed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["manifest.json"], "{ \"name\": 1 }");

        Assert.Contains("without --resume", Assert.Throws<InputException>(() => Resume(folder, 0, new StubRecipe("1"))).Message);
    }

    [Fact]
    public void The_report_is_one_file_with_pictures_parameters_and_claims()
    {
        using var folder = new TemporaryFolder();
        var request = new ReproductionRequest([new StubRecipe("1")], new FigureRequest(), folder.Path) { Claims = [ClaimCatalog.All[0]] };
        Reproduction.Run(request);
        string report = File.ReadAllText(folder["report.html"]);

        Assert.Contains("<svg xmlns", report);
        Assert.Contains("<i>λ</i><sub>t</sub><sup>*</sup>", report);
        Assert.Contains("w2s reproduce --figure 1 --trials 5 --seed 0", report);
        Assert.Contains($"id=\"{ClaimCatalog.All[0].Id}\"", report);
        Assert.True(report.IndexOf("Contents", StringComparison.Ordinal) < report.IndexOf("<svg", StringComparison.Ordinal));
        Assert.Contains("1 claim judged: 1 holds", report);
        Assert.Contains("<dt>power</dt><dd>", report);
        Assert.DoesNotContain("<script", report);
        Assert.DoesNotMatch("(src|href)=\"https?:", report);
    }

    [Fact]
    public void A_count_of_nothing_says_of_how_many()
    {
        using var folder = new TemporaryFolder();
        Reproduction.Run(new ReproductionRequest([new StubRecipe("1")], new FigureRequest(), folder.Path)
        {
            Claims = ClaimCatalog.Find("gamma-gain"),
        });
        Assert.Matches("<dd>0 of [1-9][0-9\u2009]*</dd>", File.ReadAllText(folder["report.html"]));
    }

    [Theory]
    [InlineData("lambda_t* and zeta^2 q_t", "<i>λ</i><sub>t</sub><sup>*</sup> and <i>ζ</i><sup>2</sup> <i>q</i><sub>t</sub>")]
    [InlineData("gamma_s >= 1, a teacher's", "<i>γ</i><sub>s</sub> ≥ 1, a teacher\u2019s")]
    [InlineData("sqrt(1 - Gamma) at -1", "√(1 \u2212 Γ) at \u22121")]
    [InlineData("Delta_Gamma (1 + p)^-1", "Δ<sub>Γ</sub> (1 + <i>p</i>)<sup>\u22121</sup>")]
    [InlineData("H1 falls in d and I = x-y", "<i>H</i><sub>1</sub> falls in <i>d</i> and I = x-y")]
    public void Mathematics_in_sentences_is_typeset(string plain, string html) => Assert.Equal(html, ClaimText.ToHtml(plain));
}
