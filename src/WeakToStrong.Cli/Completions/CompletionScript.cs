using System.Text;

namespace WeakToStrong.Cli.Completions;

/// <summary>
/// Scripts that teach a shell the program's commands, options and values. They are complete in themselves: the program is not run when the
/// user presses the key.
/// </summary>
internal static class CompletionScript
{
    /// <summary>The shells, each with its script.</summary>
    public static IReadOnlyDictionary<string, Func<IReadOnlyList<CommandOutline>, string>> Shells { get; } =
        new Dictionary<string, Func<IReadOnlyList<CommandOutline>, string>> { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish,
            ["pwsh"] = PowerShell };

    /// <summary>The first sentence, without its full stop: what fits beside a word.</summary>
    internal static string Brief(string help)
    {
        int end = help.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? help : help[..end]).TrimEnd('.');
    }

    private static string Bash(IReadOnlyList<CommandOutline> commands)
    {
        var text = new StringBuilder("# Completions of w2s for bash: source <(w2s completion bash)\n_w2s() {\n");
        text.Append("    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i words=\n    COMPREPLY=()\n");
        text.Append("    for ((i = 1; i < COMP_CWORD; i++)); do\n        case \"${command:+$command }${COMP_WORDS[i]}\" in\n            ");
        text.AppendJoin(" | ", Named(commands).Select(c => $"'{c.Path}'")).Append(") command=${command:+$command }${COMP_WORDS[i]} ;;\n");
        text.Append("            *) break ;;\n        esac\n    done\n    case \"$command $prev\" in\n");
        foreach (CommandOutline command in commands)
        {
            var byValue = command.Options.Where(o => o.ValueName.Length > 0)
                .GroupBy(o => o.TakesPath ? "compopt -o default" : $"COMPREPLY=($(compgen -W '{string.Join(' ', o.Words)}' -- \"$cur\"))");
            foreach (IGrouping<string, OptionOutline> group in byValue)
                text.Append("        ").AppendJoin(" | ", group.Select(o => $"'{command.Path} {o.Name}'"))
                    .Append($") {group.Key}; return ;;\n");
        }
        text.Append("    esac\n    case \"$command\" in\n");
        foreach (CommandOutline command in commands)
        {
            IEnumerable<string> words = [.. Below(commands, command).Select(c => c.Name), .. command.Operand?.Words ?? [],
                .. command.Options.Select(o => o.Name)];
            text.Append($"        '{command.Path}') words='{string.Join(' ', words)}'");
            text.Append(command.Operand is { Words.Count: 0 } ? "; [[ $cur == -* ]] || { compopt -o default; return; } ;;\n" : " ;;\n");
        }
        return text.Append("    esac\n    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -F _w2s w2s\n").ToString();
    }

    private static string Zsh(IReadOnlyList<CommandOutline> commands)
    {
        var text = new StringBuilder(
            "#compdef w2s\n# Completions of w2s for zsh: a file _w2s in a folder of $fpath, or source <(w2s completion zsh)\n_w2s() {\n");
        text.Append("    local command= i\n    for ((i = 2; i < CURRENT; i++)); do\n        case \"${command:+$command }$words[i]\" in\n            ");
        text.AppendJoin('|', Named(commands).Select(c => $"'{c.Path}'")).Append(") command=\"${command:+$command }$words[i]\" ;;\n");
        text.Append("            *) break ;;\n        esac\n    done\n    while [[ -n $command && $words[2] != -* && CURRENT -gt 2 && $i -gt 2 ]]; do\n");
        text.Append("        shift words; (( CURRENT--, i-- ))\n    done\n    case \"$command\" in\n");
        foreach (CommandOutline command in commands)
        {
            text.Append($"        '{command.Path}')\n");
            CommandOutline[] below = [.. Below(commands, command)];
            if (below.Length > 0)
            {
                text.Append("            local -a below=(").AppendJoin(' ', below.Select(c => Quoted($"{c.Name}:{Brief(c.Summary)}")));
                text.Append(")\n            (( CURRENT == 2 )) && [[ $words[2] != -* ]] && _describe command below\n");
            }
            text.Append("            _arguments");
            foreach (OptionOutline option in command.Options)
                text.Append(" \\\n                ").Append(
                    Quoted($"{option.Name}[{ZshHelp(option.Help)}]{ZshValue(option.ValueName, option.Words, option.TakesPath)}"));
            if (command.Operand is { } operand)
                text.Append(" \\\n                ").Append(
                    Quoted($"1{ZshValue(operand.ValueName, operand.Words, operand.Words.Count == 0)}"));
            text.Append(" ;;\n");
        }
        return text.Append("    esac\n}\nif [[ $funcstack[1] == _w2s ]]; then\n    _w2s \"$@\"\nelse\n    compdef _w2s w2s\nfi\n")
            .ToString();

        static string ZshHelp(string help) => Brief(help).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]",
            StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
        static string ZshValue(string name, IReadOnlyList<string> words, bool path) =>
            name.Length == 0 ? string.Empty : path ? $":{ZshHelp(name)}:_files"
                : $":{ZshHelp(name)}:{(words.Count > 0 ? $"({string.Join(' ', words)})" : " ")}";
    }

    private static string Fish(IReadOnlyList<CommandOutline> commands)
    {
        var text = new StringBuilder(
            "# Completions of w2s for fish: w2s completion fish > ~/.config/fish/completions/w2s.fish\ncomplete -c w2s -f\n");
        foreach (CommandOutline command in commands)
        {
            CommandOutline[] below = [.. Below(commands, command)];
            string seen = command.Path.Length == 0 ? "__fish_use_subcommand"
                : string.Join("; and ", command.Path.Split(' ').Select(word => $"__fish_seen_subcommand_from {word}"));
            string fresh = command.Path.Length == 0 || below.Length == 0 ? seen
                : $"{seen}; and not __fish_seen_subcommand_from {string.Join(' ', below.Select(c => c.Name))}";
            foreach (CommandOutline child in below)
                text.Append($"complete -c w2s -n '{fresh}' -a {child.Name} -d {Fished(Brief(child.Summary))}\n");
            foreach (OptionOutline option in command.Options)
            {
                string value = option.ValueName.Length == 0 ? string.Empty : option.TakesPath ? " -r -F" : option.Words.Count == 0 ? " -x"
                    : $" -x -a '{string.Join(' ', option.Words)}'";
                text.Append($"complete -c w2s -n '{fresh}' -l {option.Name.TrimStart('-')}{value} -d {Fished(Brief(option.Help))}\n");
            }
            if (command.Operand is { } operand)
                text.Append($"complete -c w2s -n '{fresh}'{(operand.Words.Count == 0 ? " -F" : $" -a '{string.Join(' ', operand.Words)}'")}\n");
        }
        return text.ToString();

        static string Fished(string help) =>
            $"'{help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
    }

    private static string PowerShell(IReadOnlyList<CommandOutline> commands)
    {
        var text = new StringBuilder("# Completions of w2s for PowerShell: w2s completion pwsh | Out-String | Invoke-Expression\n");
        text.Append("Register-ArgumentCompleter -Native -CommandName w2s -ScriptBlock {\n    param($word, $ast, $position)\n    $known = @{\n");
        foreach (CommandOutline command in commands)
        {
            string[] first = [.. Below(commands, command).Select(c => c.Name), .. command.Operand?.Words ?? []];
            text.Append($"        {Powered(command.Path)} = @{{ Words = @({PoweredList(first)}); Options = [ordered]@{{\n");
            foreach (OptionOutline option in command.Options)
            {
                string values = option.ValueName.Length == 0 ? "$null" : option.TakesPath ? "'path'" : $"@({PoweredList(option.Words)})";
                text.Append($"            {Powered(option.Name)} = @({Powered(Brief(option.Help))}, {values})\n");
            }
            text.Append("        } }\n");
        }
        text.Append("""
                }
                $typed = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position -or $word -eq '' } | ForEach-Object { "$_" })
                $command = ''
                foreach ($part in $typed) {
                    $longer = "$command $part".Trim()
                    if (-not $known.ContainsKey($longer)) { break }
                    $command = $longer
                }
                $here = $known[$command]
                $previous = if ($typed.Count -gt 0) { $typed[-1] } else { '' }
                if ($here.Options.Contains($previous) -and $null -ne $here.Options[$previous][1]) {
                    $values = $here.Options[$previous][1]
                    if ($values -is [string]) { return }
                    $values | Where-Object { $_ -like "$word*" } | ForEach-Object {
                        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
                    return
                }
                $here.Words | Where-Object { $_ -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
                $here.Options.GetEnumerator() | Where-Object { $_.Key -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Key, $_.Key, 'ParameterName', $_.Value[0]) }
            }

            """);
        return text.ToString();

        static string Powered(string word) => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";
        static string PoweredList(IEnumerable<string> words) => string.Join(", ", words.Select(Powered));
    }

    private static IEnumerable<CommandOutline> Named(IReadOnlyList<CommandOutline> commands) => commands.Where(c => c.Path.Length > 0);

    private static IEnumerable<CommandOutline> Below(IReadOnlyList<CommandOutline> commands, CommandOutline parent) =>
        Named(commands).Where(c => c.Path == $"{parent.Path} {c.Name}".Trim());

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
