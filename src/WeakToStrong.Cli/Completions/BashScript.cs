using System.Text;

namespace WeakToStrong.Cli.Completions;

/// <summary>Completions for bash: a function that looks at the words typed so far and fills COMPREPLY.</summary>
internal static class BashScript
{
    public static string Write(IReadOnlyList<CommandOutline> commands)
    {
        string paths = string.Join(" | ", commands.Named().Select(c => $"'{c.Path}'"));
        var text = new StringBuilder();
        text.Append($$"""
            # Completions of w2s for bash: source <(w2s completion bash)
            _w2s() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i words=
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case "${command:+$command }${COMP_WORDS[i]}" in
                        {{paths}}) command=${command:+$command }${COMP_WORDS[i]} ;;
                        *) break ;;
                    esac
                done
                case "$command $prev" in

            """);
        foreach (CommandOutline command in commands)
            AppendValues(text, command);
        text.Append("    esac\n    case \"$command\" in\n");
        foreach (CommandOutline command in commands)
        {
            string[] words =
                [.. commands.Below(command).Select(c => c.Name), .. command.Operand?.Words ?? [], .. command.Options.Select(o => o.Name)];
            text.Append($"        '{command.Path}') words='{string.Join(' ', words)}'");
            text.Append(command.Operand is { Words.Count: 0 } ? "; [[ $cur == -* ]] || { compopt -o default; return; } ;;\n" : " ;;\n");
        }
        return text.Append("    esac\n    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -F _w2s w2s\n").ToString();
    }

    // Options whose values are completed alike share a line.
    private static void AppendValues(StringBuilder text, CommandOutline command)
    {
        foreach (IGrouping<string, OptionOutline> alike in command.Options.Where(o => o.ValueName.Length > 0).GroupBy(Action))
            text.Append($"        {string.Join(" | ", alike.Select(o => $"'{command.Path} {o.Name}'"))}) {alike.Key}; return ;;\n");

        static string Action(OptionOutline option) => option.TakesPath ? "compopt -o default"
            : $"COMPREPLY=($(compgen -W '{string.Join(' ', option.Words)}' -- \"$cur\"))";
    }
}
