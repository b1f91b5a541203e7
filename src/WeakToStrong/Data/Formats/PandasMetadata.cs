using System.Text.Json;
using System.Text.RegularExpressions;

namespace WeakToStrong.Data.Formats;

/// <summary>What pandas leaves behind of a frame's index: columns that count or name the rows.</summary>
internal static partial class PandasMetadata
{
    /// <summary>Columns that the description in a Parquet or Arrow file names as the index; one that only counts is not stored and
    /// named by an object.</summary>
    /// <param name="description">The value of the key "pandas", or null.</param>
    public static HashSet<string> IndexColumns(string? description)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        if (description is null)
            return names;
        try
        {
            using JsonDocument document = JsonDocument.Parse(description);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("index_columns", out JsonElement columns)
                && columns.ValueKind == JsonValueKind.Array)
                names.UnionWith(columns.EnumerateArray().Where(column => column.ValueKind == JsonValueKind.String)
                    .Select(column => column.GetString()!));
        }
        catch (JsonException)
        {
            // A remark that cannot be read says nothing.
        }
        return names;
    }

    /// <summary>Whether a column's name is one that an index without a name gets.</summary>
    public static bool IsIndexName(string name) => name.Length == 0 || IndexName().IsMatch(name);

    [GeneratedRegex(@"^(__index_level_\d+__|Unnamed: 0(\.\d+)*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IndexName();
}
