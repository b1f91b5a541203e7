using System.Reflection;
using PublicApiGenerator;
using WeakToStrong.Figures.Model;

namespace WeakToStrong.Cli.Tests.PublicApi;

/// <summary>
/// The public surface of the packages is written down beside this file, so that a change of it is seen in review. To write it anew, run
/// this class with W2S_WRITE_API=1 in the environment.
/// </summary>
public class PublicApiTests
{
    private static readonly string Folder = Path.Combine(MarkdownDocument.Root, "tests", "WeakToStrong.Cli.Tests", "PublicApi");

    [Fact]
    public void The_library_is_as_it_is_written_down() => Compare(typeof(Grid).Assembly);

    [Fact]
    public void The_figures_are_as_they_are_written_down() => Compare(typeof(Figure).Assembly);

    private static void Compare(Assembly assembly)
    {
        string path = Path.Combine(Folder, $"{assembly.GetName().Name}.txt");
        string api = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("W2S_WRITE_API") is "1")
            File.WriteAllText(path, api);
        string[] written = File.Exists(path) ? File.ReadAllLines(path) : [], found = api.TrimEnd('\n').Split('\n');
        string[] gone = [.. written.Except(found).Select(line => $"- {line.Trim()}")],
            added = [.. found.Except(written).Select(line => $"+ {line.Trim()}")];
        Assert.True(written.SequenceEqual(found),
            $"the public surface has changed; W2S_WRITE_API=1 writes it down anew\n{string.Join('\n', [.. gone, .. added])}");
    }
}
