using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WeakToStrong.Explorer.Serving;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Explorer.Calls;

/// <summary>
/// Arguments as a page sends them. A parameter that is a file takes none of this machine's paths: only a name with contents, which are held
/// in memory until this is disposed.
/// </summary>
internal sealed class ArgumentReader : IDisposable
{
    private const int LongestName = 200;
    private readonly List<MemoryFile> _files = [];

    private ArgumentReader(Func<ArgumentReader, Arguments> read)
    {
        try
        {
            Arguments = read(this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Arguments Arguments { get; }

    /// <summary>Whether files were sent along, so that the arguments mean nothing to a later call.</summary>
    public bool HasFiles => _files.Count > 0;

    /// <summary>Reads the JSON object in the body of a call.</summary>
    public static async Task<ArgumentReader> FromBody(HttpContext context, IStudy study, int mostBytes)
    {
        string? type = context.Request.ContentType;
        if (type is null || !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            throw new Refusal(415, $"the content type is '{InputException.Shorten(type ?? string.Empty)}'; it must be application/json");
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted)
                .ConfigureAwait(false);
            return new ArgumentReader(reader => reader.Read(study, document.RootElement));
        }
        catch (JsonException e)
        {
            throw new Refusal(400, $"the arguments are not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} is wrong");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new Refusal(413, $"the request is too large; at most {mostBytes >> 20} MB may be sent");
        }
    }

    /// <summary>Reads the query of a URL.</summary>
    public static ArgumentReader FromQuery(HttpContext context, IStudy study) => new(_ =>
    {
        string query = context.Request.QueryString.Value?.TrimStart('?') ?? string.Empty;
        foreach (Parameter file in study.Parameters.Where(p => p.Kind == ParameterKind.File))
        {
            if (query.Split('&').Any(pair => Uri.UnescapeDataString(pair.Split('=', 2)[0]) == file.Name))
                throw NoPath(file);
        }
        using IDisposable only = MemoryFile.Only();
        return Arguments.FromCanonical(study, query);
    });

    public void Dispose()
    {
        foreach (MemoryFile file in _files)
            file.Dispose();
    }

    private static InputException NoPath(Parameter file) => InputException.About(
        $"{file} is a file; the page takes no paths, only {{\"name\": ..., \"content\": ...}} with the file's bytes in base64");

    private Arguments Read(IStudy study, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new InputException("the arguments must be a JSON object of names and values");
        var paths = new List<KeyValuePair<string, string>>();
        var rest = new List<KeyValuePair<string, string>>();
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null && study.Parameters.FirstOrDefault(p => p.Name == NameOf(property))
                is { Kind: ParameterKind.File } file)
            {
                MemoryFile held = Held(file, property.Value);
                _files.Add(held);
                paths.Add(KeyValuePair.Create(file.Name, held.Path));
            }
        }
        using IDisposable only = MemoryFile.Only();
        return Arguments.FromJson(study, WithoutFiles(json, paths), paths);
    }

    // The object without the files, for the one reader of arguments.
    private static JsonElement WithoutFiles(JsonElement json, List<KeyValuePair<string, string>> paths)
    {
        if (paths.Count == 0)
            return json;
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in json.EnumerateObject().Where(p => !paths.Exists(path => path.Key == NameOf(p))))
                property.WriteTo(writer);
            writer.WriteEndObject();
        }
        using JsonDocument document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static MemoryFile Held(Parameter file, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("name", out JsonElement name) || name.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("content", out JsonElement content) || content.ValueKind != JsonValueKind.String)
            throw NoPath(file);
        if (!content.TryGetBytesFromBase64(out byte[]? bytes))
            throw InputException.About($"{file}: the content is not base64");
        string shown = Text(name), last = shown[(shown.LastIndexOfAny(['/', '\\', ':']) + 1)..];
        if (last.Length is 0 or > LongestName)
            throw InputException.About($"{file}: the name has {last.Length} letters; it must have 1 to {LongestName}");
        return MemoryFile.Of(last, bytes);
    }

    private static string NameOf(JsonProperty property) => Unicode(() => property.Name);

    private static string Text(JsonElement text) => Unicode(() => text.GetString()!);

    private static string Unicode(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException e)
        {
            throw new InputException("the arguments hold half a surrogate pair, as in \"\\ud800\"; text must be Unicode", e);
        }
    }
}
