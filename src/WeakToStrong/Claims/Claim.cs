namespace WeakToStrong.Claims;

/// <summary>
/// A statement, mostly of the paper, that a computation can refute. A claim knows how it is tested and which wrong formulas its test must
/// be able to tell from the right one, so that a test that cannot fail is found by <see cref="Falsify"/>.
/// </summary>
public sealed class Claim
{
    private readonly Func<ClaimTest, Evidence> _test;

    /// <summary>A claim.</summary>
    /// <param name="id">Short and unique, in kebab-case, such as <c>theorem-4</c>.</param>
    /// <param name="statement">What is claimed, in one sentence.</param>
    /// <param name="source">Where: the paper's number, or docs/ for our own.</param>
    /// <param name="method">How it is tested, in one sentence: what is computed, at which sizes, against what.</param>
    /// <param name="test">The test. It takes every formula under test from <see cref="ClaimTest.Formula{T}"/>.</param>
    /// <param name="falsifications">In words, the wrong formulas that the test must refute, in the order that
    /// <see cref="ClaimTest.Formula{T}"/> takes them.</param>
    public Claim(string id, string statement, string source, string method, Func<ClaimTest, Evidence> test, params string[] falsifications)
    {
        ArgumentNullException.ThrowIfNull(falsifications);
        if (falsifications.Length == 0)
            throw new ArgumentException("a claim needs at least one wrong formula that its test refutes", nameof(falsifications));
        (Id, Statement, Source, Method, Falsifications) = (id, statement, source, method, [.. falsifications]);
        _test = test;
    }

    /// <summary>Short and unique, such as <c>theorem-4</c>.</summary>
    public string Id { get; }

    /// <summary>What is claimed.</summary>
    public string Statement { get; }

    /// <summary>Where it is claimed.</summary>
    public string Source { get; }

    /// <summary>How it is tested.</summary>
    public string Method { get; }

    /// <summary>
    /// When the paper prints the statement wrongly: what was corrected, in one sentence. The test is then of the corrected statement, and
    /// it must also find the printed one false. Null when the claim is tested as printed.
    /// </summary>
    public string? Correction { get; init; }

    /// <summary>The wrong formulas, in words, that the test must refute.</summary>
    public IReadOnlyList<string> Falsifications { get; }

    /// <summary>Tests the claim.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public ClaimVerdict Verify(ulong seed, RunOptions? options = null) => Judge(seed, options, wrong: null);

    /// <summary>Tests the claim with a right formula replaced by a wrong one; the verdict
    /// should be <see cref="Verdict.Refuted"/>.</summary>
    /// <param name="wrong">Which of <see cref="Falsifications"/>.</param>
    /// <param name="seed">Names the random numbers.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public ClaimVerdict Falsify(int wrong, ulong seed, RunOptions? options = null)
    {
        if ((uint)wrong >= (uint)Falsifications.Count)
            throw new ArgumentOutOfRangeException(nameof(wrong), wrong, $"must be below {Falsifications.Count}");
        return Judge(seed, options, wrong);
    }

    private ClaimVerdict Judge(ulong seed, RunOptions? options, int? wrong)
    {
        Evidence evidence = _test(new ClaimTest(Id, seed, (options ?? RunOptions.Default) with { Progress = null }, wrong));
        Verdict verdict = !evidence.Holds ? Verdict.Refuted : Correction is null ? Verdict.Holds : Verdict.HoldsAsCorrected;
        return new ClaimVerdict(this, evidence, verdict);
    }
}

/// <summary>What a test found about a claim.</summary>
public enum Verdict
{
    /// <summary>The statistic exceeds its threshold.</summary>
    Refuted,

    /// <summary>The claim passed as it is printed.</summary>
    Holds,

    /// <summary>The printed claim is false, the corrected one passed (docs/errata.md).</summary>
    HoldsAsCorrected,
}

/// <summary>A claim with what its test found.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Evidence">Numbers.</param>
/// <param name="Verdict">Judgement.</param>
public sealed record ClaimVerdict(Claim Claim, Evidence Evidence, Verdict Verdict);
