using WeakToStrong.Asymptotics;

namespace WeakToStrong.Tests.Asymptotics;

/// <summary>What an excess error is made of.</summary>
public class ErrorPartsTests
{
    [Fact]
    public void The_parts_add_up_to_the_excess_error()
    {
        var random = new Random(5);
        double Draw(double low, double high) => low * Math.Pow(high / low, random.NextDouble());
        for (int k = 0; k < 2000; k++)
        {
            var teacher = new RidgeTeacher(Draw(0.05, 20), Draw(1e-3, 100), Draw(1e-2, 10), Draw(0.1, 10));
            var student = new RidgeStudent(teacher, Draw(0.05, 20), random.NextDouble(), Draw(0.1, 1000));
            double ridge = Draw(1e-3, 100);
            ErrorParts parts = student.Parts(ridge), learned = teacher.Parts;
            Assert.Equal(1, (parts.Bias + parts.TeacherNoise + parts.OwnNoise) / student.ExcessError(ridge), 1e-13);
            Assert.Equal(1, (learned.Bias + learned.TeacherNoise) / teacher.ExcessError, 1e-13);
            Assert.True(parts is { Bias: >= 0, TeacherNoise: >= 0, OwnNoise: >= 0 });
        }
    }

    [Fact]
    public void A_student_with_all_the_data_only_shrinks()
    {
        // gamma_s -> 0: beta_s = beta_t/(1 + lambda), from which everything follows by hand. Teacher and student with one row a feature.
        var teacher = new RidgeTeacher(gamma: 1, lambda: 1, noiseVariance: 2);
        const double keep = 1 / 1.5;
        ErrorParts own = teacher.Parts, parts = new RidgeStudent(teacher, gamma: 1e-12).Parts(0.5);
        double mean = 1 - Math.Sqrt(own.Bias);
        Assert.Equal((1 - (keep * mean)) * (1 - (keep * mean)), parts.Bias, 1e-10);
        Assert.Equal(keep * keep * own.TeacherNoise, parts.TeacherNoise, 1e-10);
        Assert.Equal(0, parts.OwnNoise, 1e-10);
    }

    [Fact]
    public void A_teacher_without_noise_and_ridge_leaves_only_the_students_part()
    {
        // A student of the truth without label noise: E = q^2 + (g p q^2/S), its second term being its own.
        var student = new RidgeStudent(new RidgeTeacher(gamma: 0.5, lambda: 0, noiseVariance: 0), gamma: 2);
        ErrorParts parts = student.Parts(1e-12);
        Assert.Equal(0, parts.TeacherNoise, 1e-12);
        Assert.Equal(0.25, parts.Bias, 1e-6);
        Assert.Equal(0.25, parts.OwnNoise, 1e-6); // 1 - n/d in all, as at finite size
    }
}
