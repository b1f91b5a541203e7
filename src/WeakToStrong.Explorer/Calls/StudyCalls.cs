using System.Globalization;
using Microsoft.AspNetCore.Http;
using WeakToStrong.Explorer.Running;
using WeakToStrong.Explorer.Serving;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Figures.Pictures;
using WeakToStrong.Studies;

namespace WeakToStrong.Explorer.Calls;

/// <summary>The calls about studies: the catalogue, runs, and pictures.</summary>
internal sealed class StudyCalls(Runner runner)
{
    public static Task List(HttpContext context) => Reply.Text(context, "application/json", CatalogJson.Text);

    /// <summary>Runs a study on the arguments in the body; the Accept header chooses JSON, CSV or a stream.</summary>
    public async Task Run(HttpContext context, string name)
    {
        IStudy study = Find(name);
        string accept = string.Join(',', context.Request.Headers.Accept.ToArray());
        using ArgumentReader read = await ArgumentReader.FromBody(context, study, runner.Options.MostBytes).ConfigureAwait(false);
        if (accept.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            await new EventStream(context, runner).Run(read.Arguments, !read.HasFiles).ConfigureAwait(false);
            return;
        }
        StudyOutcome outcome = await runner.Run(read.Arguments, context.RequestAborted).ConfigureAwait(false);
        Tell(context, outcome);
        bool csv = accept.Contains("text/csv", StringComparison.OrdinalIgnoreCase);
        await Reply.Bytes(context, csv ? "text/csv; charset=utf-8" : "application/json",
            csv ? Documents.Csv(outcome.Table) : Documents.Json(outcome.Table)).ConfigureAwait(false);
    }

    /// <summary>The picture of a result, or its numbers, for the arguments in the URL, or in the body of a POST, which may hold files.
    /// </summary>
    /// <param name="context">The call.</param>
    /// <param name="name">The study.</param>
    /// <param name="ending">svg, pdf, png or csv.</param>
    public async Task Draw(HttpContext context, string name, string ending)
    {
        using ArgumentReader read = HttpMethods.IsPost(context.Request.Method)
            ? await ArgumentReader.FromBody(context, Find(name), runner.Options.MostBytes).ConfigureAwait(false)
            : ArgumentReader.FromQuery(context, Find(name));
        Arguments arguments = read.Arguments;
        if (ending != "csv")
            StudyPicture.Check(arguments);
        StudyOutcome outcome = await runner.Run(arguments, context.RequestAborted).ConfigureAwait(false);
        Tell(context, outcome);
        await Send(context, ending, outcome.Table, () => StudyPicture.Of(arguments, outcome.Table)).ConfigureAwait(false);
    }

    /// <summary>Sends a figure as a file of some kind, or the numbers behind it.</summary>
    public static Task Send(HttpContext context, string ending, Tables.ResultTable table, Func<Figure> figure) => ending switch
    {
        "csv" => Reply.Bytes(context, "text/csv; charset=utf-8", Documents.Csv(table)),
        "svg" => Reply.Bytes(context, "image/svg+xml", FigureWriter.Render(figure(), FigureFormat.Svg)),
        "pdf" => Reply.Bytes(context, "application/pdf", FigureWriter.Render(figure(), FigureFormat.Pdf)),
        "png" => Reply.Bytes(context, "image/png", FigureWriter.Render(figure(), FigureFormat.Png)),
        _ => throw Refusal.NotFound($"a figure that ends in .{InputException.Shorten(ending)}"),
    };

    private static IStudy Find(string name)
    {
        try
        {
            return StudyCatalog.Find(name);
        }
        catch (InputException e)
        {
            throw new Refusal(404, e.Message);
        }
    }

    // Sentences beside a table go into headers, percent-encoded; a stream has them in its events.
    private static void Tell(HttpContext context, StudyOutcome outcome)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers["W2S-Done"] = string.Create(CultureInfo.InvariantCulture, $"{outcome.Done} of {outcome.Asked} {outcome.Unit}");
        string[] said = [.. outcome.Remarks, .. outcome.Answer];
        if (said.Length > 0)
            headers["W2S-Remarks"] = string.Join(' ', said.Select(s => Uri.EscapeDataString(s.Length <= 500 ? s : s[..500])).Take(8));
    }
}
