using WeakToStrong.Chains.Specification;
using WeakToStrong.Studies;
using WeakToStrong.Tables;
using WeakToStrong.Toml;
using WeakToStrong.Trials;

namespace WeakToStrong.Sweeps;

/// <summary>Reads a <see cref="SweepSpecification"/>; every mistake is told by file, line and key.</summary>
/// <param name="path">How messages call the file; others are looked for beside it.</param>
internal sealed class SweepReader(string path)
{
    public const double StandardSeconds = 300;
    public const long StandardShardTrials = 16 * TrialRange.BlockSize;

    private const int MostSeconds = 30 * 86400;
    private const string Values = "a number, a word, or a list of them";

    // What the submission itself decides.
    private static readonly string[] Reserved =
        ["array", "parsable", "wrap", "job-name", "output", "error", "open-mode", "dependency", "test-only", "wait", "requeue",
            "no-requeue",
            "input", "version", "help", "usage", "chdir"];

    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private TomlTable? _chain;

    public SweepSpecification Read(string text, string? seed)
    {
        SpecificationSection root = SpecificationSection.Parse(text, path);
        string studies = $"one of {string.Join(", ", StudyCatalog.All.Select(s => s.Name))}";
        string name = root.Text("study", studies);
        IStudy study = StudyCatalog.All.FirstOrDefault(s => s.Name == name) ?? throw root.At("study", studies);
        long? trials = root.Has("trials") ? ReadTrials(study, root) : null;
        List<KeyValuePair<string, string>> given = ReadFixed(study, root);
        if (seed is not null || root.Has("seed"))
            AddSeed(study, root, given, seed);
        SweepAxis[] axes = root.Has("axes") ? ReadAxes(study, root.Section("axes", "a table [axes]"), given) : [];
        SpecificationSection? tasks = root.Has("tasks") ? root.Section("tasks", "a table [tasks]") : null;
        (double seconds, long shardTrials) = ReadTasks(tasks);
        KeyValuePair<string, string>[] slurm = root.Has("slurm") ? ReadSlurm(root.Section("slurm", "a table [slurm]")) : [];
        root.RefuseOthers();
        var specification = new SweepSpecification(study)
        {
            Trials = trials,
            Fixed = given,
            Axes = axes,
            TaskSeconds = seconds,
            ShardTrials = shardTrials,
            Slurm = slurm,
        };
        CheckTogether(specification);
        return specification;
    }

    private static long ReadTrials(IStudy study, SpecificationSection root)
    {
        if (study is not ITrialStudy { HasTrials: true } trialStudy)
            throw root.Problem("trials", $"{study.Name} has no trials; leave it out");
        string[] items = root.Items("trials", trialStudy.TrialsParameter.Allowed);
        return items is [string text] && trialStudy.TrialsParameter.Read(text, out object? value) is null && value is long trials ? trials
            : throw root.At("trials", trialStudy.TrialsParameter.Allowed);
    }

    private List<KeyValuePair<string, string>> ReadFixed(IStudy study, SpecificationSection root)
    {
        var given = new List<KeyValuePair<string, string>>();
        var paths = new List<(string Path, string Value, SpecificationSection Section, string Key)>();
        if (!root.Has("fixed"))
            return given;
        foreach ((string key, SpecificationSection section, string last) in root.Section("fixed", "a table [fixed]").Leaves())
        {
            string[] items = section.Items(last, Values);
            if (ParameterOf(study, key, section, last) is not { } parameter)
            {
                paths.Add((key, items.Length == 1 ? items[0] : throw section.At(last, "one value"), section, last));
                continue;
            }
            if (study is ITrialStudy own && parameter == own.TrialsParameter)
                throw section.Problem(last, "is said at the top, as trials = N");
            if (given.Exists(g => g.Key == parameter.Name))
                throw section.Problem(last, "is given twice");
            _places[parameter.Name] = $"fixed.{key}";
            string text = parameter.Kind == ParameterKind.Document ? Document(section, last, given, items)
                : parameter.Kind == ParameterKind.File && parameter.Name != "source" ? Absolute(section, last, items)
                : string.Join(',', items);
            given.Add(KeyValuePair.Create(parameter.Name, Canonical(parameter, text, section, last)));
        }
        foreach ((string key, string value, SpecificationSection section, string last) in paths)
            _chain = Placed(section, last, () => Chain(section, last).With(key, value));
        if (paths.Count > 0)
            given[given.FindIndex(g => g.Key == "specification")] = KeyValuePair.Create("specification", _chain!.Canonical);
        return given;
    }

    private void AddSeed(IStudy study, SpecificationSection root, List<KeyValuePair<string, string>> given, string? seed)
    {
        Parameter parameter = study.Parameters.FirstOrDefault(p => p.Name == Declare.Seed.Name)
            ?? throw new InputException($"{(seed is null ? Place(root, "seed") : "the seed")}: {study.Name} has no chance; leave it out");
        if (seed is null && given.Exists(g => g.Key == parameter.Name))
            throw root.Problem("seed", "is given twice, at the top and in [fixed]");
        given.RemoveAll(g => g.Key == parameter.Name);
        string text = seed ?? string.Join(',', root.Items("seed", Declare.OneSeed.Allowed));
        if (Declare.OneSeed.Read(text, out object? value) is not null)
            throw root.At("seed", Declare.OneSeed.Allowed);
        given.Add(KeyValuePair.Create(parameter.Name, Declare.OneSeed.Write(value!)));
        _places[parameter.Name] = "seed";
    }

    private SweepAxis[] ReadAxes(IStudy study, SpecificationSection axes, List<KeyValuePair<string, string>> given)
    {
        var read = new List<SweepAxis>();
        foreach ((string key, SpecificationSection section, string last) in axes.Leaves())
        {
            string[] items = section.Items(last, Values);
            Parameter? parameter = ParameterOf(study, key, section, last);
            if (parameter is { Kind: ParameterKind.Document } || parameter?.Name == "source")
                throw section.Problem(last, "cannot vary; its numbers can, by paths such as stage.student.ridge");
            if (study is ITrialStudy own && parameter == own.TrialsParameter)
                throw section.Problem(last, "cannot vary; a sweep has one number of trials, at the top");
            SweepAxis axis = parameter is null ? PathAxis(section, key, last, items) : ParameterAxis(parameter, section, last, items);
            if (read.Exists(a => a.Name == axis.Name))
                throw section.Problem(last, "is given twice");
            if (given.Exists(g => g.Key == axis.Name))
                throw section.Problem(last, $"is given twice, here and as {_places[axis.Name]}");
            _places[axis.Name] = $"axes.{key}";
            read.Add(axis);
        }
        // As the study orders its rows; paths into a chain keep the order of the file.
        return [.. read.OrderBy(a => a.Parameter is null ? -1 : study.Parameters.ToList().IndexOf(a.Parameter))];
    }

    private SweepAxis PathAxis(SpecificationSection section, string key, string last, string[] items)
    {
        string[] values = [.. (items is [string text] && Grid.TryParse(text, out Grid? grid, out _) ? grid!.Select(NumberText.Format)
            : items)
            .Select(item => NumberText.TryParse(item, out double number) ? NumberText.Format(number) : item)
            .Distinct(StringComparer.Ordinal)];
        if (items is [string range] && range.Contains(':') && Grid.TryParse(range, out _, out string? problem) is false)
            throw section.Problem(last, problem!);
        foreach (string value in values)
            _ = Placed(section, last, () => Chain(section, last).With(key, value));
        return new SweepAxis(key, null, isGrid: false, values);
    }

    private SweepAxis ParameterAxis(Parameter parameter, SpecificationSection section, string last, string[] items)
    {
        if (parameter.IsAxis || parameter is Parameter<Grid>)
            return new SweepAxis(parameter.Name, parameter, isGrid: true, [Canonical(parameter, string.Join(',', items), section, last)]);
        IEnumerable<string> values = parameter.Kind == ParameterKind.File ? items.Select(i => Absolute(section, last, [i]))
            : items is [string range] && range.Contains(':') && parameter.Kind is ParameterKind.Number or ParameterKind.WholeNumber
                ? Expanded(parameter, range, section, last)
            : items;
        return new SweepAxis(parameter.Name, parameter, isGrid: false,
            [.. values.Select(v => Canonical(parameter, v, section, last)).Distinct(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Expanded(Parameter parameter, string range, SpecificationSection section, string last)
    {
        if (!Grid.TryParse(range, out Grid? grid, out string? problem))
            throw section.Problem(last, problem!);
        return parameter.Kind == ParameterKind.Number ? grid!.Select(NumberText.Format)
            : grid!.Select(v => NumberText.Format(Math.Round(v)));
    }

    private static string Canonical(Parameter parameter, string text, SpecificationSection section, string last) =>
        parameter.Read(text, out object? value) switch
        {
            null => parameter.Write(value!),
            "" => throw section.At(last, parameter.Allowed),
            string problem => throw section.Problem(last, problem),
        };

    private static Parameter? ParameterOf(IStudy study, string key, SpecificationSection section, string last)
    {
        string name = key.Replace('-', '_');
        Parameter? parameter = study.Parameters.FirstOrDefault(p => p.Name == name);
        bool takesPaths = study is ChainStudy;
        return parameter is not null || takesPaths ? parameter : throw section.Problem(last,
            $"is not a parameter of {study.Name}; it has {string.Join(", ", study.Parameters.Select(p => p.Name.Replace('_', '-')))}");
    }

    private TomlTable Chain(SpecificationSection section, string last) => _chain ?? throw section.Problem(last,
        "is not a parameter of chain, and there is no specification in [fixed] of which it could be a number");

    // A path, or, where it has several lines, the document itself.
    private string Document(SpecificationSection section, string last, List<KeyValuePair<string, string>> given, string[] items)
    {
        if (items is not [string text])
            throw section.At(last, "the path of a TOML file");
        string source = text.Contains('\n') ? path : Path.GetFullPath(Beside(text));
        if (!text.Contains('\n'))
        {
            text = Placed(section, last, () => SpecificationFiles.ReadText(source));
            given.RemoveAll(g => g.Key == "source");
        }
        if (!given.Exists(g => g.Key == "source"))
            given.Add(KeyValuePair.Create("source", source));
        _chain = SpecificationSection.Parse(text, source).ToTable();
        return _chain.Canonical;
    }

    private string Absolute(SpecificationSection section, string last, string[] items)
    {
        if (items is not [{ Length: > 0 } file])
            throw section.At(last, "the path of a file");
        if (file == "-")
            throw section.At(last, "the path of a file; standard input cannot be read again and again");
        return Path.GetFullPath(Beside(file));
    }

    private string Beside(string file) => Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, file);

    private static (double Seconds, long ShardTrials) ReadTasks(SpecificationSection? tasks)
    {
        if (tasks is null)
            return (StandardSeconds, StandardShardTrials);
        double seconds = tasks.Number("seconds", NumberRange.Positive, StandardSeconds);
        if (seconds is < 1 or > MostSeconds)
            throw tasks.At("seconds", $"a number from 1 to {MostSeconds}");
        long trials = tasks.Has("shard-trials") ? tasks.WholeNumber("shard-trials", TrialRange.BlockSize, 1L << 40) : StandardShardTrials;
        if (trials % TrialRange.BlockSize != 0)
            throw tasks.At("shard-trials", $"a multiple of {TrialRange.BlockSize}");
        tasks.RefuseOthers();
        return (seconds, trials);
    }

    private static KeyValuePair<string, string>[] ReadSlurm(SpecificationSection slurm)
    {
        var options = new List<KeyValuePair<string, string>>();
        foreach (string key in slurm.Keys)
        {
            string[] items = slurm.Items(key, Values);
            string name = key.Replace('_', '-');
            if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || name.StartsWith('-'))
                throw slurm.Problem(key, "is not an option of sbatch; write it as there, without the dashes before it");
            if (Reserved.Contains(name))
                throw slurm.Problem(key, "is set by the submission itself; leave it out");
            if (items.Any(i => i.Any(char.IsControl)) && name != "setup")
                throw slurm.At(key, "one line of text");
            if (name == "concurrent" && !(items is [string most] && int.TryParse(most, out int number) && number > 0))
                throw slurm.At(key, "a whole number of at least 1");
            if (options.Exists(o => o.Key == name))
                throw slurm.Problem(key, "is given twice");
            options.Add(KeyValuePair.Create(name, string.Join(name == "setup" ? '\n' : ',', items)));
        }
        return [.. options];
    }

    // What is allowed one by one may not go together.
    private void CheckTogether(SweepSpecification specification)
    {
        try
        {
            _ = new SweepSettings(specification).First();
        }
        catch (InputException e)
        {
            throw new InputException($"{path}: {e.Spelled(p => _places.TryGetValue(p.Name, out string? place) ? place
                : p.Name.Replace('_', '-'))}", e);
        }
    }

    private static T Placed<T>(SpecificationSection section, string key, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InputException e)
        {
            throw section.Problem(key, e.Message);
        }
    }

    private string Place(SpecificationSection section, string key) => $"{path}, line {section.LineOf(key)}: {key}";
}
