namespace WeakToStrong.Cli.Shell;

/// <summary>Reads the file whose text a study takes as a document; names inside it are looked for beside it.</summary>
internal static class DocumentFile
{
    /// <summary>The document's text under the parameter's name, and its folder under <c>folder</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(string name, string path)
    {
        string shown = $"'{InputException.Shorten(path)}'";
        string text;
        try
        {
            text = Directory.Exists(path) ? throw new InputException($"{shown} cannot be read: it is a folder") : File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{shown} cannot be read: there is no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"{shown} cannot be read: permission is denied", e);
        }
        return [KeyValuePair.Create(name, text), KeyValuePair.Create("source", path)];
    }
}
