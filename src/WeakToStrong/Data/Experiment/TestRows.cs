using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;
using WeakToStrong.Statistics;

namespace WeakToStrong.Data.Experiment;

/// <summary>The test rows of a split that have a label, and what is measured on them.</summary>
internal sealed class TestRows
{
    private readonly DataExperiment _experiment;
    private readonly int[] _rows;
    private readonly int _all, _threads;
    private readonly FeatureRows? _weak;
    private readonly FeatureRows _strong;
    private readonly TrueLabels? _truth;
    private readonly string _both;

    public TestRows(DataExperiment experiment, RowSplit split, FeatureRows? weak, FeatureRows strong, int threads)
    {
        Labels labels = experiment.Data.Labels;
        int[] known = [.. Enumerable.Range(0, split.Test.Count).Where(i =>
            labels.IsLabelled(split.Test[i]) && (experiment.Data.WeakLabels?.IsKnown(split.Test[i]) ?? true))];
        (_experiment, _all, _threads) = (experiment, split.Test.Count, threads);
        _both = experiment.Data.WeakLabels is null ? string.Empty : " and a weak one";
        _rows = [.. known.Select(i => split.Test[i])];
        bool all = known.Length == split.Test.Count;
        (_weak, _strong) = (all ? weak : weak?.Select(known), all ? strong : strong.Select(known));
        _truth = known.Length == 0 ? null : labels.Select(_rows);
        Classes = labels.IsClassification ? labels.ClassNames.Count : 1;
    }

    /// <summary>How many rows are measured.</summary>
    public int Count => _rows.Length;

    /// <summary>Number of outputs.</summary>
    public int Classes { get; }

    /// <summary>Says how many rows cannot be measured.</summary>
    public void Remark(List<string> warnings)
    {
        if (_truth is null)
            warnings.Add($"no test row has a true label{_both}, so nothing is measured on test rows; "
                + "the answer rests on the labelled rows");
        else if (_rows.Length < _all)
            warnings.Add($"{_rows.Length} of {_all} test rows have a true label{_both}, and are measured");
    }

    /// <summary>Share of these rows in the commonest class of the labelled rows.</summary>
    public double Majority(TrueLabels taught)
    {
        if (_truth is not { IsClassification: true } truth)
            return double.NaN;
        (int common, _) = Commonest(taught);
        return Enumerable.Range(0, truth.Count).Count(i => truth.ClassOf(i) == common) / (double)truth.Count;
    }

    /// <summary>The commonest class of the labelled rows and its share of them; NaN for regression.</summary>
    public static (int Class, double Share) Commonest(TrueLabels taught)
    {
        if (!taught.IsClassification)
            return (0, double.NaN);
        var counts = new int[taught.Outputs];
        for (int i = 0; i < taught.Count; i++)
            counts[taught.ClassOf(i)]++;
        return (Array.IndexOf(counts, counts.Max()), counts.Max() / (double)taught.Count);
    }

    /// <summary>The teacher's scores.</summary>
    public Matrix<double> TeacherScores(RidgeModels? teachers, int t) => teachers is null
        ? _experiment.Data.WeakLabels!.Select(_rows, "the test rows")
        : teachers.Predict(_weak!, t, _threads);

    /// <summary>Measures a teacher, or weak labels that were given.</summary>
    public Measured MeasureTeacher(RidgeModels? teachers, int t, Matrix<double> scores)
    {
        if (_truth is null)
            return Measured.None(1);
        Judgement[,] judged;
        if (teachers is null)
        {
            judged = new Judgement[_rows.Length, 1];
            for (int i = 0; i < _rows.Length; i++)
                judged[i, 0] = _truth.Judge(i, scores.Row(i), []);
        }
        else
        {
            judged = teachers.At(t).Judge(_weak!, _truth, _threads);
        }
        return new Measured(judged, RidgeModels.Summarise(judged, _truth.IsClassification),
            [_experiment.Metrics ? ModelMetrics.Of(scores, _truth) : ModelMetrics.None], []);
    }

    /// <summary>Measures models of strong features.</summary>
    /// <param name="models">One a ridge.</param>
    /// <param name="teacher">The teacher's scores, for agreement and misfit, or null.</param>
    public Measured Measure(RidgeModels models, Matrix<double>? teacher)
    {
        if (_truth is null)
            return Measured.None(models.Lambdas.Count);
        Judgement[,] judged = models.Judge(_strong, _truth, _threads, teacher);
        Evaluation[] tests = RidgeModels.Summarise(judged, _truth.IsClassification);
        if (!_experiment.Metrics)
            return new Measured(judged, tests, [.. tests.Select(_ => ModelMetrics.None)], []);
        var metrics = new ModelMetrics[tests.Length];
        double[] misfit = teacher is null ? [] : new double[tests.Length];
        for (int l = 0; l < tests.Length; l++)
        {
            Matrix<double> scores = models.Predict(_strong, l, _threads);
            metrics[l] = ModelMetrics.Of(scores, _truth);
            if (teacher is not null)
            {
                TensorPrimitives.Subtract(scores.Data, teacher.Data, scores.Data);
                misfit[l] = TensorPrimitives.SumOfSquares<double>(scores.Data) / scores.Rows;
            }
        }
        return new Measured(judged, tests, metrics, misfit);
    }
}

/// <summary>Models on test rows.</summary>
/// <param name="Rows">Every row under every model.</param>
/// <param name="Tests">Means over rows.</param>
/// <param name="Metrics">More measures, where asked for.</param>
/// <param name="Misfit">Mean squared distance from the teacher's scores, where asked for.</param>
internal sealed record Measured(Judgement[,] Rows, Evaluation[] Tests, ModelMetrics[] Metrics, double[] Misfit)
{
    /// <summary>Models that could not be measured.</summary>
    public static Measured None(int models) => new(
        new Judgement[0, models], [.. Enumerable.Repeat(Evaluation.None, models)], [.. Enumerable.Repeat(ModelMetrics.None, models)],
        [.. Enumerable.Repeat(double.NaN, models)]);

    /// <summary>The only model, with the ridge that was chosen for it.</summary>
    public ChosenModel Chosen(double lambda) => new(lambda, Tests[0], Metrics[0]);

    /// <summary>For each of these students, how its gain and the ceiling's over the teacher vary over rows.</summary>
    public PairVariance[] GapsOver(Measured teacher, Measured ceiling, bool classification)
    {
        int rows = Rows.GetLength(0);
        double[] tops = new double[rows], bottoms = new double[rows];
        var gaps = new PairVariance[Rows.GetLength(1)];
        double Score(Judgement judged) => classification ? (judged.IsRight ? 1 : 0) : -judged.SquaredDistance;
        for (int l = 0; l < gaps.Length; l++)
        {
            for (int i = 0; i < rows; i++)
            {
                double floor = Score(teacher.Rows[i, 0]);
                (tops[i], bottoms[i]) = (Score(Rows[i, l]) - floor, Score(ceiling.Rows[i, 0]) - floor);
            }
            gaps[l] = PairVariance.Of(tops, bottoms);
        }
        return gaps;
    }
}
