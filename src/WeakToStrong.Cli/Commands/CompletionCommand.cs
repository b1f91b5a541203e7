using System.CommandLine;
using WeakToStrong.Cli.Completions;
using WeakToStrong.Cli.Shell;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s completion</c> and <c>w2s man</c>: the program as shells and manuals see it.</summary>
internal static class CompletionCommand
{
    /// <summary>Scripts that complete commands, options and values.</summary>
    /// <param name="root">Makes the whole program's command.</param>
    public static ShellCommand Create(Func<Command> root)
    {
        string[] shells = [.. CompletionScript.Shells.Keys];
        var shell = new ValueArgument("SHELL", "The shell: bash, zsh, fish or pwsh.", "bash, zsh, fish or pwsh") { Words = shells };
        return new ShellCommand(
            "completion", "A script that teaches a shell to complete commands, options and values.", Run, writesTable: true, shell)
        {
            Examples = ["completion bash --out w2s.bash", "completion fish --out ~/.config/fish/completions/w2s.fish"],
        };

        ExitStatus Run(CommandContext context)
        {
            string name = context.Get(shell);
            if (!CompletionScript.Shells.TryGetValue(name, out Func<IReadOnlyList<CommandOutline>, string>? write))
                throw InputException.At("SHELL", name, "bash, zsh, fish or pwsh");
            context.Write(write(CommandOutline.Tree(root())));
            return ExitStatus.Done;
        }
    }

    /// <summary>The manual page.</summary>
    /// <param name="root">Makes the whole program's command.</param>
    public static ShellCommand CreateManual(Func<Command> root)
    {
        return new ShellCommand("man", "The manual page, for man.", Run, writesTable: true)
        {
            Examples = ["man --out w2s.1"],
        };

        ExitStatus Run(CommandContext context)
        {
            context.Write(ManualPage.Write(CommandOutline.Tree(root())));
            return ExitStatus.Done;
        }
    }
}
