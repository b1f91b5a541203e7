using System.Text;

namespace WeakToStrong.Cli.Completions;

/// <summary>Completions for zsh: a function that hands each command's options to _arguments.</summary>
internal static class ZshScript
{
    public static string Write(IReadOnlyList<CommandOutline> commands)
    {
        var text = new StringBuilder();
        text.Append($$"""
            #compdef w2s
            # Completions of w2s for zsh: a file _w2s in a folder of $fpath, or source <(w2s completion zsh)
            _w2s() {
                local command= i
                for ((i = 2; i < CURRENT; i++)); do
                    case "${command:+$command }$words[i]" in
                        {{string.Join('|', commands.Named().Select(c => $"'{c.Path}'"))}}) command="${command:+$command }$words[i]" ;;
                        *) break ;;
                    esac
                done
                while [[ -n $command && $words[2] != -* && CURRENT -gt 2 && $i -gt 2 ]]; do
                    shift words; (( CURRENT--, i-- ))
                done
                case "$command" in

            """);
        foreach (CommandOutline command in commands)
            Append(text, command, [.. commands.Below(command)]);
        text.Append("""
                esac
            }
            if [[ $funcstack[1] == _w2s ]]; then
                _w2s "$@"
            else
                compdef _w2s w2s
            fi

            """);
        return text.ToString();
    }

    private static void Append(StringBuilder text, CommandOutline command, CommandOutline[] below)
    {
        text.Append($"        '{command.Path}')\n");
        if (below.Length > 0)
        {
            string choices = string.Join(' ', below.Select(c => Quoted($"{c.Name}:{CompletionScript.Brief(c.Summary)}")));
            text.Append($"            local -a below=({choices})\n");
            text.Append("            (( CURRENT == 2 )) && [[ $words[2] != -* ]] && _describe command below\n");
        }
        text.Append("            _arguments");
        foreach (OptionOutline option in command.Options)
            AppendWord($"{option.Name}[{Help(option.Help)}]{Value(option.ValueName, option.Words, option.TakesPath)}");
        if (command.Operand is { } operand)
            AppendWord($"1{Value(operand.ValueName, operand.Words, operand.Words.Count == 0)}");
        text.Append(" ;;\n");

        void AppendWord(string word) => text.Append($" \\\n                {Quoted(word)}");
    }

    private static string Value(string name, IReadOnlyList<string> words, bool path) =>
        name.Length == 0 ? string.Empty
        : path ? $":{Help(name)}:_files"
        : $":{Help(name)}:{(words.Count > 0 ? $"({string.Join(' ', words)})" : " ")}";

    // Brackets end a description, and a colon the next part.
    private static string Help(string help) =>
        string.Concat(CompletionScript.Brief(help).Select(c => c is '[' or ']' or ':' ? $"\\{c}" : $"{c}"));

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
