using WeakToStrong.Cli.Shell;
using WeakToStrong.Figures.Pictures;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s plot</c>: columns of any table as curves.</summary>
internal static class PlotCommand
{
    public static ShellCommand Create()
    {
        var table = new ValueArgument("TABLE", "CSV file with a header; - is standard input.", "the path of a CSV file, or -");
        var x = Options.Text("--x", "The column along the horizontal axis. [required]", "the name of a column", "COL");
        var y = Options.Text("--y", "The columns that are curves. [required]", "names of columns, separated by commas", "COL,...");
        var by = Options.Text("--by", "A column each of whose values makes a curve of its own.", "the name of a column", "COL");
        var error = Options.Text("--error", "Half-lengths of error bars: one column, or one for each curve.",
            "names of columns, separated by commas", "COL,...");
        var log = Options.Text("--log", "Which axes are logarithmic: x, y or x,y.", "x, y or x,y", "x,y");
        var output = PictureFile.Option("--out", "The picture.");
        return new ShellCommand("plot", "Columns of any table as curves.", Run, writesTable: false, table, x, y, by, error, log, output)
        {
            Examples = ["plot limits.csv --x lambda_student --y teacher_error,student_error --log x --out curves.svg"],
        };

        ExitStatus Run(CommandContext context)
        {
            string[] axes = Names(context.Get(log));
            if (axes.FirstOrDefault(a => a is not ("x" or "y")) is { } wrong)
                throw InputException.At("--log", wrong, "x, y or x,y");
            var plan = new TablePlan(context.Get(x) ?? throw x.Missing("for a picture"),
                Names(context.Get(y) ?? throw y.Missing("for a picture")))
            {
                By = context.Get(by),
                Errors = Names(context.Get(error)),
                LogX = axes.Contains("x"),
                LogY = axes.Contains("y"),
            };
            PictureFile file = context.Get(output) ?? throw output.Missing("for a picture");
            file.Write(TablePicture.Of(new ResultTable(ColumnReader.Read(context.Get(table), [], context.Run).Others), plan));
            context.Note($"the picture is in {file.Path}");
            return ExitStatus.Done;
        }
    }

    private static string[] Names(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        ?? [];
}
