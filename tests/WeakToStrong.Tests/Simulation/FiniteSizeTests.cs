using WeakToStrong.Simulation;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Simulation;

/// <summary>Shifts from the limits: fitted, and compared with those that are known. |z| &lt; 4.5 in 8 comparisons with fixed seeds:
/// false-alarm rate 5.4e-5.</summary>
public class FiniteSizeTests
{
    /// <summary>
    /// At lambda = 0 the means are known: s2 d/(n-d-1) above d exceeds its limit by s2 g^2/((1-g)^2 d) to first order, and what
    /// stands below d by s2 g/((g-1)^2 d); a student of n_s &lt; d rows keeps the share n_s/d of it. What is left is of order 1/d^2
    /// and far below the errors.
    /// </summary>
    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.7, 4)]
    [InlineData(1.5, 1.25)]
    [InlineData(2, 0.5)]
    public void Classical_shifts_are_found(double gammaTeacher, double gammaStudent)
    {
        const double S2 = 2;
        FiniteSizeStudy study = FiniteSizeStudy.Run([.. Sizes(gammaTeacher, gammaStudent, S2)], 0, 0, _ => 10_000, 3);
        double g = gammaTeacher, teacher = S2 * (g < 1 ? g * g : g) / ((1 - g) * (1 - g)), student = teacher / Math.Max(1, gammaStudent);
        FiniteSizeShift t = FiniteSizeShift.Fit(study.TeacherPoints), s = FiniteSizeShift.Fit(study.StudentPoints);
        Assert.InRange((t.TimesDimension - teacher) / t.StandardError, -4.5, 4.5);
        Assert.InRange((s.TimesDimension - student) / s.StandardError, -4.5, 4.5);
        Assert.True(t.StandardError < 0.2 * teacher);
        Assert.Equal(study.Results[^1].Experiment.Dimension * (study.TeacherPoints[^1].Mean.Mean - t.Limit),
            study.TeacherPoints[^1].ShiftTimesDimension.Mean);
    }

    [Fact]
    public void Points_on_the_line_are_fitted_without_residual()
    {
        FiniteSizePoint[] points = [Point(10, 3 + (7.0 / 10), 0.1), Point(100, 3 + (7.0 / 100), 0.01), Point(1000, 3 + (7.0 / 1000), 0.2)];
        FiniteSizeShift fit = FiniteSizeShift.Fit(points);
        Assert.Equal(7, fit.TimesDimension, 1e-12);
        Assert.Equal(0, fit.ChiSquare, 1e-20);
        Assert.Equal(2, fit.DegreesOfFreedom);
        Assert.Equal(3, fit.Limit);
        // One standard error of c is one of the data's: sum of (1/d)^2/se^2 = 1 + 1 + 0.000025.
        Assert.Equal(1 / Math.Sqrt(2.000025), fit.StandardError, 1e-12);
        // Off the line by one standard error at the first point: chi-square is 1 less what c takes up, half of it.
        points[0] = Point(10, 3.7 + 0.1, 0.1);
        Assert.Equal(1 - (1 / 2.000025), FiniteSizeShift.Fit(points).ChiSquare, 1e-9);
    }

    [Fact]
    public void Another_exponent_does_not_fit()
    {
        LinearExperiment[] sizes = [.. from d in (long[])[50, 100, 200, 400] select new LinearExperiment(d, 2 * d, 2 * d, 1, 1, 0.6, 5,
            SignalLaw.Fixed)];
        FiniteSizeStudy study = FiniteSizeStudy.Run(sizes, 0.01, 0.5, e => 150 * e.Dimension, 3);
        double threshold = ChiSquareLaw.Threshold(1e-6, 3);
        Assert.InRange(FiniteSizeShift.Fit(study.StudentPoints).ChiSquare, 0, threshold);
        Assert.InRange(FiniteSizeShift.Fit(study.StudentPoints, 0.5).ChiSquare, threshold, 1e9);
        Assert.InRange(FiniteSizeShift.Fit(study.StudentPoints, 2).ChiSquare, threshold, 1e9);
    }

    [Fact]
    public void The_table_has_a_row_for_each_quantity()
    {
        var table = FiniteSizeStudy.Run([.. Sizes(0.5, 2, 1)], 0.05, 0.1, _ => 100, 3).ToTable();
        Assert.Equal(["quantity", "limit", "shift_times_d", "shift_times_d_se", "chi2_per_dof"], table.Columns.Select(c => c.Name));
        Assert.Equal(3, table.RowCount);
    }

    [Fact]
    public void One_size_is_not_enough() =>
        Assert.Contains("at least two", Assert.Throws<InputException>(() =>
            FiniteSizeShift.Fit([Point(10, 1, 0.1), Point(10, 1, 0.2)])).Message);

    private static IEnumerable<LinearExperiment> Sizes(double gammaTeacher, double gammaStudent, double noise) =>
        from d in (long[])[80, 160, 320, 640]
        select new LinearExperiment(d, (long)(d / gammaTeacher), (long)(d / gammaStudent), noise, signalLaw: SignalLaw.Fixed);

    private static FiniteSizePoint Point(long d, double mean, double error) => new(d, new Estimate(mean, error, 100), 3);
}
