using WeakToStrong.Toml;

namespace WeakToStrong.Chains.Specification;

/// <summary>Reads the [[source]] tables of a specification: labels that no stage trains.</summary>
internal sealed class SourceSpecification(string specification)
{
    private static readonly string[] Kinds = ["values", "mix", "random_features"];

    public SourcePlan Read(SpecificationSection section)
    {
        string name = section.Text("name", "a name for the source, in quotes");
        string kind = PopulationSpecification.OneOf(section, Kinds);
        string? view = kind != "mix" && section.Has("view") ? section.Text("view", "the name of a view") : null;
        SourcePlan source = kind switch
        {
            "values" => new SourcePlan.Vector(name, Values(section), view),
            "random_features" => new SourcePlan.Random(name, section.WholeNumber("random_features", 1, int.MaxValue), view),
            _ => new SourcePlan.Mixture(name, Parts(section)),
        };
        section.RefuseOthers();
        return source;
    }

    /// <summary>Variance that the noise of true labels adds to labels of this name.</summary>
    public static double NoiseOf(string labels, IReadOnlyList<SourcePlan> sources, double noise)
    {
        if (labels == Chain.Truth)
            return noise;
        if (sources.FirstOrDefault(s => s.Name == labels) is not SourcePlan.Mixture mixture)
            return 0;
        double share = mixture.Parts.Where(p => p.Labels == Chain.Truth).Sum(p => p.Share);
        return share * share * noise;
    }

    private double[] Values(SpecificationSection section)
    {
        if (!section.IsText("values"))
            return section.Numbers("values", NumberRange.Finite);
        string path = Path.Combine(Path.GetDirectoryName(specification) ?? string.Empty,
            section.Text("values", "a list of numbers or the name of a file"));
        return PopulationSpecification.Named(section, "values", () => SpecificationFiles.ReadVector(path, NumberRange.Finite));
    }

    private static (string Labels, double Share)[] Parts(SpecificationSection section)
    {
        SpecificationSection mix = section.Section("mix", "a table of shares such as { truth = 0.6, teacher = 0.4 }");
        return [.. mix.Keys.Select(name => (name, mix.Number(name, NumberRange.Finite)))];
    }
}
