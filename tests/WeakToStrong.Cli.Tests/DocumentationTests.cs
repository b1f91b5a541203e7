using System.Diagnostics;

namespace WeakToStrong.Cli.Tests;

/// <summary>
/// The documentation is run: every command of w2s in a shell block, in a folder of its own per file, and every C# block is a piece of
/// test code; pages under the remark "run by tests/system" are run there. A shell block under the remark "not run: REASON" is left alone;
/// "run with: ARGS" adds arguments that make it quick.
/// </summary>
public class DocumentationTests
{
    private const string FromCheckout = "dotnet run -c Release --project src/WeakToStrong.Cli -- ";

    /// <summary>Commands that build, test or measure: not part of what w2s does.</summary>
    private static readonly string[] LeftAlone =
        ["dotnet test", "dotnet build", "dotnet format", "dotnet run -c Release --project benchmarks",
            "dotnet run -c Release --project tests", "git ", "cd ", "apt", "sudo ", "python3 ", "/usr/bin/python3 ", ".ci/run",
            "./.ci/run"];

    public static TheoryData<string> Files =>
        [.. MarkdownDocument.Files.Where(f => !File.ReadAllText(Path.Combine(MarkdownDocument.Root, f)).Contains(
        "<!-- run by tests/system -->", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_commands_of_a_page_run(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        using var folder = new Folder();
        foreach (MarkdownBlock block in MarkdownDocument.Blocks(file))
        {
            if (block.Language is not ("sh" or "bash") || block.Remark.StartsWith("not run:", StringComparison.Ordinal))
                continue;
            string extra = block.Remark.StartsWith("run with:", StringComparison.Ordinal) ? $" {block.Remark["run with:".Length..].Trim()}"
                : string.Empty;
            string[] lines = [.. block.Lines.Where(l => !LeftAlone.Any(p => l.StartsWith(p, StringComparison.Ordinal))).Select(Adapt)];
            await RunBlock(file, folder.Path, lines);

            string Adapt(string line)
            {
                string short_ = line.Replace(FromCheckout, "w2s ", StringComparison.Ordinal);
                return short_.StartsWith("w2s ", StringComparison.Ordinal) ? short_ + extra : short_;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_code_of_a_page_is_test_code(string file)
    {
        string[] sources = [.. Directory.GetFiles(Path.Combine(MarkdownDocument.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText).Select(Squeeze)];
        foreach (MarkdownBlock block in MarkdownDocument.Blocks(file).Where(b => b.Language is "csharp" or "cs"))
        {
            string code = Squeeze(string.Join('\n', block.Lines.Where(l => !l.StartsWith("using W", StringComparison.Ordinal))));
            Assert.True(sources.Any(s => s.Contains(code, StringComparison.Ordinal)),
                $"{file}: this code is not part of any test:\n{string.Join('\n', block.Lines)}");
        }
    }

    [Fact]
    public void The_readme_shows_the_two_commands()
    {
        string readme = File.ReadAllText(Path.Combine(MarkdownDocument.Root, "README.md"));
        Assert.Contains("dotnet test -c Release", readme, StringComparison.Ordinal);
        Assert.Contains(FromCheckout + "reproduce --figure all --out out", readme, StringComparison.Ordinal);
        Assert.Contains("dotnet test -c Release", File.ReadAllText(Path.Combine(MarkdownDocument.Root, ".ci", "run")),
            StringComparison.Ordinal);
    }

    private static async Task RunBlock(string file, string folder, string[] lines)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-o", "pipefail", "-s"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteLineAsync($"w2s() {{ dotnet '{typeof(App).Assembly.Location}' \"$@\" < /dev/null; }}");
        foreach (string line in lines)
            await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0,
            $"{file}: status {process.ExitCode} from\n{string.Join('\n', lines)}\n{await error}\n{await output}");
    }

    // Code without its layout, so that indentation does not matter.
    private static string Squeeze(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c)));
}
