using WeakToStrong.Randomness;
using WeakToStrong.Simulation;
using WeakToStrong.Trials;

namespace WeakToStrong.Tests.Simulation;

/// <summary>What the rows beyond a leading block would have changed: nothing that a double can hold.</summary>
public class LeadingBlockTests
{
    private static readonly TrialWatch Watch = TrialWatch.Nobody;

    /// <summary>10 000 random experiments of up to 4000 features, half of them with n at or near d: errors from the block and
    /// from all rows.</summary>
    [Fact]
    public void Rows_beyond_the_block_change_nothing()
    {
        var random = new RandomStream(1);
        double teacherWorst = 0, studentWorst = 0;
        int shorter = 0;
        for (int setting = 0; setting < 10_000; setting++)
        {
            (LinearExperiment e, Grid lambdaTeacher, Grid lambdaStudent) = Setting(random);
            (double Teacher, double Student, long Steps) cut = Run(allRows: false), all = Run(allRows: true);
            double scale = e.SignalPower + e.NoiseVariance;
            teacherWorst = Math.Max(teacherWorst, Math.Abs(cut.Teacher - all.Teacher) / scale);
            studentWorst = Math.Max(studentWorst, Math.Abs(cut.Student - all.Student) / scale);
            shorter += cut.Steps < all.Steps ? 1 : 0;

            (double Teacher, double Student, long Steps) Run(bool allRows)
            {
                var values = new double[1 + Lanes.Width];
                var trial = new ExactTrial(e, lambdaTeacher, lambdaStudent, 1, allRows);
                trial.TryRun(setting, values, Watch);
                return (values[0], values[1], trial.Steps);
            }
        }
        Assert.InRange(teacherWorst, 0, 1e-15);
        Assert.InRange(studentWorst, 0, 2e-15);
        Assert.InRange(shorter, 4000, 10_000); // and so it is not all rows that are compared with all rows
    }

    /// <summary>The plain recursion written out for one ridge, at the depth of the block and at half of it.</summary>
    [Theory]
    [InlineData(400_000, 100_000, 0.1)]
    [InlineData(80_000, 100_000, 0.1)]
    [InlineData(10_000, 100_000, 1e-3)]
    [InlineData(20_000, 20_000, 0.01)]
    public void Half_the_rows_are_too_few(int n, int d, double lambda)
    {
        double mu = n * lambda;
        long depth = LeadingBlock.Rows(n, d, 1, mu);
        double whole = Lost(Math.Min(n, d));
        Assert.InRange(Math.Abs(Lost(depth) - whole), 0, 1e-16);
        Assert.InRange(Math.Abs(Lost(depth / 2) - whole), 1e-14, 1);

        double Lost(long rows)
        {
            var band = new BandedRows(n, d, 1);
            double q = n < d ? 1 : 0;
            for (long block = BandedRows.Blocks(rows) - 1; block >= 0; block--)
            {
                band.Draw(new BandName(1, 2, 3), block);
                for (long row = Math.Min(rows, band.End) - 1; row >= band.First; row--)
                {
                    int k = band.Range(row, row + 1).First;
                    double lost = mu + (band.Outer2[k] * q);
                    q = lost / (lost + band.Diagonal2[k]);
                }
            }
            return q;
        }
    }

    [Fact]
    public void The_depth_hardly_depends_on_the_size()
    {
        static long Rows(long d) => LeadingBlock.Rows(4 * d, d, 2, 4 * d * 0.1);
        Assert.Equal(20, Rows(20)); // all
        Assert.InRange(Rows(1000), Rows(1_000_000), 2 * Rows(1_000_000));
        Assert.InRange(Rows(1_000_000), Rows(1_000_000_000_000), 1.1 * Rows(1_000_000_000_000));
        Assert.InRange(Rows(1_000_000_000_000), 20, 100);
    }

    /// <summary>The table of docs/simulation.md.</summary>
    [Theory]
    [InlineData(0.25, 0.1, 500, 80, 40)]
    [InlineData(0.25, 0.001, 1_000_000, 64, 32)]
    [InlineData(2, 0.1, 1_000_000_000_000, 104, 56)]
    [InlineData(1, 0.1, 500, 176, 88)]
    [InlineData(1, 0.01, 1_000_000, 480, 240)]
    public void The_documented_depths_are_taken(double gamma, double lambda, long d, int teacher, int plain)
    {
        long n = (long)(d / gamma);
        Assert.Equal(teacher, LeadingBlock.Rows(d - 1, n, 2, n * lambda));
        Assert.Equal(teacher, LeadingBlock.Rows(n, d, 2, n * lambda));
        Assert.Equal(plain, LeadingBlock.Rows(n, d, 1, n * lambda));
    }

    [Theory]
    [InlineData(50, 50, 0)]
    [InlineData(50, 50, 1e-300)]
    [InlineData(1L << 40, 1L << 40, 0)]
    [InlineData(0, 5, 1)]
    [InlineData(1, 1, 1)]
    public void Without_a_ridge_at_the_edge_all_rows_count(long n, long d, double mu) =>
        Assert.Equal(Math.Min(n, d), LeadingBlock.Rows(n, d, 2, mu));

    private static (LinearExperiment Experiment, Grid LambdaTeacher, Grid LambdaStudent) Setting(RandomStream random)
    {
        double Log(double low, double high) => low * Math.Pow(high / low, random.NextUniform());
        long d = (long)Log(2, 4000);
        long Samples() => random.NextInt(4) switch
        {
            0 => d,
            1 => Math.Max(1, d + random.NextInt(7) - 3),
            2 => Math.Max(1, (long)Log(0.5 * d, 2 * d)),
            _ => Math.Max(1, (long)Log(0.01 * d, 30 * d)),
        };
        double zeta = random.NextInt(2) == 0 ? 0 : random.NextUniform();
        double spike = random.NextInt(3) == 0 ? double.PositiveInfinity : Log(0.1, 1e6);
        var e = new LinearExperiment(d, Samples(), Math.Max(3, Samples()), Log(0.01, 10), Log(0.01, 10), zeta, spike);
        return (e, Grid.Of(Log(1e-4, 1e4)), Grid.Of(Log(1e-5, 1e4)));
    }
}
