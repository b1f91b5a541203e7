using WeakToStrong.Heads;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Heads;

public class ConfidentLearningTests
{
    [Fact]
    public void Choices_have_the_shares_that_are_asked_for()
    {
        var scores = new Matrix<double>(1000, 2);
        var random = new RandomStream(31);
        for (int i = 0; i < scores.Rows; i++)
            (scores[i, 0], scores[i, 1]) = (0, random.NextNormal());
        for (int i = 0; i < scores.Rows; i++)
            scores[i, 0] = 1 - scores[i, 1];
        Assert.Equal(150, ConfidentLearning.Choose(scores, [0.85, 0.15]).Count(choice => choice == 1));
        Assert.Equal(0, ConfidentLearning.Choose(scores, [1, 0]).Count(choice => choice == 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_student_that_trusts_itself_sheds_the_random_mistakes_of_its_labels(bool logistic)
    {
        IHead head = logistic ? LogisticHead.Instance : RidgeHead.Instance;
        const int Count = 400, Features = 5;
        var random = new RandomStream(32);
        Matrix<double> x = new(Count, Features), weak = new(Count, 2);
        random.FillNormal(x.Data);
        int[] truth = [.. Enumerable.Range(0, Count).Select(i => x[i, 0] + x[i, 1] > 0 ? 1 : 0)];
        for (int i = 0; i < Count; i++)
            weak[i, random.NextUniform() < 0.3 ? 1 - truth[i] : truth[i]] = 1;
        IHeadDesign design = head.Prepare(FeatureRows.All(x));
        var labels = TrueLabels.OfClasses(truth, ["a", "b"]);
        double plain = Accuracy(0), confident = Accuracy(0.8);
        Assert.True(confident > plain, $"{plain} and {confident}");
        RidgeModels zero = ConfidentLearning.Fit(design, weak, Grid.Of(0.01), 0), same = design.Fit(weak).At(Grid.Of(0.01));
        Assert.Equal(same.Predict(design.Rows).Data.ToArray(), zero.Predict(design.Rows).Data.ToArray());

        double Accuracy(double confidence) =>
            ConfidentLearning.Fit(design, weak, Grid.Of(0.01), confidence).Evaluate(design.Rows, labels)[0].Accuracy;
    }
}
