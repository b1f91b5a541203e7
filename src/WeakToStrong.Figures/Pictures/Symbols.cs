namespace WeakToStrong.Figures.Pictures;

/// <summary>The field's symbols, as pictures print them.</summary>
internal static class Symbols
{
    private static readonly Dictionary<string, (string Words, string Symbol)> Known = new(StringComparer.Ordinal)
    {
        ["d"] = ("features", "d"),
        ["n_teacher"] = ("teacher's rows", "n_t"),
        ["n_student"] = ("student's rows", "n_s"),
        ["gamma_teacher"] = ("teacher's ratio", "γ_t"),
        ["gamma_student"] = ("student's ratio", "γ_s"),
        ["lambda_teacher"] = ("teacher ridge", "λ_t"),
        ["lambda_student"] = ("student ridge", "λ_s"),
        ["noise_variance"] = ("noise variance", "σ^2"),
        ["alignment"] = ("alignment", "ζ"),
        ["spike"] = ("spike", "w"),
        ["eta_teacher"] = ("teacher's step", "η_t"),
        ["eta_student"] = ("student's step", "η_s"),
        ["width_teacher"] = ("teacher's width", "p_t"),
        ["width_student"] = ("student's width", "p_s"),
    };

    /// <summary>The symbol of a parameter, or null.</summary>
    public static string? Of(string name) => Known.TryGetValue(name, out (string, string Symbol) known) ? known.Symbol : null;

    /// <summary>A parameter in words, with its symbol when it has one.</summary>
    public static string Label(string name) => Known.TryGetValue(name, out (string Words, string Symbol) known)
        ? $"{known.Words} ${known.Symbol}$" : name.Replace('_', ' ');
}
