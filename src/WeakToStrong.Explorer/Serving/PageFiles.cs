using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace WeakToStrong.Explorer.Serving;

/// <summary>The page's own files, which are part of the program.</summary>
internal static class PageFiles
{
    private const string Root = "page/";
    private static readonly Dictionary<string, (byte[] Bytes, string Type, string Tag)> Files = Load();

    /// <summary>Whether there is such a file.</summary>
    public static bool Has(string path) => Files.ContainsKey(path);

    /// <summary>Answers with a file; a browser that has it already is told so.</summary>
    public static Task Send(HttpContext context, string path)
    {
        (byte[] bytes, string type, string tag) = Files[path];
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        return Reply.Bytes(context, type, bytes);
    }

    private static Dictionary<string, (byte[] Bytes, string Type, string Tag)> Load()
    {
        Assembly own = typeof(PageFiles).Assembly;
        var files = new Dictionary<string, (byte[] Bytes, string Type, string Tag)>(StringComparer.Ordinal);
        foreach (string name in own.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal)))
        {
            using Stream stream = own.GetManifestResourceStream(name)!;
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            string path = $"/{name[Root.Length..].Replace('\\', '/')}";
            files.Add(path == "/index.html" ? "/" : path,
                (bytes, TypeOf(path), $"\"{Convert.ToHexString(SHA256.HashData(bytes))[..16]}\""));
        }
        return files;
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
