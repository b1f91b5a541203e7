using System.Text;
using WeakToStrong.Cli.Shell;
using WeakToStrong.Studies;

namespace WeakToStrong.Cli.Tests;

/// <summary>
/// The tables of options and columns in docs/command-line.md are those of the studies. After a study has changed,
/// <c>UPDATE_DOCS=1 dotnet test --project tests/WeakToStrong.Cli.Tests</c> writes them anew.
/// </summary>
public class StudyTablesTests
{
    private static readonly string Page = Path.Combine(MarkdownDocument.Root, "docs", "command-line.md");

    [Fact]
    public void The_tables_of_the_page_are_those_of_the_studies()
    {
        string page = File.ReadAllText(Page), expected = page;
        foreach (IStudy study in StudyCatalog.All)
        {
            expected = Replaced(expected, $"options: {study.Name}", Options(study));
            expected = Replaced(expected, $"columns: {study.Name}", Columns(study));
        }
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(Page, expected);
        else
            Assert.Equal(expected, page);
    }

    private static string Options(IStudy study)
    {
        var table = new StringBuilder("| Option | Value | Meaning |\n|---|---|---|\n");
        foreach (Parameter p in study.Parameters)
            table.Append($"| `{OptionNames.Of(p)}` | {Cell(p.Kind == ParameterKind.Flag ? string.Empty : Value(p))} | "
                + $"{Cell(OptionNames.Help(p))} |\n");
        return table.ToString();
    }

    private static string Columns(IStudy study)
    {
        var table = new StringBuilder("| Column | Meaning |\n|---|---|\n");
        foreach (StudyColumn c in study.Columns)
            table.Append($"| {c.Name} | {Cell(c.Symbol.Length > 0 ? $"{c.Symbol}. {c.Meaning}" : c.Meaning)} |\n");
        return table.ToString();
    }

    private static string Value(Parameter p) => p.Allowed.Split(", or a grid of such numbers")[0] + (p.IsAxis && p.Range is not null
        ? ", or a grid" : string.Empty);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Replaced(string page, string name, string table)
    {
        string begin = $"<!-- {name} -->\n", end = "<!-- end -->";
        int from = page.IndexOf(begin, StringComparison.Ordinal);
        Assert.True(from >= 0, $"docs/command-line.md has no place for '{begin.Trim()}'");
        from += begin.Length;
        return string.Concat(page.AsSpan(0, from), table, page.AsSpan(page.IndexOf(end, from, StringComparison.Ordinal)));
    }
}
