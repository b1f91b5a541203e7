using System.CommandLine;
using WeakToStrong.Asymptotics;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s limits</c>: exact limiting errors at a point, on a grid of ridges, or for every row of a table.</summary>
internal static class LimitsCommand
{
    public static ShellCommand Create()
    {
        var gammaTeacher = Options.OptionalNumber("--gamma-teacher", "gamma_t = d/n_t, features over the teacher's samples.", NumberRange.Positive);
        var gammaStudent = Options.OptionalNumber("--gamma-student", "gamma_s = d/n_s, features over the student's samples.", NumberRange.Positive);
        var lambdaTeacher = Options.OptionalGrid("--lambda-teacher", "lambda_t of (1/n_t) sum of squares + lambda_t ||b||^2; a grid gives one row a value.");
        var lambdaStudent = Options.OptionalGrid("--lambda-student", "lambda_s of (1/n_s) sum of squares + lambda_s b' Gamma^-1 b; a grid likewise.");
        var noise = Options.OptionalNumber("--noise-variance", "sigma^2, variance of the teacher's label noise.", NumberRange.NonNegative);
        var signal = Options.Number("--signal-power", "||beta*||^2.", NumberRange.Positive, 1);
        var alignment = Options.Number("--alignment", "zeta, cosine between the student's direction and beta*.", NumberRange.UnitInterval, 0);
        var spike = Options.Number(
            "--spike", "w of the student's Gamma = I + w bh bh'; inf is Theorem 8.", NumberRange.NonNegativeOrInfinite, double.PositiveInfinity);
        var points = Options.Text(
            "--points", $"Table with the columns {string.Join(", ", LimitPoints.Columns.Select(c => c.Name))} (the last three optional); one result a row.",
            "the path of a CSV file", "FILE");
        var resolvent = new FlagOption("--resolvent", "Marchenko-Pastur resolvent quantities instead; --points then has the columns gamma, lambda.");
        Option[] point = [gammaTeacher, gammaStudent, lambdaTeacher, lambdaStudent, noise, signal, alignment, spike];

        return new ShellCommand(
            "limits", "Exact limiting errors at a point or for every row of a table.", Run, writesTable: true, [.. point, points, resolvent])
        {
            Examples =
            [
                "limits --gamma-teacher 0.25 --gamma-student 1.2 --lambda-teacher 0.05 --lambda-student 0.1 --noise-variance 1",
                "limits --gamma-teacher 0.25 --gamma-student 0.25 --lambda-teacher 0.1 --lambda-student 0.01:10:16 --noise-variance 1 --alignment 0.8",
                "limits --points points.csv --out limits.csv",
                "limits --resolvent --points resolvent.csv --format json",
            ],
        };

        ExitStatus Run(CommandContext context)
        {
            string? file = context.Get(points);
            if (file is not null && point.FirstOrDefault(context.IsGiven) is { } extra)
                throw new InputException($"{extra.Name} and --points are both given; a point is either typed or read from a table");
            if (file is null && context.Has(resolvent))
                throw points.Missing("with --resolvent");
            context.Write(
                file is null ? LimitTable.Evaluate(TypedPoints(context), context.Run)
                : context.Has(resolvent) ? Resolvents(file, context.Run)
                : LimitTable.Evaluate(ReadPoints(file, context.Run), context.Run));
            return ExitStatus.Done;
        }

        LimitPoints TypedPoints(CommandContext context)
        {
            double gt = context.Get(gammaTeacher) ?? throw gammaTeacher.Missing("without --points");
            double gs = context.Get(gammaStudent) ?? throw gammaStudent.Missing("without --points");
            Grid lt = context.Get(lambdaTeacher) ?? throw lambdaTeacher.Missing("without --points");
            Grid ls = context.Get(lambdaStudent) ?? throw lambdaStudent.Missing("without --points");
            double s2 = context.Get(noise) ?? throw noise.Missing("without --points");
            double[] Same(double value) => [.. Enumerable.Repeat(value, lt.Count * ls.Count)];
            return new LimitPoints(
                Same(gt), Same(gs), [.. lt.SelectMany(t => ls.Select(_ => t))], [.. lt.SelectMany(_ => ls)],
                Same(s2), Same(context.Get(signal)), Same(context.Get(alignment)), Same(context.Get(spike)));
        }
    }

    private static LimitPoints ReadPoints(string file, RunOptions options)
    {
        double[][] columns = ColumnReader.Read(file, LimitPoints.Columns, options);
        return new LimitPoints(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6], columns[7]);
    }

    private static ResultTable Resolvents(string file, RunOptions options)
    {
        double[][] columns = ColumnReader.Read(file, ResolventTable.Columns, options);
        return ResolventTable.Evaluate(columns[0], columns[1], options);
    }
}
