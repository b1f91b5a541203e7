using System.Security.Cryptography;
using WeakToStrong.Studies;
using WeakToStrong.Toml;

namespace WeakToStrong.Sweeps;

/// <summary>
/// The contents of the files that a sweep reads, as digests: a shard is named by what is in a file, not by where it lies, and a file that
/// has changed since is noticed. Immutable.
/// </summary>
internal sealed class InputDigests(IReadOnlyDictionary<string, string> known)
{
    /// <summary>Paths and their digests.</summary>
    public IReadOnlyDictionary<string, string> Known { get; } = known;

    /// <summary>Reads every file that the specification names.</summary>
    /// <exception cref="InputException">One cannot be read.</exception>
    public static InputDigests Of(SweepSpecification specification)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (SweepSetting setting in new SweepSettings(specification).EachValue())
        {
            foreach (string path in Files(setting.Arguments, static path => File.Exists(path) || Directory.Exists(path)))
            {
                if (!digests.ContainsKey(path))
                    digests.Add(path, Digest(path));
            }
        }
        return new InputDigests(digests);
    }

    /// <summary>The digest of a file in place of its path, as it was when the sweep began; whether it is here does not matter.</summary>
    public string Named(string text)
    {
        string path = FileOf(text, Known.ContainsKey);
        return (Known.TryGetValue(path, out string? digest) ? digest : "absent") + text[path.Length..];
    }

    /// <summary>The digests of the files that a document names.</summary>
    public string Inside(Arguments arguments) => string.Join(' ', Files(arguments, Known.ContainsKey).Where(Known.ContainsKey)
        .Select(path => Known[path]));

    /// <summary>Refuses to go on when a file is not what it was.</summary>
    /// <exception cref="InputException">A file has changed or is gone.</exception>
    public void Check()
    {
        foreach ((string path, string digest) in Known)
        {
            if (Digest(path) != digest)
                throw new InputException($"'{InputException.Shorten(path)}' has changed since the sweep began; put it back as it was, or "
                    + "begin a new sweep in another folder");
        }
    }

    // The files that arguments name, as absolute paths.
    private static IEnumerable<string> Files(Arguments arguments, Func<string, bool> isThere) => arguments.Given.SelectMany(g =>
        g.Key.Kind switch
        {
            ParameterKind.File when g.Key.Name != "source" => [FileOf(g.Value, isThere)],
            ParameterKind.Document => Inside(g.Value, arguments.Given.FirstOrDefault(s => s.Key.Name == "source").Value, isThere),
            _ => Enumerable.Empty<string>(),
        });

    // The file of FILE:NAME, which names an array inside it.
    private static string FileOf(string text, Func<string, bool> isThere)
    {
        int colon = text.LastIndexOf(':');
        return !isThere(text) && colon > 1 && isThere(text[..colon]) ? text[..colon] : text;
    }

    // Texts of a document that are names of files beside it.
    private static IEnumerable<string> Inside(string document, string? source, Func<string, bool> isThere) =>
        SpecificationSection.Parse(document, "specification").ToTable().Texts
            .Where(text => text.Length is > 0 and < 4096 && !text.Contains('\0'))
            .Select(text => FileOf(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source) ?? string.Empty, text)), isThere))
            .Where(isThere);

    private static string Digest(string path)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                using FileStream file = File.OpenRead(path);
                return Convert.ToHexStringLower(SHA256.HashData(file));
            }
            string all = string.Join('\n', Directory.GetFiles(path).Order(StringComparer.Ordinal)
                .Select(f => $"{Path.GetFileName(f)} {Digest(f)}"));
            return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(all)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : Tables.AtomicFile.Reason(e);
            throw new InputException($"'{InputException.Shorten(path)}' cannot be read: {reason}", e);
        }
    }
}
