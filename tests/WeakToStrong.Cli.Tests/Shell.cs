using System.Text;
using WeakToStrong.Cli.Presentation;
using WeakToStrong.Cli.Shell;

namespace WeakToStrong.Cli.Tests;

/// <summary>Runs command lines inside the test process.</summary>
internal static class Shell
{
    /// <summary>Runs a command line whose words are separated by blanks.</summary>
    public static Outcome Run(string line) => Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static Outcome Run(IReadOnlyList<string> args) => RunUntil(args, CancellationToken.None);

    /// <summary>Runs a command line that may be stopped.</summary>
    public static Outcome RunUntil(IReadOnlyList<string> args, CancellationToken stop)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        ExitStatus status = App.Run(args, new Terminal(output, error), stop);
        return new Outcome((int)status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Runs a command line that must be answered with status 2, nothing on standard output and one sentence,
    /// which is returned.</summary>
    public static string Refusal(string line) => Refusal(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static string Refusal(IReadOnlyList<string> args)
    {
        Outcome outcome = Run(args);
        Assert.True(outcome.Status == 2, $"status {outcome.Status}: {outcome.Error}");
        Assert.Empty(outcome.Output);
        Assert.StartsWith("w2s: ", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        Assert.Matches(@"[.?]\n$", outcome.Error);
        return outcome.Error;
    }
}

/// <summary>What a command line did.</summary>
internal sealed record Outcome(int Status, string Output, string Error)
{
    /// <summary>The output as CSV: the header, then the rows.</summary>
    public string[][] Csv => [.. Output.TrimEnd('\n').Split('\n').Select(l => l.Split(','))];

    /// <summary>One column of the output as CSV.</summary>
    public string[] Column(string name)
    {
        int at = Array.IndexOf(Csv[0], name);
        Assert.True(at >= 0, $"no column {name} in {string.Join(',', Csv[0])}");
        return [.. Csv.Skip(1).Select(row => row[at])];
    }
}

/// <summary>A folder of its own for one test; removed at the end.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("w2s-").FullName;

    public string File(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public string File(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public string[] Names => [.. Directory.EnumerateFileSystemEntries(Path).Select(p => System.IO.Path.GetFileName(p)!).Order()];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
