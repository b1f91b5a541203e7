using WeakToStrong.Asymptotics;

namespace WeakToStrong.Tests.Asymptotics;

/// <summary>The edge of the region, judged by the two errors themselves, which know no windows.</summary>
public sealed class WinningRegionTests
{
    private const double Low = 1e-3, Noise = 1;

    [Theory]
    [InlineData(0.5, 3, 0)]
    [InlineData(2, 1.5, 0)]
    [InlineData(0.5, 0.5, 0)]
    [InlineData(0.7, 2, 0.4)]
    public void Along_the_edge_the_student_is_as_good_as_its_teacher(double gammaTeacher, double gammaStudent, double alignment)
    {
        var (teachers, students) = Region(gammaTeacher, gammaStudent, alignment).Edge(Low, 1e3, 40);
        Assert.NotEmpty(teachers);
        for (int k = 0; k < teachers.Length; k++)
        {
            var teacher = new RidgeTeacher(gammaTeacher, teachers[k], Noise);
            double ratio = new RidgeStudent(teacher, gammaStudent, alignment).ExcessError(students[k]) / teacher.ExcessError;
            // An edge at infinity: even a student that learns nothing is better.
            if (double.IsPositiveInfinity(students[k]))
                Assert.InRange(ratio, 0, 1);
            else
                Assert.Equal(1, ratio, 1e-9);
        }
    }

    [Fact]
    public void The_upper_ends_run_out_to_the_tip_and_the_lower_ends_come_back()
    {
        const int Points = 25;
        WinningRegion region = Region(0.5, 3, 0);
        double tip = region.LargestTeacherRidge!.Value;
        var (teachers, students) = region.Edge(Low, 1e3, Points);
        Assert.Equal(2 * Points, teachers.Length);
        Assert.Equal(Low, teachers[0], Low * 1e-12);
        for (int k = 0; k < Points; k++)
        {
            // Logarithms to the tip are as squares, so that points crowd where the ends meet.
            double share = (Points - k) / (double)Points;
            Assert.Equal(share * share * Math.Log(tip / Low), Math.Log(tip / teachers[k]), 1e-9);
            Assert.Equal(teachers[k], teachers[^(k + 1)]);
            Assert.True(students[k] > students[^(k + 1)]);
        }
    }

    [Fact]
    public void A_student_of_more_rows_than_directions_has_no_lower_edge() =>
        Assert.Equal(25, Region(0.5, 0.5, 0).Edge(Low, 1e3, 25).LambdaTeacher.Length);

    [Fact]
    public void The_curve_ends_at_the_largest_ridge_that_is_wanted()
    {
        WinningRegion region = Region(0.5, 0.5, 0);
        Assert.Equal(0.1, region.Edge(Low, 0.1, 100).LambdaTeacher.Max(), 1e-4);
        Assert.Empty(region.Edge(0.1, 0.1).LambdaTeacher);
        Assert.Empty(region.Edge(0.2, 0.1).LambdaTeacher);
    }

    [Fact]
    public void A_teacher_without_noise_is_never_beaten()
    {
        var region = new WinningRegion(0.5, 3, 0);
        Assert.Null(region.LargestTeacherRidge);
        Assert.Empty(region.Edge(Low, 1e3).LambdaStudent);
        Assert.Equal(WindowKind.Never, region.At(0.1).Kind);
    }

    [Fact]
    public void A_window_is_open_and_closes_at_its_threshold()
    {
        WinningWindow window = Region(0.5, 3, 0).At(0.01);
        Assert.False(window.Contains(window.Low));
        Assert.False(window.Contains(window.High));
        Assert.True(window.Contains((window.Low + window.High) / 2));
        // tau = 0 = sqrt(gamma_s - 1).
        Assert.Equal(WindowKind.Never, WinningWindow.Of(1.0 / 3, 1).Kind);
    }

    private static WinningRegion Region(double gammaTeacher, double gammaStudent, double alignment) =>
        new(gammaTeacher, gammaStudent, Noise, alignment: alignment);
}
