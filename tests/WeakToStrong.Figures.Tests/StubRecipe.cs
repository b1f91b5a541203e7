using WeakToStrong.Figures.Model;
using WeakToStrong.Figures.Recipes;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Tests;

/// <summary>A recipe that is made at once, counts how often, and can be told to misbehave.</summary>
internal sealed class StubRecipe(string id, Action? before = null) : IFigureRecipe
{
    public int TimesMade { get; private set; }

    public string Id => id;

    public string Title => $"stub {id}";

    public long DefaultTrials => 5;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        before?.Invoke();
        options.Cancellation.ThrowIfCancellationRequested();
        TimesMade++;
        double[] x = [1, 2, 3];
        double[] y = [.. x.Select(v => v + request.Seed)];
        var panel = new Panel(Axis.Linear("x"), Axis.Linear("y"), new Curve(x, y) { Name = "line" });
        var data = new ResultTable(ResultColumn.Of("x", x), ResultColumn.Of("y", y));
        return new FigureOutcome(new Figure(panel), data, "A line, $y = x + 1$.", [new("$λ_t^*$", "0.25")], []);
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("w2s-figures-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string[] Files => [.. Directory.GetFileSystemEntries(Path).Select(f => System.IO.Path.GetFileName(f))
        .Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
