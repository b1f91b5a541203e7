using WeakToStrong.Asymptotics;

namespace WeakToStrong.Tests.Documentation;

/// <summary>The README's example, as it stands there.</summary>
public class ReadmeTests
{
    [Fact]
    public void The_five_lines_work()
    {
        var teacher = new RidgeTeacher(gamma: 0.25, lambda: 0.05, noiseVariance: 3);
        var student = new RidgeStudent(teacher, gamma: 1.2);
        WinningWindow window = student.Window;                 // the ridges with which the student beats its teacher
        double best = student.BestRidge;                       // the best of them, and what it gains:
        double gain = teacher.TestError - student.BestTestError;

        Assert.Equal(WindowKind.Interval, window.Kind);
        Assert.InRange(best, window.Low, window.High);
        Assert.True(gain > 0);
    }
}
