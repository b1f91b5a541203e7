using System.Globalization;
using System.Text;
using Spectre.Console;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli;

/// <summary>
/// Shows a table to the eye: numbers rounded to six digits and aligned, long words wrapped, one row as a list of names and
/// values, and of very long tables the beginning.
/// </summary>
internal static class TablePresenter
{
    private const int MostRows = 1000;
    private const int LongText = 32;

    public static void Write(ResultTable table, Terminal terminal, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        bool list = table.RowCount == 1 && table.Columns.Count > 4;
        Table shown = list ? AsList(table) : AsTable(table);
        shown.Border = TableBorder.Simple;
        // Numbers are never broken: a table wider than the screen is left to the screen.
        console.Profile.Width = Math.Max(terminal.Width, list ? 0 : table.Columns.Sum(c => IsLong(c) ? LongText : Width(c) + 3) + 4);
        console.Write(shown);
        if (table.RowCount > MostRows)
            writer.WriteLine($"... and {table.RowCount - MostRows} more rows; --format csv writes them all");
    }

    private static Table AsList(ResultTable table)
    {
        Table list = new Table().HideHeaders().AddColumn("name").AddColumn("value");
        foreach (ResultColumn column in table.Columns)
            list.AddRow(new Text(column.Name), new Text(Cell(column, 0)));
        return list;
    }

    private static Table AsTable(ResultTable table)
    {
        var shown = new Table();
        foreach (ResultColumn column in table.Columns)
        {
            var header = new TableColumn(new Text(column.Name)) { NoWrap = !IsLong(column) };
            shown.AddColumn(column is TextColumn ? header : header.RightAligned());
        }
        for (int i = 0; i < Math.Min(table.RowCount, MostRows); i++)
            shown.AddRow(table.Columns.Select(c => new Text(Cell(c, i))));
        return shown;
    }

    private static bool IsLong(ResultColumn column) => column is TextColumn && Width(column) > LongText;

    private static int Width(ResultColumn column)
    {
        int width = column.Name.Length;
        for (int i = 0; i < Math.Min(column.Count, MostRows); i++)
            width = Math.Max(width, Cell(column, i).Length);
        return width;
    }

    private static string Cell(ResultColumn column, int row) => column switch
    {
        NumberColumn numbers => double.IsFinite(numbers.Values[row])
            ? numbers.Values[row].ToString("G6", CultureInfo.InvariantCulture) : NumberText.Format(numbers.Values[row]),
        IntegerColumn integers => integers.Values[row].ToString(CultureInfo.InvariantCulture),
        TextColumn words => words.Values[row],
        _ => throw new NotSupportedException(column.GetType().Name),
    };
}
