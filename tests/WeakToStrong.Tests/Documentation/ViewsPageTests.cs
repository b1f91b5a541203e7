using WeakToStrong.Choices;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Tests.Documentation;

/// <summary>The example of docs/views.md, as it stands there.</summary>
public class ViewsPageTests
{
    [Fact]
    public void A_student_is_predicted_from_rows()
    {
        var random = new RandomStream(5);
        Matrix<double> weak = new(500, 3), strong = new(500, 6), oneHot = new(500, 2);
        var classes = new int[500];
        random.FillNormal(strong.Data);
        for (int i = 0; i < 500; i++)
        {
            for (int j = 0; j < 3; j++)
                weak[i, j] = strong[i, j] + (0.5 * random.NextNormal());
            classes[i] = strong[i, 0] + strong[i, 5] + (0.5 * random.NextNormal()) > 0 ? 1 : 0;
            oneHot[i, classes[i]] = 1;
        }
        PredictedModel student = Student(weak, strong, oneHot, classes);
        Assert.InRange(student.Accuracy, 0.6, 0.9);
        Assert.InRange(student.SquaredError, 0.2, 0.5);
    }

    private static PredictedModel Student(Matrix<double> weak, Matrix<double> strong, Matrix<double> oneHot, int[] classes)
    {
        var rows = new PairAccumulator(weak.Columns, strong.Columns, oneHot.Columns, oneHot.Columns);
        rows.Add(weak, strong, oneHot, classes); // as many times as there are chunks
        var theory = new ChoicePrediction(rows.ToMoments());
        PredictedModel teacher = theory.Teacher(rows: 100, ridge: 0.1);
        return theory.Student(teacher, rows: 3000, ridge: 0.1); // .SquaredError, .Accuracy
    }
}
