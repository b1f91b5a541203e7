using WeakToStrong.LinearAlgebra;
using WeakToStrong.Toml;

namespace WeakToStrong.Chains.Specification;

/// <summary>Reads the [[view]] and [[cross]] tables of a specification: second moments from files, or estimated from files of
/// features and labels.</summary>
internal sealed class ViewsSpecification(string specification, SpecificationSection root)
{
    private const string TwoNames = "a list of two views' names";

    /// <summary>The views, or null when the specification has none.</summary>
    public Views? Read()
    {
        if (!root.Has("view"))
        {
            foreach (string key in (ReadOnlySpan<string>)["cross", "target_variance"])
            {
                if (root.Has(key))
                    throw root.Problem(key, "belongs to views, and this specification has no [[view]]");
            }
            return null;
        }
        foreach (string key in (ReadOnlySpan<string>)["spectrum", "target", "noise_variance"])
        {
            if (root.Has(key))
                throw root.Problem(key, key == "noise_variance"
                    ? "stands beside views, where target_variance and the views decide what is noise"
                    : "stands beside [[view]]; a specification has one or the other");
        }
        IReadOnlyList<SpecificationSection> views = root.Sections("view", "one [[view]] table for each view");
        bool estimated = views[0].Has("features");
        foreach (SpecificationSection view in views)
        {
            if (view.Has("features") != estimated)
                throw view.Problem(estimated ? "covariance" : "features",
                    "some views have features and others covariances; all must have the same");
        }
        return estimated ? Estimated(views) : Given(views);
    }

    private Views Given(IReadOnlyList<SpecificationSection> sections)
    {
        double variance = root.Number("target_variance", NumberRange.Positive);
        var views = new List<ViewMoments>();
        foreach (SpecificationSection section in sections)
        {
            string name = NameOf(section, views.Select(v => v.Name));
            Matrix<double> covariance = ReadMatrix(section, "covariance");
            if (covariance.Rows != covariance.Columns)
                throw section.Problem("covariance",
                    $"has {covariance.Rows} rows and {covariance.Columns} columns; it must have as many rows as columns");
            double[] target = section.Has("target") && !section.IsText("target") ? section.Numbers("target", NumberRange.Finite)
                : ReadVector(section, "target");
            if (target.Length != covariance.Rows)
                throw section.Problem("target", $"has {target.Length} values; the covariance has {covariance.Rows} rows");
            section.RefuseOthers();
            views.Add(new ViewMoments(name, covariance, target));
        }
        var crosses = new List<CrossMoments>();
        IReadOnlyList<SpecificationSection> crossSections = root.Has("cross")
            ? root.Sections("cross", "one [[cross]] table for a pair of views") : [];
        foreach (SpecificationSection section in crossSections)
            crosses.Add(ReadCross(section, views));
        return Prepare(sections[0], "covariance", () => new Views(variance, views, crosses));
    }

    private CrossMoments ReadCross(SpecificationSection section, List<ViewMoments> views)
    {
        string[] pair = section.Texts("views", TwoNames);
        if (pair.Length != 2)
            throw section.At("views", TwoNames);
        ViewMoments[] found = [.. pair.Select(name => views.FirstOrDefault(v => v.Name == name)
            ?? throw section.Problem("views",
                $"'{name}' is not the name of a view; there are {string.Join(", ", views.Select(v => v.Name))}"))];
        Matrix<double> covariance = ReadMatrix(section, "covariance");
        (int rows, int columns) = (found[0].Covariance.Rows, found[1].Covariance.Rows);
        if (covariance.Rows != rows || covariance.Columns != columns)
        {
            throw section.Problem(
                "covariance",
                $"has {covariance.Rows} rows and {covariance.Columns} columns; E x_{pair[0]} x_{pair[1]}' must have {rows} rows and "
                + $"{columns} columns");
        }
        section.RefuseOthers();
        return new CrossMoments(pair[0], pair[1], covariance);
    }

    private Views Estimated(IReadOnlyList<SpecificationSection> sections)
    {
        foreach (string key in (ReadOnlySpan<string>)["cross", "target_variance"])
        {
            if (root.Has(key))
                throw root.Problem(key, "stands beside views with features, from which it is estimated");
        }
        var features = new List<(string Name, Matrix<double> Rows)>();
        double[]? labels = null;
        foreach (SpecificationSection section in sections)
        {
            string name = NameOf(section, features.Select(f => f.Name));
            Matrix<double> rows = ReadMatrix(section, "features");
            if (labels is null || section.Has("labels"))
            {
                double[] own = ReadVector(section, "labels");
                if (own.Length != rows.Rows)
                    throw section.Problem("labels", $"has {own.Length} rows; the features have {rows.Rows}");
                if (labels is not null && !own.AsSpan().SequenceEqual(labels))
                    throw section.Problem("labels", "differ from the first view's; all views must be of the same rows");
                labels = own;
            }
            if (rows.Rows != labels.Length)
                throw section.Problem("features",
                    $"has {rows.Rows} rows; the first view has {labels.Length}, and all views must be of the same rows");
            section.RefuseOthers();
            features.Add((name, rows));
        }
        return Prepare(sections[0], "features", () => Views.Estimate(features, labels!));
    }

    private static Views Prepare(SpecificationSection section, string key, Func<Views> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            throw section.Problem(key, e.Message.Split(" (Parameter")[0]);
        }
    }

    private static string NameOf(SpecificationSection section, IEnumerable<string> before)
    {
        string name = section.Text("name", "a name for the view, in quotes");
        return before.Contains(name) ? throw section.Problem("name", $"'{name}' already names an earlier view") : name;
    }

    private Matrix<double> ReadMatrix(SpecificationSection section, string key)
    {
        if (section.Has(key) && !section.IsText(key))
            return section.Matrix(key);
        string path = Beside(section.Text(key, "the name of a file"));
        return PopulationSpecification.Named(section, key, () => SpecificationFiles.ReadMatrix(path, NumberRange.Finite));
    }

    private double[] ReadVector(SpecificationSection section, string key)
    {
        string path = Beside(section.Text(key, "the name of a file"));
        return PopulationSpecification.Named(section, key, () => SpecificationFiles.ReadVector(path, NumberRange.Finite));
    }

    private string Beside(string path) => Path.Combine(Path.GetDirectoryName(specification) ?? string.Empty, path);
}
