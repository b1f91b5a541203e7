using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WeakToStrong.Cli.Tests;

/// <summary>What only a process of its own can show: exit statuses, signals, pipes.</summary>
public partial class ProcessTests
{
    private const string Endless = "simulate --d 50 --n-teacher 100 --n-student 80 --noise-variance 1 --lambda-teacher 0.1 "
        + "--lambda-student 0.1,0.3 --trials 1e12";

    [Fact]
    public async Task A_good_and_a_bad_command_line_end_with_their_statuses()
    {
        Finished good = await Run("--version");
        Assert.Equal((0, $"w2s {ProgramVersion.Text}\n", string.Empty), (good.Status, good.Output, good.Error));
        Finished bad = await Run("limits --gamma-teacher 0");
        Assert.Equal((2, string.Empty, "w2s: --gamma-teacher is '0'; it must be a positive finite number, or a grid of such numbers: a "
            + "list a,b,c or a range low:high:count.\n"), (bad.Status, bad.Output, bad.Error));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_signal_keeps_the_finished_trials(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        Finished run = await Run(Endless, process =>
        {
            // Under way for certain once it has computed longer than it takes to start.
            while (process.TotalProcessorTime < TimeSpan.FromSeconds(1.5) && !process.HasExited)
                Thread.Sleep(50);
            Assert.Equal(0, Kill(process.Id, signal));
        });
        Assert.Equal(130, run.Status);
        Assert.Matches(@"^w2s: interrupted; \d+ of 1000000000000 trials are finished and written\.\n$", run.Error);
        string[] lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        int trials = Array.IndexOf(lines[0].Split(','), "trials");
        Assert.InRange(long.Parse(lines[1].Split(',')[trials]), 1, 999_999_999_999);
        Assert.DoesNotContain("nan", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            $"set -o pipefail; dotnet '{typeof(App).Assembly.Location}' limits --gamma-teacher 1 --gamma-student 1 --lambda-teacher "
            + "1:2:100 --lambda-student 1:2:300 --noise-variance 1 | head -n 1");
        Finished run = await Finish(Process.Start(start)!);
        Assert.Equal((0, string.Empty), (run.Status, run.Error));
        Assert.StartsWith("gamma_teacher,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_stopped_before_its_first_trial_says_so()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Outcome outcome = Shell.RunUntil(Endless.Split(' '), stop.Token);
        Assert.Equal((130, string.Empty, "w2s: interrupted; no trial was finished, and nothing is written.\n"),
            (outcome.Status, outcome.Output, outcome.Error));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private static async Task<Finished> Run(string line, Action<Process>? during = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(App).Assembly.Location, .. line.Split(' ')])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        during?.Invoke(process);
        return await Finish(process);
    }

    private static async Task<Finished> Finish(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Finished(process.ExitCode, await output, await error);
        }
    }

    private sealed record Finished(int Status, string Output, string Error);
}
