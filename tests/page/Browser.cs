using System.Diagnostics;
using Microsoft.Playwright;

namespace WeakToStrong.Page.Tests;

/// <summary>One browser for all tests, and the program that serves the page. W2S_PROGRAM is the program's w2s.dll, W2S_CHROMIUM the
/// browser.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Served Server { get; private set; } = null!;

    public static string Program => Environment.GetEnvironmentVariable("W2S_PROGRAM")
        ?? throw new InvalidOperationException("W2S_PROGRAM must be the path of w2s.dll");

    public async ValueTask InitializeAsync()
    {
        Server = await Served.Start(0);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("W2S_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser!.DisposeAsync();
        _playwright!.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>A reader's window; whatever the page's scripts complain of is collected.</summary>
    public async Task<(IPage Page, List<string> Complaints)> Open(string path, Uri? address = null, ColorScheme scheme = ColorScheme.Light,
        bool strict = false)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (address ?? Server.Address).AbsoluteUri,
            ColorScheme = scheme,
            // Tests wait for expressions, which the page's policy forbids as it should; strict leaves it in force.
            BypassCSP = !strict,
            ViewportSize = new ViewportSize { Width = 1200, Height = 900 },
        });
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        var complaints = new List<string>();
        page.PageError += (_, problem) => complaints.Add(problem);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        await page.GotoAsync(path);
        return (page, complaints);
    }

    /// <summary>Runs the program, as a reader at a command line.</summary>
    public static async Task<string> Run(params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}

/// <summary>The program, serving.</summary>
public sealed class Served : IAsyncDisposable
{
    private readonly Process _process;

    private Served(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<Served> Start(int port)
    {
        Process process = Process.Start(new ProcessStartInfo("dotnet", [Browser.Program, "explore", "--port", $"{port}", "--quiet"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the program said nothing");
        return new Served(process, new Uri(line));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

[CollectionDefinition(Name)]
public class OneBrowser : ICollectionFixture<Browser>
{
    public const string Name = "one browser";
}
