using WeakToStrong.Data.Experiment;

namespace WeakToStrong.Tests.Data;

public class RidgeAdviceTests
{
    /// <summary>Gains first; of equal gains the smaller squared error; of equal errors too, the first; and only of rows that
    /// count.</summary>
    [Theory]
    [InlineData(new double[] { 1, 2, 2, 0 }, new double[] { 1, 5, 4, 0 }, 2)]
    [InlineData(new double[] { 1, 2, 2, 0 }, new double[] { 1, 4, 5, 0 }, 1)]
    [InlineData(new double[] { 3, 2, 2, 3 }, new double[] { 1, 4, 5, 1 }, 0)]
    [InlineData(new double[] { -3, -1, -2, -2 }, new double[] { 1, 9, 1, 1 }, 1)]
    public void The_largest_gain_is_chosen_and_then_the_smaller_error(double[] gains, double[] errors, int expected)
    {
        var rows = new RowGain[gains.Length, 3];
        for (int l = 0; l < gains.Length; l++)
        {
            rows[l, 0] = new RowGain(gains[l] / 2, errors[l]);
            rows[l, 1] = new RowGain(gains[l] / 2, 0);
            rows[l, 2] = new RowGain(l == 3 ? 100 : 0, 0);
        }
        Assert.Equal(expected, RidgeAdvice.Choose(rows, row => row < 2));
        Assert.Equal(3, RidgeAdvice.Choose(rows, _ => true));
    }
}
