using WeakToStrong.Studies;

namespace WeakToStrong.Cli.Shell;

/// <summary>How this front end spells the library's inputs.</summary>
internal static class OptionNames
{
    /// <summary>An option with dashes; the one document of a study is typed without a name.</summary>
    public static string Of(INamedInput input) =>
        input is Parameter { Kind: ParameterKind.Document } document ? document.ValueName : $"--{input.Name.Replace('_', '-')}";

    /// <summary>What help says of a parameter: its meaning, with its default.</summary>
    public static string Help(Parameter parameter) =>
        parameter.IsRequired ? $"{parameter.Help} [required]"
        : parameter.Kind == ParameterKind.Flag ? parameter.Help
        : (parameter.DefaultInWords ?? parameter.Default) is { } standard ? $"{parameter.Help} [default: {standard}]"
        : parameter.Help;
}
