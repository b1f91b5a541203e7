using WeakToStrong.Functions;
using WeakToStrong.Networks;
using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Networks;

public class AssumptionNineTests
{
    [Theory]
    [InlineData("identity", "tanh", "hard link 'tanh'", "c_1 = 0.605706")]
    [InlineData("identity", "hermite:0,1e-6,1", "hard link", "information exponent 1")]
    [InlineData("identity", "he0", "hard link 'he0'", "no Hermite coefficient")]
    [InlineData("he2", "he2", "easy link 'he2'", "information exponent 2 (c_2 = 1)")]
    [InlineData("hermite:1", "he2", "easy link 'hermite:1'", "no Hermite coefficient")]
    public void Links_that_break_it_are_refused_with_the_reason(string easy, string hard, string which, string why)
    {
        InputException refusal = Assert.Throws<InputException>(() => Target(easy, hard));
        Assert.Contains(which, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Assumption 9", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hermite:0.1,1", "not centred", "0.1")]
    [InlineData("he2", "c_1 = 0", "'he2'")]
    public void Activations_that_break_it_are_refused_with_the_reason(string name, string why, string what)
    {
        InputException refusal = Assert.Throws<InputException>(() => new Activation(Nonlinearity.Parse(name)));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relu", "he3", true)]
    [InlineData("tanh", "he2", true)]
    [InlineData("relu", "he2", false)]
    [InlineData("erf", "he3", false)]
    public void A_blind_activation_is_a_warning(string activation, string hard, bool blind)
    {
        var experiment = new NetworkExperiment(Target("identity", hard), new Activation(Nonlinearity.Parse(activation)), 50);
        Assert.Equal(blind, experiment.Warnings.Count == 1);
        if (blind)
            Assert.Contains($"'{activation}' is blind", experiment.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Target_moments_match_a_simulation()
    {
        // 400 000 draws; each |z| below 5 (false alarm 4e-6 altogether).
        MultiIndexTarget target = new(Nonlinearity.Parse("hermite:0.5,1,-0.25"), Nonlinearity.Parse("hermite:0.3,0,0.7"), 0.4);
        var random = new RandomStream(3);
        var moments = new RunningMoments[3];
        for (int i = 0; i < 400_000; i++)
        {
            double easy = random.NextNormal(), hard = random.NextNormal();
            double y = target.Value(easy, hard) + (Math.Sqrt(0.4) * random.NextNormal());
            moments[0].Add(y * y);
            moments[1].Add(y * hard * hard);
            moments[2].Add(y * y * hard * hard);
        }
        Assert.InRange(moments[0].ToEstimate().Z(target.LabelSecondMoment), -5, 5);
        Assert.InRange(moments[1].ToEstimate().Z(target.HardCurvature), -5, 5);
        Assert.InRange(moments[2].ToEstimate().Z(target.HardLeverage), -5, 5);
        Assert.Equal(target.Power + 0.4, target.LabelSecondMoment);
    }

    private static MultiIndexTarget Target(string easy, string hard) => new(Nonlinearity.Parse(easy), Nonlinearity.Parse(hard));
}
