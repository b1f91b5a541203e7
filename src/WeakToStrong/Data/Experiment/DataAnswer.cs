using System.Globalization;
using WeakToStrong.Choices;
using WeakToStrong.Data.Decision;
using WeakToStrong.Statistics;

namespace WeakToStrong.Data.Experiment;

/// <summary>The answer in words: should the strong model be trained on the weak one's labels?</summary>
internal sealed class DataAnswer
{
    // Where one answer for all rows is right so often, an accuracy needs it beside it.
    private const double LargeMajority = 0.75;

    // More rows than this are not what anybody will label to tell two models apart.
    private const int MostTimes = 50;

    private readonly DataResult _result;
    private readonly int _teacher;
    private readonly ChoiceScores _scores;
    private readonly SplitChoices _first;
    private readonly (double Share, double Best, string Rows, bool IsAsGood) _constant;
    private readonly CurveTrend? _trend;
    private readonly Crossing? _crossing;

    private DataAnswer(DataResult result, int teacher, ChoiceScores scores)
    {
        (_result, _teacher, _scores) = (result, teacher, scores);
        _first = result.Splits[0].Choices[teacher];
        _constant = Constant();
        _trend = CurveTrend.Of(result.Curve(teacher), scores);
        _crossing = Trusted();
    }

    /// <summary>The sentences for a teacher, the decision last; none where the choices were not cross-fitted.</summary>
    public static IReadOnlyList<string> Of(DataResult result, int teacher) => result.Scores(teacher) is not { } scores ? []
        : [.. new DataAnswer(result, teacher, scores).Sentences().OfType<string>()];

    private IEnumerable<string?> Sentences()
    {
        yield return Table();
        yield return Majority();
        yield return IdleTeacher();
        yield return Curves();
        yield return Theory();
        yield return Decision();
    }

    private bool Many => _result.Splits.Count > 1;

    private string What => _scores.IsClassification ? "accuracy" : "squared error";

    /// <summary>How good one answer for all rows is, on test rows or, where none has a label, on the labelled rows.</summary>
    private (double Share, double Best, string Rows, bool IsAsGood) Constant()
    {
        bool isTested = _result.Splits[0].TestRows > 0;
        double share = isTested ? _result.Majority : _result.LabelledMajority;
        double best = isTested ? CrossFit.Choices.Max(choice => _result.TestScore(choice, _teacher)) : _scores.Score(_scores.Best);
        double rows = isTested ? _result.Splits[0].TestRows : _scores.Rows;
        return (share, best, isTested ? "test" : "labelled", IsHardlyAbove(best, share, rows));
    }

    /// <summary>Whether an accuracy over some rows is less than two standard errors above that of one answer for all; no for NaN.</summary>
    private static bool IsHardlyAbove(double accuracy, double constant, double rows) =>
        accuracy < constant + (2 * Math.Sqrt(accuracy * (1 - accuracy) / rows));

    private string Table()
    {
        string cross = string.Join(", ", _scores.Judged.Select(choice => $"{Name(choice)} {Show(Level(choice))}"));
        string missing = _scores.Judged.Count == CrossFit.Choices.Count ? string.Empty
            : " (labelled rows have no weak label, so the teacher cannot be compared)";
        string test = _result.Splits[0].TestRows == 0 ? string.Empty
            : $"; on test rows {string.Join(", ", CrossFit.Choices.Select(c => $"{Name(c)} {Show(_result.TestScore(c, _teacher))}"))}";
        string regret = _result.Splits[0].TestRows == 0 ? string.Empty
            : $"; following the advice{(Many ? " of each split" : null)} costs {Show(_result.AdviceRegret(_teacher).Mean)} on "
                + "these test rows against the best choice, known in hindsight";
        return $"{What} expected from {_result.Sizes.Teacher} labelled rows, each judged by models that did not see it: "
            + $"{cross}{missing}{test}{regret}";
    }

    private string? Majority() => double.IsNaN(_constant.Share) || (_constant.Share < LargeMajority && !_constant.IsAsGood) ? null
        : $"always predicting the commonest class is right in {Show(_constant.Share)} of the {_constant.Rows} rows"
            + (_constant.IsAsGood ? $", and no model does clearly better (best {Show(_constant.Best)}); " : "; ")
            + Balanced();

    /// <summary>Labels of a teacher that may know nothing: a mixture with them can gain all the same, as from a larger ridge.</summary>
    private string? IdleTeacher()
    {
        if (!_scores.IsClassification || _constant.IsAsGood || !_scores.Judged.Contains(TrainingChoice.Teacher))
            return null;
        double constant = _result.LabelledMajority;
        return !IsHardlyAbove(Level(TrainingChoice.Teacher), constant, _scores.Rows) ? null
            : $"the teacher is not clearly better than the commonest class, which is right in {Show(constant)} of the labelled rows: "
                + "its labels may carry nothing, and what a mixture with them gains need not come from what it knows";
    }

    /// <summary>What accuracy hides where one class has most rows.</summary>
    private string Balanced()
    {
        if (_result.Splits[0].TestRows == 0 || _result.Splits.Any(split => split.Metrics is null))
            return "look at balanced accuracy, AUC and log-loss (metrics) before accuracy";
        double Of(TrainingChoice choice) => _result.Over(split => (choice switch
        {
            TrainingChoice.Teacher => split.Metrics!.Teacher[_teacher],
            TrainingChoice.Direct => split.Choices[_teacher].Direct.Metrics,
            TrainingChoice.Student => split.Metrics!.Students[_teacher][split.Choices[_teacher].Student],
            _ => split.Choices[_teacher].Mixture.Metrics,
        }).BalancedAccuracy).Mean;
        return "balanced accuracy is "
            + $"{string.Join(", ", CrossFit.Choices.Select(choice => $"{Name(choice)} {Show(Of(choice))}"))}, "
            + "and the answer below is not by it";
    }

    /// <summary>The learning curves.</summary>
    private string? Curves()
    {
        if (_trend is not { Curve: var curve, Winner: var winner, Other: var other })
            return null;
        string At(TrainingChoice choice) => string.Join(", ", curve.Scores.Select(s => Show(Math.Abs(s.Score(choice)))));
        string curves = $"with {string.Join(", ", curve.Rows)} labelled rows, {Name(winner)} has {What} "
            + $"{At(winner)} and {Name(other)} {At(other)}";
        return _trend.Tells ? $"{curves}: {Favoured()}" : $"{curves}: which of the two more labels favour these curves do not tell";
    }

    /// <summary>What more labelled rows favour, where the curves tell.</summary>
    private string? Favoured() => _trend is not { Tells: true } trend ? null
        : trend.Gain.Mean < 0 ? $"fewer labels favour {Name(trend.Winner)}, more labels {Name(trend.Other)}"
        : $"{Name(trend.Winner)} gains more from further labels{Overtakes(trend)}";

    // Along the logarithm of the number of rows, in which learning curves are about straight.
    private string Overtakes(CurveTrend trend)
    {
        double behind = _scores.Difference(trend.Other, trend.Winner).Mean, most = trend.Curve.Rows[^1];
        double needed = behind / (trend.Gain.Mean / Math.Log2(most / trend.Curve.Rows[0]));
        return behind <= 0 || needed > 4 ? string.Empty : string.Create(
            CultureInfo.InvariantCulture, $", and at this rate overtakes at about {most * Math.Pow(2, needed):F0} labelled rows");
    }

    /// <summary>
    /// What theory says of other numbers of true labels; nothing where it is refuted at the number that is there. Its moments come from
    /// the same few rows.
    /// </summary>
    private Crossing? Trusted()
    {
        if (_constant.IsAsGood || _first.Crossing is not { } crossing)
            return null;
        Estimate measured = _scores.Difference(TrainingChoice.Direct, TrainingChoice.Student);
        bool refuted = Math.Abs(measured.Mean) > 2 * measured.StandardError && measured.Mean > 0 != DirectWins(crossing);
        return refuted ? null : crossing;
    }

    private bool DirectWins(Crossing crossing) => crossing.Rows is { } rows && rows <= _result.Sizes.Teacher;

    private string? Theory()
    {
        if (_crossing is not { } crossing)
            return null;
        string who = crossing.Rows is not { } rows ? $"the student stays ahead of direct training up to {crossing.Most} true labels"
            : crossing.Changes > 1 ? "the student and direct training change places more than once, and from about "
                + $"{rows} true labels on direct training stays ahead"
            : rows == crossing.Least ? "direct training beats the student at every number of true labels"
            : $"direct training beats the student from about {rows} true labels on";
        bool leans = _scores.Difference(TrainingChoice.Direct, TrainingChoice.Student).Mean > 0;
        string doubt = leans == DirectWins(crossing) ? string.Empty
            : $", though with {_result.Sizes.Teacher} of them these rows lean the other way, so take it as a rough guess";
        return $"by the theory of two views, {who}{doubt}";
    }

    private string Decision()
    {
        Estimate gain = _scores.Gain;
        string interval = $"{(_scores.IsClassification ? "expected gain in accuracy" : "expected reduction of squared error")} over "
            + $"{Name(_scores.Next)}, the next best, {Show(gain.Mean)}, 95% interval {Show(_scores.Low)} to {Show(_scores.High)}";
        string teacher = _result.LambdaTeacher.Count > 1
            ? FormattableString.Invariant($"at lambda_t = {_result.LambdaTeacher[_teacher]:G3}, ") : string.Empty;
        string useless = _constant.IsAsGood
            ? "no choice is clearly better than always predicting the commonest class; if one has to be used, " : string.Empty;
        int same = _result.Splits.Count(split => split.Choices[_teacher].Scores.Advised == _scores.Advised);
        string share = Many ? $" (advised in {same} of {_result.Splits.Count} splits)" : string.Empty;
        return $"answer: {teacher}{useless}{Instruction(_scores.Advised)}{share}: {interval}{Doubt()}; what would change it: {Change()}";
    }

    private string Doubt()
    {
        if (_scores.IsClear)
            return string.Empty;
        string safer = _scores.Advised != TrainingChoice.Mixture ? string.Empty
            : ", and the mixture is advised because it seldom loses much"
                + (_scores.Gain.Mean < 0 ? $", though {Name(_scores.Next)} does better on these rows" : null);
        return $"; the data cannot tell {Name(_scores.Advised)} from {Name(_scores.Next)}{safer}";
    }

    /// <summary>What would change the answer, as far as the data tell.</summary>
    private string Change()
    {
        bool isTold = _crossing is { Changes: 1, Rows: { } from } && from > _result.Sizes.Teacher
            && _scores.Advised is TrainingChoice.Student or TrainingChoice.Mixture;
        string[] all = [.. new[]
        {
            _constant.IsAsGood ? "features or labels that tell the classes apart, or a measure other than accuracy" : null, Apart(),
            Favoured(),
            isTold ? $"about {_crossing!.Rows} true labels, from which on theory expects direct training to beat the student" : null,
        }.OfType<string>()];
        return all.Length == 0 ? "nothing that these rows show" : string.Join("; ", all);
    }

    /// <summary>How many labelled rows would tell the advised choice from the next: lengths of intervals fall with the root of
    /// their number.</summary>
    private string? Apart()
    {
        if (_scores.IsClear)
            return null;
        double times = Math.Pow((_scores.High - _scores.Low) / 2 / _scores.Gain.Mean, 2);
        return !(times <= MostTimes)
            ? $"hardly more labels: the two differ so little that it would take more than {MostTimes} times as many to tell them apart"
            : string.Create(CultureInfo.InvariantCulture, $"more labels: about {TwoDigits(times * _scores.Rows):F0} labelled rows in place "
                + $"of {_scores.Rows} would tell the two apart, if the difference stays as it is");
    }

    private string Instruction(TrainingChoice choice) => choice switch
    {
        TrainingChoice.Teacher => "keep the teacher and train nothing on its labels",
        TrainingChoice.Direct => "do not use the weak labels; train the strong model directly on the "
            + $"{_result.Sizes.Teacher} true labels, lambda = {Ridge(_first.Direct.Lambda)}",
        TrainingChoice.Student => "train the strong model on the weak labels, "
            + $"lambda_s = {Ridge(_result.LambdaStudent[_first.Student])}",
        _ => "train the strong model on the mixture of true and weak labels, a true label weighing "
            + $"{((decimal)TwoDigits(_first.MixtureWeight)).ToString(CultureInfo.InvariantCulture)} weak ones, "
            + $"lambda = {Ridge(_first.Mixture.Lambda)}",
    };

    private double Level(TrainingChoice choice) => Math.Abs(_scores.Score(choice));

    private static string Name(TrainingChoice choice) => choice switch
    {
        TrainingChoice.Teacher => "teacher",
        TrainingChoice.Direct => "direct",
        TrainingChoice.Student => "student",
        _ => "mixture",
    };

    private static double TwoDigits(double value) =>
        double.Parse(value.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Ridge(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Show(double value) => double.IsFinite(value) ? value.ToString("G3", CultureInfo.InvariantCulture)
        : Tables.NumberText.Format(value);
}

/// <summary>What learning curves tell of the advised choice and the one that more labels might favour.</summary>
/// <param name="Curve">The curves.</param>
/// <param name="Winner">Direct training.</param>
/// <param name="Other">The advised choice, or its closest rival where direct training is advised.</param>
/// <param name="Gain">What the first gains on the second along the curves.</param>
internal sealed record CurveTrend(LearningCurve Curve, TrainingChoice Winner, TrainingChoice Other, Estimate Gain)
{
    /// <summary>Whether the curves tell.</summary>
    public bool Tells => Math.Abs(Gain.Mean) > 2 * Gain.StandardError;

    /// <summary>The trend of these curves, if there are any.</summary>
    public static CurveTrend? Of(LearningCurve? curve, ChoiceScores scores)
    {
        if (curve is null)
            return null;
        TrainingChoice other = scores.Advised != TrainingChoice.Direct ? scores.Advised
            : scores.Judged.Where(choice => choice != TrainingChoice.Direct).MaxBy(scores.Score);
        return new CurveTrend(curve, TrainingChoice.Direct, other, curve.Trend(TrainingChoice.Direct, other));
    }
}
