using WeakToStrong.Chains;

namespace WeakToStrong.Tests.Documentation;

/// <summary>The example of docs/beyond.md, as it stands there.</summary>
public class BeyondTests
{
    [Fact]
    public void The_student_of_the_best_teacher_wins()
    {
        var population = new Population(Spectrum.PowerLaw(400, exponent: 1), TargetVector.PowerLaw(400, exponent: 1.5, norm: 1));
        var teachers = new TrainingStage(new RowGroup(population.Truth, rows: 400, labelNoise: 1));
        Estimator teacher = teachers.Train(teachers.Best().Errors.Ridge);
        var students = new TrainingStage(new RowGroup(teacher, rows: 4000));
        Console.WriteLine(students.Best().Errors.ExcessError < teacher.Errors.ExcessError); // True

        Assert.True(students.Best().Errors.ExcessError < teacher.Errors.ExcessError);
    }
}
