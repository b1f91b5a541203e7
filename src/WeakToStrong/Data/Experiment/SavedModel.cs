using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using WeakToStrong.Data.Features;
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
public sealed class SavedModel
{
    private const string Description = "model.json";
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

    /// <summary>Writes the model to a folder, which is made if it is not there; every file appears whole or not at all.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public void Write(string folder)
    {
        SavedFolder.Make(folder);
        (IReadOnlyList<FittedMap> before, Matrix<double> standardisation) = _maps.Parts();
        NpyWriter.Write(Path.Combine(folder, "weights.npy"), _weights);
        NpyWriter.Write(Path.Combine(folder, "intercept.npy"), Intercepts());
        NpyWriter.Write(Path.Combine(folder, "standardisation.npy"), standardisation);
        NpyWriter.Write(Path.Combine(folder, "centre.npy"), _centre);
        NpyWriter.Write(Path.Combine(folder, "at_centre.npy"), _atCentre);
        for (int i = 0; i < before.Count; i++)
        {
            for (int k = 0; k < before[i].State.Count; k++)
                NpyWriter.Write(Path.Combine(folder, MapFile(i, k)), before[i].State[k]);
        }
        // Last, so that a folder with a description is whole.
        AtomicFile.Write(Path.Combine(folder, Description), stream => Describe(stream, before));
    }

    /// <summary>Reads a model back.</summary>
    /// <param name="folder">What <see cref="Write"/> was given.</param>
    /// <exception cref="InputException">There is none, or it is damaged.</exception>
    public static SavedModel Read(string folder)
    {
        string path = Path.Combine(folder, Description);
        if (!File.Exists(path))
            throw new InputException(SavedFolder.NoModel(folder));
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(folder, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException or IndexOutOfRangeException or IOException)
        {
            throw new InputException($"'{InputException.Shorten(path)}' does not describe a model that w2s data --save wrote", e);
        }
    }

    private static SavedModel Read(string folder, JsonElement json)
    {
        var maps = FeaturePipeline.Parse(json.GetProperty("map").GetString()!);
        int columns = json.GetProperty("features").GetInt32();
        int[] image = [.. json.GetProperty("image").EnumerateArray().Select(side => side.GetInt32())];
        var input = new FeatureShape(columns, image.Length == 2 ? new ImageShape(image[0], image[1]) : null);
        List<IReadOnlyList<Matrix<double>>> state = [.. json.GetProperty("map_arrays").EnumerateArray().Select((count, i) =>
            (IReadOnlyList<Matrix<double>>)[.. Enumerable.Range(0, count.GetInt32()).Select(k => Array(folder, MapFile(i, k)))])];
        int fitted = maps.Maps.Count(map => map is not ImageMap);
        if (state.Count == fitted - 1)
            state.Add([Array(folder, "standardisation.npy")]);
        if (state.Count != fitted)
            throw new FormatException();
        JsonElement names = json.GetProperty("feature_names");
        var link = Enum.Parse<Link>(json.GetProperty("link").GetString()!, ignoreCase: true);
        Matrix<double> weights = Array(folder, "weights.npy"), centre = Array(folder, "centre.npy"), at = Array(folder, "at_centre.npy");
        IReadOnlyList<string> classes = [.. json.GetProperty("classes").EnumerateArray().Select(name => name.GetString()!)];
        int vectors = link == Link.Logistic ? 1 : Math.Max(1, classes.Count);
        if (weights.Rows != maps.Output(input).Columns || weights.Columns != vectors || at.Data.Length != vectors
            || centre.Rows != 2 || centre.Columns != weights.Rows)
            throw new FormatException();
        return new SavedModel(FittedPipeline.Restore(maps, input, state), weights, centre, at.Data.ToArray())
        {
            Name = json.GetProperty("model").GetString()!,
            Head = json.GetProperty("head").GetString()!,
            Link = link,
            Lambda = json.GetProperty("lambda").GetDouble(),
            ClassNames = classes,
            FeatureNames = names.ValueKind == JsonValueKind.Null ? null : [.. names.EnumerateArray().Select(name => name.GetString()!)],
        };
    }

    private void Describe(Stream stream, IReadOnlyList<FittedMap> before)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("model", Name);
        json.WriteString("head", Head);
        json.WriteString("link", $"{Link}".ToLowerInvariant());
        json.WriteNumber("lambda", Lambda);
        Texts("classes", ClassNames);
        json.WriteNumber("features", Input.Columns);
        json.WriteStartArray("image");
        if (Input.Image is { } image)
        {
            json.WriteNumberValue(image.Height);
            json.WriteNumberValue(image.Width);
        }
        json.WriteEndArray();
        if (FeatureNames is null)
            json.WriteNull("feature_names");
        else
            Texts("feature_names", FeatureNames);
        json.WriteString("map", _maps.Maps.ToString());
        json.WriteStartArray("map_arrays");
        foreach (FittedMap map in before)
            json.WriteNumberValue(map.State.Count);
        json.WriteEndArray();
        json.WriteString("scores", "((x - standardisation[0]) * standardisation[1]) @ weights + intercept");
        json.WriteString("program", $"w2s {ProgramVersion.Text}");
        json.WriteEndObject();

        void Texts(string name, IEnumerable<string> texts)
        {
            json.WriteStartArray(name);
            foreach (string text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
        }
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

    private FeatureReader Open(string path, string? idColumn, RunOptions options)
    {
        string[] others = FeatureNames is null ? [] : [.. LabelFile.ColumnNames(path, options)
            .Where(column => column.Length > 0 && !FeatureNames.Any(name =>
                name == column || name.StartsWith($"{column}[", StringComparison.Ordinal)))];
        return FeatureReader.Open(path, new ColumnRoles { Id = idColumn, Ignored = others }, options);
    }

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
            : throw new InputException($"{reader.Source} has no feature '{InputException.Shorten(name)}', which the model {Name} needs"))];
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

    private static string MapFile(int map, int array) => string.Create(CultureInfo.InvariantCulture, $"map{map + 1}_{array + 1}.npy");

    private static Matrix<double> Array(string folder, string name) => FeatureFile.Read(Path.Combine(folder, name)).TakeAll().Matrix;
}
