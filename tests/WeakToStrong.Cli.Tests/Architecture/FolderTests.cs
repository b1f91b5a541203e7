using WeakToStrong.Explorer.Hosting;
using WeakToStrong.Figures.Model;

namespace WeakToStrong.Cli.Tests.Architecture;

/// <summary>Dependencies between folders go one way; docs/architecture.md draws them.</summary>
public class FolderTests
{
    private static readonly FolderOrder Library = new(typeof(Grid).Assembly, "WeakToStrong");
    private static readonly FolderOrder Pictures = new(typeof(Figure).Assembly, "WeakToStrong.Figures");

    private static readonly FolderOrder Page = new(typeof(ExplorerServer).Assembly, "WeakToStrong.Explorer");

    private static readonly FolderOrder CommandLine = new(typeof(App).Assembly, "WeakToStrong.Cli");

    private static readonly string[] LibraryFolders =
    [
        "", // the shared words
        "LinearAlgebra", "Randomness", "Functions", "Statistics", "Trials", "Tables", "Toml",
        "Ridge", "Heads", "Asymptotics", "Rules", "Simulation", "Networks",
        "Data", "Data.Formats", "Data.Features",
        "Chains", "Chains.Specification", "Chains.Simulation", "Choices", "Neighbours",
        "Networks.Readouts",
        "Data.Decision", "Data.Experiment",
        "Claims", "Claims.Suite",
        "Studies",
        "Sweeps",
    ];

    private static readonly string[] CommandLineFolders = ["Presentation", "Shell", "Completions", "Commands", ""];

    private static readonly string[] PageFolders = ["", "Serving", "Running", "Calls", "Hosting"];

    private static readonly string[] PictureFolders = ["Model", "Drawing", "Pictures", "Recipes", "Report"];

    [Fact]
    public void Every_folder_has_its_place()
    {
        Assert.Equal(LibraryFolders.Order(StringComparer.Ordinal), Library.Folders().Order(StringComparer.Ordinal));
        Assert.Equal(PictureFolders.Order(StringComparer.Ordinal), Pictures.Folders().Order(StringComparer.Ordinal));
        Assert.Equal(PageFolders.Order(StringComparer.Ordinal), Page.Folders().Order(StringComparer.Ordinal));
        Assert.Equal(CommandLineFolders.Order(StringComparer.Ordinal), CommandLine.Folders().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_library_uses_only_folders_that_come_before() => Assert.Empty(Library.Violations(LibraryFolders));

    [Fact]
    public void Pictures_use_only_folders_that_come_before() => Assert.Empty(Pictures.Violations(PictureFolders));

    [Fact]
    public void The_page_uses_only_folders_that_come_before() => Assert.Empty(Page.Violations(PageFolders));

    [Fact]
    public void Only_the_command_line_uses_the_page() =>
        Assert.All([typeof(Grid).Assembly, typeof(Figure).Assembly], assembly =>
            Assert.DoesNotContain(assembly.GetReferencedAssemblies(), name =>
                name.Name == "WeakToStrong.Explorer" || name.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)));

    [Fact]
    public void The_command_line_uses_only_folders_that_come_before() => Assert.Empty(CommandLine.Violations(CommandLineFolders));

    [Fact]
    public void The_documentation_has_the_same_order()
    {
        string[] lines = File.ReadAllLines(Path.Combine(MarkdownDocument.Root, "docs", "architecture.md"));
        int table = Array.FindIndex(lines, l => l.StartsWith("| Folder |", StringComparison.Ordinal)) + 2;
        string[] folders = [.. lines[table..].TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|')[1].Trim(' ', '`'))];
        Assert.Equal(LibraryFolders, folders.Select(f => f == "(top)" ? "" : f));
        string picture = string.Join('\n', MarkdownDocument.Blocks(Path.Combine("docs", "architecture.md")).First().Lines);
        Assert.All(
            [.. LibraryFolders[1..], .. PictureFolders, .. PageFolders[1..]],
            folder => Assert.Matches($"""["\s,]{folder}["\s,]""", picture));
    }

    [Fact]
    public void An_arrow_that_goes_back_is_seen()
    {
        string[] wrong = [.. LibraryFolders.Except(["LinearAlgebra"]), "LinearAlgebra"];
        Assert.Contains("Ridge -> LinearAlgebra: RidgePath uses Dense", Library.Violations(wrong));
    }
}
