using Microsoft.AspNetCore.Http;

namespace WeakToStrong.Explorer.Serving;

/// <summary>
/// Who may call: pages of this server and programs of this machine, not pages of other sites. A site that gives its own name the address
/// 127.0.0.1 is known by the Host header, one that sends requests here by Origin or Sec-Fetch-Site.
/// </summary>
internal static class Visitor
{
    private static readonly string[] Names = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>Refuses a call that comes from elsewhere.</summary>
    public static void Check(HttpRequest request)
    {
        int port = request.HttpContext.Connection.LocalPort;
        if (!IsOwn(request.Host.Value, port))
            throw new Refusal(403, $"the Host header is '{Shown(request.Host.Value)}'; it must be 127.0.0.1:{port} or localhost:{port}");
        foreach (string? origin in request.Headers.Origin)
        {
            if (origin is null || !origin.StartsWith("http://", StringComparison.Ordinal) || !IsOwn(origin["http://".Length..], port))
                throw new Refusal(403, $"the Origin header is '{Shown(origin)}'; only pages of this server may call it");
        }
        // A link from anywhere may open the page; nothing else of another site may reach in.
        if (request.Headers["Sec-Fetch-Site"].Any(site => site is "cross-site" or "same-site")
            && !(request.Headers["Sec-Fetch-Mode"] == "navigate" && HttpMethods.IsGet(request.Method)))
            throw new Refusal(403, "a page of another site calls; only pages of this server may");
    }

    private static bool IsOwn(string? host, int port) =>
        Names.Any(name => host == $"{name}:{port}" || (port == 80 && host == name));

    private static string Shown(string? text) => InputException.Shorten(text ?? string.Empty);
}
