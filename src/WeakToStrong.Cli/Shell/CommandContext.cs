using System.CommandLine;
using System.Text;
using WeakToStrong.Cli.Presentation;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Shell;

/// <summary>What a running command sees: its options' values, how to run, and where its result goes.</summary>
internal sealed class CommandContext : IDisposable
{
    private readonly ParseResult _parsed;
    private readonly Terminal _terminal;
    private readonly ProgressDisplay? _progress;
    private readonly string? _out;
    private readonly TableFormat _format;

    public CommandContext(ParseResult parsed, CommonOptions common, Terminal terminal, CancellationToken stop)
    {
        _parsed = parsed;
        _terminal = terminal;
        Seed = common.Seed(parsed);
        Quiet = common.Quiet(parsed);
        _format = common.Format(parsed, terminal.OutputIsScreen);
        _out = common.Out(parsed);
        CheckWritable(_out);
        _progress = terminal.ErrorIsScreen && !Quiet ? new ProgressDisplay(terminal.Error) : null;
        Run = new RunOptions { Threads = common.Threads(parsed), Progress = _progress, Cancellation = stop };
    }

    /// <summary>The user's seed.</summary>
    public ulong Seed { get; }

    /// <summary>Threads, progress and cancellation for the library's long computations.</summary>
    public RunOptions Run { get; }

    /// <summary>Whether remarks are unwanted.</summary>
    public bool Quiet { get; }

    /// <summary>The value of an option, typed or standard; null when it is absent and has no standard value.</summary>
    public T Get<T>(ValueOption<T> option) => option.Value(_parsed)!;

    /// <summary>The value of the command's argument.</summary>
    public string Get(ValueArgument argument) => argument.Value(_parsed);

    /// <summary>Whether a flag is present.</summary>
    public bool Has(FlagOption flag) => _parsed.GetValue(flag);

    /// <summary>Whether an option was typed.</summary>
    public bool IsGiven(Option option) => _parsed.GetResult(option) is { Implicit: false };

    /// <summary>Writes the result where and how the user wants it.</summary>
    /// <param name="table">The result.</param>
    /// <param name="inputs">Names of its columns that are inputs, which a table for the eye repeats where it is cut.</param>
    public void Write(ResultTable table, params IReadOnlyCollection<string> inputs)
    {
        _progress?.Dispose();
        if (_out is not null)
            AtomicFile.Write(_out, stream => Write(table, inputs, stream));
        else
            Write(table, inputs, _terminal.Output);
    }

    /// <summary>Writes text, such as a script, where the user wants it.</summary>
    public void Write(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (_out is not null)
            AtomicFile.Write(_out, stream => stream.Write(bytes));
        else
            _terminal.Output.Write(bytes);
    }

    /// <summary>A remark for the user on standard error, unless --quiet.</summary>
    public void Note(string text)
    {
        _progress?.Dispose();
        if (!Quiet)
            _terminal.Say(text);
    }

    /// <summary>A remark while the work goes on, unless --quiet or bars show it.</summary>
    public void Tell(string text)
    {
        if (!Quiet && _progress is null)
            _terminal.Say(text);
    }

    /// <summary>Something that went wrong, told also with --quiet, while the work may go on.</summary>
    public void Say(string text) => _terminal.Say(text);

    /// <summary>Says that the run was stopped and what was kept; return its value from the command.</summary>
    /// <param name="kept">What was finished, such as "7 of 10 trials are finished and written".</param>
    public ExitStatus Interrupted(string kept)
    {
        _progress?.Dispose();
        _terminal.Say($"interrupted; {kept}.");
        return ExitStatus.Interrupted;
    }

    /// <inheritdoc/>
    public void Dispose() => _progress?.Dispose();

    // Before a long run rather than after it.
    private static void CheckWritable(string? path)
    {
        try
        {
            if (path is not null)
                AtomicFile.CheckWritable(path);
        }
        catch (InputException e)
        {
            throw new InputException($"--out {e.Message}", e);
        }
    }

    private void Write(ResultTable table, IReadOnlyCollection<string> inputs, Stream stream)
    {
        switch (_format)
        {
            case TableFormat.Csv:
                TableWriter.WriteCsv(table, stream, Run.Threads);
                break;
            case TableFormat.Json:
                TableWriter.WriteJson(table, stream, Run.Threads);
                break;
            case TableFormat.Parquet:
                TableWriter.WriteParquet(table, stream);
                break;
            default:
                TablePresenter.Write(table, inputs, _terminal, stream);
                break;
        }
    }
}
