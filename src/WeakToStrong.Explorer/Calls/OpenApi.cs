using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WeakToStrong.Explorer.Serving;
using WeakToStrong.Studies;

namespace WeakToStrong.Explorer.Calls;

/// <summary>The calls in OpenAPI's words, made from the catalogue: a new study or parameter is in it by itself.</summary>
internal static class OpenApi
{
    private static readonly Lazy<byte[]> Document = new(Write);

    public static Task Send(HttpContext context) => Reply.Bytes(context, "application/json", Document.Value);

    private static byte[] Write() => Documents.Object(json =>
    {
        json.WriteString("openapi", "3.1.0");
        Member(json, "info", () =>
        {
            json.WriteString("title", "WeakToStrong");
            json.WriteString("version", ProgramVersion.Text);
            json.WriteString("description", "Studies, run and drawn. Every refusal is one sentence in plain text: what was read and what "
                + "is allowed. Grids are texts: a list a,b,c or a range low:high:count.");
        });
        Member(json, "paths", () =>
        {
            Path(json, "/api/studies", "get", "Every study: name, summary, parameters, columns, examples.", () => Replies(json,
                "application/json"));
            foreach (IStudy study in StudyCatalog.All)
            {
                Path(json, $"/api/studies/{study.Name}", "post", study.Summary, () =>
                {
                    Member(json, "requestBody", () => Content(json, () => Arguments(json, study), "application/json"));
                    Replies(json, "application/json", "text/csv", "text/event-stream");
                });
                foreach (string ending in study.Chart is null ? (string[])["csv"] : ["svg", "pdf", "png", "csv"])
                    Member(json, $"/api/studies/{study.Name}/figure.{ending}", () => Figure(json, study, ending));
            }
            Path(json, "/api/figures", "get", "The figures of the paper and beyond it.", () => Replies(json, "application/json"));
            Path(json, "/api/figures/{id}.{ending}", "get", "A figure as svg, pdf, png, csv, or json: what is said of it.", () =>
            {
                json.WriteStartArray("parameters");
                foreach (string name in (string[])["id", "ending"])
                    InPath(json, name);
                json.WriteEndArray();
                Replies(json, "image/svg+xml", "application/json");
            });
        });
    });

    // By a link; and where a study reads files, with them in a body.
    private static void Figure(Utf8JsonWriter json, IStudy study, string ending)
    {
        string what = ending == "csv" ? "The numbers of the picture" : "The picture of the result", type = ending switch
        {
            "csv" => "text/csv",
            "pdf" => "application/pdf",
            "png" => "image/png",
            _ => "image/svg+xml",
        };
        Verb(json, "get", $"{what}.", () =>
        {
            Query(json, study);
            Replies(json, type);
        });
        if (!study.Parameters.Any(p => p.Kind == ParameterKind.File))
            return;
        Verb(json, "post", $"{what}, of files in the body.", () =>
        {
            Member(json, "requestBody", () => Content(json, () => Arguments(json, study), "application/json"));
            Replies(json, type);
        });
    }

    private static void Path(Utf8JsonWriter json, string path, string verb, string summary, Action rest) =>
        Member(json, path, () => Verb(json, verb, summary, rest));

    private static void Verb(Utf8JsonWriter json, string verb, string summary, Action rest) => Member(json, verb, () =>
    {
        json.WriteString("summary", summary);
        rest();
    });

    private static void Replies(Utf8JsonWriter json, params ReadOnlySpan<string> types)
    {
        string[] known = [.. types];
        Member(json, "responses", () =>
        {
            Member(json, "200", () =>
            {
                json.WriteString("description", "The result.");
                Content(json, () => { }, known);
            });
            foreach ((string status, string meaning) in ((string, string)[])[("400", "An argument is wrong."),
                ("422", "It took too long."), ("503", "The server is busy.")])
            {
                Member(json, status, () =>
                {
                    json.WriteString("description", $"{meaning} One sentence.");
                    Content(json, () => json.WriteString("type", "string"), "text/plain");
                });
            }
        });
    }

    private static void Content(Utf8JsonWriter json, Action schema, params IEnumerable<string> types) => Member(json, "content", () =>
    {
        foreach (string type in types)
            Member(json, type, () => Member(json, "schema", schema));
    });

    private static void Arguments(Utf8JsonWriter json, IStudy study)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        Member(json, "properties", () =>
        {
            foreach (Parameter parameter in study.Parameters)
                Member(json, parameter.Name, () => Schema(json, parameter));
        });
        string[] required = [.. study.Parameters.Where(p => p.IsRequired).Select(p => p.Name)];
        if (required.Length > 0)
            Documents.Sentences(json, "required", required);
    }

    private static void Schema(Utf8JsonWriter json, Parameter parameter)
    {
        json.WriteString("description", $"{parameter.Help} It must be {AllowedHere(parameter)}.");
        if (parameter.Kind == ParameterKind.File)
        {
            json.WriteString("type", "object");
            Documents.Sentences(json, "required", ["name", "content"]);
            return;
        }
        Documents.Sentences(json, "type", parameter.Kind switch
        {
            ParameterKind.Flag => ["boolean", "string"],
            ParameterKind.Number or ParameterKind.WholeNumber => ["number", "string", "array"],
            _ => ["string"],
        });
        if (parameter.Default is { } standard)
            json.WriteString("default", standard);
    }

    private static string AllowedHere(Parameter parameter) => parameter.Kind == ParameterKind.File
        ? "an object with a file's name and its content in base64; no path is read" : parameter.Allowed;

    private static void Query(Utf8JsonWriter json, IStudy study)
    {
        json.WriteStartArray("parameters");
        foreach (Parameter parameter in study.Parameters.Where(p => p.Kind != ParameterKind.File))
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("in", "query");
            json.WriteString("description", $"{parameter.Help} It must be {parameter.Allowed}.");
            json.WriteBoolean("required", parameter.IsRequired);
            Member(json, "schema", () => json.WriteString("type", "string"));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void InPath(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", "path");
        json.WriteBoolean("required", true);
        Member(json, "schema", () => json.WriteString("type", "string"));
        json.WriteEndObject();
    }

    private static void Member(Utf8JsonWriter json, string name, Action members)
    {
        json.WriteStartObject(name);
        members();
        json.WriteEndObject();
    }
}
