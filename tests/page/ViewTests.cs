using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WeakToStrong.Page.Tests;

/// <summary>Every view and every link worth a look opens, without a complaint, for everybody, on a small screen.</summary>
[Collection(OneBrowser.Name)]
public class ViewTests(Browser browser)
{
    public static TheoryData<string> Views =>
        ["ridges", "why", "alignment", "descent", "rules", "views", "chains", "simulate", "networks", "data", "claims", "figures", "calls"];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_view_is_for_everybody(string view)
    {
        foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            (IPage page, List<string> complaints) = await browser.Open($"/?view={view}", scheme: scheme);
            await Ready(page);
            AxeResult found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v =>
                $"{scheme}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")));
            await page.SetViewportSizeAsync(360, 700);
            Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 360);
            Assert.Empty(complaints);
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_view_keeps_to_its_policy(string view)
    {
        (IPage page, List<string> complaints) = await browser.Open($"/?view={view}", strict: true);
        await page.Locator("#view .place > *").First.WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("networks")]
    [InlineData("claims")]
    [InlineData("data")]
    [InlineData("chains")]
    public async Task A_run_ends_in_a_sentence_and_a_table(string view)
    {
        string quick = view switch
        {
            "networks" => "&d=60&trials=2",
            "data" => "&repeats=2",
            "chains" => "&simulate=20&n_student=300",
            _ => "",
        };
        (IPage page, List<string> complaints) = await browser.Open($"/?view={view}{quick}");
        await Ready(page);
        await page.Locator(".go").ClickAsync();
        await page.Locator(".state", new() { HasTextString = "finished" }).First.WaitForAsync(new() { Timeout = 120_000 });
        Assert.NotEmpty(await page.Locator("#lead strong").AllAsync());
        await page.EvaluateAsync("document.querySelector('.numbers').open = true");
        Assert.NotEmpty(await page.Locator(".numbers td").AllAsync());
        AxeResult found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}")));
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Every_link_worth_a_look_opens()
    {
        (IPage page, List<string> complaints) = await browser.Open("/");
        await Ready(page);
        string[] links = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('#presets a')].map(a => a.getAttribute('href'))");
        Assert.True(links.Length >= 19);
        foreach (string link in links)
        {
            await page.Locator($"#presets a[href=\"{link}\"]").First.ClickAsync();
            await Ready(page);
            if (link.Contains("view=figures", StringComparison.Ordinal))
                await page.Locator(".picture svg").WaitForAsync();
            Assert.Equal(link == "/?view=ridges" ? "view=ridges" : link[2..], new Uri(page.Url).Query.TrimStart('?'));
            string[] problems = [.. (await page.Locator(".problem").AllTextContentsAsync()).Where(text => text.Length > 0)];
            Assert.True(problems.Length == 0, $"{link}: {string.Join(' ', problems)}");
        }
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Numbers_and_picture_are_those_of_the_command_line()
    {
        (IPage page, _) = await browser.Open("/?view=ridges&gamma_student=1.2&noise_variance=4&lambda_teacher=0.2&lambda_student=0.3");
        await Ready(page);
        string[] lines = (await Browser.Run("limits", "--gamma-teacher", "0.25", "--gamma-student", "1.2", "--noise-variance", "4",
            "--lambda-teacher", "0.2", "--lambda-student", "0.3", "--format", "csv")).TrimEnd('\n').Split('\n');
        string[] names = lines[0].Split(','), cells = lines[1].Split(',');
        double Of(string name) => double.Parse(cells[Array.IndexOf(names, name)], CultureInfo.InvariantCulture);
        string lead = await page.Locator("#lead").TextContentAsync() ?? string.Empty;
        foreach (string column in (string[])["student_error", "teacher_error"])
            Assert.Contains(Of(column).ToString("G4", CultureInfo.InvariantCulture), lead, StringComparison.Ordinal);

        // The command that the page offers draws the very picture that is seen.
        await page.GetByRole(AriaRole.Button, new() { Name = "Command" }).ClickAsync();
        string command = await page.Locator(".take pre").TextContentAsync() ?? string.Empty;
        string path = Path.Combine(Directory.CreateTempSubdirectory("page-").FullName, "figure.svg");
        await Browser.Run([.. command.Split(' ')[1..^1], path, "--quiet"]);
        string svg = await page.EvaluateAsync<string>("fetch(document.querySelector('.take a').href).then(r => r.text())");
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), svg);
        await page.Context.CloseAsync();
    }

    /// <summary>What the page offers to copy, beside its numbers: written to the folder W2S_COPIES, from which page.test and python.test
    /// run it.</summary>
    [Theory]
    [InlineData("ridges", "gamma_student=1.2&noise_variance=4")]
    [InlineData("simulate", "d=40&trials=256")]
    [InlineData("chains", "simulate=64&n_student=300")]
    [InlineData("rules", "")]
    public async Task What_is_copied_is_kept_for_other_tests(string view, string query)
    {
        string? folder = Environment.GetEnvironmentVariable("W2S_COPIES");
        Assert.SkipWhen(folder is null, "W2S_COPIES names no folder");
        (IPage page, _) = await browser.Open($"/?view={view}&{query}");
        await Ready(page);
        foreach ((string name, string ending) in ((string, string)[])[("C#", "cs"), ("Python", "py")])
        {
            await page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
            string text = await page.Locator(".take pre").TextContentAsync() ?? string.Empty;
            await File.WriteAllTextAsync(Path.Combine(folder!, $"{view}.{ending}"), text, TestContext.Current.CancellationToken);
        }
        string csv = await page.EvaluateAsync<string>(
            "fetch([...document.querySelectorAll('.take a')].find(a => a.textContent === 'CSV').href).then(r => r.text())");
        Assert.True(csv.Count(c => c == '\n') > 1, csv);
        await File.WriteAllTextAsync(Path.Combine(folder!, $"{view}.csv"), csv, TestContext.Current.CancellationToken);
        await page.Context.CloseAsync();
    }

    /// <summary>Waits until a view has said something, and what it draws by itself is drawn.</summary>
    internal static async Task Ready(IPage page)
    {
        await page.WaitForFunctionAsync(
            "document.getElementById('lead').textContent.length > 20 && document.querySelector('#view .place')");
        await page.WaitForFunctionAsync(
            "document.querySelector('.picture svg') || document.querySelector('.go') || document.querySelector('.card')");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }
}
