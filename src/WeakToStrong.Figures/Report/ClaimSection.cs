namespace WeakToStrong.Figures.Report;

/// <summary>The claims of a report: one paragraph each, so that they read on any width.</summary>
internal static class ClaimSection
{
    /// <summary>How many hold, in a sentence without its stop.</summary>
    public static string Summary(IReadOnlyList<ClaimRecord> claims)
    {
        if (claims.Count == 0)
            return "no claims were tested in this run";
        int holds = Of("holds"), corrected = Of("holds-as-corrected"), refuted = Of("refuted"), weak = claims.Count(c => c.Power < 0.9);
        return $"{claims.Count} claim{(claims.Count == 1 ? "" : "s")} judged: {holds} hold{(holds == 1 ? "s" : "")}, {corrected} "
            + $"hold{(corrected == 1 ? "s" : "")} as corrected, {refuted} refuted; {weak} with power below 0.9 against an error of "
            + "1\u2009%";

        int Of(string verdict) => claims.Count(c => c.Verdict == verdict);
    }

    /// <summary>Writes the section.</summary>
    public static void Write(StreamWriter page, IReadOnlyList<ClaimRecord> claims)
    {
        page.WriteLine("<section id=\"claims\"><h2>Claims</h2>");
        if (claims.Count == 0)
        {
            page.WriteLine("<p>No claims were tested in this run; <code>w2s verify</code> tests them all.</p></section>");
            return;
        }
        page.WriteLine("<p><code>w2s verify</code> tests them again, <code>w2s verify --self-test</code> shows that each test can fail. "
            + "Power is the probability to refute a formula that is wrong by 1\u2009%, fine power by 0.1\u2009%.</p>");
        foreach (ClaimRecord claim in claims)
            Write(page, claim);
        page.WriteLine("</section>");
    }

    private static void Write(StreamWriter page, ClaimRecord c)
    {
        page.WriteLine($"<div class=\"claim\" id=\"{ReportWriter.Text(c.Claim)}\"><h3>{ReportWriter.Text(c.Claim)}: "
            + $"<span class=\"{c.Verdict}\">{c.Verdict.Replace('-', ' ')}</span></h3>");
        page.WriteLine($"<p>{ClaimText.ToHtml(c.Statement)} <span class=\"note\">({ReportWriter.Text(c.Source)})</span></p>");
        if (c.Correction is not null)
            page.WriteLine($"<p class=\"note\">Correction: {ClaimText.ToHtml(c.Correction)}</p>");
        string measured = c.Tried > 0 ? $"{ReportWriter.Count((long)c.Measured)} of {ReportWriter.Count(c.Tried)}"
            : ReportWriter.Scientific(c.Measured);
        page.WriteLine($"<dl>{Item("measured", measured)}{Item("expected", ReportWriter.Scientific(c.Expected))}"
            + $"{Item("statistic", ReportWriter.Scientific(c.Statistic))}{Item("threshold", ReportWriter.Scientific(c.Threshold))}"
            + $"{Item("power", ReportWriter.Scientific(c.Power))}{Item("fine power", ReportWriter.Scientific(c.FinePower))}</dl></div>");
    }

    private static string Item(string name, string value) => $"<div><dt>{name}</dt><dd>{value}</dd></div>";
}
