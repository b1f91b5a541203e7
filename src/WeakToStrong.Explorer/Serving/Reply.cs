using System.Text;
using Microsoft.AspNetCore.Http;

namespace WeakToStrong.Explorer.Serving;

/// <summary>Writes answers: their headers are the same everywhere.</summary>
internal static class Reply
{
    // Everything that a page of this server shows comes from it: no network, no foreign script.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Begin(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    public static Task Text(HttpContext context, string type, string text) => Bytes(context, type, Encoding.UTF8.GetBytes(text));

    public static async Task Bytes(HttpContext context, string type, ReadOnlyMemory<byte> bytes)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A sentence for what is wrong, ended by a full stop.</summary>
    public static Task Sentence(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        if (status == 503)
            context.Response.Headers.RetryAfter = "1";
        return Text(context, "text/plain; charset=utf-8", $"{Ended(sentence)}\n");
    }

    /// <summary>A sentence on one line with its full stop, whatever an argument that it quotes holds.</summary>
    public static string Ended(string sentence)
    {
        string line = string.Concat(sentence.Select(c => char.IsControl(c) ? ' ' : c)).TrimEnd('.', ' ');
        return line.EndsWith('?') ? line : $"{line}.";
    }
}
