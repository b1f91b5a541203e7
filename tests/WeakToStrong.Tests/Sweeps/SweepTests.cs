using WeakToStrong.Sweeps;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Sweeps;

/// <summary>However a sweep was cut, stopped and grown, what is collected has the bytes of the study run at once.</summary>
public class SweepTests
{
    private const string Chain = """
        noise_variance = 0.5
        [spectrum]
        law = "power"
        exponent = 1.0
        d = 12
        [target]
        law = "power"
        exponent = 1.5
        [[stage]]
        name = "teacher"
        n = 20
        ridge = 0.1
        [[stage]]
        name = "student"
        n = 30
        ridge = 0.1
        """;

    public static TheoryData<string, string, string, int> Studies => new()
    {
        { "simulate", "trials = 200\n[fixed]\nd = 20\nn-teacher = 30\nnoise-variance = 1\n[axes]\nn-student = [25, 50]\n"
            + "lambda-student = \"0.01:10:3\"\nlambda-teacher = [0.1, 1]\n[tasks]\nshard-trials = 64",
            "trials=200&d=20&n_teacher=30&noise_variance=1&n_student=25,50&lambda_teacher=0.1,1&lambda_student=0.01:10:3", 8 },
        { "simulate", "trials = 130\nseed = 3\n[fixed]\nfinite_size = true\ngamma-teacher = 0.5\ngamma-student = 0.5\nnoise-variance = 1\n"
            + "lambda-teacher = 0.1\nlambda-student = 0.1\n[axes]\nd = \"20:40:3\"",
            "trials=130&seed=3&finite_size=true&gamma_teacher=0.5&gamma_student=0.5&noise_variance=1&lambda_teacher=0.1&lambda_student=0.1"
            + "&d=20:40:3", 6 },
        { "limits", "[fixed]\nnoise-variance = 1\nlambda-teacher = 0.1\n[axes]\ngamma-student = [0.5, 1, 2]\ngamma-teacher = \"0.1:1:4\"\n"
            + "lambda-student = \"0.01:10:5\"",
            "noise_variance=1&lambda_teacher=0.1&gamma_teacher=0.1:1:4&gamma_student=0.5,1,2&lambda_student=0.01:10:5", 12 },
        { "network-updates", "trials = 100\n[axes]\nd = [8, 10]\nspike = [0, 2]", "trials=100&d=8,10&spike=0,2", 8 },
        { "network-forgetting", "trials = 70\n[fixed]\nd = 8\ntrue-labels = 20\nsteps = 2\n[axes]\nspike = [0, 2]",
            "trials=70&d=8&true_labels=20&steps=2&spike=0,2", 4 },
        { "network-spectrum", "[axes]\nd = [8, 10]\nspike = [0, 3]", "d=8,10&spike=0,3", 4 },
    };

    [Theory]
    [MemberData(nameof(Studies))]
    public void Collected_shards_have_the_bytes_of_one_run(string study, string text, string canonical, int shards)
    {
        using var folder = new SweepFolder();
        SweepStore store = folder.Create($"study = \"{study}\"\n{text}");
        Assert.Equal(shards, store.Sweep.Shards.Count);
        SweepFolder.RunAll(store);
        Assert.Equal(SweepFolder.AtOnce(study, canonical), SweepFolder.Collected(store));
        Assert.True(SweepStatus.Of(store).IsComplete);
        Assert.Empty(Directory.GetFiles(Path.Combine(store.Folder, "logs")));
    }

    [Fact]
    public void Numbers_of_a_chain_are_axes()
    {
        using var folder = new SweepFolder();
        folder.File("chain.toml", $"# a remark\n\n{Chain}");
        const string Axes = "[fixed]\nspecification = \"chain.toml\"\n[axes]\nstage.student.ridge = [0.1, 1]\n\"spectrum.exponent\" = "
            + "\"1:2:2:lin\"";
        SweepStore store = folder.Create($"study = \"chain\"\ntrials = 100\n{Axes}");
        Assert.Equal(8, store.Sweep.Shards.Count);
        SweepFolder.RunAll(store);
        string[] lines = SweepFolder.Collected(store).Split('\n');
        Assert.StartsWith("stage.student.ridge,spectrum.exponent,stage,n,", lines[0], StringComparison.Ordinal);
        string second = Chain.Replace("exponent = 1.0", "exponent = 2", StringComparison.Ordinal);
        string[] alone = SweepFolder.AtOnce("chain", $"simulate=100&specification={Uri.EscapeDataString(second)}").Split('\n');
        Assert.Equal([$"0.1,2,{alone[1]}", $"0.1,2,{alone[2]}"], lines[3..5]);
        // Without trials the limits alone; a remark or a blank line changes no name.
        Shard[] limits = [.. Sweep.Of(SweepSpecification.Parse($"study = \"chain\"\n{Axes}", folder.File("a.toml", ""))).Shards];
        folder.File("chain.toml", $"\n\n{Chain.Replace("0.5", "5e-1", StringComparison.Ordinal)}\n# the end\n");
        Assert.Equal(limits.Select(s => s.Hash), Sweep.Of(SweepSpecification.Parse($"study = \"chain\"\n\n{Axes}", folder.File("a.toml",
            "")))
            .Shards.Select(s => s.Hash));
        Assert.Equal(4, limits.Length);
    }

    [Fact]
    public void Data_vary_in_splits_and_sizes_and_keep_their_ridges_together()
    {
        using var folder = new SweepFolder();
        SweepStore store = folder.Create("study = \"data\"\n[fixed]\nlambda-teacher = 0.1\nn-test = 200\n[axes]\nseed = \"0:1:2:lin\"\n"
            + "n-teacher = [60, 100]\nlambda-student = [0.1, 1]");
        Assert.Equal(4, store.Sweep.Shards.Count);
        SweepFolder.RunAll(store);
        ResultTable table = SweepCollection.Of(store).Table;
        Assert.Equal(8, table.RowCount);
        Assert.Equal([60, 60, 60, 60, 100, 100, 100, 100], ((IntegerColumn)table.Find("n_teacher")!).Values);
        Assert.Equal([0, 0, 1, 1, 0, 0, 1, 1], ((IntegerColumn)table.Find("seed")!).Values);
        string[] alone = SweepFolder.AtOnce("data", "seed=1&n_teacher=100&n_test=200&lambda_teacher=0.1&lambda_student=0.1,1").Split('\n');
        Assert.EndsWith(alone[1], SweepFolder.Csv(table).Split('\n')[7], StringComparison.Ordinal);
    }

    [Fact]
    public void A_growing_sweep_keeps_what_is_there()
    {
        using var folder = new SweepFolder();
        SweepFolder.RunAll(folder.Create(SweepFolder.Small));
        // Trials: only those of the last, partial block of each plane are run again.
        SweepStore more = folder.Create(SweepFolder.Small.Replace("200", "400", StringComparison.Ordinal));
        ShardEnd[] ends = SweepFolder.RunAll(more);
        Assert.Equal(4, ends.Count(e => e == ShardEnd.AlreadyThere));
        const string Arguments = "d=20&n_teacher=30&noise_variance=1&lambda_teacher=0.1,1&lambda_student=0.01:10:3";
        Assert.Equal(SweepFolder.AtOnce("simulate", $"trials=400&n_student=25,50&{Arguments}"), SweepFolder.Collected(more));
        // An axis: the new value alone is run.
        SweepStore wider = folder.Create(SweepFolder.Small.Replace("200", "400", StringComparison.Ordinal)
            .Replace("[25, 50]", "[10, 25, 50]", StringComparison.Ordinal));
        ends = SweepFolder.RunAll(wider);
        Assert.Equal(ends.Length / 3, ends.Count(e => e == ShardEnd.Finished));
        Assert.Equal(SweepFolder.AtOnce("simulate", $"trials=400&n_student=10,25,50&{Arguments}"), SweepFolder.Collected(wider));
    }

    [Fact]
    public void A_stale_folder_says_which_key_differs()
    {
        using var folder = new SweepFolder();
        SweepFolder.RunAll(folder.Create(SweepFolder.Small));
        string[] before = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        void Refuses(string change, string to, string part) => Assert.Contains(part, Assert.Throws<InputException>(() =>
            folder.Create(SweepFolder.Small.Replace(change, to, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        Refuses("noise-variance = 1", "noise-variance = 2", ": noise_variance is 2 here and 1 there;");
        Refuses("trials = 200", "trials = 200\nseed = 4", ": seed is 4 here and not given there;");
        Refuses("\"0.01:10:3\"", "0.5", ": lambda_student is 0.5 here and 0.01:10:3 there;");
        Assert.Equal(before, Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Blocks_that_were_finished_when_a_shard_was_stopped_are_kept()
    {
        using var folder = new SweepFolder();
        // So many that they take far longer than progress is silent.
        SweepStore store = folder.Create(SweepFolder.Small.Replace("200", "2e6", StringComparison.Ordinal)
            .Replace("128", "2097152", StringComparison.Ordinal).Replace("[25, 50]", "25", StringComparison.Ordinal));
        Shard shard = store.Sweep.Shards[0];
        using var stop = new CancellationTokenSource();
        var options = new RunOptions { Cancellation = stop.Token, Progress = new StopAt(stop, 3000) };
        ShardAttempt attempt = new ShardRunner(store).Run(shard, options);
        Assert.Equal(ShardEnd.Stopped, attempt.End);
        Assert.Matches(@"^\d+ of its 2000000 trials are kept$", attempt.Text);
        Assert.True(long.Parse(attempt.Text.Split(' ')[0]) is >= 64 and < 2000000);
        Assert.Equal(ShardCondition.Stopped, SweepStatus.Of(store).Shards[0].Condition);
        Assert.Contains(attempt.Text, SweepStatus.Of(store).Sentence(SweepStatus.Of(store).Shards[0]), StringComparison.Ordinal);
        Assert.False(File.Exists(store.ShardPath(shard)));
        SweepFolder.RunAll(store);
        Assert.Equal(SweepFolder.AtOnce("simulate",
            "trials=2e6&d=20&n_teacher=30&noise_variance=1&lambda_teacher=0.1,1&lambda_student=0.01:10:3&n_student=25"),
            SweepFolder.Collected(store));
        Assert.Empty(Directory.GetFiles(Path.Combine(store.Folder, "partial")));
    }

    [Fact]
    public void What_is_missing_is_named_and_the_rest_is_collected()
    {
        using var folder = new SweepFolder();
        SweepStore store = folder.Create(SweepFolder.Small);
        SweepFolder.RunAll(store);
        Shard gone = store.Sweep.Shards[1], broken = store.Sweep.Shards[3];
        File.Delete(store.ShardPath(gone));
        byte[] bytes = File.ReadAllBytes(store.ShardPath(broken));
        bytes[bytes.AsSpan().LastIndexOf("w2s.moments"u8) + 60] ^= 1;
        File.WriteAllBytes(store.ShardPath(broken), bytes);
        SweepCollection collection = SweepCollection.Of(store);
        Assert.Equal([gone, broken], collection.Missing);
        Assert.Equal($"'{store.ShardPath(broken)}' is damaged", Assert.Single(collection.Damage));
        Assert.All(((IntegerColumn)collection.Table.Find("trials")!).Values, trials => Assert.True(trials == 128));
        Assert.Equal(6, collection.Table.RowCount); // of the second plane, the first trials are not there
        Assert.Single(SweepCollection.PutDamagedAside(store));
        Assert.Equal(2, SweepFolder.RunAll(store).Count(e => e == ShardEnd.Finished));
    }

    /// <summary>Stops a run when it tells that so many trials are done.</summary>
    private sealed class StopAt(CancellationTokenSource stop, long trials) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Done >= trials)
                stop.Cancel();
        }
    }
}
