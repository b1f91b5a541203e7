using System.Net.Sockets;
using System.Text;

namespace WeakToStrong.Explorer.Tests;

/// <summary>Calls of other sites' pages are refused, whatever their headers say.</summary>
public class VisitorTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:PORT")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.evil.example:PORT")]
    [InlineData("localhost")]
    [InlineData("")]
    public async Task A_forged_host_is_refused(string host) => Assert.Equal(403, await Status($"Host: {Own(host)}"));

    [Theory]
    [InlineData("127.0.0.1:PORT")]
    [InlineData("localhost:PORT")]
    [InlineData("[::1]:PORT")]
    public async Task The_own_host_is_served(string host) => Assert.Equal(200, await Status($"Host: {Own(host)}"));

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("https://127.0.0.1:PORT", 403)]
    [InlineData("http://127.0.0.1:PORT.evil.example", 403)]
    [InlineData("http://127.0.0.1:PORT", 200)]
    [InlineData("http://localhost:PORT", 200)]
    public async Task A_forged_origin_is_refused(string origin, int expected) =>
        Assert.Equal(expected, await Status(Own("Host: 127.0.0.1:PORT"), $"Origin: {Own(origin)}"));

    [Theory]
    [InlineData("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", 403)]
    [InlineData("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", 403)]
    [InlineData("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", 200)]
    [InlineData("Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors", 200)]
    [InlineData("Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", 200)]
    public async Task Another_site_may_only_link_here(string site, string mode, int expected) =>
        Assert.Equal(expected, await Status(Own("Host: 127.0.0.1:PORT"), site, mode));

    [Fact]
    public async Task The_page_lets_nothing_else_in()
    {
        using HttpResponseMessage reply = await server.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Contains("default-src 'none'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(reply.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_form_of_another_site_cannot_run_anything()
    {
        using var form = new StringContent("{}", Encoding.UTF8, "text/plain");
        using HttpResponseMessage reply = await server.Client.PostAsync("api/studies/limits", form, TestContext.Current.CancellationToken);
        Assert.Equal(415, (int)reply.StatusCode);
    }

    private string Own(string text) => text.Replace("PORT", $"{server.Address.Port}", StringComparison.Ordinal);

    // Written by hand: a client library would mend the headers.
    private async Task<int> Status(params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Address.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        string call = $"GET /api/openapi.json HTTP/1.1\r\n{string.Join("\r\n", headers)}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(call), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        string line = await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? string.Empty;
        int status = int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        return status == 400 ? 403 : status; // an empty or doubled Host is refused by HTTP itself
    }
}
