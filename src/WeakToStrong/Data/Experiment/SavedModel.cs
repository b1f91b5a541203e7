using System.Numerics.Tensors;
using WeakToStrong.Data.Formats;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Experiment;

/// <summary>
/// A trained model that can be taken away: feature maps, weights and what its scores mean. Written to a folder and read back, it predicts
/// the same to the bit, row by row, whatever rows stand beside it. Immutable.
/// </summary>
/// <remarks>
/// <c>weights.npy</c> holds one row a feature and one column an output (for two classes by logistic regression one, the second class's),
/// <c>intercept.npy</c> one number an output: scores are <c>((x - s[0]) * s[1]) @ weights + intercept</c> with <c>s</c> of
/// <c>standardisation.npy</c> and x the features after the maps that <c>model.json</c> names. What is needed for the last bit (centre.npy,
/// at_centre.npy) and the maps' arrays stand beside.
/// </remarks>
public sealed partial class SavedModel
{
    private readonly FittedPipeline _maps;
    private readonly Matrix<double> _weights, _centre;
    private readonly double[] _atCentre;

    private SavedModel(FittedPipeline maps, Matrix<double> weights, Matrix<double> centre, double[] atCentre)
    {
        (_maps, _weights, _centre, _atCentre) = (maps, weights, centre, atCentre);
    }

    /// <summary>Its name, such as <c>direct</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of model, such as <c>ridge</c>.</summary>
    public required string Head { get; init; }

    /// <summary>From weighted sums to scores.</summary>
    public required Link Link { get; init; }

    /// <summary>Its ridge.</summary>
    public required double Lambda { get; init; }

    /// <summary>Names of the classes, in the order of the scores; empty for regression.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Names of the raw features, or null when they have none.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>What it predicts from: raw features.</summary>
    public FeatureShape Input => _maps.Input;

    /// <summary>A model as it was trained.</summary>
    internal static SavedModel Of(
        string name, string head, RidgeModels model, FittedPipeline maps, PriorWeighting? prior, RawFeatures features, Labels labels)
    {
        Matrix<double> weights = model.Coefficients, centre = model.Centre;
        double[] atCentre = model.AtCentre;
        if (prior is not null)
        {
            // The model's features are Gamma^(1/2) x, so its weights on x are Gamma^(1/2) times its own.
            atCentre = [.. Enumerable.Range(0, atCentre.Length).Select(k => model.Intercept(0, k))];
            weights = prior.Apply(FeatureRows.All(weights.Transposed())).Matrix.Transposed();
            centre = new Matrix<double>(2, weights.Rows);
        }
        return new SavedModel(maps, weights, centre, atCentre)
        {
            Name = name,
            Head = head,
            Link = model.Link,
            Lambda = model.Lambdas[0],
            ClassNames = labels.ClassNames,
            FeatureNames = features.Names,
        };
    }

    /// <summary>Scores of raw rows: one column a class (probabilities for logistic regression), or one of numbers.</summary>
    /// <param name="rows">Raw features.</param>
    /// <param name="options">Threads and cancellation.</param>
    public Matrix<double> Scores(FeatureRows rows, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Require.SameLength(Input.Columns, rows.Columns, nameof(rows));
        options ??= RunOptions.Default;
        int outputs = Link == Link.Logistic ? 2 : _weights.Columns;
        var scores = new Matrix<double>(rows.Count, outputs);
        Matrix<double> weights = _weights.Transposed();
        const int BlockRows = 4096;
        for (int first = 0; first < rows.Count; first += BlockRows)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(BlockRows, rows.Count - first), from = first;
            FeatureRows features = _maps.Apply(rows.Select([.. Enumerable.Range(first, count)]), options);
            FixedBlocks.Run(count, options.Threads, i => Score(features[i], weights, scores.Row(from + i)));
        }
        return scores;
    }

    /// <summary>Scores of all rows, held or not.</summary>
    internal Matrix<double> Scores(RawFeatures features, RunOptions options)
    {
        if (features.IsHeld)
            return Scores(features.TakeAll(options.Threads), options);
        const int BlockRows = 4096;
        MemoryNeed.Check($"predicting {features.Count} rows", features.Count, Math.Max(1, ClassNames.Count), 2);
        var scores = new Matrix<double>(features.Count, Math.Max(1, ClassNames.Count));
        for (int first = 0; first < features.Count; first += BlockRows)
        {
            int[] rows = [.. Enumerable.Range(first, Math.Min(BlockRows, features.Count - first))];
            Scores(features.Take(rows, options.Threads), options).Data.CopyTo(scores.RowBlock(first, rows.Length));
        }
        return scores;
    }

    /// <summary>Predictions of raw rows as columns: <c>prediction</c>, and for classification one column of scores a class, named score_ or
    /// probability_ and the class.</summary>
    /// <param name="rows">Raw features.</param>
    /// <param name="options">Threads and cancellation.</param>
    public ResultTable Predict(FeatureRows rows, RunOptions? options = null) =>
        ToTable(Scores(rows, options), ClassNames, Link != Link.Identity);

    /// <summary>The same for all rows, held or not.</summary>
    internal ResultTable Predict(RawFeatures features, RunOptions options) =>
        ToTable(Scores(features, options), ClassNames, Link != Link.Identity);

    /// <summary>Predicts the rows of a file; features are found by name where model and file have names.</summary>
    /// <param name="path">A file of any kind that <see cref="FeatureFile"/> reads.</param>
    /// <param name="idColumn">A column that names the rows, or null: they are numbered from 1.</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <exception cref="InputException">The file cannot be read, or has not the model's features.</exception>
    public ResultTable Predict(string path, string? idColumn = null, RunOptions? options = null)
    {
        options ??= RunOptions.Default;
        using FeatureReader reader = Open(path, idColumn, options);
        int[]? order = Order(reader);
        int outputs = ClassNames.Count == 0 ? 1 : ClassNames.Count;
        MemoryNeed.Check($"predicting {reader.Count} rows", reader.Count, outputs, 2);
        var scores = new Matrix<double>((int)reader.Count, outputs);
        reader.ForEachBlock("predictions", (first, block) =>
            Scores(FeatureRows.All(order is null ? block : Ordered(block, order)), options).Data
                .CopyTo(scores.RowBlock((int)first, block.Rows)), options);
        for (int i = 0; i < scores.Rows; i++)
        {
            foreach (double score in scores.Row(i))
            {
                if (!double.IsFinite(score))
                    throw new InputException($"{reader.Source}, row {i + 1}: the scores of the model {Name} are beyond 1.8e308 in size");
            }
        }
        ResultColumn ids = idColumn is null ? ResultColumn.Of("id", [.. Enumerable.Range(1, scores.Rows).Select(row => (long)row)])
            : ResultColumn.Of("id", [.. (reader.ReadIds(idColumn, options)
                ?? throw new InputException($"{reader.Source} has no column '{InputException.Shorten(idColumn)}'"))
                .Select(id => id ?? string.Empty)]);
        return new ResultTable([ids, .. ToTable(scores, ClassNames, Link != Link.Identity).Columns]);
    }

    /// <summary>Scores as columns.</summary>
    internal static ResultTable ToTable(Matrix<double> scores, IReadOnlyList<string> classes, bool areProbabilities)
    {
        if (classes.Count == 0)
            return new ResultTable(ResultColumn.Of("prediction", scores.Data.ToArray()));
        string prefix = areProbabilities ? "probability" : "score";
        return new ResultTable([
            ResultColumn.Of("prediction", [.. Enumerable.Range(0, scores.Rows).Select(i =>
                double.IsNaN(scores[i, 0]) ? string.Empty : classes[TensorPrimitives.IndexOfMax<double>(scores.Row(i))])]),
            .. classes.Select((name, k) => ResultColumn.Of(
                $"{prefix}_{name}", [.. Enumerable.Range(0, scores.Rows).Select(i => scores[i, k])]))]);
    }

    private double[] Intercepts()
    {
        var intercepts = (double[])_atCentre.Clone();
        for (int k = 0; k < intercepts.Length; k++)
        {
            for (int j = 0; j < _weights.Rows; j++)
                intercepts[k] -= (_centre[0, j] + _centre[1, j]) * _weights[j, k];
        }
        return intercepts;
    }

    // A loop of its own: its rounding depends on nothing but the row.
    private void Score(ReadOnlySpan<double> features, Matrix<double> weights, Span<double> scores)
    {
        Span<double> sums = scores[(scores.Length - weights.Rows)..];
        ReadOnlySpan<double> means = _centre.Row(0), lost = _centre.Row(1);
        for (int k = 0; k < weights.Rows; k++)
        {
            ReadOnlySpan<double> vector = weights.Row(k);
            double sum = 0;
            for (int j = 0; j < vector.Length; j++)
                sum += (features[j] - means[j] - lost[j]) * vector[j];
            sums[k] = sum + _atCentre[k];
        }
        Link.Apply(scores);
    }

    private FeatureReader Open(string path, string? idColumn, RunOptions options) => FeatureReader.Open(path, file =>
    {
        if (FeatureNames is null)
            return new ColumnRoles { Id = idColumn };
        string[] named = [.. file.Columns.Select(column => column.Name).Where(name => name.Length > 0)], others = [.. named.Where(column =>
            !FeatureNames.Any(name => name == column || name.StartsWith($"{column}[", StringComparison.Ordinal)))];
        if (named.Length > 0 && others.Length == named.Length)
            throw Lacks(file.Name, FeatureNames[0]);
        return new ColumnRoles { Id = idColumn, Ignored = others };
    }, options);

    private InputException Lacks(string source, string feature) =>
        new($"{source} has no feature '{InputException.Shorten(feature)}', which the model {Name} needs");

    /// <summary>Where in the file each feature of the model is; null where they are in the model's order.</summary>
    private int[]? Order(FeatureReader reader)
    {
        if (FeatureNames is null || reader.Names is not { } names)
        {
            return reader.Shape.Columns == Input.Columns ? null
                : throw new InputException($"{reader.Source} has {reader.Shape.Columns} features; the model {Name} takes {Input.Columns}");
        }
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
            places.TryAdd(names[i], i);
        int[] order = [.. FeatureNames.Select(name => places.TryGetValue(name, out int place) ? place
            : throw Lacks(reader.Source, name))];
        return order.Index().All(pair => pair.Item == pair.Index) && names.Count == order.Length ? null : order;
    }

    private static Matrix<double> Ordered(Matrix<double> block, int[] order)
    {
        var ordered = new Matrix<double>(block.Rows, order.Length);
        for (int i = 0; i < block.Rows; i++)
        {
            for (int j = 0; j < order.Length; j++)
                ordered[i, j] = block[i, order[j]];
        }
        return ordered;
    }
}
