using WeakToStrong.Claims;
using WeakToStrong.Claims.Suite;

namespace WeakToStrong.Studies;

/// <summary>Every claim, with a verdict; or whether each test sees a wrong formula.</summary>
public sealed class VerifyStudy : IStudy
{
    /// <summary>Claims whose test has less power than this are counted in the summary.</summary>
    private const double EnoughPower = 0.9;

    private static readonly Parameter<IReadOnlyList<Claim>> Chosen = Declare.Text<IReadOnlyList<Claim>>(
        "claim", $"Only these claims, as a list of: {string.Join(", ", ClaimCatalog.All.Select(c => c.Id))}.", "a list of claims",
        text => ClaimCatalog.Find(text.Split(',', StringSplitOptions.TrimEntries)), claims => string.Join(',', claims.Select(c => c.Id)),
        string.Join(',', ClaimCatalog.All.Select(c => c.Id)), "ID,...", inWords: "all", words: [.. ClaimCatalog.All.Select(c => c.Id)]);

    private static readonly Parameter<bool> SelfTest = Declare.Flag("self_test",
        "Replace each formula by a wrong one and see that its claim is then refuted.");

    /// <inheritdoc/>
    public string Name => "verify";

    /// <inheritdoc/>
    public string Summary => "Every claim of the paper, checked, with a verdict.";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Chosen, SelfTest, Declare.OneSeed];

    /// <inheritdoc/>
    public IReadOnlyList<StudyColumn> Columns { get; } =
    [
        new("claim", "The claim's id."), new("statement", "What is claimed."),
        new("wrong_formula", "What was put in its place (with self_test)."),
        new("measured", "The comparison that speaks most against it."), new("expected", "What it should be."),
        new("statistic", "How far apart they are, in the test's own unit (a |z|, a relative error or a count)."),
        new("threshold", "The most with which the claim holds."), new("verdict", "holds, refuted or holds-as-corrected."),
        new("power", "The probability to refute a formula that is wrong by 1%; 1 for a computation without chance."),
        new("source", "Where it is claimed."), new("method", "How it is tested."),
        new("correction", "What was corrected; empty when the claim is tested as printed."),
        new("tried", "When measured is a count: how many cases were tried; 0 when it is not."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<StudyExample> Examples { get; } =
    [
        new("All of them."), new("Two.", ("claim", "theorem-4,equation-5")),
        new("Whether the tests see wrong formulas.", ("self_test", "true")),
    ];

    /// <inheritdoc/>
    public StudyOutcome Run(Arguments arguments, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        IReadOnlyList<Claim> claims = arguments.Get(Chosen);
        ulong seed = arguments.Get(Declare.OneSeed);
        if (arguments.Get(SelfTest))
        {
            IReadOnlyList<Falsification> wrong = ClaimCatalog.SelfTest(claims, seed, options);
            int missed = wrong.Count(f => f.Verdict.Verdict != Verdict.Refuted);
            return Outcome(ClaimCatalog.ToTable(wrong), "wrong formula", wrong.Count, claims.Sum(c => c.Falsifications.Count), missed,
                $"{missed} not refuted");
        }
        IReadOnlyList<ClaimVerdict> verdicts = ClaimCatalog.Verify(claims, seed, options);
        int refuted = verdicts.Count(v => v.Verdict == Verdict.Refuted), weak = verdicts.Count(v => v.Evidence.Power < EnoughPower);
        return Outcome(
            ClaimCatalog.ToTable(verdicts), "claim", verdicts.Count, claims.Count, refuted,
            FormattableString.Invariant($"{refuted} refuted, {weak} with power below {EnoughPower} against a 1% error"));
    }

    private static StudyOutcome Outcome(Tables.ResultTable table, string what, int done, int asked, int bad, string found) => new()
    {
        Table = table,
        Unit = $"{what}s",
        Done = done,
        Asked = asked,
        CheckFailed = bad > 0,
        Answer = [$"{done} {what}{(done == 1 ? string.Empty : "s")} judged, {found}"],
    };
}
