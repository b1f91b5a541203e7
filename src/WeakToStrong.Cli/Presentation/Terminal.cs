using System.Text;

namespace WeakToStrong.Cli.Presentation;

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
    public int Width { get; init; } = 80;

    /// <summary>Says a sentence: wrapped where a person reads, one line elsewhere.</summary>
    public void Say(string sentence)
    {
        foreach (string line in ErrorIsScreen ? TextWrap.Lines($"w2s: {sentence}", Width) : [$"w2s: {sentence}"])
            Error.WriteLine(line);
    }

    /// <summary>The process's own standard output and standard error.</summary>
    public static Terminal OfProcess()
    {
        bool screen = !Console.IsOutputRedirected, messages = !Console.IsErrorRedirected;
        return new Terminal(Console.OpenStandardOutput(), Console.Error)
        {
            OutputIsScreen = screen,
            ErrorIsScreen = messages,
            Width = (screen || messages) && Console.WindowWidth > 20 ? Console.WindowWidth : 80,
        };
    }

    /// <summary>A text writer on <see cref="Output"/>; dispose it to flush.</summary>
    public StreamWriter OpenText() => new(Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        leaveOpen: true)
    { NewLine = "\n" };
}
