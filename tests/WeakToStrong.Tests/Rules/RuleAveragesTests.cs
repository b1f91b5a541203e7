using WeakToStrong.Rules;

namespace WeakToStrong.Tests.Rules;

/// <summary>Averages of filters against tables with 50 digits (tests/oracles/rules.py), from 1e-100 to 1e12 in ridge and time, at and
/// around gamma = 1.</summary>
public class RuleAveragesTests
{
    private static readonly OracleTable Table = OracleTable.Read("rules_averages");

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Table.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Quadrature_is_right_to_rounding(int row)
    {
        double gamma = Table.Number(row, "gamma");
        TrainingRule rule = TrainingRule.Parse(Table.Text(row, "rule"));
        Compare(row, RuleAverages.Integrate(rule, gamma), 2e-14);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Closed_forms_are_right_to_rounding(int row) =>
        Compare(row, TrainingRule.Parse(Table.Text(row, "rule")).Over(Table.Number(row, "gamma")), 2e-14);

    [Theory]
    [InlineData(0.3)]
    [InlineData(2.5)]
    public void Least_squares_is_the_limit_of_small_ridges_and_of_long_flows(double gamma)
    {
        RuleAverages exact = Ridgeless.Instance.Over(gamma);
        foreach (TrainingRule rule in (TrainingRule[])[new RidgeRegression(0), new GradientFlow(1e6), new PrincipalComponents(0)])
        {
            RuleAverages h = rule.Over(gamma);
            Assert.Equal(exact.Kept, h.Kept, 1e-14);
            Assert.Equal(exact.KeptSquare, h.KeptSquare, 1e-14);
            Assert.Equal(exact.LostSquare, h.LostSquare, 1e-14);
            Assert.Equal(exact.Spread, h.Spread, 1e-13);
        }
    }

    private static void Compare(int row, RuleAverages h, double tolerance)
    {
        Check("kept", h.Kept);
        Check("lost", h.Lost);
        Check("kept_square", h.KeptSquare);
        Check("lost_square", h.LostSquare);
        Check("spread", h.Spread);
        // Of both signs for descent with steps beyond 1/s: relative to its terms.
        Assert.True(Math.Abs(h.Mixed - Table.Number(row, "mixed")) <= tolerance * Math.Max(Math.Abs(h.Mixed), IsDescent(row) ? 1 : 0),
            Table.Describe(row));

        void Check(string column, double value)
        {
            double expected = Table.Number(row, column), scale = IsDescent(row) ? Math.Max(1, Math.Abs(expected)) : Math.Abs(expected);
            Assert.True(Math.Abs(value - expected) <= tolerance * scale, $"{column}: {value} for {Table.Describe(row)}");
        }
    }

    private static bool IsDescent(int row) => Table.Text(row, "rule").StartsWith("descent", StringComparison.Ordinal);
}
