using System.CommandLine;
using WeakToStrong.Studies;

namespace WeakToStrong.Cli.Shell;

/// <summary>How a table is shown.</summary>
internal enum TableFormat
{
    /// <summary>For the eye: aligned, rounded to six digits.</summary>
    Table,

    /// <summary>Comma-separated, full precision.</summary>
    Csv,

    /// <summary>An array with one object a row, full precision.</summary>
    Json,

    /// <summary>Parquet, to a file whose name ends so.</summary>
    Parquet,
}

/// <summary>The options that every command has.</summary>
internal sealed class CommonOptions
{
    private readonly ValueOption<TableFormat?> _format = Options.Parsed<TableFormat?>(
        "--format", string.Empty, "table, csv or json", ReadFormat, null, "table|csv|json");

    private readonly ValueOption<string> _out = Options.Text(
        "--out", "Write the result to this file instead of standard output; it appears whole or not at all.", "the path of a file", "FILE");

    private readonly Option _seed;

    private readonly ValueOption<long?> _threads = Options.OptionalWholeNumber(
        "--threads", "The most threads to use; results do not depend on it. [default: all]", 1, 1024);

    private readonly FlagOption _quiet = new("--quiet", "No progress and no remarks on standard error; errors are still told.");

    private readonly bool _writesTable;

    /// <summary>The options for one command.</summary>
    /// <param name="writesTable">Whether --out takes the result table to a file; otherwise --out is the command's own.</param>
    /// <param name="seed">The command's own --seed, when it reads it itself.</param>
    public CommonOptions(bool writesTable, Option? seed = null)
    {
        _writesTable = writesTable;
        _seed = seed ?? Options.Parsed(
            "--seed", $"{Declare.Seed.Help} [default: 0]", $"a whole number from 0 to {ulong.MaxValue}", ReadSeed, 0UL, "N");
        _format.Description = "How the result is written; without it, table on a terminal, "
            + (writesTable ? "by the ending of --out (.csv, .json, .parquet) to a file, and csv elsewhere." : "and csv elsewhere.");
    }

    /// <summary>All of them, in the order that help shows.</summary>
    public IEnumerable<Option> All => _writesTable ? [_format, _out, _seed, _threads, _quiet] : [_format, _seed, _threads, _quiet];

    /// <summary>The seed of a command that is not a study's.</summary>
    public ulong Seed(ParseResult parsed) => _seed is ValueOption<ulong> own ? own.Value(parsed) : 0;

    public int Threads(ParseResult parsed) => (int?)_threads.Value(parsed) ?? Environment.ProcessorCount;

    public bool Quiet(ParseResult parsed) => parsed.GetValue(_quiet);

    /// <summary>The file for the result, or null for standard output.</summary>
    public string? Out(ParseResult parsed) => _writesTable ? _out.Value(parsed) : null;

    /// <summary>The format asked for, or the one that suits the place.</summary>
    /// <exception cref="InputException">The file's name promises Parquet and another format is asked for.</exception>
    public TableFormat Format(ParseResult parsed, bool outputIsScreen)
    {
        TableFormat? asked = _format.Value(parsed);
        if (Out(parsed) is not { } path)
            return asked ?? (outputIsScreen ? TableFormat.Table : TableFormat.Csv);
        if (path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            return asked is null ? TableFormat.Parquet
                : throw new InputException($"--out '{InputException.Shorten(path)}' names a Parquet file, and --format asks for "
                    + $"{$"{asked}".ToLowerInvariant()}; leave one out");
        }
        return asked ?? (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? TableFormat.Json : TableFormat.Csv);
    }

    private static string? ReadFormat(string text, out TableFormat? format)
    {
        format = text switch
        {
            "table" => TableFormat.Table,
            "csv" => TableFormat.Csv,
            "json" => TableFormat.Json,
            _ => null,
        };
        return format is null ? string.Empty : null;
    }

    private static string? ReadSeed(string text, out ulong seed)
    {
        string? problem = Declare.Seed.Read(text, out object? axis);
        seed = problem is null && axis is AxisValues<ulong> { Count: 1 } one ? one[0] : 0;
        return problem is null && axis is AxisValues<ulong> { Count: > 1 } ? string.Empty : problem;
    }
}
