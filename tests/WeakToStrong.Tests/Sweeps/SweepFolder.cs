using System.Text;
using WeakToStrong.Studies;
using WeakToStrong.Sweeps;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Sweeps;

/// <summary>A folder for a sweep of one test; removed at the end.</summary>
internal sealed class SweepFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("w2s-sweep-").FullName;

    public const string Small = """
        study = "simulate"
        trials = 200
        [fixed]
        d = 20
        n-teacher = 30
        noise-variance = 1
        [axes]
        n-student = [25, 50]
        lambda-teacher = [0.1, 1]
        lambda-student = "0.01:10:3"
        [tasks]
        shard-trials = 128
        """;

    public string Path => System.IO.Path.Combine(_root, "out");

    public string File(string name, string text)
    {
        string path = System.IO.Path.Combine(_root, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public SweepStore Create(string text) => SweepStore.Create(Path, Sweep.Of(SweepSpecification.Parse(text, System.IO.Path.Combine(_root,
        "sweep.toml"))));

    public static ShardEnd[] RunAll(SweepStore store)
    {
        var runner = new ShardRunner(store);
        return [.. store.Sweep.Shards.Select(shard =>
        {
            ShardAttempt attempt = runner.Run(shard, RunOptions.Default);
            Assert.True(attempt.End is ShardEnd.Finished or ShardEnd.AlreadyThere, attempt.Text);
            return attempt.End;
        })];
    }

    public static string Collected(SweepStore store)
    {
        SweepCollection collection = SweepCollection.Of(SweepStore.Open(store.Folder));
        Assert.Empty(collection.Missing);
        Assert.Empty(collection.Damage);
        Assert.Single(collection.Kinds);
        return Csv(collection.Table);
    }

    public static string AtOnce(string study, string canonical)
    {
        IStudy found = StudyCatalog.Find(study);
        return Csv(found.Run(Arguments.FromCanonical(found, canonical)).Table);
    }

    public static string Csv(ResultTable table)
    {
        using var stream = new MemoryStream();
        TableWriter.WriteCsv(table, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
