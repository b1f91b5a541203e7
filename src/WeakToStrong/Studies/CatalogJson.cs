using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WeakToStrong.Studies;

/// <summary>
/// The studies as JSON, for front ends that are not C#: an array of objects with name, summary, has_trials, parameters, columns and
/// examples. What a parameter or column does not have is left out.
/// </summary>
public static class CatalogJson
{
    /// <summary>Every study of the catalogue.</summary>
    public static string Text { get; } = Write(StudyCatalog.All);

    /// <summary>Some studies.</summary>
    public static string Write(IEnumerable<IStudy> studies)
    {
        ArgumentNullException.ThrowIfNull(studies);
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            new JsonArray([.. studies.Select(Describe)]).WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static JsonObject Describe(IStudy study) => new()
    {
        ["name"] = study.Name,
        ["summary"] = study.Summary,
        ["has_trials"] = study.HasTrials,
        ["parameters"] = new JsonArray([.. study.Parameters.Select(Describe)]),
        ["columns"] = new JsonArray([.. study.Columns.Select(Describe)]),
        ["examples"] = new JsonArray([.. study.Examples.Select(Describe)]),
    };

    private static JsonObject Describe(Parameter parameter)
    {
        var json = new JsonObject
        {
            ["name"] = parameter.Name,
            ["kind"] = KindName(parameter.Kind),
            ["help"] = parameter.Help,
            ["allowed"] = parameter.Allowed,
            ["value_name"] = parameter.ValueName,
            ["required"] = parameter.IsRequired,
            ["axis"] = parameter.IsAxis,
        };
        if (parameter.Default is { } standard)
            json["default"] = standard;
        if (parameter.DefaultInWords is { } words)
            json["default_in_words"] = words;
        if (parameter.Words.Count > 0)
            json["words"] = new JsonArray([.. parameter.Words.Select(word => (JsonNode)word)]);
        return json;
    }

    private static JsonObject Describe(StudyColumn column)
    {
        var json = new JsonObject { ["name"] = column.Name, ["meaning"] = column.Meaning };
        if (column.Symbol.Length > 0)
            json["symbol"] = column.Symbol;
        return json;
    }

    private static JsonObject Describe(StudyExample example)
    {
        var arguments = new JsonObject();
        foreach ((string name, string text) in example.Arguments)
            arguments[name] = text;
        return new JsonObject { ["purpose"] = example.Purpose, ["arguments"] = arguments };
    }

    private static string KindName(ParameterKind kind) => kind switch
    {
        ParameterKind.Number => "number",
        ParameterKind.WholeNumber => "whole_number",
        ParameterKind.Word => "word",
        ParameterKind.Flag => "flag",
        ParameterKind.Text => "text",
        ParameterKind.File => "file",
        _ => "document",
    };
}
