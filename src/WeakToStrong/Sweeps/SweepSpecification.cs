using System.Text;
using WeakToStrong.Chains.Specification;
using WeakToStrong.Studies;
using WeakToStrong.Tables;
using WeakToStrong.Toml;

namespace WeakToStrong.Sweeps;

/// <summary>
/// What to run: a study, what is fixed, what varies, how large tasks are, and options for a cluster. Read from TOML; docs/sweeps.md
/// describes its keys. Immutable; a value that exists is allowed.
/// </summary>
public sealed class SweepSpecification
{
    internal SweepSpecification(IStudy study)
    {
        Study = study;
    }

    /// <summary>What is run.</summary>
    public IStudy Study { get; }

    /// <summary>Trials of every cell; null for the study's own number.</summary>
    public long? Trials { get; internal init; }

    /// <summary>What all cells share: names of parameters and canonical texts; paths of files are absolute, and a document is its
    /// text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fixed { get; internal init; } = [];

    /// <summary>What varies, slowest first.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; internal init; } = [];

    /// <summary>Target time of a task of a cluster, in seconds.</summary>
    public double TaskSeconds { get; internal init; } = SweepReader.StandardSeconds;

    /// <summary>Trials of a shard, a multiple of a block of trials: shards are cut at its multiples.</summary>
    public long ShardTrials { get; internal init; } = SweepReader.StandardShardTrials;

    /// <summary>Options of <c>sbatch</c> without dashes, and concurrent, setup and program, which are this program's own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Slurm { get; internal init; } = [];

    /// <summary>Reads a specification.</summary>
    /// <param name="path">A TOML file; files that it names are looked for beside it.</param>
    /// <param name="seed">A seed in place of the file's; null for the file's.</param>
    /// <exception cref="InputException">It is wrong; the sentence names file, line and key, and what is allowed.</exception>
    public static SweepSpecification Read(string path, string? seed = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new SweepReader(path).Read(SpecificationFiles.ReadText(path), seed);
    }

    /// <summary>Reads a specification from its text.</summary>
    /// <param name="text">TOML.</param>
    /// <param name="path">How messages call it; files that it names are looked for in the folder of this path.</param>
    /// <exception cref="InputException">It is wrong.</exception>
    public static SweepSpecification Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        return new SweepReader(path).Read(text, null);
    }

    /// <summary>The value of an option for a cluster; null when it is not given.</summary>
    /// <param name="name">Without dashes.</param>
    public string? SlurmOption(string name) => Slurm.FirstOrDefault(o => o.Key == name).Value;

    /// <summary>The specification as TOML that <see cref="Parse"/> reads back, on any machine that sees the same files.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append($"study = {Text(Study.Name)}\n");
        if (Trials is { } trials)
            text.Append($"trials = {trials}\n");
        text.Append($"\n[fixed]\n{Lines(Fixed)}\n[axes]\n");
        foreach (SweepAxis axis in Axes)
            text.Append($"{Text(axis.Name)} = {List(axis.Values)}\n");
        text.Append($"\n[tasks]\nseconds = {NumberText.Format(TaskSeconds)}\nshard-trials = {ShardTrials}\n");
        return text.Append($"\n[slurm]\n{Lines(Slurm)}").ToString();
    }

    private static string Lines(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Concat(pairs.Select(p => $"{Text(p.Key)} = {Text(p.Value)}\n"));

    private static string List(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Text))}]";

    private static string Text(string text) => TomlTable.Quoted(text);
}
