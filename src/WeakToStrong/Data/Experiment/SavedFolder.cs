using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Experiment;

/// <summary>The models of a split in a folder, one folder each, with their predictions of all rows.</summary>
internal sealed class SavedFolder
{
    private const string Predictions = "predictions.csv";

    /// <summary>Makes a folder, or says why it cannot be made.</summary>
    public static void Make(string folder)
    {
        MemoryFile.CheckAllowed(folder);
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.CheckWritable(Path.Combine(folder, Predictions));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"'{InputException.Shorten(folder)}' cannot be made a folder for models", e);
        }
    }

    /// <summary>What to say of a folder without a model.</summary>
    public static string NoModel(string folder)
    {
        string name = $"'{InputException.Shorten(folder)}'";
        if (!Directory.Exists(folder))
            return $"{name} is not a folder; it must be one that w2s data --save wrote, such as DIR/direct";
        string[] inside = [.. Directory.GetDirectories(folder).Where(d => File.Exists(Path.Combine(d, "model.json")))
            .Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];
        return inside.Length > 0 ? $"{name} holds the models {string.Join(", ", inside)}; name one of these folders"
            : File.Exists(Path.Combine(folder, "weights.npy")) ? $"{name} holds the arrays of a model, and its model.json is missing"
            : File.Exists(Path.Combine(folder, Predictions)) ? $"{name} holds weak labels that were given, and no model that made them"
            : $"{name} has no model.json; it must be a folder that w2s data --save wrote, such as DIR/direct";
    }

    /// <summary>Writes all models.</summary>
    /// <param name="models">The models.</param>
    /// <param name="split">Who learned from which row.</param>
    /// <param name="data">The rows.</param>
    /// <param name="folder">Where they go.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static void Write(IReadOnlyList<SavedModel> models, RowSplit split, Dataset data, string folder, RunOptions options)
    {
        Make(folder);
        ResultColumn[] rows = Rows(split, data);
        foreach (SavedModel model in models)
        {
            string into = Path.Combine(folder, model.Name);
            model.Write(into);
            RawFeatures features = model.Name == "teacher" ? data.Weak : data.Strong;
            Write(into, new ResultTable([.. rows, .. model.Predict(features, options).Columns]));
        }
        if (data.WeakLabels is not { } given)
            return;
        var scores = new Matrix<double>(given.Count, given.Outputs);
        for (int row = 0; row < given.Count; row++)
        {
            if (given.IsKnown(row))
                given.Select([row], "it").Data.CopyTo(scores.Row(row));
            else
                scores.Row(row).Fill(double.NaN);
        }
        string teacher = Path.Combine(folder, "teacher");
        Make(teacher);
        Write(teacher, new ResultTable([.. rows, .. SavedModel.ToTable(scores, data.Labels.ClassNames, false).Columns]));
    }

    private static void Write(string folder, ResultTable table) =>
        AtomicFile.Write(Path.Combine(folder, Predictions), stream => TableWriter.WriteCsv(table, stream));

    private static ResultColumn[] Rows(RowSplit split, Dataset data)
    {
        var words = new string[data.Count];
        Array.Fill(words, "unused");
        foreach ((IReadOnlyList<int> part, string word) in new[] { (split.Teacher, "teacher"), (split.Student, "student"),
            (split.Test, "test") })
        {
            foreach (int row in part)
                words[row] = word;
        }
        ResultColumn ids = data.Ids is { } names ? ResultColumn.Of("id", [.. names])
            : ResultColumn.Of("id", [.. Enumerable.Range(1, data.Count).Select(row => (long)row)]);
        return [ids, ResultColumn.Of("split", words)];
    }
}
