using WeakToStrong.Claims;
using WeakToStrong.Claims.Suite;

namespace WeakToStrong.Tests.Chains;

public class ChainClaimTests
{
    // The quickest of the findings; `w2s verify --self-test` runs all.
    public static TheoryData<string> Findings => [.. ClaimCatalog.All.Select(c => c.Id).Where(id => id == "beyond-mixed-labels")];

    [Theory]
    [MemberData(nameof(Findings))]
    public void A_finding_holds_and_its_wrong_formulas_are_refuted(string id)
    {
        Claim claim = ClaimCatalog.Find(id).Single();
        ClaimVerdict verdict = claim.Verify(seed: 1);
        Assert.True(verdict.Verdict == Verdict.Holds, $"{verdict.Evidence}");
        for (int wrong = 0; wrong < claim.Falsifications.Count; wrong++)
            Assert.True(claim.Falsify(wrong, seed: 1).Verdict == Verdict.Refuted, claim.Falsifications[wrong]);
    }
}
