namespace WeakToStrong.Choices;

/// <summary>What a model is judged by.</summary>
public enum ChoiceMeasure
{
    /// <summary>Mean squared error, summed over outputs; less is better.</summary>
    SquaredError,

    /// <summary>Share of rows whose class is chosen rightly; more is better.</summary>
    Accuracy,
}

/// <summary>
/// How many true labels it takes until training the strong model on them directly beats training it on a teacher's labels, where the
/// teacher learns from the same true labels.
/// </summary>
/// <param name="Rows">The number of true labels from which on, up to <paramref name="Most"/>, direct training wins; null when the student
/// still wins at <paramref name="Most"/>.</param>
/// <param name="Least">The smallest number that was looked at; <paramref name="Rows"/> equal to it means that direct
/// training wins throughout.</param>
/// <param name="Most">The largest number that was looked at.</param>
/// <param name="Changes">How often the winner changed between the numbers looked at; more than one means that the answer
/// is not monotone.</param>
public sealed record Crossing(long? Rows, long Least, long Most, int Changes)
{
    /// <summary>Finds the crossing. For every number of true labels each model takes the ridge of least predicted squared error
    /// among those offered.</summary>
    /// <param name="prediction">The theory.</param>
    /// <param name="studentRows">n_s, rows that the teacher labels.</param>
    /// <param name="teacherRidges">The teacher's ridges.</param>
    /// <param name="strongRidges">The student's and the direct model's ridges.</param>
    /// <param name="measure">What decides who wins.</param>
    /// <param name="most">The largest number of true labels to look at; at least 4.</param>
    /// <param name="cancellation">Asked before every number of true labels.</param>
    /// <exception cref="ArgumentException">Accuracies are asked for and the moments have no classes.</exception>
    public static Crossing Find(
        ChoicePrediction prediction, long studentRows, Grid teacherRidges, Grid strongRidges, ChoiceMeasure measure, long most = 1_000_000,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(teacherRidges);
        ArgumentNullException.ThrowIfNull(strongRidges);
        if (measure == ChoiceMeasure.Accuracy && !prediction.Moments.HasClasses)
            throw new ArgumentException("the moments have no classes, so accuracies cannot be compared", nameof(measure));
        long least = 2;
        Require.AtLeast(most, 4);
        bool DirectWins(long rows)
        {
            cancellation.ThrowIfCancellationRequested();
            PredictedModel teacher = Best(teacherRidges, ridge => prediction.Teacher(rows, ridge));
            PredictedModel student = Best(strongRidges, ridge => prediction.Student(teacher, studentRows, ridge));
            PredictedModel direct = Best(strongRidges, ridge => prediction.Direct(rows, ridge));
            return measure == ChoiceMeasure.Accuracy ? direct.Accuracy > student.Accuracy : direct.SquaredError < student.SquaredError;
        }

        // Doublings bracket every change that matters; the last one is refined by bisection.
        long before = least, low = 0, high = 0;
        bool wins = DirectWins(before), first = wins;
        int changes = 0;
        while (before < most)
        {
            long rows = Math.Min(most, 2 * before);
            bool now = DirectWins(rows);
            if (now != wins)
                changes++;
            if (now && !wins)
                (low, high) = (before, rows);
            (before, wins) = (rows, now);
        }
        if (!wins)
            return new Crossing(null, least, most, changes);
        if (first && changes == 0)
            return new Crossing(least, least, most, changes);
        while (high - low > Math.Max(1, low / 200))
        {
            long middle = low + ((high - low) / 2);
            if (DirectWins(middle))
                high = middle;
            else
                low = middle;
        }
        return new Crossing(high, least, most, changes);
    }

    /// <summary>The model of least predicted squared error over some ridges.</summary>
    /// <param name="ridges">The ridges.</param>
    /// <param name="model">Predicts the model of a ridge.</param>
    public static PredictedModel Best(Grid ridges, Func<double, PredictedModel> model)
    {
        ArgumentNullException.ThrowIfNull(ridges);
        ArgumentNullException.ThrowIfNull(model);
        return ridges.Select(model).MinBy(m => m.SquaredError)!;
    }
}
