using WeakToStrong.LinearAlgebra;
using WeakToStrong.Toml;

namespace WeakToStrong.Chains.Specification;

/// <summary>Reads the [spectrum] and [target] tables of a specification.</summary>
internal sealed class PopulationSpecification(string specification, SpecificationSection root)
{
    private const int LargestDimension = 200_000_000;
    private static readonly string[] SpectrumKinds = ["values", "law", "file", "covariance", "features"];
    private static readonly string[] TargetKinds = ["values", "law", "file", "labels"];

    public Population Read()
    {
        SpecificationSection spectrum = root.Section("spectrum", "a table [spectrum]"), target = root.Section("target", "a table [target]");
        string kind = OneOf(spectrum, SpectrumKinds), targetKind = OneOf(target, TargetKinds);
        if (targetKind == "labels" && kind != "features")
            throw target.Problem("labels", "needs the features of the same rows; use it with [spectrum] features");
        try
        {
            return kind switch
            {
                "covariance" => FromMatrix(ReadMatrix(spectrum, kind), null, target, targetKind, spectrum),
                "features" => FromFeatures(spectrum, target, targetKind),
                _ => FromSpectrum(ReadSpectrum(spectrum, kind), target, targetKind, spectrum),
            };
        }
        catch (ArgumentException e)
        {
            throw spectrum.Problem(kind, e.Message.Split(" (Parameter")[0]);
        }
    }

    private Population FromSpectrum(Spectrum values, SpecificationSection target, string targetKind, SpecificationSection spectrum)
    {
        spectrum.RefuseOthers();
        return new Population(values, ReadTarget(target, targetKind, values.Dimension));
    }

    private Population FromMatrix(Matrix<double> covariance, double[]? fitted, SpecificationSection target, string targetKind,
        SpecificationSection spectrum)
    {
        spectrum.RefuseOthers();
        return Population.WithCovariance(covariance, fitted ?? ReadTarget(target, targetKind, covariance.Rows));
    }

    private Population FromFeatures(SpecificationSection spectrum, SpecificationSection target, string targetKind)
    {
        Matrix<double> features = ReadMatrix(spectrum, "features");
        if (targetKind != "labels")
            return FromMatrix(FeatureMoments.Covariance(features), null, target, targetKind, spectrum);
        string path = Beside(target.Text("labels", "the name of a file"));
        double[] labels = Named(target, "labels", () => SpecificationFiles.ReadVector(path, NumberRange.Finite));
        if (labels.Length != features.Rows)
            throw target.Problem("labels", $"{path} has {labels.Length} rows; the features have {features.Rows}");
        target.RefuseOthers();
        return FromMatrix(FeatureMoments.Covariance(features), FeatureMoments.LeastSquares(features, labels), target, targetKind, spectrum);
    }

    private Spectrum ReadSpectrum(SpecificationSection section, string kind)
    {
        switch (kind)
        {
            case "values":
                return Spectrum.Of(section.Numbers("values", NumberRange.NonNegative));
            case "file":
                string path = Beside(section.Text("file", "the name of a file"));
                return Spectrum.Of(Named(section, "file", () => SpecificationFiles.ReadVector(path, NumberRange.NonNegative)));
            default:
                string law = section.Text("law", "\"power\", \"isotropic\" or \"spiked\"");
                int d = (int)section.WholeNumber("d", 1, LargestDimension);
                switch (law)
                {
                    case "isotropic":
                        return Spectrum.Isotropic(d);
                    case "power":
                        return Spectrum.PowerLaw(d, section.Number("exponent", NumberRange.NonNegative));
                    case "spiked":
                        double[] spikes = section.Numbers("spikes", NumberRange.NonNegative);
                        return spikes.Length <= d ? Spectrum.Spiked(d, spikes)
                            : throw section.Problem("spikes", $"has {spikes.Length} eigenvalues; d is {d}");
                    default:
                        throw section.At("law", "\"power\", \"isotropic\" or \"spiked\"");
                }
        }
    }

    private double[] ReadTarget(SpecificationSection section, string kind, int dimension)
    {
        double[] values;
        switch (kind)
        {
            case "values":
                values = section.Numbers("values", NumberRange.Finite);
                break;
            case "file":
                string path = Beside(section.Text("file", "the name of a file"));
                values = Named(section, "file", () => SpecificationFiles.ReadVector(path, NumberRange.Finite));
                break;
            default:
                if (section.Text("law", "\"power\"") != "power")
                    throw section.At("law", "\"power\"");
                values = TargetVector.PowerLaw(dimension, section.Number("exponent", NumberRange.Finite),
                    section.Number("norm", NumberRange.NonNegative, 1));
                break;
        }
        section.RefuseOthers();
        return values.Length == dimension ? values : throw section.Problem(kind,
            $"has {values.Length} coefficients; the spectrum has {dimension} eigenvalues");
    }

    private Matrix<double> ReadMatrix(SpecificationSection section, string key)
    {
        string path = Beside(section.Text(key, "the name of a file"));
        return Named(section, key, () => SpecificationFiles.ReadMatrix(path, NumberRange.Finite));
    }

    private string Beside(string path) => Path.Combine(Path.GetDirectoryName(specification) ?? string.Empty, path);

    internal static string OneOf(SpecificationSection section, string[] kinds)
    {
        string[] given = [.. kinds.Where(section.Has)];
        return given.Length == 1 ? given[0]
            : throw section.Problem(given.Length == 0 ? kinds[0] : given[1],
                given.Length == 0 ? $"is missing; it must be one of {string.Join(", ", kinds)}"
                : $"stands beside {given[0]}; only one of {string.Join(", ", kinds)} is allowed");
    }

    /// <summary>Adds the specification's own place to a complaint about a file that it names.</summary>
    internal static T Named<T>(SpecificationSection section, string key, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InputException e)
        {
            throw section.Problem(key, e.Message);
        }
    }
}
