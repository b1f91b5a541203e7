using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Pictures;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Explorer.Calls;

/// <summary>Results as the page gets them.</summary>
internal static class Documents
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Csv(ResultTable table)
    {
        using var stream = new MemoryStream();
        TableWriter.WriteCsv(table, stream);
        return stream.ToArray();
    }

    /// <summary>The rows, as the command line writes them.</summary>
    public static byte[] Json(ResultTable table)
    {
        using var stream = new MemoryStream();
        TableWriter.WriteJson(table, stream);
        return stream.ToArray();
    }

    public static byte[] Object(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>An outcome with all that is said of it: done, asked, unit, rows, remarks, answer and, where it can be drawn, svg.</summary>
    public static byte[] Outcome(Arguments arguments, StudyOutcome outcome, bool drawn) => Object(json =>
    {
        json.WriteNumber("done", outcome.Done);
        json.WriteNumber("asked", outcome.Asked);
        json.WriteString("unit", outcome.Unit);
        json.WritePropertyName("rows");
        // One line: the breaks that the writer puts between rows are its only ones.
        json.WriteRawValue(Encoding.UTF8.GetString(Json(outcome.Table)).Replace("\n", string.Empty, StringComparison.Ordinal));
        Sentences(json, "remarks", outcome.Remarks);
        Sentences(json, "answer", outcome.Answer);
        if (drawn && Picture(arguments, outcome.Table) is { } svg)
            json.WriteString("svg", svg);
    });

    public static void Sentences(Utf8JsonWriter json, string name, IReadOnlyList<string> sentences)
    {
        json.WriteStartArray(name);
        foreach (string sentence in sentences)
            json.WriteStringValue(sentence);
        json.WriteEndArray();
    }

    // What cannot be drawn, such as a single cell, is a table all the same.
    private static string? Picture(Arguments arguments, ResultTable table)
    {
        try
        {
            return Encoding.UTF8.GetString(FigureWriter.Render(StudyPicture.Of(arguments, table), FigureFormat.Svg));
        }
        catch (InputException)
        {
            return null;
        }
    }
}
