using WeakToStrong.Toml;

namespace WeakToStrong.Chains.Specification;

/// <summary>
/// Reads a chain from a TOML file; docs/beyond.md describes every key, docs/views.md those of views and sources. Files that it names are
/// looked for beside it. Every mistake is told by file, line and key.
/// </summary>
public static class ChainSpecification
{
    /// <summary>Reads a specification.</summary>
    /// <param name="path">The TOML file.</param>
    /// <exception cref="InputException">The file, or one that it names, is missing or wrong; the message says where and
    /// what is allowed.</exception>
    public static Chain Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(SpecificationFiles.ReadText(path), path);
    }

    /// <summary>Reads a specification from its text.</summary>
    /// <param name="text">TOML.</param>
    /// <param name="path">How messages call it; files that it names are looked for in the folder of this path.</param>
    /// <exception cref="InputException">It, or a file that it names, is wrong; the message says where and what is allowed.</exception>
    public static Chain Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        SpecificationSection root = SpecificationSection.Parse(text, path);
        Views? views = new ViewsSpecification(path, root).Read();
        double noise = views is null ? root.Number("noise_variance", NumberRange.NonNegative, 0) : 0;
        string? ceiling = root.Has("ceiling") ? root.Text("ceiling", "the name of a stage") : null;
        Population population = views is null ? new PopulationSpecification(path, root).Read() : views[views.Names[0]];
        IReadOnlyList<SpecificationSection> sections = root.Sections("stage", "one [[stage]] table for each stage");
        IReadOnlyList<SpecificationSection> sourceSections = root.Has("source")
            ? root.Sections("source", "one [[source]] table for each source") : [];
        root.RefuseOthers();

        SourcePlan[] sources = [.. sourceSections.Select(new SourceSpecification(path).Read)];
        var reader = new StageSpecification(path, view => views is null || view is null ? population : views[view], views?.Names ?? [],
            sources, noise);
        var stages = new List<StagePlan>();
        foreach (SpecificationSection section in sections)
            stages.Add(reader.Read(section, stages.Count == 0 ? Chain.Truth : stages[^1].Name));
        try
        {
            return views is null ? new Chain(population, noise, stages, ceiling, sources) : new Chain(views, stages, ceiling, sources);
        }
        catch (ChainException e)
        {
            throw Locate(e, root, sections, sourceSections);
        }
    }

    /// <summary>Turns the key of a broken rule into its place in the file.</summary>
    private static InputException Locate(
        ChainException e, SpecificationSection root, IReadOnlyList<SpecificationSection> stages,
        IReadOnlyList<SpecificationSection> sources)
    {
        int open = e.Key.IndexOf('['), close = e.Key.IndexOf(']');
        if (open < 0)
            return root.Problem(e.Key, e.Problem);
        SpecificationSection section = (e.Key.StartsWith("stage", StringComparison.Ordinal) ? stages
            : sources)[int.Parse(e.Key.AsSpan(open + 1, close - open - 1)) - 1];
        string key = e.Key[(close + 2)..];
        if (!key.StartsWith("groups[", StringComparison.Ordinal))
            return section.Problem(key, e.Problem);
        close = key.IndexOf(']');
        return section.Has("groups")
            ? section.Sections("groups", string.Empty)[int.Parse(key.AsSpan(7, close - 7)) - 1].Problem(key[(close + 2)..], e.Problem)
            : section.Problem(key[(close + 2)..], e.Problem);
    }
}
