namespace WeakToStrong.Choices;

/// <summary>
/// Predicts, before anything is trained, the five models that one may train with few true labels and many rows without: a teacher on
/// weak features, the strong features trained directly on the true labels, a student of the teacher, a mixture of both kinds of labels,
/// and the ceiling that true labels on all rows would give. All are ridge regressions; ridges are normalised as (1/N) sum of squares +
/// lambda |b|^2. Derived in docs/views.md. Immutable and safe to share between threads: a model costs O(p^2) for a teacher with new
/// rows or ridge, O(p) otherwise.
/// </summary>
/// <remarks>
/// Nothing is fitted. The theory is for rows whose features are Gaussian and whose residuals do not depend on them; on real data expect a
/// few per cent, and more with fewer rows than features. In a mixture the true rows are taken as fresh, although they are those that taught
/// the teacher: with few of them that costs a few per cent.
/// </remarks>
public sealed class ChoicePrediction
{
    /// <summary>Predictions from moments.</summary>
    /// <param name="moments">Second moments of features and targets.</param>
    public ChoicePrediction(PairMoments moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        Moments = moments;
    }

    /// <summary>The moments.</summary>
    public PairMoments Moments { get; }

    /// <summary>
    /// Whether models have an intercept that is not penalised, as those of <c>w2s data</c> have; it costs about error/n. Default true;
    /// false is for features and targets that are known to have mean zero.
    /// </summary>
    public bool Intercept { get; init; } = true;

    /// <summary>The weak model on true labels.</summary>
    /// <param name="rows">n_t, at least 1; at least 2 with an intercept.</param>
    /// <param name="ridge">lambda, finite and not negative; 0 is its limit.</param>
    public PredictedModel Teacher(long rows, double ridge) => Model(Moments.Weak, rows, 1, null, 0, ridge);

    /// <summary>The strong model on the same true labels.</summary>
    /// <param name="rows">n_t, at least 1; at least 2 with an intercept.</param>
    /// <param name="ridge">lambda, finite and not negative.</param>
    public PredictedModel Direct(long rows, double ridge) => Model(Moments.Strong, rows, 1, null, 0, ridge);

    /// <summary>The strong model with true labels on all rows: what a student is measured against.</summary>
    /// <param name="rows">n_s, at least 1; at least 2 with an intercept.</param>
    /// <param name="ridge">lambda, finite and not negative.</param>
    public PredictedModel Ceiling(long rows, double ridge) => Model(Moments.Strong, rows, 1, null, 0, ridge);

    /// <summary>The strong model on a teacher's labels.</summary>
    /// <param name="teacher">From <see cref="Teacher"/> of this prediction.</param>
    /// <param name="rows">n_s fresh rows, at least 1; at least 2 with an intercept.</param>
    /// <param name="ridge">lambda, finite and not negative.</param>
    public PredictedModel Student(PredictedModel teacher, long rows, double ridge)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        return Model(Moments.Strong, 0, 1, teacher.Labels, rows, ridge);
    }

    /// <summary>The strong model on true labels and a teacher's together.</summary>
    /// <param name="teacher">From <see cref="Teacher"/> of this prediction.</param>
    /// <param name="trueRows">Rows with true labels, at least 1; taken as fresh.</param>
    /// <param name="teacherRows">Rows with the teacher's labels, at least 1.</param>
    /// <param name="trueWeight">Weight of a true row's squared residual; a row of the teacher's has weight 1. Positive.</param>
    /// <param name="ridge">lambda, in (1/N) sum w (y - x'b)^2 + lambda |b|^2 with N all rows; finite and not negative.</param>
    public PredictedModel Mixture(PredictedModel teacher, long trueRows, long teacherRows, double trueWeight, double ridge)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        Require.AtLeast(trueRows, 1);
        return Model(Moments.Strong, trueRows, trueWeight, teacher.Labels, teacherRows, ridge);
    }

    private PredictedModel Model(PairSide side, long trueRows, double trueWeight, LabelSource? source, long sourceRows, double ridge)
    {
        if (source is not null)
            Require.AtLeast(sourceRows, 1);
        Require.AtLeast(trueRows + sourceRows, Intercept ? 2 : 1, "rows");
        Require.Positive(trueWeight);
        var stage = new ChoiceStage(side, trueRows, trueWeight, source, sourceRows, Intercept);
        return new PredictedModel(Moments, side, source, stage.At(Require.NonNegative(ridge)));
    }
}
