using System.Text;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Presentation;

/// <summary>
/// Shows a table to the eye: numbers rounded to six digits and aligned, within the screen's width, what does not vary said once above it,
/// columns without a number left out, and of very long tables the beginning.
/// </summary>
internal static class TablePresenter
{
    public static void Write(ResultTable table, IReadOnlyCollection<string> inputs, Terminal terminal, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            leaveOpen: true)
        { NewLine = "\n" };
        TableLayout layout = TableLayout.Of(table, inputs, terminal.Width);
        if (layout.Constants.Count > 0)
        {
            foreach (string line in TextWrap.Lines(string.Join(", ", layout.Constants.Select(c => $"{c.Name} {c.Text}")), terminal.Width))
                writer.WriteLine(line);
            writer.WriteLine();
        }
        foreach (IReadOnlyList<ShownColumn> panel in layout.Panels)
        {
            if (panel != layout.Panels[0])
                writer.WriteLine();
            if (layout.AsRecords)
                WriteRecords(writer, panel, terminal.Width);
            else
                WritePanel(writer, panel);
        }
        if (layout.HiddenRows > 0)
            writer.WriteLine($"... and {layout.HiddenRows} more rows; --format csv writes them all");
    }

    private static void WritePanel(StreamWriter writer, IReadOnlyList<ShownColumn> columns)
    {
        string Line(Func<ShownColumn, string> cell) =>
            string.Join("  ", columns.Select(c => c.IsText ? cell(c).PadRight(c.Width) : cell(c).PadLeft(c.Width)));
        writer.WriteLine(Line(c => c.Name));
        writer.WriteLine(string.Join("  ", columns.Select(c => new string('─', c.Width))));
        for (int row = 0; row < columns[0].Cells.Length; row++)
            writer.WriteLine(Line(c => c.Cells[row]));
    }

    private static void WriteRecords(StreamWriter writer, IReadOnlyList<ShownColumn> columns, int width)
    {
        int names = columns.Max(c => c.Name.Length);
        for (int row = 0; row < columns[0].Cells.Length; row++)
        {
            if (row > 0)
                writer.WriteLine();
            foreach (ShownColumn column in columns)
            {
                string name = column.Name;
                foreach (string line in TextWrap.Lines(column.Cells[row], Math.Max(20, width - names - 2)))
                {
                    writer.WriteLine($"{name.PadRight(names)}  {line}".TrimEnd());
                    name = string.Empty;
                }
            }
        }
    }
}
