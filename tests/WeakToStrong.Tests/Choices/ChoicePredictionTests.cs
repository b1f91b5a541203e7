using WeakToStrong.Choices;

namespace WeakToStrong.Tests.Choices;

public class ChoicePredictionTests
{
    [Fact]
    public void Residuals_of_the_cosine_views()
    {
        PairMoments moments = CosineViews.Moments;
        Assert.Equal(0.26178583, moments.WeakResidual, 5e-9);
        Assert.Equal(0.30492676, moments.StrongResidual, 5e-9);
    }

    [Theory]
    [InlineData(120, 500, 0.01, 0.003, 0.3966363620, 0.4451806706)]
    [InlineData(80, 100, 0.003, 0.02, 0.6535750281, 0.5976673546)]
    [InlineData(300, 90, 0.02, 0.001, 0.2993914015, 0.6092715585)]
    public void Limits_of_the_cosine_views(long teacherRows, long studentRows, double teacherRidge, double studentRidge, double teacherError, double studentError)
    {
        var theory = new ChoicePrediction(CosineViews.Moments) { Intercept = false };
        PredictedModel teacher = theory.Teacher(teacherRows, teacherRidge);
        Assert.Equal(teacherError, teacher.SquaredError, 6e-11);
        Assert.Equal(studentError, theory.Student(teacher, studentRows, studentRidge).SquaredError, 6e-11);
    }
}
