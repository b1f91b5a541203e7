using System.Net;
using System.Text.RegularExpressions;

namespace WeakToStrong.Figures.Report;

/// <summary>Sentences about formulas, written in plain characters, as typeset HTML: gamma_s is a letter with a subscript.</summary>
internal static partial class ClaimText
{
    private const int Patience = 10_000;

    private static readonly Dictionary<string, string> Letters = new(StringComparer.Ordinal)
    {
        ["alpha"] = "α",
        ["beta"] = "β",
        ["gamma"] = "γ",
        ["delta"] = "δ",
        ["eta"] = "η",
        ["zeta"] = "ζ",
        ["theta"] = "θ",
        ["kappa"] = "κ",
        ["lambda"] = "λ",
        ["sigma"] = "σ",
        ["tau"] = "τ",
        ["xi"] = "ξ",
        ["Gamma"] = "Γ",
        ["Delta"] = "Δ",
        ["Sigma"] = "Σ",
        ["Omega"] = "Ω",
        ["inf"] = "∞",
    };

    /// <summary>Typesets a sentence.</summary>
    /// <param name="plain">Such as "lambda_t* is s2 gamma_t".</param>
    public static string ToHtml(string plain)
    {
        string text = WebUtility.HtmlEncode(plain).Replace("&#39;", "\u2019", StringComparison.Ordinal);
        text = text.Replace("-&gt;", "→", StringComparison.Ordinal).Replace("&gt;=", "≥", StringComparison.Ordinal)
            .Replace("&lt;=", "≤", StringComparison.Ordinal).Replace("sqrt(", "√(", StringComparison.Ordinal)
            .Replace("+-", "±", StringComparison.Ordinal);
        text = Minus().Replace(text, "${before}\u2212${after}");
        text = Symbol().Replace(text, m =>
        {
            string word = m.Groups["name"].Value;
            bool isLetter = Letters.TryGetValue(word, out string? letter);
            bool hasScripts = m.Groups["sub"].Success || m.Groups["digit"].Success || m.Groups["power"].Success || m.Groups["star"].Success;
            // An English word that happens to stand before a sign is left alone.
            if (!isLetter && (!hasScripts || word.Length > 1) && !Variable().IsMatch(m.Value))
                return m.Value;
            bool isUpright = letter is not null && (letter[0] < 'α' || letter == "∞");
            string name = letter ?? word, index = m.Groups["sub"].Value;
            string sub = Letters.GetValueOrDefault(index, index) + m.Groups["digit"].Value;
            return (isUpright ? name : $"<i>{name}</i>") + (sub.Length > 0 ? $"<sub>{sub}</sub>" : "")
                + (m.Groups["star"].Success ? "<sup>*</sup>" : "")
                + (m.Groups["power"].Success ? $"<sup>{m.Groups["power"].Value.Replace('-', '\u2212')}</sup>" : "");
        });
        return Power().Replace(text, m => $"<sup>{m.Groups["power"].Value.Replace('-', '\u2212')}</sup>");
    }

    [GeneratedRegex(
        @"(?<![A-Za-z0-9_/&.\u2019-])(?<name>[A-Za-z]+)(?:_(?<sub>[A-Za-z0-9]+)|(?<digit>\d))?(?<star>\*)?"
        + @"(?:\^(?<power>-?[A-Za-z0-9/]+))?(?![A-Za-z_0-9-])", RegexOptions.None, Patience)]
    private static partial Regex Symbol();

    // A power of what is not a letter, such as a bracket.
    [GeneratedRegex(@"\^(?<power>-?\d+)", RegexOptions.None, Patience)]
    private static partial Regex Power();

    // Letters that stand alone in the claims' sentences.
    [GeneratedRegex(@"^(?:[bcdhlmnpqrsuvwxyABCDHLMXY])$", RegexOptions.None, Patience)]
    private static partial Regex Variable();

    // A minus sign stands between blanks, or before a number that does not follow a word.
    [GeneratedRegex(@"(?<before>^|[\s(=,])-(?<after>\s|\d)", RegexOptions.None, Patience)]
    private static partial Regex Minus();
}
