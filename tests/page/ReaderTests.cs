using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace WeakToStrong.Page.Tests;

/// <summary>What readers do: keys, links, back and forward, stop and go, and a server that goes away.</summary>
[Collection(OneBrowser.Name)]
public class ReaderTests(Browser browser)
{
    [Fact]
    public async Task The_keyboard_is_enough()
    {
        (IPage page, _) = await browser.Open("/");
        await ViewTests.Ready(page);
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the view", await Focused(page));
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, "c-lambda_teacher");
        string before = await Lead(page);
        await page.Keyboard.PressAsync("ArrowRight");
        await Changed(page, before);
        Assert.Contains("lambda_teacher=", page.Url, StringComparison.Ordinal);
        await TabTo(page, "c-lambda_student-typed");
        before = await Lead(page);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("5");
        await page.Keyboard.PressAsync("Enter");
        await Changed(page, before);
        Assert.Contains("lambda_student=5", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("-1");
        await page.Keyboard.PressAsync("Enter");
        Assert.Contains("it must be a number from 0", await page.Locator(".control .problem").AllTextContentsAsync() is { } all
            ? string.Join(' ', all) : string.Empty, StringComparison.Ordinal);
        // Every control can be reached, and so can the ways to take the picture along.
        await page.ReloadAsync();
        await ViewTests.Ready(page);
        var reached = new HashSet<string>();
        for (int k = 0; k < 70; k++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await Focused(page));
        }
        foreach (string name in (string[])["Command", "Python", "C#", "SVG", "PDF", "CSV", "Best student here", "Reset all", "Numbers"])
            Assert.Contains(name, reached);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_double_click_resets()
    {
        (IPage page, _) = await browser.Open("/?view=ridges&noise_variance=3");
        await ViewTests.Ready(page);
        await page.Locator("#c-noise_variance").DblClickAsync();
        await page.WaitForFunctionAsync("!location.search.includes('noise_variance')");
        Assert.Equal("1", await page.Locator("#c-noise_variance-typed").InputValueAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_click_selects_a_point()
    {
        (IPage page, _) = await browser.Open("/");
        await ViewTests.Ready(page);
        string before = await Lead(page);
        LocatorBoundingBoxResult box = (await page.Locator(".picture svg").First.BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + (box.Width * 0.6f), box.Y + (box.Height * 0.2f));
        await Changed(page, before);
        Assert.Contains("the teacher wins", await Lead(page), StringComparison.Ordinal);
        Assert.Matches("lambda_teacher=.*lambda_student=", page.Url);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_address_is_the_state()
    {
        (IPage page, _) = await browser.Open("/?view=ridges");
        await ViewTests.Ready(page);
        string first = await Lead(page);
        await Type(page, "noise_variance", "3");
        await Changed(page, first);
        string second = await Lead(page), address = page.Url;
        await page.GoBackAsync();
        await page.WaitForFunctionAsync("t => document.getElementById('lead').textContent === t", first);
        await page.GoForwardAsync();
        await page.WaitForFunctionAsync("t => document.getElementById('lead').textContent === t", second);
        (IPage other, _) = await browser.Open(address);
        await ViewTests.Ready(other);
        Assert.Equal(second, await Lead(other));
        Assert.Equal("3", await other.Locator("#c-noise_variance-typed").InputValueAsync());
        await other.Context.CloseAsync();
        (other, _) = await browser.Open("/?view=ridges&noise_variance=-3&alignment=x");
        await ViewTests.Ready(other);
        Assert.Contains("“-3”", await other.Locator("#view > .problem").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(first, await Lead(other));
        await other.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_simulation_stops_and_goes_on()
    {
        (IPage page, _) = await browser.Open("/?view=simulate&trials=100000000&d=300");
        await ViewTests.Ready(page);
        await page.Locator(".go").ClickAsync();
        await page.Locator(".picture svg").WaitForAsync();
        await page.Locator(".go").ClickAsync();
        await page.Locator(".state", new() { HasTextString = "stopped" }).First.WaitForAsync();
        long stopped = await Trials(page);
        Assert.True(stopped >= 64);
        await Task.Delay(400, TestContext.Current.CancellationToken);
        Assert.Equal(stopped, await Trials(page));
        Assert.Equal("Go on", await page.Locator(".go").TextContentAsync());
        await page.Locator(".go").ClickAsync();
        await page.WaitForFunctionAsync("n => Number(/(\\d+) of/.exec(document.querySelector('.state').textContent)?.[1]) > n", stopped);
        await page.Locator(".go").ClickAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_simulation_says_what_is_chance_and_what_is_size()
    {
        // At d = 20 the mean lies off the limit by many standard errors.
        (IPage page, _) = await browser.Open("/?view=simulate&d=20&trials=300000");
        await ViewTests.Ready(page);
        await page.Locator(".go").ClickAsync();
        await page.Locator(".state", new() { HasTextString = "finished" }).First.WaitForAsync();
        string said = await page.Locator(".seen .second").TextContentAsync() ?? string.Empty;
        Assert.Contains("The limit is for d → ∞; at d = 20 the mean itself lies off it", said, StringComparison.Ordinal);
        Assert.Contains("in fewer than one run in a thousand: most of the distance is the shift", said, StringComparison.Ordinal);
        Assert.Matches("the farthest of 12 points lies .* its limit. Chance explains about ±.* of that: z = ", await Lead(page));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Files_of_the_reader_go_into_what_is_saved()
    {
        (IPage page, List<string> complaints) = await browser.Open("/?view=data&dataset=own&n_teacher=40&repeats=1", strict: true);
        await page.Locator("#f-labels").WaitForAsync();
        await page.Locator(".take a", new() { HasTextString = "CSV" }).ClickAsync();
        Assert.Contains("Choose the labels", await page.Locator(".take .state").TextContentAsync(), StringComparison.Ordinal);
        var random = new Random(1);
        double[][] rows = [.. Enumerable.Range(0, 400).Select(_ => new[] { random.NextDouble() - 0.5, random.NextDouble() - 0.5 })];
        await Choose("labels", "label", r => r[0] + r[1] > 0 ? "yes" : "no");
        await Choose("weak_features", "a", r => FormattableString.Invariant($"{r[0]}"));
        await Choose("strong_features", "a,b", r => FormattableString.Invariant($"{r[0]},{r[1]}"));
        foreach ((string ending, string begin) in ((string, string)[])[("CSV", "lambda_teacher,"), ("PDF", "%PDF"), ("SVG", "<svg")])
        {
            IDownload saved = await page.RunAndWaitForDownloadAsync(() =>
                page.Locator(".take a", new() { HasTextString = ending }).ClickAsync());
            Assert.Equal($"figure.{ending.ToLowerInvariant()}", saved.SuggestedFilename);
            Assert.StartsWith(begin, await File.ReadAllTextAsync(await saved.PathAsync(), TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Command" }).ClickAsync();
        Assert.Contains("--labels labels.csv --weak-features weak_features.csv --strong-features strong_features.csv",
            await page.Locator(".take pre").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();

        Task Choose(string name, string header, Func<double[], string> line) =>
            page.Locator($"#f-{name}").SetInputFilesAsync(new FilePayload
            {
                Name = $"{name}.csv",
                MimeType = "text/csv",
                Buffer = System.Text.Encoding.UTF8.GetBytes($"{header}\n{string.Concat(rows.Select(r => line(r) + "\n"))}"),
            });
    }

    [Fact]
    public async Task Two_readers_do_not_see_each_other()
    {
        (IPage one, _) = await browser.Open("/?view=ridges&noise_variance=0.5");
        (IPage two, _) = await browser.Open("/?view=ridges&noise_variance=5");
        await Task.WhenAll(ViewTests.Ready(one), ViewTests.Ready(two));
        string before = await Lead(one), other = await Lead(two);
        Assert.NotEqual(before, other);
        await Type(one, "gamma_student", "2");
        await Changed(one, before);
        Assert.Equal(other, await Lead(two));
        await one.Context.CloseAsync();
        await two.Context.CloseAsync();
    }

    [Fact]
    public async Task A_server_may_go_and_come_back()
    {
        Served server = await Served.Start(0);
        (IPage page, _) = await browser.Open("/", server.Address);
        await ViewTests.Ready(page);
        string before = await Lead(page);
        await server.DisposeAsync();
        await Type(page, "noise_variance", "2");
        await page.Locator(".problem", new() { HasTextString = "does not answer" }).First.WaitForAsync();
        server = await Served.Start(server.Address.Port);
        await Type(page, "noise_variance", "3");
        await Changed(page, before);
        Assert.Equal(string.Empty, string.Concat(await page.Locator(".problem").AllTextContentsAsync()));
        await page.Context.CloseAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_picture_follows_its_slider()
    {
        (IPage page, _) = await browser.Open("/");
        await ViewTests.Ready(page);
        double[] times = await page.EvaluateAsync<double[]>("""
            async () => {
              const slider = document.getElementById("c-noise_variance"), times = [];
              for (let k = 0; k < 60; k++) {
                slider.value = 40 + 2 * (k % 60);
                const start = performance.now();
                const drawn = new Promise((done) => document.addEventListener("drawn", done, { once: true }));
                slider.dispatchEvent(new Event("input", { bubbles: true }));
                await drawn;
                await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                times.push(performance.now() - start);
                await new Promise((done) => setTimeout(done, 60));
              }
              return times;
            }
            """);
        double[] sorted = [.. times.Skip(10).Order()];
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture,
            $"slider to picture: median {sorted[sorted.Length / 2]:0} ms, slowest {sorted[^1]:0} ms"));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"slider to picture: median {sorted[sorted.Length / 2]:0} ms, slowest {sorted[^1]:0} ms"));
        await page.Context.CloseAsync();
    }

    private static async Task<string> Lead(IPage page) => await page.Locator("#lead").TextContentAsync() ?? string.Empty;

    private static Task Changed(IPage page, string before) =>
        page.WaitForFunctionAsync("t => document.getElementById('lead').textContent !== t", before);

    private static async Task Type(IPage page, string name, string value)
    {
        await page.Locator($"#c-{name}-typed").FillAsync(value);
        await page.Locator($"#c-{name}-typed").PressAsync("Enter");
    }

    private static async Task<long> Trials(IPage page) => long.Parse(
        Regex.Match(await page.Locator(".state").First.TextContentAsync() ?? "", "(\\d+) of").Groups[1].Value,
        CultureInfo.InvariantCulture);

    private static Task<string> Focused(IPage page) =>
        page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.textContent");

    private static async Task TabTo(IPage page, string id)
    {
        for (int k = 0; k < 80; k++)
        {
            if (await Focused(page) == id)
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab does not reach {id}");
    }
}
