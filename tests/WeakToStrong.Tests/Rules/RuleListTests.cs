using WeakToStrong.Rules;

namespace WeakToStrong.Tests.Rules;

public class RuleListTests
{
    [Theory]
    [InlineData("ridge:0.1", "ridge:0.1")]
    [InlineData(" Flow:2.5", "flow:2.5")]
    [InlineData("flow:0.1,1,10", "flow:0.1 flow:1 flow:10")]
    [InlineData("flow:0:2:3:lin", "flow:0 flow:1 flow:2")]
    [InlineData("descent:20:0.1", "descent:20:0.1")]
    [InlineData("descent:1,20:0.1,0.2", "descent:1:0.1 descent:1:0.2 descent:20:0.1 descent:20:0.2")]
    [InlineData("descent:1:4:7:0.3", "descent:1:0.3 descent:2:0.3 descent:3:0.3 descent:4:0.3")]
    [InlineData("descent:5:0.1:0.4:2", "descent:5:0.1 descent:5:0.4")]
    [InlineData("components:0.5", "components:0.5")]
    [InlineData("ridgeless", "ridgeless")]
    [InlineData("shrink", "shrink")]
    [InlineData("ridge", "ridge:0.5 ridge:2")]
    public void Rules_are_read_and_written_back(string text, string expected)
    {
        IReadOnlyList<TrainingRule> rules = RuleList.Parse(text, Grid.Of(0.5, 2));
        Assert.Equal(expected, string.Join(' ', rules));
        foreach (TrainingRule rule in rules)
            Assert.Equal(rule.Name, TrainingRule.Parse(rule.Name).Name);
    }

    [Theory]
    [InlineData("lasso", "'lasso' is not a training rule; it must be ridge, flow:TIME")]
    [InlineData("ridge", "ridge:LAMBDA")]
    [InlineData("ridgeless:1", "ridgeless:1")]
    [InlineData("flow", "flow:TIME")]
    [InlineData("flow:-1", "-1")]
    [InlineData("flow:abc", "'abc'")]
    [InlineData("components:inf", "components:THRESHOLD")]
    [InlineData("descent:5", "descent:STEPS:RATE")]
    [InlineData("descent:2.5:0.1", "STEPS of the training rule 'descent:2.5:0.1' is 2.5; it must be a whole number")]
    [InlineData("descent:5:0", "RATE of the training rule 'descent:5:0' is 0; it must be a positive number")]
    [InlineData("descent:1:2:3:4", "descent:STEPS:RATE")]
    [InlineData("flow:1,2", "several rules")]
    public void What_is_no_rule_is_refused_with_what_was_read_and_what_is_allowed(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => TrainingRule.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_range_that_can_be_read_in_two_ways_is_refused() =>
        Assert.Contains("more than one way", Assert.Throws<InputException>(() => RuleList.Parse("descent:1:2:3:4")).Message,
            StringComparison.Ordinal);
}
