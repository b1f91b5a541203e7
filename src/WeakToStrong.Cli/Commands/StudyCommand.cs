using System.CommandLine;
using WeakToStrong.Cli.Shell;
using WeakToStrong.Figures.Pictures;
using WeakToStrong.Studies;

namespace WeakToStrong.Cli.Commands;

/// <summary>Makes a command from a study, or from several of which an option chooses one: options, help, checks and messages
/// are the studies'.</summary>
internal static class StudyCommand
{
    /// <summary>The command of one study.</summary>
    public static ShellCommand Of(IStudy study) => Create(study.Name, study.Summary, [study], null);

    /// <summary>One command for several studies, named <c>NAME-MEASURE</c>; <c>--measure</c> chooses, the first
    /// when it is absent.</summary>
    public static ShellCommand Of(string name, string summary, IReadOnlyList<IStudy> studies)
    {
        Dictionary<string, IStudy> measures = studies.ToDictionary(s => s.Name[(name.Length + 1)..]);
        string help = string.Join(" ", measures.Select(m => $"{m.Key}: {m.Value.Summary}"));
        return Create(name, summary, studies, Options.Choice("--measure", help, measures, measures.Keys.First()));
    }

    private static ShellCommand Create(string name, string summary, IReadOnlyList<IStudy> studies, ValueOption<IStudy>? measure)
    {
        Parameter[] parameters = [.. studies.SelectMany(s => s.Parameters).DistinctBy(p => p.Name)];
        var symbols = parameters.ToDictionary(p => p.Name, Symbol);
        ValueOption<PictureFile>? plot = studies.All(s => s.Chart is null) ? null
            : PictureFile.Option("--plot", "Also draw the result: over two ridges a map of the gap, along one input curves, one a value of "
                + "a second, one panel a value of a third.");
        bool hasSeed = symbols.Remove(Declare.Seed.Name, out Symbol? seed);
        return new ShellCommand(name, summary, Run, new CommonOptions(writesTable: true, seed as Option), [.. symbols.Values, .. Chooser()])
        {
            Examples = [.. studies.SelectMany(s => s.Examples.Select(e => Example(name, s, e)))],
        };

        IEnumerable<Symbol> Chooser() => [.. measure is null ? [] : (Symbol[])[measure], .. plot is null ? [] : (Symbol[])[plot]];

        ExitStatus Run(CommandContext context)
        {
            IStudy study = measure is null ? studies[0] : context.Get(measure);
            if (hasSeed)
                symbols[Declare.Seed.Name] = seed!;
            try
            {
                Arguments arguments = Arguments.Read(study, Typed(context, symbols));
                PictureFile? picture = plot is null ? null : context.Get(plot);
                if (picture is not null)
                    StudyPicture.Check(arguments);
                return Present(context, arguments, study.Run(arguments, context.Run), picture);
            }
            catch (InputException e)
            {
                throw new InputException(e.Spelled(OptionNames.Of), e);
            }
        }
    }

    private static ExitStatus Present(CommandContext context, Arguments arguments, StudyOutcome outcome, PictureFile? picture)
    {
        if (outcome is { Done: 0, Asked: > 0 })
            return context.Interrupted($"no {outcome.Unit.TrimEnd('s')} was finished, and nothing is written");
        foreach (string remark in outcome.Remarks)
            context.Note(remark);
        context.Write(outcome.Table, [.. arguments.Study.Parameters.Select(p => p.Name)]);
        picture?.Write(StudyPicture.Of(arguments, outcome.Table));
        if (picture is not null)
            context.Note($"the picture is in {picture.Path}");
        foreach (string sentence in outcome.Answer)
            context.Note(sentence);
        return outcome.Interrupted ? context.Interrupted($"{outcome.Done} of {outcome.Asked} {outcome.Unit} are finished and written")
            : outcome.CheckFailed ? ExitStatus.Failed : ExitStatus.Done;
    }

    private static IEnumerable<KeyValuePair<string, string>> Typed(CommandContext context, Dictionary<string, Symbol> symbols)
    {
        foreach ((string name, Symbol symbol) in symbols)
        {
            switch (symbol)
            {
                case FlagOption flag when context.Has(flag):
                    yield return KeyValuePair.Create(name, "true");
                    break;
                case ValueOption<string> option when context.IsGiven(option):
                    yield return KeyValuePair.Create(name, context.Get(option));
                    break;
            }
        }
        foreach ((string name, Symbol symbol) in symbols) // files are opened last
        {
            if (symbol is not ValueArgument document)
                continue;
            foreach (KeyValuePair<string, string> pair in DocumentFile.Read(name, context.Get(document)))
                yield return pair;
        }
    }

    private static Symbol Symbol(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Document => new ValueArgument(parameter.ValueName, parameter.Help, $"the path of a {parameter.Words[0]} file"),
        ParameterKind.Flag => new FlagOption(OptionNames.Of(parameter), parameter.Help),
        _ => Options.Of(parameter),
    };

    private static string Example(string name, IStudy study, StudyExample example)
    {
        string measure = study.Name == name ? string.Empty : $" --measure {study.Name[(name.Length + 1)..]}";
        return string.Concat([name, measure,
            .. example.Arguments.Select(a => $" {Word(study.Parameters.Single(p => p.Name == a.Name), a.Text)}")]);
    }

    private static string Word(Parameter parameter, string text) => parameter.Kind switch
    {
        ParameterKind.Document => text,
        ParameterKind.Flag => OptionNames.Of(parameter),
        _ => $"{OptionNames.Of(parameter)} {(text.All(c => char.IsAsciiLetterOrDigit(c) || ".,:-+/_=~".Contains(c)) ? text : $"'{text}'")}",
    };
}
