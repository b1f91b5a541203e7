using WeakToStrong.Claims;
using WeakToStrong.Claims.Suite;
using WeakToStrong.Cli.Shell;
using WeakToStrong.Figures.Recipes;
using WeakToStrong.Figures.Report;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s reproduce</c>: figures with their data, a manifest and a report, into a folder.</summary>
internal static class ReproduceCommand
{
    public static ShellCommand Create()
    {
        var figure = Options.Parsed(
            "--figure",
            "Which figures: all (the paper's nine), everything (those and all others), or a list of names. all and everything also judge "
            + $"the claims. [default: all] Others: {string.Join(", ", FigureCatalog.All.Except(FigureCatalog.Paper).Select(r => r.Id))}.",
            "a list of figures", ReadFigures, FigureCatalog.Paper, "all|1,2,...");
        var output = Options.Parsed(
            "--out", "The folder for the files; made if it does not exist. [default: figures]", "the path of a folder", ReadFolder,
            "figures", "DIR");
        var trials = Options.OptionalWholeNumber(
            "--trials", "Simulated trials a point; without it, each figure's own number, mostly the paper's ten.", 1);
        var resume = new FlagOption(
            "--resume", "Keep whole figures of an earlier run with the same program, seed and trials, and make only the others.");

        return new ShellCommand(
            "reproduce", "Every figure of the paper, with data and a report.", Run, writesTable: false, figure, output, trials, resume)
        {
            Examples = ["reproduce --figure all --out figures", "reproduce --figure 1,2 --trials 100 --out figures --resume"],
        };

        ExitStatus Run(CommandContext context)
        {
            IReadOnlyList<IFigureRecipe> recipes = context.Get(figure);
            string folder = context.Get(output);
            var request = new ReproductionRequest(recipes, new FigureRequest(context.Seed, context.Get(trials)), folder)
            {
                Claims = FigureCatalog.Paper.All(recipes.Contains) ? ClaimCatalog.All : [],
                Resume = context.Has(resume),
            };
            return Present(context, Reproduction.Run(request, context.Run), folder);
        }
    }

    private static ExitStatus Present(CommandContext context, ReproductionOutcome outcome, string folder)
    {
        context.Write(outcome.ToTable());
        if (outcome.Interrupted)
            return context.Interrupted(Finished(outcome, folder));
        string[] refuted = [.. outcome.Manifest.Claims.Where(c => c.Verdict == ClaimCatalog.Word(Verdict.Refuted)).Select(c => c.Claim)];
        context.Note($"the figures are in {folder}; see {Path.Combine(folder, "report.html")}");
        if (refuted.Length > 0)
            context.Note($"refuted: {string.Join(", ", refuted)}; see the report, and w2s verify");
        return refuted.Length > 0 ? ExitStatus.Failed : ExitStatus.Done;
    }

    private static string Finished(ReproductionOutcome outcome, string folder)
    {
        string whole = string.Join(", ", outcome.Made.Concat(outcome.Kept));
        string missing = outcome.Missing.Count > 0 ? $"; not made: {string.Join(", ", outcome.Missing)}"
            : "; the claims were not all judged";
        return $"whole in {folder}: {(whole.Length > 0 ? $"figures {whole}" : "no figure")}{missing}; --resume makes the rest";
    }

    private static string? ReadFigures(string text, out IReadOnlyList<IFigureRecipe>? value)
    {
        value = null;
        try
        {
            value = FigureCatalog.Find(text);
            return null;
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }

    private static string? ReadFolder(string text, out string? value)
    {
        value = text;
        return string.IsNullOrWhiteSpace(text) || File.Exists(text) ? string.Empty : null;
    }
}
