using System.Text;

namespace WeakToStrong.Cli.Completions;

/// <summary>Completions for PowerShell: a table of the commands, and a block that looks words up in it.</summary>
internal static class PowerShellScript
{
    private const string Start = """
        # Completions of w2s for PowerShell: w2s completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName w2s -ScriptBlock {
            param($word, $ast, $position)
            $known = @{

        """;

    private const string End = """
            }
            $typed = @($ast.CommandElements | Select-Object -Skip 1 |
                Where-Object { $_.Extent.EndOffset -lt $position -or $word -eq '' } | ForEach-Object { "$_" })
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

        """;

    public static string Write(IReadOnlyList<CommandOutline> commands)
    {
        var text = new StringBuilder(Start);
        foreach (CommandOutline command in commands)
        {
            string[] words = [.. commands.Below(command).Select(c => c.Name), .. command.Operand?.Words ?? []];
            text.Append($"        {Quoted(command.Path)} = @{{ Words = {List(words)}; Options = [ordered]@{{\n");
            foreach (OptionOutline option in command.Options)
                text.Append($"            {Quoted(option.Name)} = @({Quoted(CompletionScript.Brief(option.Help))}, {Value(option)})\n");
            text.Append("        } }\n");
        }
        return text.Append(End).ToString();
    }

    private static string Value(OptionOutline option) =>
        option.ValueName.Length == 0 ? "$null" : option.TakesPath ? "'path'" : List(option.Words);

    private static string List(IEnumerable<string> words) => $"@({string.Join(", ", words.Select(Quoted))})";

    private static string Quoted(string word) => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";
}
