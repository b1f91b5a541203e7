namespace WeakToStrong.Chains.Specification;

/// <summary>
/// Reads a chain from a TOML file; docs/beyond.md describes every key. Files that it names are looked for beside it. Every mistake is told by file,
/// line and key.
/// </summary>
public static class ChainSpecification
{
    private const string RidgeAllowed = "a finite number that is not negative, \"best\" or \"optimal-for NAME\"";
    private const string JointPrefix = "optimal-for ";

    /// <summary>Reads a specification.</summary>
    /// <param name="path">The TOML file.</param>
    /// <exception cref="InputException">The file, or one that it names, is missing or wrong; the message says where and what is allowed.</exception>
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
        double noise = root.Number("noise_variance", NumberRange.NonNegative, 0);
        string? ceiling = root.Has("ceiling") ? root.Text("ceiling", "the name of a stage") : null;
        Population population = new PopulationSpecification(path, root).Read();
        IReadOnlyList<SpecificationSection> sections = root.Sections("stage", "one [[stage]] table for each stage");
        root.RefuseOthers();

        var stages = new List<StagePlan>();
        var penalties = new PenaltySpecification(path, population);
        foreach (SpecificationSection section in sections)
            stages.Add(ReadStage(section, stages.Count == 0 ? Chain.Truth : stages[^1].Name, noise, penalties));
        try
        {
            return new Chain(population, noise, stages, ceiling);
        }
        catch (ChainException e)
        {
            throw Locate(e, root, sections);
        }
    }

    private static StagePlan ReadStage(SpecificationSection section, string before, double noise, PenaltySpecification penalties)
    {
        string name = section.Text("name", "a name for the stage, in quotes");
        RidgeRule ridge = ReadRidge(section);
        Penalty? penalty = penalties.Read(section);
        GroupPlan[] groups;
        if (section.Has("groups"))
        {
            if (section.Has("n") || section.Has("labels") || section.Has("label_noise"))
                throw section.Problem("groups", "stands beside n, labels or label_noise; each group has its own");
            groups = [.. section.Sections("groups", "a list of { labels = NAME, n = ROWS } with optional label_noise and weight").Select(g => ReadGroup(g, Chain.Truth, noise))];
        }
        else
        {
            groups = [ReadGroup(section, before, noise, weighted: false)];
        }
        section.RefuseOthers();
        return new StagePlan(name, groups, ridge, penalty);
    }

    private static GroupPlan ReadGroup(SpecificationSection section, string standardLabels, double noise, bool weighted = true)
    {
        string labels = section.Text("labels", "\"truth\" or the name of an earlier stage", standardLabels);
        long rows = section.WholeNumber("n", 1, 1L << 53);
        double labelNoise = section.Number("label_noise", NumberRange.NonNegative, labels == Chain.Truth ? noise : 0);
        double weight = weighted ? section.Number("weight", NumberRange.Positive, 1) : 1;
        if (weighted)
            section.RefuseOthers();
        return new GroupPlan(labels, rows, labelNoise, weight);
    }

    private static RidgeRule ReadRidge(SpecificationSection section)
    {
        if (!section.Has("ridge") || !section.IsText("ridge"))
            return RidgeRule.Of(section.Number("ridge", NumberRange.NonNegative));
        string text = section.Text("ridge", RidgeAllowed);
        return text == "best" ? RidgeRule.Best
            : text.StartsWith(JointPrefix, StringComparison.Ordinal) ? RidgeRule.OptimalFor(text[JointPrefix.Length..].Trim())
            : throw section.At("ridge", RidgeAllowed);
    }

    /// <summary>Turns the key of a broken rule into its place in the file.</summary>
    private static InputException Locate(ChainException e, SpecificationSection root, IReadOnlyList<SpecificationSection> sections)
    {
        if (!e.Key.StartsWith("stage[", StringComparison.Ordinal))
            return root.Problem(e.Key, e.Problem);
        int close = e.Key.IndexOf(']');
        SpecificationSection section = sections[int.Parse(e.Key.AsSpan(6, close - 6)) - 1];
        string key = e.Key[(close + 2)..];
        if (!key.StartsWith("groups[", StringComparison.Ordinal))
            return section.Problem(key, e.Problem);
        close = key.IndexOf(']');
        return section.Has("groups")
            ? section.Sections("groups", string.Empty)[int.Parse(key.AsSpan(7, close - 7)) - 1].Problem(key[(close + 2)..], e.Problem)
            : section.Problem(key[(close + 2)..], e.Problem);
    }
}
