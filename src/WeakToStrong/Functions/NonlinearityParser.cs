using System.Globalization;

namespace WeakToStrong.Functions;

/// <summary>From the text form of a function to the function.</summary>
internal static class NonlinearityParser
{
    private const string SeriesPrefix = "hermite:";

    private static readonly Nonlinearity[] Named =
        [Nonlinearity.Relu, Nonlinearity.Tanh, Nonlinearity.Erf, Nonlinearity.Softplus, Nonlinearity.Gelu, Nonlinearity.Identity];

    /// <summary>The function, or null when the text names none.</summary>
    public static Nonlinearity? TryParse(string text)
    {
        string name = text.Trim();
        foreach (Nonlinearity known in Named)
        {
            if (string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))
                return known;
        }
        if (name.StartsWith(SeriesPrefix, StringComparison.OrdinalIgnoreCase))
            return TrySeries(name[SeriesPrefix.Length..]);
        return name.StartsWith("he", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(name.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int order)
            && order <= HermiteSeries.HighestDegree
            ? Nonlinearity.HermitePolynomial(order)
            : null;
    }

    private static Nonlinearity? TrySeries(string text)
    {
        string[] parts = text.Split(',');
        var coefficients = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out coefficients[i])
                || !double.IsFinite(coefficients[i]))
                return null;
        }
        return parts.Length <= HermiteSeries.HighestDegree + 1 ? Nonlinearity.Hermite(coefficients) : null;
    }
}
