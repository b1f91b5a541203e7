using WeakToStrong.Tables;

namespace WeakToStrong.Claims.Suite;

/// <summary>Every claim, and the run that judges them.</summary>
public static class ClaimCatalog
{
    /// <summary>All claims, in the paper's order. A new family of claims is one more line here.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        .. SpectrumClaims.All, .. ErrorClaims.All, .. WindowClaims.All, .. AlignmentClaims.All, .. ShapeClaims.All,
        .. NetworkClaims.All, .. FigureClaims.All, .. AlgebraClaims.All,
        .. ChainClaims.All, .. FiniteSizeClaims.All, .. NeighbourClaims.All,
        .. RuleClaims.All,
    ];

    /// <summary>Finds claims by their ids.</summary>
    /// <exception cref="InputException">An id is unknown; the message lists those that exist.</exception>
    public static IReadOnlyList<Claim> Find(params IEnumerable<string> ids) =>
        [.. ids.Select(id => All.FirstOrDefault(c => c.Id == id)
            ?? throw new InputException(
                $"'{InputException.Shorten(id)}' is not a claim; it must be one of {string.Join(", ", All.Select(c => c.Id))}"))];

    /// <summary>Judges claims one after the other. When cancelled, returns those that were finished.</summary>
    /// <param name="claims">Which.</param>
    /// <param name="seed">Names the random numbers; a claim's verdict does not depend on which claims run beside it.</param>
    /// <param name="options">Threads, progress (in claims) and cancellation.</param>
    public static IReadOnlyList<ClaimVerdict> Verify(IReadOnlyList<Claim> claims, ulong seed, RunOptions? options = null) =>
        Run([.. claims.Select(c => (Func<RunOptions, ClaimVerdict>)(o => c.Verify(seed, o)))], "claims", options ?? RunOptions.Default);

    /// <summary>
    /// The self-test: judges each claim once for each of its wrong formulas. All verdicts should be <see cref="Verdict.Refuted"/>. When
    /// cancelled, returns those that were finished.
    /// </summary>
    /// <param name="claims">Which.</param>
    /// <param name="seed">Names the random numbers.</param>
    /// <param name="options">Threads, progress (in wrong formulas) and cancellation.</param>
    public static IReadOnlyList<Falsification> SelfTest(IReadOnlyList<Claim> claims, ulong seed, RunOptions? options = null) =>
        Run(
            [.. claims.SelectMany(c => Enumerable.Range(0, c.Falsifications.Count),
                (c, i) => (Func<RunOptions, Falsification>)(o => new Falsification(c.Falsifications[i], c.Falsify(i, seed, o))))],
            "wrong formulas", options ?? RunOptions.Default);

    /// <summary>One row a claim: claim, statement, measured, expected, statistic, threshold, verdict, power, fine_power, source,
    /// method, correction, tried.</summary>
    public static ResultTable ToTable(IReadOnlyList<ClaimVerdict> verdicts) => new(
        ResultColumn.Of("claim", [.. verdicts.Select(v => v.Claim.Id)]),
        ResultColumn.Of("statement", [.. verdicts.Select(v => v.Claim.Statement)]),
        ResultColumn.Of("measured", [.. verdicts.Select(v => v.Evidence.Measured)]),
        ResultColumn.Of("expected", [.. verdicts.Select(v => v.Evidence.Expected)]),
        ResultColumn.Of("statistic", [.. verdicts.Select(v => v.Evidence.Statistic)]),
        ResultColumn.Of("threshold", [.. verdicts.Select(v => v.Evidence.Threshold)]),
        ResultColumn.Of("verdict", [.. verdicts.Select(v => Word(v.Verdict))]),
        ResultColumn.Of("power", [.. verdicts.Select(v => v.Evidence.Power)]),
        ResultColumn.Of("fine_power", [.. verdicts.Select(v => v.Evidence.FinePower)]),
        ResultColumn.Of("source", [.. verdicts.Select(v => v.Claim.Source)]),
        ResultColumn.Of("method", [.. verdicts.Select(v => v.Claim.Method)]),
        ResultColumn.Of("correction", [.. verdicts.Select(v => v.Claim.Correction ?? string.Empty)]),
        ResultColumn.Of("tried", [.. verdicts.Select(v => v.Evidence.Tried)]));

    /// <summary>One row a wrong formula: claim, wrong_formula, measured, expected, statistic, threshold, verdict.</summary>
    public static ResultTable ToTable(IReadOnlyList<Falsification> falsifications) => new(
        ResultColumn.Of("claim", [.. falsifications.Select(f => f.Verdict.Claim.Id)]),
        ResultColumn.Of("wrong_formula", [.. falsifications.Select(f => f.WrongFormula)]),
        ResultColumn.Of("measured", [.. falsifications.Select(f => f.Verdict.Evidence.Measured)]),
        ResultColumn.Of("expected", [.. falsifications.Select(f => f.Verdict.Evidence.Expected)]),
        ResultColumn.Of("statistic", [.. falsifications.Select(f => f.Verdict.Evidence.Statistic)]),
        ResultColumn.Of("threshold", [.. falsifications.Select(f => f.Verdict.Evidence.Threshold)]),
        ResultColumn.Of("verdict", [.. falsifications.Select(f => Word(f.Verdict.Verdict))]));

    /// <summary>A verdict as users read it: holds, refuted or holds-as-corrected.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.HoldsAsCorrected => "holds-as-corrected",
        _ => "refuted",
    };

    private static List<T> Run<T>(IReadOnlyList<Func<RunOptions, T>> tasks, string stage, RunOptions options)
    {
        var finished = new List<T>();
        foreach (Func<RunOptions, T> task in tasks)
        {
            options.Progress?.Report(new RunProgress(stage, finished.Count, tasks.Count));
            try
            {
                finished.Add(task(options));
            }
            catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
            {
                break;
            }
        }
        return finished;
    }
}

/// <summary>One step of a self-test.</summary>
/// <param name="WrongFormula">What was put in place of the right formula, in words.</param>
/// <param name="Verdict">What the test made of it; should be <see cref="Verdict.Refuted"/>.</param>
public sealed record Falsification(string WrongFormula, ClaimVerdict Verdict);
