using System.Net.Http.Headers;
using System.Text;
using WeakToStrong.Explorer.Hosting;

namespace WeakToStrong.Explorer.Tests;

/// <summary>
/// A server of the tests' own, on a free port; with short times where W2S_EXPLORER_FUZZ asks for a run of many calls, and with times
/// that no busy machine exceeds otherwise.
/// </summary>
public sealed class RunningServer : IAsyncLifetime
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable("W2S_EXPLORER_FUZZ") is null ? 120 : 2);

    private static readonly ExplorerOptions Options = new() { Port = 0, QuickTime = Most, LongTime = Most, StreamTime = 10 * Most };

    private ExplorerServer? _server;

    public HttpClient Client { get; } =
        new(new SocketsHttpHandler { UseProxy = false });

    public Uri Address => _server!.Address;

    public async ValueTask InitializeAsync()
    {
        _server = await ExplorerServer.Start(Options);
        Client.BaseAddress = Address;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
    }

    public async Task<(int Status, string Text)> Get(string path) => await Send(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<(int Status, string Text)> Post(string study, string json, string accept = "application/json") =>
        await Send(Call(study, json, accept));

    public static HttpRequestMessage Call(string study, string json, string accept = "application/json") =>
        CallTo($"api/studies/{study}", json, accept);

    public static HttpRequestMessage CallTo(string path, string json, string accept)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        return message;
    }

    public async Task<(int Status, string Text)> Send(HttpRequestMessage message)
    {
        using (message)
        {
            using HttpResponseMessage reply = await Client.SendAsync(message, TestContext.Current.CancellationToken);
            return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }
}
