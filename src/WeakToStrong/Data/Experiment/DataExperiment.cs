using WeakToStrong.Data.Features;
using WeakToStrong.Heads;

namespace WeakToStrong.Data.Experiment;

/// <summary>
/// The weak-to-strong experiment on real data. A teacher learns from few true labels on weak features; it labels the student's rows; the
/// student learns from these labels on strong features, with every ridge of a grid; the ceiling is the student's model with true labels on
/// the same rows, its ridge chosen by leave-one-out. All of it is repeated over random splits.
/// </summary>
public sealed record DataExperiment
{
    /// <summary>The data.</summary>
    public required Dataset Data { get; init; }

    /// <summary>From raw to weak features. Default: the dataset's own map.</summary>
    public FeaturePipeline? WeakMap { get; init; }

    /// <summary>From raw to strong features. Default: the dataset's own map.</summary>
    public FeaturePipeline? StrongMap { get; init; }

    /// <summary>Sizes of the drawn splits. Default: the dataset's own; of no effect when the data come with a split.</summary>
    public SplitSizes? Sizes { get; init; }

    /// <summary>
    /// The teacher's ridges, in the normalisation (1/n_t) sum of squares + lambda ||b||^2. Default: the one ridge of the standard grid that
    /// leave-one-out on the labelled rows of the first split prefers.
    /// </summary>
    public Grid? LambdaTeacher { get; init; }

    /// <summary>
    /// The student's ridges, in the normalisation (1/n_s) sum of squares + lambda ||b||^2 (b' Gamma^-1 b with a prior). Default: 25 from
    /// 1e-4 to 1e2 times the features' mean variance, rounded to a power of ten.
    /// </summary>
    public Grid? LambdaStudent { get; init; }

    /// <summary>What the student learns from. Default: the teacher's scores.</summary>
    public PseudoLabels Labels { get; init; }

    /// <summary>The student's prior knowledge, or null for plain ridge.</summary>
    public PriorWeighting? Prior { get; init; }

    /// <summary>Number of random splits, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Repeats { get; init => field = Require.AtLeast(value, 1); } = 1;

    /// <summary>What is trained, by teacher, student and all others. Default: ridge regression.</summary>
    public IHead Head { get; init; } = RidgeHead.Instance;

    /// <summary>Weight of the student's own choices in its targets (<see cref="ConfidentLearning"/>), from 0 to 1. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1.</exception>
    public double Confidence { get; init => field = Require.InUnitInterval(value); }

    /// <summary>Whether to choose among teacher, direct, student and mixture by cross-fitting on the labelled rows,
    /// and measure them.</summary>
    public bool Choices { get; init; }

    /// <summary>Whether to say which to train, and what would change it. Needs <see cref="Choices"/>.</summary>
    public bool Advise { get; init; }

    /// <summary>Whether to keep the first split's models, for <see cref="DataResult.Save"/>. Needs <see cref="Choices"/>.</summary>
    public bool KeepModels { get; init; }

    /// <summary>Whether to measure more than errors and accuracies; for classification.</summary>
    public bool Metrics { get; init; }

    /// <summary>Whether to recommend a student ridge from the labelled rows alone.</summary>
    public bool Recommend { get; init; }

    /// <summary>Whether to predict five choices by theory; labels must then be soft, and there must be no prior.</summary>
    public bool Predict { get; init; }

    /// <summary>The map from raw to weak features.</summary>
    internal FeaturePipeline Weak => WeakMap ?? Data.WeakMap;

    /// <summary>The map from raw to strong features.</summary>
    internal FeaturePipeline Strong => StrongMap ?? Data.StrongMap;

    /// <summary>Whether teacher and student see the same features.</summary>
    internal bool SameFeatures => Data.WeakLabels is null && ReferenceEquals(Data.Weak, Data.Strong)
        && Weak.ToString() == Strong.ToString();

    /// <summary>Sizes of every split.</summary>
    internal SplitSizes SizesUsed => Data.Split is { } split ? new(split.Teacher.Count, split.Student.Count, split.Test.Count) : Sizes
        ?? Data.Sizes;

    /// <summary>Runs the experiment.</summary>
    /// <param name="seed">Seed of splits, maps and folds.</param>
    /// <param name="options">Threads, progress and cancellation; when cancelled, the splits that are finished are returned.</param>
    /// <exception cref="InputException">Something does not fit together; the message says what.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the first split was finished.</exception>
    public DataResult Run(ulong seed, RunOptions? options = null)
    {
        options ??= RunOptions.Default;
        Check();
        List<string> warnings = [.. Data.Remarks];
        List<SplitOutcome> outcomes = [];
        var stages = new SplitStages(Repeats, options);
        RidgeGrids? ridges = null;
        bool interrupted = false;
        int unusable = 0;
        for (int repeat = 0; repeat < Repeats && !interrupted; repeat++)
        {
            try
            {
                if (PreparedSplit.Of(this, seed, repeat, ridges, stages, options, warnings) is not { } split)
                {
                    unusable++;
                    continue;
                }
                ridges = split.Ridges;
                outcomes.Add(split.Outcome(stages, warnings));
            }
            catch (OperationCanceledException) when (outcomes.Count > 0)
            {
                interrupted = true;
            }
        }
        if (outcomes.Count == 0)
        {
            string where = Repeats > 1 ? $" in each of {Repeats} splits" : string.Empty;
            throw new InputException($"the teacher's labelled rows all have the same label{where}; they must have at least two");
        }
        if (unusable > 0)
            warnings.Add($"{unusable} of {Repeats} splits are left out: their teacher's labelled rows all have the same label");
        ChoiceForecast? prediction = Predict ? ChoiceForecast.Of(this, ridges!, seed, options, warnings) : null;
        return new DataResult(this, ridges!, outcomes, prediction, [.. warnings.Distinct()], interrupted);
    }

    private void Check()
    {
        if (Data.Split is not null && Repeats > 1)
            throw new InputException($"{Repeats} repeats are asked for, and the split comes from a file; there must then be one");
        if (Data.Split is null)
            (Sizes ?? Data.Sizes).Check(Data.Count);
        if (Labels == PseudoLabels.Hard && !Data.Labels.IsClassification)
            throw new InputException("hard pseudo-labels are asked for, and the task is regression; they must then be soft");
        FeatureShape strong = Strong.Output(Data.Strong.Shape);
        if (Data.WeakLabels is null)
            _ = Weak.Output(Data.Weak.Shape);
        CheckHead();
        if (Prior is not null && Prior.Features != strong.Columns)
            throw new InputException(
                $"the prior has {Prior.Features} rows, and the student has {strong.Columns} features; there must be one row for each");
        if (Predict)
            ChoiceForecast.Check(this);
    }

    private void CheckHead()
    {
        if (!Head.TakesNumbers && !Data.Labels.IsClassification)
            throw new InputException($"the head {Head.Name} is asked for, and the task is regression; it must then be ridge");
        if (!Head.TakesNumbers && (LambdaTeacher?[0] == 0 || LambdaStudent?[0] == 0))
            throw new InputException($"a ridge of 0 is asked for with the head {Head.Name}; its ridges must be above 0");
        if (!Head.TakesNumbers && Labels == PseudoLabels.Soft && Data.WeakLabels is { AreProbabilities: false } given)
            throw new InputException($"{given.Source} holds scores that are no probabilities, and the head {Head.Name} learns from "
                + "probabilities; take hard pseudo-labels, or the head ridge");
        if (Confidence > 0 && !Data.Labels.IsClassification)
            throw new InputException("confidence is asked for, and the task is regression, where there are no choices to be confident of");
        if (Metrics && !Data.Labels.IsClassification)
            throw new InputException("metrics are asked for, and the task is regression; they are of classes");
    }
}
