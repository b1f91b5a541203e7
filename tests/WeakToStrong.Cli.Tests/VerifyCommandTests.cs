using System.Text.Json;

namespace WeakToStrong.Cli.Tests;

public class VerifyCommandTests
{
    [Fact]
    public void Claims_are_judged_one_a_row()
    {
        Outcome outcome = Shell.Run("verify --claim lemma-15,equation-5 --format json");
        Assert.Equal(0, outcome.Status);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(["claim", "statement", "measured", "expected", "statistic", "threshold", "verdict"],
            json.RootElement[0].EnumerateObject().Take(7).Select(p => p.Name));
        Assert.Equal(["lemma-15", "equation-5"], Column(json, "claim"));
        Assert.Equal(["holds", "holds-as-corrected"], Column(json, "verdict"));
    }

    [Fact]
    public void A_self_test_passes_when_every_wrong_formula_is_refuted()
    {
        Outcome outcome = Shell.Run("verify --self-test --claim optimal-teacher,lemma-12 --format json");
        Assert.Equal(0, outcome.Status);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(["optimal-teacher", "optimal-teacher", "lemma-12"], Column(json, "claim"));
        Assert.All(Column(json, "verdict"), verdict => Assert.Equal("refuted", verdict));
    }

    [Theory]
    [InlineData("verify --claim theorem-99", "'theorem-99' is not a claim")]
    [InlineData("verify --claim lemma-12,", "'' is not a claim")]
    public void Unknown_claims_are_refused(string line, string part) =>
        Assert.Contains(part, Shell.Refusal(line), StringComparison.Ordinal);

    private static IEnumerable<string?> Column(JsonDocument json, string name) =>
        json.RootElement.EnumerateArray().Select(row => row.GetProperty(name).GetString());
}
