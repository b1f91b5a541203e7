using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using WeakToStrong.Explorer.Calls;
using WeakToStrong.Explorer.Running;
using WeakToStrong.Explorer.Serving;

namespace WeakToStrong.Explorer.Hosting;

/// <summary>
/// The page of studies and its calls, served to this machine alone: one process, many readers. It reads no settings, writes no files, and
/// reads none but what comes with the program.
/// </summary>
public sealed class ExplorerServer : IAsyncDisposable
{
    private const int MostConnections = 256, MostUrl = 64 << 10;
    private readonly WebApplication _app;
    private readonly Runner _runner;
    private readonly StudyCalls _studies;
    private readonly RecipeCalls _figures;

    private ExplorerServer(ExplorerOptions options)
    {
        _runner = new Runner(options);
        _studies = new StudyCalls(_runner);
        _figures = new RecipeCalls(_runner);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = options.MostBytes;
            kestrel.Limits.MaxRequestLineSize = MostUrl;
            kestrel.Limits.MaxRequestBufferSize = 2 * MostUrl;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        _app = builder.Build();
        _app.Run(Answer);
    }

    /// <summary>Where the page is, such as http://127.0.0.1:8346/.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts serving.</summary>
    /// <param name="options">How; the defaults when null.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ExplorerServer> Start(ExplorerOptions? options = null)
    {
        var server = new ExplorerServer(options ?? new ExplorerOptions());
        try
        {
            await server._app.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        string address = server._app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First();
        server.Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{new Uri(address).Port}/"));
        return server;
    }

    /// <summary>Stops; runs that are under way are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _app.StopAsync(now.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task Answer(HttpContext context)
    {
        try
        {
            Reply.Begin(context.Response);
            Visitor.Check(context.Request);
            await Route(context).ConfigureAwait(false);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            // The reader has left, or half of an answer is on its way: nobody would read a sentence.
            _ = e;
            context.Abort();
        }
        catch (Exception e)
        {
            (int status, string sentence) = Refusal.Explain(e);
            await Reply.Sentence(context, status, sentence).ConfigureAwait(false);
        }
    }

    private Task Route(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "/";
        bool post = HttpMethods.IsPost(context.Request.Method);
        bool get = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        switch (path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["api", "studies"]:
                return Only(get, "GET", () => StudyCalls.List(context));
            case ["api", "studies", string name]:
                return Only(post, "POST", () => _studies.Run(context, name));
            case ["api", "studies", string name, string file] when file.StartsWith("figure.", StringComparison.Ordinal):
                return Only(get || post, "GET or POST", () => _studies.Draw(context, name, file["figure.".Length..]));
            case ["api", "figures"]:
                return Only(get, "GET", () => RecipeCalls.List(context));
            case ["api", "figures", string file] when file.LastIndexOf('.') is > 0 and var dot:
                return Only(get, "GET", () => _figures.Get(context, file[..dot], file[(dot + 1)..]));
            case ["api", "openapi.json"]:
                return Only(get, "GET", () => OpenApi.Send(context));
            default:
                return PageFiles.Has(path) ? Only(get, "GET", () => PageFiles.Send(context, path))
                    : throw Refusal.NotFound($"'{InputException.Shorten(path)}'");
        }

        Task Only(bool allowed, string verb, Func<Task> answer) => allowed ? answer()
            : throw new Refusal(405, $"{InputException.Shorten(context.Request.Method)} is not possible here; it must be {verb}");
    }
}
