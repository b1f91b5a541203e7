using WeakToStrong.LinearAlgebra;
using WeakToStrong.Toml;

namespace WeakToStrong.Chains.Specification;

/// <summary>
/// Reads the penalty of a stage: a list of weights in the eigen-directions of the covariance, or a file with such a list or with a
/// matrix. Stages that name the same file share one penalty.
/// </summary>
internal sealed class PenaltySpecification(string specification, Population population)
{
    private readonly Dictionary<string, Penalty> _files = new(StringComparer.Ordinal);

    public Penalty? Read(SpecificationSection section)
    {
        if (!section.Has("penalty"))
            return null;
        if (!section.IsText("penalty"))
            return CheckLength(section, section.Numbers("penalty", NumberRange.Positive));
        string path = Path.Combine(Path.GetDirectoryName(specification) ?? string.Empty,
            section.Text("penalty", "a list of positive weights or the name of a file"));
        if (_files.TryGetValue(path, out Penalty? known))
            return known;
        Matrix<double> table = PopulationSpecification.Named(section, "penalty", () =>
            SpecificationFiles.ReadMatrix(path, NumberRange.Finite));
        if (table.Columns == 1)
            return _files[path] = CheckLength(section, PopulationSpecification.Named(section, "penalty", () =>
                SpecificationFiles.ReadVector(path, NumberRange.Positive)));
        if (table.Rows != population.Dimension || table.Columns != population.Dimension)
            throw section.Problem("penalty",
                $"{path} has {table.Rows} rows and {table.Columns} columns; it must have {population.Dimension} of each");
        try
        {
            return _files[path] = Penalty.Of(table);
        }
        catch (ArgumentException e)
        {
            throw section.Problem("penalty", $"{path}: {e.Message.Split(" (Parameter")[0]}");
        }
    }

    private Penalty CheckLength(SpecificationSection section, double[] weights) =>
        weights.Length == population.Dimension
            ? Penalty.Diagonal(weights)
            : throw section.Problem("penalty", $"has {weights.Length} weights; the spectrum has {population.Dimension} eigenvalues");
}
