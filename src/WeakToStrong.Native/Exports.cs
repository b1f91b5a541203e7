using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Native;

/// <summary>The functions of weaktostrong.h, which documents them. Every one that can fail goes through <see cref="Guard"/>.</summary>
internal static unsafe class Exports
{
    private const int Interface = 1;
    private const int MostThreads = 1024;
    private static readonly nint Version = (nint)Utf8.Copy(ProgramVersion.Text);
    private static readonly Lazy<nint> Studies = new(() => (nint)Utf8.Copy(CatalogJson.Text));

    [UnmanagedCallersOnly(EntryPoint = "w2s_interface", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetInterface() => Interface;

    [UnmanagedCallersOnly(EntryPoint = "w2s_version", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetVersion() => (byte*)Version;

    [UnmanagedCallersOnly(EntryPoint = "w2s_studies", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetStudies() => (byte*)Studies.Value;

    [UnmanagedCallersOnly(EntryPoint = "w2s_last_error", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetLastError() => LastError.Text;

    [UnmanagedCallersOnly(EntryPoint = "w2s_run", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Run(byte* study, byte* arguments, OptionsLayout* options, nint* result) => Guard(() =>
    {
        if (result is null)
            throw new InputException("result is NULL; it must be the place for the result");
        *result = 0;
        OptionsLayout given = options is null ? default : *options;
        Result ran = RunStudy(StudyCatalog.Find(Utf8.Read(study, "study")), Utf8.Bytes(arguments, "arguments"), given);
        StudyOutcome outcome = ran.Outcome;
        if (outcome is { Done: 0, Asked: > 0 })
            throw new OperationCanceledException();
        *result = GCHandle.ToIntPtr(GCHandle.Alloc(ran));
        if (!outcome.Interrupted)
            return Status.Done;
        LastError.Set($"interrupted; {outcome.Done} of {outcome.Asked} {outcome.Unit} are finished");
        return Status.Interrupted;
    });

    [UnmanagedCallersOnly(EntryPoint = "w2s_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Describe(nint result, SummaryLayout* summary) => Guard(() =>
    {
        *summary = Of(result).Describe();
        return Status.Done;
    });

    [UnmanagedCallersOnly(EntryPoint = "w2s_column_at", CallConvs = [typeof(CallConvCdecl)])]
    public static Status ColumnAt(nint result, int index, ColumnLayout* column) => Guard(() =>
    {
        Result from = Of(result);
        int count = from.Outcome.Table.Columns.Count;
        if ((uint)index >= (uint)count)
            throw new InputException($"the column {index} is asked for; it must be a whole number from 0 to {count - 1}");
        *column = from.Column(index);
        return Status.Done;
    });

    [UnmanagedCallersOnly(EntryPoint = "w2s_save", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Save(nint result, byte* path) => Guard(() =>
    {
        ResultTable table = Of(result).Outcome.Table;
        string place = Utf8.Read(path, "path");
        bool json = place.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        AtomicFile.Write(place.Length > 0 ? place : throw new InputException("path is empty; it must be the path of a file"), stream =>
        {
            if (json)
                TableWriter.WriteJson(table, stream, Environment.ProcessorCount);
            else
                TableWriter.WriteCsv(table, stream, Environment.ProcessorCount);
        });
        return Status.Done;
    });

    [UnmanagedCallersOnly(EntryPoint = "w2s_draw", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Draw(nint result, byte* format, byte** bytes, long* length) => Guard(() =>
    {
        string ending = Utf8.Read(format, "format");
        FigureFormat[] known = Enum.GetValues<FigureFormat>();
        int at = Array.FindIndex(known, f => FigureWriter.Extension(f) == ending);
        if (at < 0)
            throw InputException.At("format", ending, "svg, pdf or png");
        ReadOnlySpan<byte> picture = Of(result).Draw(known[at]);
        *bytes = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(picture));
        *length = picture.Length;
        return Status.Done;
    });

    [UnmanagedCallersOnly(EntryPoint = "w2s_free", CallConvs = [typeof(CallConvCdecl)])]
    public static void Free(nint result)
    {
        if (result == 0)
            return;
        var handle = GCHandle.FromIntPtr(result);
        ((Result)handle.Target!).Dispose();
        handle.Free();
    }

    private static Result RunStudy(IStudy study, ReadOnlySpan<byte> json, OptionsLayout options)
    {
        if (options.Threads is < 0 or > MostThreads)
            throw new InputException($"threads is {options.Threads}; it must be a whole number from 0 to {MostThreads}");
        RunOptions run = options.Threads == 0 ? RunOptions.Default : new RunOptions { Threads = options.Threads };
        using var arrays = new ArrayFiles(study, new ReadOnlySpan<ArrayLayout>(options.Arrays, options.Arrays is null ? 0
            : options.ArrayCount));
        using JsonDocument document = Parse(json);
        var arguments = Arguments.FromJson(study, document.RootElement, arrays.Paths);
        return new Result(arguments, Watched.Run(study, arguments, run, options));
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json.ToArray());
        }
        catch (JsonException e)
        {
            throw new InputException($"the arguments are not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} is wrong", e);
        }
    }

    private static Result Of(nint result) =>
        result == 0 ? throw new InputException("result is NULL; it must be the result of w2s_run")
            : (Result)GCHandle.FromIntPtr(result).Target!;

    private static Status Guard(Func<Status> call)
    {
        try
        {
            return call();
        }
        catch (Exception e)
        {
            Exception cause = e is AggregateException many ? many.Flatten().InnerExceptions[0] : e;
            (Status status, string sentence) = cause switch
            {
                InputException => (Status.BadInput, cause.Message),
                OperationCanceledException => (Status.Interrupted, "interrupted; nothing was finished"),
                IOException or UnauthorizedAccessException => (Status.Failed, cause.Message),
                OutOfMemoryException => (Status.Failed, "memory is exhausted"),
                _ => (Status.Failed, $"broke; please report this with the arguments: {e}"),
            };
            LastError.Set($"{sentence.TrimEnd('.')}{(sentence.EndsWith('?') ? string.Empty : ".")}");
            return status;
        }
    }
}
