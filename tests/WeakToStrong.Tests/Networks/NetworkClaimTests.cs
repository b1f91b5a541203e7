using WeakToStrong.Claims;
using WeakToStrong.Claims.Suite;

namespace WeakToStrong.Tests.Networks;

public class NetworkClaimTests
{
    [Theory]
    [InlineData("proposition-10")]
    [InlineData("theorem-11")]
    public void The_corrected_claim_holds_and_each_wrong_formula_is_refuted(string id)
    {
        Claim claim = ClaimCatalog.Find(id)[0];
        Assert.Equal(Verdict.HoldsAsCorrected, claim.Verify(0).Verdict);
        for (int wrong = 0; wrong < claim.Falsifications.Count; wrong++)
            Assert.True(claim.Falsify(wrong, 0).Verdict == Verdict.Refuted, claim.Falsifications[wrong]);
    }
}
