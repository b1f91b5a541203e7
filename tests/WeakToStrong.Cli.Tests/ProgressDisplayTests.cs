using WeakToStrong.Cli.Presentation;

namespace WeakToStrong.Cli.Tests;

public class ProgressDisplayTests
{
    [Fact]
    public void A_short_run_shows_nothing()
    {
        using var screen = new StringWriter();
        using (var display = new ProgressDisplay(screen))
            display.Report(new RunProgress("trials", 1, 2));
        Assert.Empty(screen.ToString());
    }

    [Fact]
    public async Task A_run_of_more_than_two_seconds_shows_its_stages()
    {
        using var screen = new StringWriter();
        using (var display = new ProgressDisplay(screen))
        {
            display.Report(new RunProgress("trials", 3, 4));
            await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        }
        Assert.Contains("trials", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("75%", screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Disposing_twice_is_harmless()
    {
        using var screen = new StringWriter();
        var display = new ProgressDisplay(screen);
        display.Dispose();
        display.Dispose();
    }
}
