using System.Globalization;
using System.Text;

namespace WeakToStrong.Figures.Drawing;

/// <summary>
/// Text with a little mathematics. Outside dollar signs everything is upright. Between dollar signs Latin and small Greek letters
/// are italic; <c>_</c> and <c>^</c> set the next character, or the next {group}, below or above the character before:
/// <c>"error $ℒ_s − ℒ_t$"</c>, <c>"$λ_t^*$"</c>, <c>"$10^{−2}$"</c>. Hyphens between dollar signs become minus signs.
/// </summary>
public static class MathText
{
    /// <summary>A run of text with its scripts.</summary>
    internal readonly record struct Atom(string Text, bool Italic, string Sub, string Super);

    /// <summary>The text without markup, as a reader would say it: <c>"λ_t*"</c> for <c>"$λ_t^*$"</c>.</summary>
    public static string Plain(string markup)
    {
        var text = new StringBuilder();
        foreach (Atom atom in Parse(markup))
        {
            text.Append(atom.Text);
            if (atom.Sub.Length > 0)
                text.Append('_').Append(atom.Sub);
            if (atom.Super.Length > 0)
                text.Append(atom.Super == "*" ? "" : "^").Append(atom.Super);
        }
        return text.ToString();
    }

    /// <summary>A number as figures show it: with a true minus sign and no more digits than asked.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="format">A .NET number format.</param>
    public static string Number(double value, string format = "G6") =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212');

    internal static IReadOnlyList<Atom> Parse(string markup)
    {
        var atoms = new List<Atom>();
        bool math = false;
        foreach (string part in markup.Split('$'))
        {
            if (math)
                ParseMath(part.Replace('-', '\u2212'), atoms);
            else if (part.Length > 0)
                atoms.Add(new Atom(part, Italic: false, "", ""));
            math = !math;
        }
        return atoms;
    }

    private static void ParseMath(string part, List<Atom> atoms)
    {
        int at = 0;
        int first = atoms.Count;
        while (at < part.Length)
        {
            char c = part[at++];
            if (c is '_' or '^' && atoms.Count > first)
            {
                string script = Script(part, ref at);
                atoms[^1] = c == '_' ? atoms[^1] with { Sub = script } : atoms[^1] with { Super = script };
                continue;
            }
            bool italic = IsItalic(c);
            bool joins = atoms.Count > first && atoms[^1] is { Sub: "", Super: "" } last && last.Italic == italic
                && !IsScriptNext(part, at);
            if (joins)
                atoms[^1] = atoms[^1] with { Text = atoms[^1].Text + c };
            else
                atoms.Add(new Atom(c.ToString(), italic, "", ""));
        }
    }

    private static bool IsScriptNext(string part, int at) => at < part.Length && part[at] is '_' or '^';

    private static string Script(string part, ref int at)
    {
        if (at >= part.Length)
            return "";
        int close = part[at] == '{' ? part.IndexOf('}', at) : -1;
        string script = close > 0 ? part[(at + 1)..close] : part[at].ToString();
        at = close > 0 ? close + 1 : at + 1;
        return script;
    }

    internal static bool IsItalic(char c) => char.IsAsciiLetter(c) || c is >= 'α' and <= 'ω';
}
