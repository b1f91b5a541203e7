using WeakToStrong.Claims;
using WeakToStrong.Claims.Suite;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Claims;

public class ClaimTests
{
    // Claims that are quick to judge: their whole self-test runs here; `w2s verify --self-test` runs all.
    private static readonly string[] Quick =
        ["gamma-gain", "optimal-teacher", "remark-6", "lemma-12", "lemma-14", "lemma-15", "proposition-3", "theorem-4", "theorem-8",
            "finite-spike",
            "small-alignment", "over-regularized-teacher", "h1-shape", "figure-9", "shrinkage-bound", "angle-never-improves"];

    public static TheoryData<string> QuickClaims => [.. Quick];

    [Theory]
    [MemberData(nameof(QuickClaims))]
    public void A_claim_holds_and_each_of_its_wrong_formulas_is_refuted(string id)
    {
        Claim claim = Assert.Single(ClaimCatalog.Find(id));
        ClaimVerdict verdict = claim.Verify(seed: 0);
        Assert.Equal(claim.Correction is null ? Verdict.Holds : Verdict.HoldsAsCorrected, verdict.Verdict);
        for (int wrong = 0; wrong < claim.Falsifications.Count; wrong++)
            Assert.Equal(Verdict.Refuted, claim.Falsify(wrong, seed: 0).Verdict);
    }

    /// <summary>What the cost of a trial, which does not grow with d, buys: simulated claims about ridge regression see an
    /// error of 0.1%.</summary>
    [Theory]
    [InlineData("proposition-3")]
    [InlineData("theorem-4")]
    [InlineData("theorem-8")]
    [InlineData("finite-spike")]
    public void A_formula_that_is_wrong_by_a_thousandth_would_be_refuted(string id) =>
        Assert.InRange(ClaimCatalog.Find(id)[0].Verify(seed: 0).Evidence.FinePower, 0.99, 1);

    [Fact]
    public void Every_claim_says_what_it_is_and_ids_are_unique()
    {
        Assert.InRange(ClaimCatalog.All.Count, 1, ClaimTest.MostClaims);
        Assert.Equal(ClaimCatalog.All.Count, ClaimCatalog.All.Select(c => c.Id).Distinct(StringComparer.Ordinal).Count());
        foreach (Claim claim in ClaimCatalog.All)
        {
            Assert.Matches("^[a-z0-9-]+$", claim.Id);
            Assert.All([claim.Statement, claim.Source, claim.Method, .. claim.Falsifications], text =>
                Assert.False(string.IsNullOrWhiteSpace(text)));
        }
    }

    [Fact]
    public void An_unknown_claim_is_refused_with_the_list()
    {
        string message = Assert.Throws<InputException>(() => ClaimCatalog.Find("theorem-99")).Message;
        Assert.Contains("theorem-99", message, StringComparison.Ordinal);
        Assert.Contains("theorem-4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_keeps_what_was_finished()
    {
        using var stop = new CancellationTokenSource();
        var options = new RunOptions { Cancellation = stop.Token, Progress = new StopAfter(stop, 1) };
        Assert.Equal("lemma-12", Assert.Single(ClaimCatalog.Verify(ClaimCatalog.Find("lemma-12", "proposition-3"), 0, options)).Claim.Id);
    }

    [Fact]
    public void A_statistic_that_is_not_a_number_never_holds() => Assert.False(new Evidence(double.NaN, 0, double.NaN, 1).Holds);

    [Fact]
    public void The_worst_evidence_speaks()
    {
        Evidence good = new(1, 1, 0.5, 1, 0.9), bad = new(2, 1, 3, 1), zero = Evidence.Never(0, 10);
        Assert.Equal(bad with { Power = 0.9 }, Evidence.Worst(good, bad, zero));
        Assert.Equal(good, Evidence.Worst(zero, good));
        Assert.False(Evidence.Worst(good, Evidence.Never(1, 10)).Holds);
    }

    [Fact]
    public void Comparisons_keep_their_false_alarm_rate()
    {
        // 2000 runs of 5 comparisons of 30 normal numbers at a rate of 2%: 40 alarms expected, standard deviation 6.3.
        int alarms = 0;
        var random = new WeakToStrong.Randomness.RandomStream(1);
        var values = new double[30];
        for (int run = 0; run < 2000; run++)
        {
            var comparisons = new MeanComparisons();
            for (int k = 0; k < 5; k++)
            {
                random.FillNormal(values);
                comparisons.Add(Estimate.Of(values), 0);
            }
            alarms += comparisons.ToEvidence(0.02).Holds ? 0 : 1;
        }
        Assert.InRange(alarms, 15, 65);
    }

    /// <summary>The power of several comparisons is that of the least precise: here a standard error of 0.5% of 1, of which an error of
    /// 1% is two.</summary>
    [Fact]
    public void The_power_of_comparisons_is_the_least()
    {
        Estimate sharp = Spread(1e-4), blunt = Spread(5e-3);
        double threshold = StandardNormal.TwoSidedThreshold(0.01 / 2, blunt.Count - 1);
        foreach (Estimate[] order in (Estimate[][])[[sharp, blunt], [blunt, sharp]])
        {
            var comparisons = new MeanComparisons();
            foreach (Estimate estimate in order)
                comparisons.Add(estimate, 1);
            Assert.Equal(StandardNormal.Distribution(2 - threshold), comparisons.ToEvidence(0.01).Power, 1e-6);
            Assert.Equal(StandardNormal.Distribution(0.2 - threshold), comparisons.ToEvidence(0.01).FinePower, 1e-6);
        }

        // 1000 numbers about 1 whose mean has the standard error.
        static Estimate Spread(double error) =>
            Estimate.Of([.. Enumerable.Range(0, 1000).Select(i => 1 + ((i % 2 == 0 ? 1 : -1) * error * Math.Sqrt(999)))]);
    }

    [Theory]
    [InlineData(0.05, 1_000_000, 1.959966)]
    [InlineData(0.05, 30, 2.042272)]
    [InlineData(1e-6, 100, 5.211)]
    [InlineData(1e-6, 1_000_000_000, 4.891638)]
    public void Thresholds_are_those_of_students_t(double rate, long degrees, double expected) =>
        Assert.Equal(expected, StandardNormal.TwoSidedThreshold(rate, degrees), 2e-3 * expected);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(-3, 1.3498980316300945e-3)]
    [InlineData(-10, 7.619853024160527e-24)]
    public void The_normal_distribution_is_right_in_both_tails(double x, double expected) =>
        Assert.Equal(expected, StandardNormal.Distribution(x), 1e-12 * expected);

    private sealed class StopAfter(CancellationTokenSource stop, int claims) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Done >= claims)
                stop.Cancel();
        }
    }
}
