using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using WeakToStrong.Data.Features;
using WeakToStrong.Data.Formats;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Experiment;

/// <content>The folder that holds a model.</content>
public sealed partial class SavedModel
{
    private const string Description = "model.json";

    // Of the folder's layout.
    private const int Format = 1;

    /// <summary>Writes the model to a folder, which is made if it is not there; every file appears whole or not at all.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public void Write(string folder)
    {
        SavedFolder.Make(folder);
        (IReadOnlyList<FittedMap> before, Matrix<double> standardisation) = _maps.Parts();
        var files = new List<string>();
        string New(string name)
        {
            files.Add(name);
            return Path.Combine(folder, name);
        }
        NpyWriter.Write(New("weights.npy"), _weights);
        NpyWriter.Write(New("intercept.npy"), Intercepts());
        NpyWriter.Write(New("standardisation.npy"), standardisation);
        NpyWriter.Write(New("centre.npy"), _centre);
        NpyWriter.Write(New("at_centre.npy"), _atCentre);
        for (int i = 0; i < before.Count; i++)
        {
            for (int k = 0; k < before[i].State.Count; k++)
                NpyWriter.Write(New(MapFile(i, k)), before[i].State[k]);
        }
        // Last, so that a folder with a description is whole.
        (string Name, string Digest)[] digests = [.. files.Select(name => (name, Digest(Path.Combine(folder, name))))];
        AtomicFile.Write(Path.Combine(folder, Description), stream => Describe(stream, before, digests));
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
            or ArgumentException or IndexOutOfRangeException or OverflowException or IOException)
        {
            throw new InputException($"'{InputException.Shorten(path)}' does not describe a model that w2s data --save wrote", e);
        }
    }

    private static SavedModel Read(string folder, JsonElement json)
    {
        CheckFiles(folder, json);
        int columns = json.GetProperty("features").GetInt32();
        var input = new FeatureShape(columns, Image(json.GetProperty("image"), columns));
        (FeaturePipeline maps, int features) = Maps(folder, json, input);
        List<IReadOnlyList<Matrix<double>>> state = [.. json.GetProperty("map_arrays").EnumerateArray().Select((count, i) =>
            (IReadOnlyList<Matrix<double>>)[.. Enumerable.Range(0, count.GetInt32()).Select(k => Array(folder, MapFile(i, k)))])];
        int fitted = maps.Maps.Count(map => map is not ImageMap);
        if (state.Count == fitted - 1)
            state.Add([Array(folder, "standardisation.npy")]);
        Matrix<double> weights = Array(folder, "weights.npy"), centre = Array(folder, "centre.npy"), at = Array(folder, "at_centre.npy");
        Link link = json.GetProperty("link").GetString() switch
        {
            "identity" => Link.Identity,
            "logistic" => Link.Logistic,
            "softmax" => Link.Softmax,
            _ => throw new FormatException(),
        };
        string[] classes = Texts(json.GetProperty("classes"));
        JsonElement names = json.GetProperty("feature_names");
        string[]? featureNames = names.ValueKind == JsonValueKind.Null ? null : Texts(names);
        int vectors = link == Link.Logistic ? 1 : Math.Max(1, classes.Length);
        if (state.Count != fitted || weights.Rows != features || weights.Columns != vectors || at.Data.Length != vectors
            || centre.Rows != 2 || centre.Columns != features || (featureNames is not null && featureNames.Length != columns)
            || (link != Link.Identity && classes.Length < 2) || (link == Link.Logistic && classes.Length != 2))
            throw new FormatException();
        var model = new SavedModel(FittedPipeline.Restore(maps, input, state), weights, centre, at.Data.ToArray())
        {
            Name = json.GetProperty("model").GetString()!,
            Head = json.GetProperty("head").GetString()!,
            Link = link,
            Lambda = Require.NonNegative(json.GetProperty("lambda").GetDouble()),
            ClassNames = classes,
            FeatureNames = featureNames,
        };
        // Arrays of the maps that do not fit show with any row.
        model.Scores(FeatureRows.All(new Matrix<double>(1, columns)));
        return model;
    }

    /// <summary>Refuses a later layout, and arrays that are not those that were written with the description.</summary>
    private static void CheckFiles(string folder, JsonElement json)
    {
        string description = InputException.Shorten(Path.Combine(folder, Description));
        if (json.TryGetProperty("format", out JsonElement format) && format.GetInt32() > Format)
        {
            throw new InputException(
                $"'{description}' was written by {InputException.Shorten(json.GetProperty("program").GetString()!)} in format "
                + $"{format.GetInt32()}; this program, w2s {ProgramVersion.Text}, reads models of format {Format}");
        }
        if (!json.TryGetProperty("files", out JsonElement files))
            return; // of a version that wrote no digests
        foreach (JsonProperty file in files.EnumerateObject())
        {
            string path = Path.Combine(folder, Path.GetFileName(file.Name));
            if (!File.Exists(path))
                throw new InputException($"'{InputException.Shorten(path)}' is missing; '{description}' was written with it");
            if (Digest(path) != file.Value.GetString())
            {
                throw new InputException($"'{InputException.Shorten(path)}' is not the file that was written with '{description}': it was "
                    + "changed or damaged, or belongs to another model");
            }
        }
    }

    private static (FeaturePipeline Maps, int Features) Maps(string folder, JsonElement json, FeatureShape input)
    {
        string text = json.GetProperty("map").GetString() ?? throw new FormatException();
        try
        {
            var maps = FeaturePipeline.Parse(text);
            return (maps, maps.Output(input).Columns);
        }
        catch (InputException e)
        {
            throw new InputException($"'{InputException.Shorten(Path.Combine(folder, Description))}': {e.Message}", e);
        }
    }

    private static ImageShape? Image(JsonElement json, int columns)
    {
        int[] sides = [.. json.EnumerateArray().Select(side => side.GetInt32())];
        return sides.Length == 0 ? null
            : sides.Length == 2 && sides.All(side => side > 0) && (long)sides[0] * sides[1] == columns ? new ImageShape(sides[0], sides[1])
            : throw new FormatException();
    }

    private static string[] Texts(JsonElement json)
    {
        string[] texts = [.. json.EnumerateArray().Select(text => text.GetString() ?? throw new FormatException())];
        return texts.Distinct(StringComparer.Ordinal).Count() == texts.Length ? texts : throw new FormatException();
    }

    private static string Digest(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private void Describe(Stream stream, IReadOnlyList<FittedMap> before, (string Name, string Digest)[] digests)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("model", Name);
        json.WriteString("head", Head);
        json.WriteString("link", $"{Link}".ToLowerInvariant());
        json.WriteNumber("lambda", Lambda);
        Write("classes", ClassNames);
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
            Write("feature_names", FeatureNames);
        json.WriteString("map", _maps.Maps.ToString());
        json.WriteStartArray("map_arrays");
        foreach (FittedMap map in before)
            json.WriteNumberValue(map.State.Count);
        json.WriteEndArray();
        json.WriteString("scores", "((x - standardisation[0]) * standardisation[1]) @ weights + intercept");
        json.WriteString("program", $"w2s {ProgramVersion.Text}");
        json.WriteNumber("format", Format);
        json.WriteStartObject("files");
        foreach ((string name, string digest) in digests)
            json.WriteString(name, digest);
        json.WriteEndObject();
        json.WriteEndObject();

        void Write(string name, IEnumerable<string> texts)
        {
            json.WriteStartArray(name);
            foreach (string text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
        }
    }

    private static string MapFile(int map, int array) => string.Create(CultureInfo.InvariantCulture, $"map{map + 1}_{array + 1}.npy");

    private static Matrix<double> Array(string folder, string name) => FeatureFile.Read(Path.Combine(folder, name)).TakeAll().Matrix;
}
