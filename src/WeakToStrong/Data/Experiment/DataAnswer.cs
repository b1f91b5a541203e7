using System.Globalization;
using WeakToStrong.Data.Decision;
using WeakToStrong.Statistics;

namespace WeakToStrong.Data.Experiment;

/// <summary>The answer in words: should the strong model be trained on the weak one's labels?</summary>
internal sealed class DataAnswer
{
    // Where one answer for all rows is right so often, an accuracy needs it beside it.
    private const double LargeMajority = 0.75;

    private readonly DataResult _result;
    private readonly int _teacher;
    private readonly ChoiceScores _scores;
    private readonly SplitChoices _first;

    private DataAnswer(DataResult result, int teacher, ChoiceScores scores)
    {
        (_result, _teacher, _scores) = (result, teacher, scores);
        _first = result.Splits[0].Choices[teacher];
    }

    /// <summary>The sentences for a teacher, the decision last; none where the choices were not cross-fitted.</summary>
    public static IReadOnlyList<string> Of(DataResult result, int teacher) => result.Scores(teacher) is not { } scores ? []
        : [.. new DataAnswer(result, teacher, scores).Sentences().OfType<string>()];

    private IEnumerable<string?> Sentences()
    {
        yield return Table();
        yield return Majority();
        yield return Trend();
        yield return Theory();
        yield return Decision();
    }

    private bool Many => _result.Splits.Count > 1;

    private string What => _scores.IsClassification ? "accuracy" : "squared error";

    private string Table()
    {
        string cross = string.Join(", ", _scores.Judged.Select(choice => $"{Name(choice)} {Show(Level(choice))}"));
        string missing = _scores.Judged.Count == CrossFit.Choices.Count ? string.Empty
            : " (labelled rows have no weak label, so the teacher cannot be compared)";
        string test = _result.Splits[0].TestRows == 0 ? string.Empty
            : $"; on test rows {string.Join(", ", CrossFit.Choices.Select(c => $"{Name(c)} {Show(_result.TestScore(c, _teacher))}"))}";
        string regret = _result.Splits[0].TestRows == 0 ? string.Empty
            : $"; following the advice{(Many ? " of each split" : null)} costs {Show(_result.AdviceRegret(_teacher).Mean)} against "
                + "the best choice in hindsight";
        return $"{What} expected from {_result.Sizes.Teacher} labelled rows, each judged by models that did not see it: "
            + $"{cross}{missing}{test}{regret}";
    }

    private string? Majority()
    {
        double share = _result.Majority;
        if (double.IsNaN(share))
            return null;
        double best = CrossFit.Choices.Max(choice => _result.TestScore(choice, _teacher));
        double error = Math.Sqrt(best * (1 - best) / Math.Max(1, _result.Splits[0].TestRows));
        bool asWell = best < share + (2 * error);
        return share < LargeMajority && !asWell ? null
            : $"always predicting the commonest class is right in {Show(share)} of the test rows"
                + (asWell ? $", and no model does clearly better (best {Show(best)}); " : "; ")
                + "look at balanced accuracy, AUC and log-loss (metrics) before accuracy";
    }

    /// <summary>Whether more labelled rows would favour training on them, where curves tell.</summary>
    private string? Trend()
    {
        if (_result.Curve(_teacher) is not { } curve)
            return null;
        (TrainingChoice winner, TrainingChoice other) = _scores.Advised == TrainingChoice.Direct
            ? (TrainingChoice.Direct, Second(TrainingChoice.Direct)) : (TrainingChoice.Direct, _scores.Advised);
        Estimate trend = curve.Trend(winner, other);
        bool tells = Math.Abs(trend.Mean) > 2 * trend.StandardError;
        string At(TrainingChoice choice) => string.Join(", ", curve.Scores.Select(s => Show(Math.Abs(s.Score(choice)))));
        string curves = $"with {string.Join(", ", curve.Rows)} labelled rows, {Name(winner)} has {What} "
            + $"{At(winner)} and {Name(other)} {At(other)}";
        return !tells ? $"{curves}: the learning curves do not tell what more labels would change"
            : trend.Mean < 0 ? $"{curves}: fewer labels favour {Name(winner)}, more labels {Name(other)}"
            : $"{curves}: {Name(winner)} gains more from further labels{Overtakes(curve, winner, other, trend)}";
    }

    // Along the logarithm of the number of rows, in which learning curves are about straight.
    private string Overtakes(LearningCurve curve, TrainingChoice winner, TrainingChoice other, Estimate trend)
    {
        double behind = _scores.Difference(other, winner).Mean, doublings = Math.Log2((double)curve.Rows[^1] / curve.Rows[0]);
        double needed = behind / (trend.Mean / doublings);
        return behind <= 0 || needed > 4 ? string.Empty : string.Create(
            CultureInfo.InvariantCulture,
            $", and at this rate overtakes at about {curve.Rows[^1] * Math.Pow(2, needed):F0} labelled rows");
    }

    private string? Theory() => _first.Crossing is not { } crossing ? null
        : crossing.Rows is not { } rows
            ? $"by the theory of two views, the student stays ahead of direct training up to {crossing.Most} true labels"
        : crossing.Changes > 1 ? "by the theory of two views, the student and direct training change places more than once, for the last "
            + $"time at about {rows} true labels"
        : rows == crossing.Least ? "by the theory of two views, direct training beats the student at every number of true labels"
        : $"by the theory of two views, direct training beats the student from about {rows} true labels on";

    private string Decision()
    {
        Estimate gain = _scores.Gain;
        string interval = $"{(_scores.IsClassification ? "expected gain in accuracy" : "expected reduction of squared error")} over "
            + $"{Name(_scores.Next)}, the next best, {Show(gain.Mean)}, 95% interval {Show(_scores.Low)} to {Show(_scores.High)}";
        string verdict = _scores.Low > 0 ? string.Empty : $"; the data cannot tell {Name(_scores.Advised)} from {Name(_scores.Next)}";
        string teacher = _result.LambdaTeacher.Count > 1
            ? FormattableString.Invariant($"at lambda_t = {_result.LambdaTeacher[_teacher]:G3}, ") : string.Empty;
        int same = _result.Splits.Count(split => split.Choices[_teacher].Scores.Advised == _scores.Advised);
        string share = Many ? $" (advised in {same} of {_result.Splits.Count} splits)" : string.Empty;
        return $"answer: {teacher}{Instruction(_scores.Advised)}{share}: {interval}{verdict}";
    }

    private string Instruction(TrainingChoice choice) => choice switch
    {
        TrainingChoice.Teacher => "keep the teacher and train nothing on its labels",
        TrainingChoice.Direct => "do not use the weak labels; train the strong model directly on the "
            + $"{_result.Sizes.Teacher} true labels, lambda = {Ridge(_first.Direct.Lambda)}",
        TrainingChoice.Student => "train the strong model on the weak labels, "
            + $"lambda_s = {Ridge(_result.LambdaStudent[_first.Student])}",
        _ => "train the strong model on the mixture of true and weak labels, a true label weighing "
            + $"{_first.MixtureWeight.ToString("G2", CultureInfo.InvariantCulture)} weak ones, lambda = {Ridge(_first.Mixture.Lambda)}",
    };

    private TrainingChoice Second(TrainingChoice than) => _scores.Judged.Where(c => c != than).MaxBy(_scores.Score);

    private double Level(TrainingChoice choice) => Math.Abs(_scores.Score(choice));

    private static string Name(TrainingChoice choice) => choice switch
    {
        TrainingChoice.Teacher => "teacher",
        TrainingChoice.Direct => "direct",
        TrainingChoice.Student => "student",
        _ => "mixture",
    };

    private static string Ridge(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Show(double value) => double.IsFinite(value) ? value.ToString("G3", CultureInfo.InvariantCulture)
        : Tables.NumberText.Format(value);
}
