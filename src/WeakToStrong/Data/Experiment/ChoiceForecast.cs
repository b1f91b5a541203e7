using System.Globalization;
using WeakToStrong.Choices;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Experiment;

/// <summary>
/// What the theory of two views says of an experiment before anything is trained: teacher, direct training, student, mixture and ceiling at
/// every ridge, and how many true labels it takes until direct training wins. All second moments come from the labelled rows there are;
/// nothing is fitted to measured errors. Immutable.
/// </summary>
public sealed class ChoiceForecast
{
    // Weights of a true row in the mixture, of which each pair of ridges takes the best.
    private static readonly double[] Weights = [0.25, 1, 4, 16, 64, 256];

    private readonly RidgeGrids _ridges;
    private readonly PredictedModel[] _teachers, _direct, _ceilings;
    private readonly PredictedModel[][] _students, _mixtures;
    private readonly double[][] _weights;

    private ChoiceForecast(ChoicePrediction theory, SplitSizes sizes, RidgeGrids ridges, RunOptions options)
    {
        (Theory, _ridges) = (theory, ridges);
        Grid strong = ridges.Student;
        _teachers = [.. ridges.Teacher.Select(l => theory.Teacher(sizes.Teacher, l))];
        _direct = [.. strong.Select(l => theory.Direct(sizes.Teacher, l))];
        _ceilings = [.. strong.Select(l => theory.Ceiling(sizes.Student, l))];
        _students = [.. _teachers.Select(t => strong.Select(l => theory.Student(t, sizes.Student, l)).ToArray())];
        (PredictedModel Model, double Weight)[][] mixtures = [.. _teachers.Select(t => strong.Select(l => Weights
            .Select(w => (Model: theory.Mixture(t, sizes.Teacher, sizes.Student, w, l), Weight: w)).MinBy(m => m.Model.SquaredError))
            .ToArray())];
        _mixtures = [.. mixtures.Select(row => row.Select(m => m.Model).ToArray())];
        _weights = [.. mixtures.Select(row => row.Select(m => m.Weight).ToArray())];
        if (theory.Moments.HasClasses)
        {
            // Accuracies are the expensive part, each a number of its own.
            PredictedModel[] all =
                [.. _teachers, .. _direct, .. _ceilings, .. _students.SelectMany(s => s), .. _mixtures.SelectMany(m => m)];
            FixedBlocks.Each(all.Length, 1, options with { Progress = null }, "predictions", i => _ = all[i].Accuracy);
        }
    }

    /// <summary>The theory with the experiment's moments, for other sizes and ridges.</summary>
    public ChoicePrediction Theory { get; }

    /// <summary>From how many true labels on direct training beats the student in squared error, each with its best ridge.</summary>
    public required Crossing ByError { get; init; }

    /// <summary>The same in accuracy; null for regression.</summary>
    public Crossing? ByAccuracy { get; init; }

    /// <summary>The teacher, by the position of its ridge.</summary>
    public PredictedModel Teacher(int t) => _teachers[t];

    /// <summary>The strong model on the teacher's true labels, by the position of its ridge.</summary>
    public PredictedModel Direct(int s) => _direct[s];

    /// <summary>The student, by the positions of the teacher's ridge and of its own.</summary>
    public PredictedModel Student(int t, int s) => _students[t][s];

    /// <summary>True and weak labels together, with the weight of <see cref="MixtureWeight"/>.</summary>
    public PredictedModel Mixture(int t, int s) => _mixtures[t][s];

    /// <summary>Weight of a true row's squared residual in that mixture, a weak one counting 1.</summary>
    public double MixtureWeight(int t, int s) => _weights[t][s];

    /// <summary>The strong model with true labels on the student's rows, by the position of its ridge.</summary>
    public PredictedModel Ceiling(int s) => _ceilings[s];

    /// <summary>Refuses an experiment that the theory does not speak of, before anything is run.</summary>
    /// <exception cref="InputException">With the sentence for it.</exception>
    internal static void Check(DataExperiment experiment)
    {
        if (experiment.Labels != PseudoLabels.Soft || experiment.Prior is not null || !experiment.Head.TakesNumbers
            || experiment.Confidence > 0 || experiment.Data.WeakLabels is not null)
            throw new InputException("--predict is for ridge on soft pseudo-labels without a prior, confidence or given weak labels; leave "
                + "these out, or --predict");
        int features = Math.Max(experiment.Weak.Output(experiment.Data.Weak.Shape).Columns,
            experiment.Strong.Output(experiment.Data.Strong.Shape).Columns);
        if (experiment.Data.Labels.LabelledCount < features + 10)
        {
            throw new InputException($"--predict estimates the moments of {features} features from {experiment.Data.Labels.LabelledCount} "
                + $"labelled rows; there must be at least {features + 10} rows");
        }
    }

    /// <summary>Estimates the moments and predicts.</summary>
    internal static ChoiceForecast Of(
        DataExperiment experiment, RidgeGrids ridges, ulong seed, RunOptions options, List<string> warnings)
    {
        Dataset data = experiment.Data;
        (FeatureRows weak, FeatureRows strong) = PreparedSplit.AllRows(experiment, seed, options, warnings);
        int[] rows = [.. Enumerable.Range(0, data.Count).Where(data.Labels.IsLabelled)];
        var theory = new ChoicePrediction(Moments(weak.Select(rows), strong.Select(rows), data.Labels.Select(rows), options));
        int features = Math.Max(weak.Columns, strong.Columns);
        if (rows.Length < 10 * features)
            warnings.Add($"the prediction's moments come from {rows.Length} labelled rows of {features} features; with fewer than ten rows "
                + "a feature they flatter");
        SplitSizes sizes = experiment.SizesUsed;
        // A teacher that is to be good with any number of rows chooses its ridge; one ridge alone is no choice.
        Grid teacher = ridges.Teacher.Count > 1 ? ridges.Teacher : PreparedSplit.StandardGrid(weak, options.Threads),
            student = ridges.Student.Count > 1 ? ridges.Student : PreparedSplit.StandardGrid(strong, options.Threads);
        Crossing Find(ChoiceMeasure measure) => Crossing.Find(theory, sizes.Student, teacher, student, measure, 1 << 20,
            options.Cancellation);
        return new ChoiceForecast(theory, sizes, ridges, options)
        {
            ByError = Find(ChoiceMeasure.SquaredError),
            ByAccuracy = theory.Moments.HasClasses ? Find(ChoiceMeasure.Accuracy) : null,
        };
    }

    /// <summary>Counts the moments of labelled rows.</summary>
    internal static PairMoments Moments(FeatureRows weak, FeatureRows strong, TrueLabels truth, RunOptions options)
    {
        const int Chunk = 4096;
        var counted = new PairAccumulator(weak.Columns, strong.Columns, truth.Outputs, truth.IsClassification ? truth.Outputs : 0);
        for (int first = 0; first < truth.Count; first += Chunk)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(first, Math.Min(Chunk, truth.Count - first))];
            TrueLabels labels = truth.Select(rows);
            int[] classes = truth.IsClassification ? [.. rows.Select(truth.ClassOf)] : [];
            counted.Add(Copy(weak, rows), Copy(strong, rows), labels.Targets(), classes, options.Threads);
        }
        return counted.ToMoments(options.Threads);
    }

    /// <summary>Columns predicted_teacher_error and so on, one row a pair of ridges, the student's fastest.</summary>
    internal IEnumerable<ResultColumn> Columns()
    {
        (int T, int S)[] cells = [.. Enumerable.Range(0, _teachers.Length)
            .SelectMany(_ => Enumerable.Range(0, _direct.Length), (t, s) => (t, s))];
        (string Name, Func<int, int, PredictedModel> Of)[] models =
        [
            ("teacher", (t, _) => Teacher(t)), ("student", Student), ("direct", (_, s) => Direct(s)), ("mixture", Mixture),
            ("ceiling", (_, s) => Ceiling(s)),
        ];
        ResultColumn Column(string name, Func<int, int, double> value) => ResultColumn.Of(name, [.. cells.Select(c => value(c.T, c.S))]);
        IEnumerable<ResultColumn> columns = models.Select(m => Column($"predicted_{m.Name}_error", (t, s) => m.Of(t, s).SquaredError));
        if (Theory.Moments.HasClasses)
            columns = columns.Concat(models.Select(m => Column($"predicted_{m.Name}_accuracy", (t, s) => m.Of(t, s).Accuracy)));
        return columns.Append(Column("predicted_mixture_weight", MixtureWeight));
    }

    /// <summary>From how many true labels on direct training wins, in words.</summary>
    internal IEnumerable<string> Sentences()
    {
        yield return $"by the theory {Words(ByError, "squared error")}"
            + $"{(ByAccuracy is null ? string.Empty : $"; {Words(ByAccuracy, "accuracy")}")}, each at its best ridge; it takes rows as "
            + "Gaussian, and the true rows of a mixture as fresh";
    }

    private static string Words(Crossing crossing, string measure) =>
        crossing.Rows is not { } rows ? $"the student beats direct training up to {Digits(crossing.Most)} true labels in {measure}"
        : rows == crossing.Least ? $"direct training beats the student with any number of true labels in {measure}"
        : $"direct training beats the student from {Digits(rows)} true labels on in {measure}";

    private static string Digits(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static Matrix<double> Copy(FeatureRows rows, int[] chosen)
    {
        var copy = new Matrix<double>(chosen.Length, rows.Columns);
        for (int i = 0; i < chosen.Length; i++)
            rows[chosen[i]].CopyTo(copy.Row(i));
        return copy;
    }
}
