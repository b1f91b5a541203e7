using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WeakToStrong.Explorer.Running;
using WeakToStrong.Explorer.Serving;
using WeakToStrong.Figures.Recipes;

namespace WeakToStrong.Explorer.Calls;

/// <summary>The calls about figures of the paper and beyond it, each made as <c>w2s reproduce</c> makes it.</summary>
internal sealed class RecipeCalls(Runner runner)
{
    private readonly Recent<FigureOutcome> _made = new(24);

    public static Task List(HttpContext context) => Reply.Bytes(context, "application/json", Documents.Object(json =>
    {
        json.WriteStartArray("figures");
        foreach (IFigureRecipe recipe in FigureCatalog.All)
        {
            json.WriteStartObject();
            json.WriteString("id", recipe.Id);
            json.WriteString("title", recipe.Title);
            json.WriteBoolean("paper", FigureCatalog.Paper.Contains(recipe));
            json.WriteNumber("trials", recipe.DefaultTrials);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }));

    /// <summary>What is said of a figure, as JSON, or the figure as svg, pdf, png or csv.</summary>
    public async Task Get(HttpContext context, string id, string ending)
    {
        IFigureRecipe recipe = FigureCatalog.All.FirstOrDefault(r => r.Id == id)
            ?? throw Refusal.NotFound($"a figure named '{InputException.Shorten(id)}'");
        FigureOutcome? made = _made.Find(id);
        if (made is null)
        {
            made = await runner.InTime(false, runner.Options.LongTime, options => recipe.Make(new FigureRequest(), options),
                context.RequestAborted).ConfigureAwait(false);
            _made.Keep(id, made);
        }
        await (ending == "json" ? Reply.Bytes(context, "application/json", Documents.Object(json => Describe(json, recipe, made)))
            : StudyCalls.Send(context, ending, made.Data, () => made.Figure)).ConfigureAwait(false);
    }

    private static void Describe(Utf8JsonWriter json, IFigureRecipe recipe, FigureOutcome made)
    {
        json.WriteString("id", recipe.Id);
        json.WriteString("title", recipe.Title);
        json.WriteString("caption", made.Caption);
        json.WriteStartArray("parameters");
        foreach (FigureParameter parameter in made.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("value", parameter.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Documents.Sentences(json, "agreement", [.. made.Agreement.Where(a => a.Cells > 0).Select(a => string.Create(
            CultureInfo.InvariantCulture,
            $"{a.Where}: {a.Cells} simulated means, {a.ShareWithinTwo:P0} within two standard errors of the limit, the farthest "
            + $"{a.LargestZ:0.0} away"))]);
    }
}
