using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Ridge;

public sealed class TrueLabelsTests
{
    private static readonly TrueLabels Classes = TrueLabels.OfClasses([2, 0, 2], ["a", "b", "c"]);
    private static readonly TrueLabels Values = TrueLabels.OfValues([1.5, -2, 1.5]);

    [Fact]
    public void Labels_know_their_kind()
    {
        Assert.Equal((true, 3, 3, 2), Kind(Classes));
        Assert.Equal((false, 3, 1, 2), Kind(Values));
        Assert.Equal((0, -2.0), (Classes.ClassOf(1), Values.ValueOf(1)));
        Assert.Empty(Values.ClassNames);

        static (bool, int, int, int) Kind(TrueLabels labels) =>
            (labels.IsClassification, labels.Count, labels.Outputs, labels.DistinctLabels);
    }

    [Fact]
    public void Some_labels_are_taken_in_any_order()
    {
        TrueLabels classes = Classes.Select([1, 0, 0]), values = Values.Select([1, 1]);
        Assert.Equal([0, 2, 2], Enumerable.Range(0, 3).Select(classes.ClassOf));
        Assert.Equal(["a", "b", "c"], classes.ClassNames);
        Assert.Equal([-2.0, -2], Enumerable.Range(0, 2).Select(values.ValueOf));
    }

    [Fact]
    public void Targets_are_one_hot_or_the_numbers()
    {
        Assert.Equal([0, 0, 1, 1, 0, 0, 0, 0, 1.0], Classes.Targets().Data);
        Matrix<double> numbers = Values.Targets();
        numbers[0, 0] = 7;
        Assert.Equal(1.5, Values.ValueOf(0));
    }

    [Fact]
    public void The_first_of_equal_scores_is_the_choice()
    {
        var scores = new Matrix<double>(2, 3, [0.4, 0.4, 0.2, -3, -2, -2]);
        TrueLabels.Harden(scores);
        Assert.Equal([1, 0, 0, 0, 1, 0.0], scores.Data);
        Assert.True(Classes.Judge(1, [0.4, 0.4, 0.2], []).IsRight);
    }

    [Fact]
    public void A_prediction_is_judged_by_distance_choice_and_reference()
    {
        // Class c: (0.5)^2 + (0.25)^2 + (1 - 0.75)^2.
        Assert.Equal(new Judgement(0.375, true, true), Classes.Judge(0, [0.5, 0.25, 0.75], [0, 0, 1]));
        Assert.Equal(new Judgement(0.375, true, false), Classes.Judge(0, [0.5, 0.25, 0.75], [0, 1, 0]));
        Assert.Equal(new Judgement(0.375, true, false), Classes.Judge(0, [0.5, 0.25, 0.75], []));
        Assert.Equal(new Judgement(1.25, false, true), Classes.Judge(1, [0, 0.5, 0], [0, 3, 1]));
        Assert.Equal(new Judgement(4, false, false), Values.Judge(1, [0], [0]));
    }

    [Fact]
    public void What_is_no_label_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TrueLabels.OfClasses([0, 3], ["a", "b", "c"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrueLabels.OfClasses([-1], ["a", "b"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrueLabels.OfClasses([0], ["a"]));
        var error = Assert.Throws<ArgumentException>(() => TrueLabels.OfValues([0, double.NaN]));
        Assert.Contains("label 2", error.Message, StringComparison.Ordinal);
    }
}
