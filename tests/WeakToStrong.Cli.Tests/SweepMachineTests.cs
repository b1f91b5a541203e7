using System.Diagnostics;
using System.Runtime.Intrinsics;
using WeakToStrong.Sweeps;

namespace WeakToStrong.Cli.Tests;

/// <summary>Shards of two kinds of machine in one folder, the second being this one with narrower vectors: they are named.</summary>
public class SweepMachineTests
{
    private const string Setting = "d = 12\nn-teacher = 18\nn-student = 15\nnoise-variance = 1\nengine = \"dense\"\nlambda-teacher = 0.1\n"
        + "lambda-student = 0.2\n";

    private const string AtOnce = "simulate --d 12 --n-teacher 18 --n-student 15 --noise-variance 1 --engine dense --lambda-teacher 0.1 "
        + "--lambda-student 0.2 --trials 8192 --format csv";

    // What makes vectors narrower than they are here.
    private static string Switch => Vector512.IsHardwareAccelerated ? "DOTNET_EnableAVX512" : "DOTNET_EnableAVX2";

    [Fact]
    public async Task Shards_of_another_vector_width_are_named_and_not_continued()
    {
        Assert.SkipUnless(Vector256.IsHardwareAccelerated, "there are no narrower vectors on this machine");
        using var folder = new Folder();
        string results = Path.Combine(folder.Path, "results");
        string specification = folder.File("sweep.toml",
            $"study = \"simulate\"\ntrials = 8192\n[fixed]\n{Setting}[tasks]\nshard-trials = 4096\n");
        SweepStore store = SweepStore.Create(results, Sweep.Of(SweepSpecification.Read(specification, null)));
        Shard wide = store.Sweep.Shards[0], narrow = store.Sweep.Shards[1];
        Assert.Equal(ShardEnd.Finished, new ShardRunner(store).Run(wide, RunOptions.Default).End);
        // The other is begun here, and finished where vectors are narrower.
        using var stop = new CancellationTokenSource();
        var options = new RunOptions { Threads = 1, Cancellation = stop.Token, Progress = new StopAt(stop) };
        Assert.Equal(ShardEnd.Stopped, new ShardRunner(store).Run(narrow, options).End);
        Assert.True(File.Exists(store.PartialPath(narrow)));
        await Narrow("sweep", "resume", results, "--jobs", "1", "--quiet");

        SweepCollection collection = SweepCollection.Of(store);
        Assert.Equal(2, collection.Kinds.Count);
        Outcome collected = Shell.Run(["sweep", "collect", results, "--format", "csv"]);
        Assert.Equal(0, collected.Status);
        string kind = collection.Kinds[1].Kind, hash = Assert.Single(collection.Kinds[1].Shards).Hash[..8];
        Assert.Equal($"w2s: 1 shard was computed with {kind}, the others with {collection.Kinds[0].Kind}, so the table need not have "
            + $"the bits of one run: {hash}\n", collected.Error);
        Assert.Contains("-bit vectors and ", kind, StringComparison.Ordinal);

        // Nothing of the part with wide vectors is in it: both shards made narrow give the bits of a narrow run, which are others.
        File.Delete(store.ShardPath(wide));
        await Narrow("sweep", "resume", results, "--jobs", "1", "--quiet");
        string narrowRun = await Narrow(AtOnce.Split(' '));
        collected = Shell.Run(["sweep", "collect", results, "--format", "csv"]);
        Assert.Equal((narrowRun, string.Empty), (collected.Output, collected.Error));
        Assert.NotEqual(narrowRun, Shell.Run(AtOnce).Output);
    }

    private static async Task<string> Narrow(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(App).Assembly.Location, .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Switch] = "0";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, error);
        return await output;
    }

    private sealed class StopAt(CancellationTokenSource stop) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Done >= 1000)
                stop.Cancel();
        }
    }
}
