using WeakToStrong.Choices;
using WeakToStrong.Data.Decision;
using WeakToStrong.Ridge;
using WeakToStrong.Statistics;

namespace WeakToStrong.Data.Experiment;

/// <summary>What one split gave. Where no test row has a label, all evaluations are <see cref="Evaluation.None"/>.</summary>
/// <param name="Teacher">The teacher on the test rows, for each of its ridges.</param>
/// <param name="Students">The student on the test rows, for each teacher and each of its ridges.</param>
/// <param name="Ceiling">The student's model trained on true labels; <see cref="Evaluation.None"/> where there are none.</param>
/// <param name="CeilingLambda">Its ridge, chosen by leave-one-out; NaN where there is none.</param>
/// <param name="Advice">The recommended ridge for each teacher; null where none was asked for.</param>
/// <param name="LeaveOneOutChoice">The ridge that leave-one-out on the pseudo-labels would choose, for each teacher.</param>
public sealed record SplitOutcome(
    IReadOnlyList<Evaluation> Teacher, IReadOnlyList<IReadOnlyList<Evaluation>> Students, Evaluation Ceiling, double CeilingLambda,
    IReadOnlyList<RidgeAdvice?> Advice, IReadOnlyList<int> LeaveOneOutChoice)
{
    /// <summary>The choices beside the teacher and the student, for each teacher; empty where they were not asked for or there are too
    /// few labelled rows.</summary>
    public IReadOnlyList<SplitChoices> Choices { get; init; } = [];

    /// <summary>More measures; null where they were not asked for.</summary>
    public SplitMetrics? Metrics { get; init; }

    /// <summary>Share of the test rows whose class is the commonest of the labelled rows; NaN for regression.</summary>
    public double Majority { get; init; } = double.NaN;

    /// <summary>Share of the labelled rows in their commonest class; NaN for regression.</summary>
    internal double LabelledMajority { get; init; } = double.NaN;

    /// <summary>Number of test rows with a label.</summary>
    public int TestRows { get; init; }

    /// <summary>The models, when they were to be kept, and the split that they learned from.</summary>
    internal (IReadOnlyList<SavedModel> Models, RowSplit Split)? Kept { get; init; }

    /// <summary>How the gap recovered and the gap vary over test rows, for each teacher and student; null without a ceiling.</summary>
    internal PairVariance[][]? GapOverRows { get; init; }
}

/// <summary>What one split says of training something else than a student of a teacher.</summary>
/// <param name="Direct">The strong features on the few true labels.</param>
/// <param name="Mixture">The strong features on true and weak labels.</param>
/// <param name="MixtureWeight">Weight of a true label in it, a weak one having weight 1.</param>
/// <param name="Student">Position of the student's ridge that the labelled rows choose.</param>
/// <param name="Scores">How the choices compare on the labelled rows.</param>
public sealed record SplitChoices(
    ChosenModel Direct, ChosenModel Mixture, double MixtureWeight, int Student, ChoiceScores Scores)
{
    /// <summary>The same with fewer labelled rows; null where they are too few, or advice was not asked for.</summary>
    public LearningCurve? Curve { get; init; }

    /// <summary>From how many true labels on theory expects direct training to beat the student; null where labelled rows do not outnumber
    /// the features, or advice was not asked for.</summary>
    public Crossing? Crossing { get; init; }
}

/// <summary>A model whose ridge was chosen from labelled rows.</summary>
/// <param name="Lambda">The ridge.</param>
/// <param name="Test">The model on the test rows.</param>
/// <param name="Metrics">More measures, where they were asked for.</param>
public sealed record ChosenModel(double Lambda, Evaluation Test, ModelMetrics Metrics);

/// <summary>More measures of one split.</summary>
/// <param name="Teacher">For each of the teacher's ridges.</param>
/// <param name="Students">For each teacher and student.</param>
/// <param name="Ceiling">Of the ceiling.</param>
/// <param name="Misfit">Mean squared distance on test rows between student's and teacher's scores, summed over outputs: what the student
/// is expected to gain in squared error (Charikar, Pabbaraju and Shiragur 2024).</param>
public sealed record SplitMetrics(
    IReadOnlyList<ModelMetrics> Teacher, IReadOnlyList<IReadOnlyList<ModelMetrics>> Students, ModelMetrics Ceiling,
    IReadOnlyList<IReadOnlyList<double>> Misfit);
