namespace WeakToStrong.Figures.Pictures;

/// <summary>The field's symbols, as pictures print them.</summary>
internal static class Symbols
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["d"] = "d",
        ["n_teacher"] = "n_t",
        ["n_student"] = "n_s",
        ["gamma_teacher"] = "γ_t",
        ["gamma_student"] = "γ_s",
        ["lambda_teacher"] = "λ_t",
        ["lambda_student"] = "λ_s",
        ["noise_variance"] = "σ^2",
        ["alignment"] = "ζ",
        ["spike"] = "w",
        ["eta_teacher"] = "η_t",
        ["eta_student"] = "η_s",
        ["width_teacher"] = "p_t",
        ["width_student"] = "p_s",
    };

    /// <summary>The symbol of a parameter, or null.</summary>
    public static string? Of(string name) => Known.GetValueOrDefault(name);
}
