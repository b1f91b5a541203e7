using System.Text;

namespace WeakToStrong.Cli;

/// <summary>Where a run writes: results to one stream, messages to another writer. Tests pass their own.</summary>
/// <param name="Output">Takes the result and nothing else, as UTF-8.</param>
/// <param name="Error">Takes progress and messages.</param>
internal sealed record Terminal(Stream Output, TextWriter Error)
{
    /// <summary>Whether a person looks at <see cref="Output"/>: decides the default format.</summary>
    public bool OutputIsScreen { get; init; }

    /// <summary>Whether a person looks at <see cref="Error"/>: decides whether progress is drawn.</summary>
    public bool ErrorIsScreen { get; init; }

    /// <summary>Characters in a line of the screen.</summary>
    public int Width { get; init; } = 120;

    /// <summary>The process's own standard output and standard error.</summary>
    public static Terminal OfProcess()
    {
        bool screen = !Console.IsOutputRedirected;
        return new Terminal(Console.OpenStandardOutput(), Console.Error)
        {
            OutputIsScreen = screen,
            ErrorIsScreen = !Console.IsErrorRedirected,
            Width = screen && Console.WindowWidth > 20 ? Console.WindowWidth : 120,
        };
    }

    /// <summary>A text writer on <see cref="Output"/>; dispose it to flush.</summary>
    public StreamWriter OpenText() => new(Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
}
