using System.Text.Json.Nodes;
using WeakToStrong.Sweeps;

namespace WeakToStrong.Cli.Tests;

/// <summary>Two hundred kinds of bad specification and damaged folder: one sentence each, status 2 or 1, and nothing lost.</summary>
public class BadSweepTests
{
    private const string Fixed = "[fixed]\nd = 20\nn-teacher = 30\nnoise-variance = 1\nlambda-teacher = 0.1\n";
    private const string Axes = "[axes]\nn-student = [25, 50]\nlambda-student = [0.1, 1]\n";
    private const string Good = $"study = \"simulate\"\ntrials = 100\n{Fixed}{Axes}";

    // A change of the good specification, and what the sentence must say beside the file.
    private static readonly (string From, string To, string Part)[] Changes =
    [
        (Good, "", "line 1: study is missing; it must be one of limits, simulate,"),
        (Good, "\0", "line 1: "),
        (Good, "study", "line 1: "),
        (Good, "[study]\n", "line 1: study is 'a table'; it must be one of"),
        ("\"simulate\"", "\"simulat\"", "line 1: study is '\"simulat\"'; it must be one of"),
        ("\"simulate\"", "\"\"", "line 1: study is"),
        ("\"simulate\"", "3", "line 1: study is '3'"),
        ("\"simulate\"", "\"reproduce\"", "line 1: study is"),
        ("\"simulate\"", "[\"simulate\"]", "line 1: study is"),
        ("\"simulate\"", "\"simulate", "line 1: "),
        ("trials = 100", "trials = 0", "line 2: trials is '0'; it must be a whole number"),
        ("trials = 100", "trials = -5", "line 2: trials is '-5'"),
        ("trials = 100", "trials = 1.5", "line 2: trials is '1.5'"),
        ("trials = 100", "trials = nan", "line 2: trials is 'nan'"),
        ("trials = 100", "trials = inf", "line 2: trials is 'inf'"),
        ("trials = 100", "trials = \"many\"", "line 2: trials is '\"many\"'"),
        ("trials = 100", "trials = [100, 200]", "line 2: trials is '[100, 200]'"),
        ("trials = 100", "trials = []", "line 2: trials is '[]'"),
        ("trials = 100", "trials = true", "line 2: trials is 'true'"),
        ("trials = 100", "trials = {}", "line 2: trials is"),
        ("trials = 100", "trials = 100\ntrials = 200", "line 3: "),
        ("trials = 100", "trails = 100", "line 2: trails is not a known key"),
        ("trials = 100", "seed = -1", "line 2: seed is '-1'"),
        ("trials = 100", "seed = 1.5", "line 2: seed is '1.5'"),
        ("trials = 100", "seed = \"x\"", "line 2: seed is '\"x\"'"),
        ("trials = 100", "seed = [1, 2]", "line 2: seed is '[1, 2]'"),
        ("trials = 100", "seed = 1e300", "line 2: seed is '1e300'"),
        ("[axes]\n", "[axes]\nseed = [1, 2]\n", ""), // allowed: nothing is refused
        ("trials = 100", "seed = 1\n[axis]\nd = 3", "axis"),
        (Fixed, "[fixed]\nseed = 3\n" + Fixed[8..], ""),
        ("trials = 100", "jobs = 3", "line 2: jobs is not a known key; allowed at the top are"),
        (Fixed, "fixed = 3\n", "line 3: fixed is '3'"),
        (Fixed, "[[fixed]]\nd = 3\n", "line 3: fixed is"),
        (Axes, "[[axes]]\nd = 3\n", "axes is"),
        (Axes, "[axes]\nlambda-student = 0.1\n", "n-student is missing"),
        (Axes, "", "missing"),
        (Fixed, "", "missing"),
        ("d = 20", "d = 0", "line 4: fixed.d is '0'; it must be a whole number of at least 1"),
        ("d = 20", "d = 20.5", "line 4: fixed.d is '20.5'"),
        ("d = 20", "d = -1", "line 4: fixed.d is '-1'"),
        ("d = 20", "d = \"twenty\"", "line 4: fixed.d is"),
        ("d = 20", "d = []", "line 4: fixed.d is '[]'"),
        ("d = 20", "d = [[1]]", "line 4: fixed.d is '[[1]]'"),
        ("d = 20", "d = [1, {}]", "line 4: fixed.d is"),
        ("d = 20", "d = 2026-01-01", "line 4: fixed.d is '2026-01-01'"),
        ("d = 20", "d = 20\nd = 30", "line 5: "),
        ("d = 20", "d = 20\n\"d\" = 30", "line 5: "),
        ("n-teacher = 30", "n-teacher = 30\nn_teacher = 30", "line 6: fixed.n_teacher: is given twice"),
        ("n-teacher = 30", "n-taecher = 30", "line 5: fixed.n-taecher: is not a parameter of simulate; it has d, n-teacher,"),
        ("n-teacher = 30", "gamma-student = 30", "n-teacher is missing"),
        ("n-teacher = 30", "n-teacher = 30\ngamma-teacher = 1", "fixed.n-teacher and fixed.gamma-teacher are both given"),
        ("n-teacher = 30", "n-teacher = 30\ngamma-student = 1", "axes.n-student and fixed.gamma-student are both given"),
        ("n-teacher = 30", "n-teacher = 30\ntrials = 3", "line 6: fixed.trials: is said at the top"),
        ("n-teacher = 30", "n-teacher = 30\nengine = \"fast\"", "line 6: fixed.engine is '\"fast\"'; it must be exact or dense"),
        ("n-teacher = 30", "n-teacher = 30\nengine = 3", "line 6: fixed.engine is '3'"),
        ("n-teacher = 30", "n-teacher = 30\nsignal = true", "line 6: fixed.signal is 'true'"),
        ("n-teacher = 30", "n-teacher = 30\nfinite-size = true", "fixed.n-teacher is given; fixed.finite-size fits"),
        ("n-teacher = 30", "n-teacher = 30\nfinite-size = 1", "line 6: fixed.finite-size is '1'"),
        ("n-teacher = 30", "n-teacher = 30\nalignment = 2", "line 6: fixed.alignment is '2'; it must be a number from 0 to 1"),
        ("n-teacher = 30", "n-teacher = 30\nalignment = [0.5, 0.1]", "line 6: fixed.alignment: grid values must increase"),
        ("n-teacher = 30", "n-teacher = 30\nspike = -1", "line 6: fixed.spike is '-1'"),
        ("n-teacher = 30", "n-teacher = 30\nsignal-power = 0", "line 6: fixed.signal-power is '0'"),
        ("noise-variance = 1", "noise-variance = -1", "line 6: fixed.noise-variance is '-1'"),
        ("noise-variance = 1", "noise-variance = nan", "line 6: fixed.noise-variance is 'nan'"),
        ("noise-variance = 1", "noise-variance = \"a:b:c\"", "line 6: fixed.noise-variance: 'a:b:c' is not a grid"),
        ("noise-variance = 1", "noise-variance.x = 1", "line 6: fixed.noise-variance.x: is not a parameter"),
        ("lambda-teacher = 0.1", "lambda-teacher = \"best\"", "line 7: fixed.lambda-teacher is '\"best\"'"),
        ("lambda-teacher = 0.1", "lambda-teacher = -0.1", "line 7: fixed.lambda-teacher is '-0.1'"),
        ("[25, 50]", "[]", "line 9: axes.n-student is '[]'"),
        ("[25, 50]", "[50, 25]", "line 9: axes.n-student: grid values must increase"),
        ("[25, 50]", "[25, 0]", "line 9: axes.n-student: '0' in '25,0' is not"),
        ("[25, 50]", "[25, \"x\"]", "line 9: axes.n-student: 'x' in '25,x' is not"),
        ("[25, 50]", "[25, [50]]", "line 9: axes.n-student is"),
        ("[25, 50]", "\"25:50\"", "line 9: axes.n-student: '25:50' is not a grid"),
        ("[25, 50]", "\"50:25:3\"", "line 9: axes.n-student: a range must run upwards"),
        ("[25, 50]", "\"25:50:1\"", "line 9: axes.n-student: a range takes 2 to"),
        ("[25, 50]", "\"\"", "line 9: axes.n-student is '\"\"'"),
        ("[25, 50]", "\",\"", "line 9: axes.n-student"),
        ("[25, 50]", "{ low = 1 }", "line 9: axes.n-student.low: is not a parameter"),
        ("[25, 50]", "[25, 50", "line "),
        ("n-student =", "n-stduent =", "line 9: axes.n-stduent: is not a parameter"),
        ("n-student =", "trials =", "line 9: axes.trials: cannot vary"),
        ("n-student =", "d =", "line 9: axes.d: is given twice, here and as fixed.d"),
        ("n-student = [25, 50]", "n-student = 25\nn_student = 50", "line 10: axes.n_student: is given twice"),
        ("n-student =", "\"a.b\" =", "line 9: axes.a.b: is not a parameter"),
        ("\nlambda-student = [0.1, 1]", "\nlambda-student = [1, 0.1]", "line 10: axes.lambda-student: grid values must increase"),
        ("\nlambda-student = [0.1, 1]", "\nlambda-student = \"0:1:5\"",
            "line 10: axes.lambda-student: a log-spaced range must start above 0"),
        ("\nlambda-student = [0.1, 1]", "\nlambda-student = \"optimal\"", "line 10: axes.lambda-student is '\"optimal\"'"),
        ("[25, 50]", "\"1:1e9:1000000\"", "shards or more"),
        (Axes, Axes + "engine = [\"exact\", \"fast\"]\n", "line 11: axes.engine is"),
        (Axes, Axes + "engine = []\n", "line 11: axes.engine is '[]'"),
        (Axes, Axes + "finite-size = [true]\n", "fixed.n-teacher is given"),
        (Axes, Axes + "[tasks]\nseconds = 0\n", "line 12: tasks.seconds is '0'"),
        (Axes, Axes + "[tasks]\nseconds = -1\n", "line 12: tasks.seconds is '-1'"),
        (Axes, Axes + "[tasks]\nseconds = inf\n", "line 12: tasks.seconds is 'inf'"),
        (Axes, Axes + "[tasks]\nseconds = \"1h\"\n", "line 12: tasks.seconds is"),
        (Axes, Axes + "[tasks]\nseconds = 1e9\n", "line 12: tasks.seconds is '1e9'; it must be a number from 1 to"),
        (Axes, Axes + "[tasks]\nminutes = 5\n", "line 12: tasks.minutes is not a known key; allowed here are"),
        (Axes, Axes + "[tasks]\nshard-trials = 100\n", "line 12: tasks.shard-trials is '100'; it must be a multiple of 64"),
        (Axes, Axes + "[tasks]\nshard-trials = 0\n", "line 12: tasks.shard-trials is '0'"),
        (Axes, Axes + "[tasks]\nshard-trials = 64.5\n", "line 12: tasks.shard-trials is '64.5'"),
        (Axes, Axes + "tasks = 3\n", "axes.tasks: is not a parameter"),
        (Axes, Axes + "[[tasks]]\nseconds = 3\n", "line 11: tasks is"),
        (Axes, Axes + "[slurm]\narray = \"0-3\"\n", "line 12: slurm.array: is set by the submission itself"),
        (Axes, Axes + "[slurm]\nwrap = \"x\"\n", "line 12: slurm.wrap: is set by the submission itself"),
        (Axes, Axes + "[slurm]\njob_name = \"x\"\n", "line 12: slurm.job_name: is set by the submission itself"),
        (Axes, Axes + "[slurm]\noutput = \"x\"\n", "line 12: slurm.output: is set"),
        (Axes, Axes + "[slurm]\ndependency = \"x\"\n", "line 12: slurm.dependency: is set"),
        (Axes, Axes + "[slurm]\nno-requeue = true\n", "line 12: slurm.no-requeue: is set"),
        (Axes, Axes + "[slurm]\nconcurrent = 0\n", "line 12: slurm.concurrent is '0'; it must be a whole number of at least 1"),
        (Axes, Axes + "[slurm]\nconcurrent = \"all\"\n", "line 12: slurm.concurrent is"),
        (Axes, Axes + "[slurm]\nconcurrent = [1, 2]\n", "line 12: slurm.concurrent is"),
        (Axes, Axes + "[slurm]\n\"--time\" = 3\n", "line 12: slurm.--time: is not an option of sbatch"),
        (Axes, Axes + "[slurm]\n\"time limit\" = 3\n", "line 12: slurm.time limit: is not an option of sbatch"),
        (Axes, Axes + "[slurm]\nTime = 3\n", "line 12: slurm.Time: is not an option of sbatch"),
        (Axes, Axes + "[slurm]\ntime = []\n", "line 12: slurm.time is '[]'"),
        (Axes, Axes + "[slurm]\ntime = {}\n", "line 12: slurm.time is"),
        (Axes, Axes + "[slurm]\naccount = \"a\\nb\"\n", "line 12: slurm.account is"),
        (Axes, Axes + "[slurm]\ncpus-per-task = 1\ncpus_per_task = 2\n", "line 13: slurm.cpus_per_task: is given twice"),
        (Good, "study = \"limits\"\ntrials = 10\n", "line 2: trials: limits has no trials; leave it out"),
        (Good, "study = \"limits\"\nseed = 1\n", "line 2: seed: limits has no chance"),
        (Good, "study = \"limits\"\n[fixed]\npoints = \"-\"\n", "line 3: fixed.points is '\"-\"'; it must be the path of a file; standard"),
        (Good, "study = \"limits\"\n[fixed]\npoints = \"none.csv\"\n", "none.csv' cannot be read: there is no such file"),
        (Good, "study = \"limits\"\n[fixed]\npoints = [\"a\", \"b\"]\n", "line 3: fixed.points is"),
        (Good, "study = \"limits\"\n[fixed]\npoints = \"a\"\nspike = 3\n", "fixed.spike and fixed.points are both given"),
        (Good, "study = \"limits\"\n", "gamma-teacher is missing"),
        (Good, "study = \"data\"\n[fixed]\nlabels = \"none.csv\"\n", "missing"),
        (Good, "study = \"data\"\n[axes]\nn-teacher = [10, 1]\n", "line 3: axes.n-teacher is"),
        (Good, "study = \"data\"\n[axes]\nn-teacher = \"10:5:3\"\n", "line 3: axes.n-teacher: a range must run upwards"),
        (Good, "study = \"data\"\n[axes]\ndataset = [\"digits\", \"letters\"]\n", "line 3: axes.dataset is"),
        (Good, "study = \"data\"\n[axes]\nlambda-student = [1, 0.1]\n", "line 3: axes.lambda-student: grid values must strictly increase"),
        (Good, "study = \"data\"\n[fixed]\nweak-map = \"nosuch\"\n", "line 3: fixed.weak-map"),
        (Good, "study = \"data\"\ntrials = 3\n", "line 2: trials: data has no trials"),
        (Good, "study = \"network-updates\"\n[axes]\nactivation = [\"relu\", \"what\"]\n", "line 3: axes.activation"),
        (Good, "study = \"network-updates\"\n[axes]\nd = [10, 1]\n", "line 3: axes.d"),
        (Good, "study = \"network-spectrum\"\ntrials = 10\n", "line 2: trials: network-spectrum has no trials"),
        (Good, "study = \"chain\"\n", "specification is missing"),
        (Good, "study = \"chain\"\n[fixed]\nspecification = \"none.toml\"\n", "line 3: fixed.specification: '"),
        (Good, "study = \"chain\"\n[fixed]\nspecification = [\"a\", \"b\"]\n", "line 3: fixed.specification is"),
        (Good, "study = \"chain\"\n[axes]\nspecification = [\"a\", \"b\"]\n", "line 3: axes.specification: cannot vary"),
        (Good, "study = \"chain\"\n[axes]\nstage.student.ridge = [1, 2]\n",
            "line 3: axes.stage.student.ridge: is not a parameter of chain"),
    ];

    // Of the axes of a sweep over the chain below.
    private static readonly (string Axes, string Part)[] Paths =
    [
        ("stage.pupil.ridge = [1, 2]", "'stage.pupil.ridge' leads to no number: pupil is not there, stage has teacher, student"),
        ("stage.3.ridge = [1, 2]", "3 is not there"),
        ("stages.student.ridge = [1, 2]", "stages is not there, the file has noise_variance, spectrum, target, stage"),
        ("stage = [1, 2]", "stage is not one"),
        ("stage.student = [1, 2]", "'stage.student' leads to no number"),
        ("spectrum = [1, 2]", "spectrum is not one"),
        ("noise_variance.x = [1, 2]", "noise_variance is a value"),
        ("stage.student.ridge = [0.1, -1]", "at stage.student.ridge = -1: "),
        ("stage.student.ridge = [0.1, \"good\"]", "at stage.student.ridge = good: "),
        ("stage.student.rigde = [0.1, 1]", "at stage.student.rigde = 0.1: "),
        ("stage.student.n = [100, 0]", "at stage.student.n = 0: "),
        ("stage.student.n = [100, 1.5]", "at stage.student.n = 1.5: "),
        ("stage.student.labels = [\"teacher\", \"nobody\"]", "at stage.student.labels = nobody: "),
        ("spectrum.d = [10, 0]", "at spectrum.d = 0: "),
        ("spectrum.law = [\"power\", \"weak\"]", "at spectrum.law = weak: "),
        ("spectrum.exponent = \"1:2\"", "axes.spectrum.exponent: '1:2' is not a grid"),
        ("spectrum.exponent = []", "axes.spectrum.exponent is '[]'"),
        ("target.norm = [-1]", "at target.norm = -1: "),
        ("noise_variance = [-1, 1]", "at noise_variance = -1: "),
    ];

    private const string Chain = "noise_variance = 0.5\n[spectrum]\nlaw = \"power\"\nexponent = 1.0\nd = 12\n[target]\nlaw = \"power\"\n"
        + "exponent = 1.5\n[[stage]]\nname = \"teacher\"\nn = 20\nridge = 0.1\n[[stage]]\nname = \"student\"\nn = 30\nridge = 0.1\n";

    // A damaged folder: what is done to sweep.json, and what the sentence says.
    private static readonly (string Name, Action<string> Damage, string Part)[] Damages =
    [
        ("gone", File.Delete, "holds no sweep: there is no sweep.json in it"),
        ("empty", path => File.WriteAllText(path, ""), "is damaged"),
        ("cut", path => File.WriteAllText(path, File.ReadAllText(path)[..200]), "is damaged"),
        ("zeros", path => File.WriteAllBytes(path, new byte[300]), "is damaged"),
        ("null", path => File.WriteAllText(path, "null"), "is damaged"),
        ("list", path => File.WriteAllText(path, "[]"), "is damaged"),
        ("number", path => File.WriteAllText(path, "3"), "is damaged"),
        ("words", path => File.WriteAllText(path, "study = \"simulate\""), "is damaged"),
        ("latin1", path => File.WriteAllBytes(path, [0x7b, 0x22, 0xff, 0x22, 0x7d]), "is damaged"),
        ("folder", path => { File.Delete(path); Directory.CreateDirectory(path); }, "sweep.json"),
        .. ((string[])["format", "id", "program", "study", "law", "specification", "files", "cuts", "columns"]).SelectMany(key =>
            ((string Name, Action<string> Damage, string Part)[])
            [
                ($"{key} gone", Edit(o => o.Remove(key)), "is damaged"),
                ($"{key} null", Edit(o => o[key] = null), "is damaged"),
                ($"{key} of another kind", Edit(o => o[key] = key is "format" or "law" ? "x" : true), "is damaged"),
            ]),
        ("newer format", Edit(o => o["format"] = 2), "has format 2; this program reads format 1"),
        ("another law", Edit(o => o["law"] = 99), "was made with version 99 of the law of simulate"),
        ("another study", Edit(o => o["study"] = "limits"), "is damaged"),
        ("a short id", Edit(o => o["id"] = "ab"), "is damaged"),
        ("an id of the shell", Edit(o => o["id"] = "; rm -rf"), "is damaged"),
        ("a cut within a block", Edit(o => o["cuts"] = new JsonArray(100)), "is damaged"),
        ("a negative cut", Edit(o => o["cuts"] = new JsonArray(-64)), "is damaged"),
        ("specification empty", Edit(o => o["specification"] = ""), "sweep.json, line 1: study is missing"),
        ("specification no TOML", Edit(o => o["specification"] = "[["), "sweep.json, line 1: "),
        ("specification wrong", Edit(o => o["specification"] = Good.Replace("d = 20", "d = -1", StringComparison.Ordinal)),
            "sweep.json, line 4: fixed.d is '-1'"),
    ];

    private static Action<string> Edit(Action<JsonObject> edit) => path =>
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        edit(json);
        File.WriteAllText(path, json.ToJsonString());
    };

    [Fact]
    public void There_are_two_hundred_kinds() => Assert.InRange(Changes.Length + Paths.Length + Damages.Length + Shards.Length, 200, 400);

    [Fact]
    public void A_bad_specification_is_answered_by_one_sentence()
    {
        using var folder = new Folder();
        string results = Path.Combine(folder.Path, "results");
        var wrong = new List<string>();
        foreach ((string from, string to, string part) in Changes.Where(c => c.Part.Length > 0))
        {
            string path = folder.File("sweep.toml", Good.Replace(from, to, StringComparison.Ordinal));
            string sentence = Shell.Refusal(["sweep", path, "--out", results, "--dry-run"]);
            if (!sentence.Contains(part, StringComparison.Ordinal))
                wrong.Add($"{to}: {sentence}");
            Assert.True(part.EndsWith("cannot be read: there is no such file", StringComparison.Ordinal)
                || part.Contains("shards", StringComparison.Ordinal) || sentence.Contains("sweep.toml", StringComparison.Ordinal),
                    sentence);
            Assert.False(Directory.Exists(results));
        }
        Assert.Empty(wrong);
        foreach ((string from, string to, _) in Changes.Where(c => c.Part.Length == 0))
            _ = Sweep.Of(SweepSpecification.Parse(Good.Replace(from, to, StringComparison.Ordinal), "sweep.toml"));
    }

    [Fact]
    public void A_path_into_a_chain_that_leads_nowhere_is_answered_by_one_sentence()
    {
        using var folder = new Folder();
        folder.File("chain.toml", Chain);
        var wrong = new List<string>();
        foreach ((string axes, string part) in Paths)
        {
            string path = folder.File("sweep.toml", $"study = \"chain\"\n[fixed]\nspecification = \"chain.toml\"\n[axes]\n{axes}\n");
            string sentence = Shell.Refusal(["sweep", path, "--out", Path.Combine(folder.Path, "results"), "--dry-run"]);
            if (!sentence.Contains(part, StringComparison.Ordinal))
                wrong.Add($"{axes}: {sentence}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_damaged_folder_is_answered_by_one_sentence_and_keeps_its_shards()
    {
        using var folder = new Folder();
        string results = Make(folder);
        string[] shards = Directory.GetFiles(Path.Combine(results, "shards"));
        string record = Path.Combine(results, "sweep.json"), good = File.ReadAllText(record);
        foreach ((string name, Action<string> damage, string part) in Damages)
        {
            damage(record);
            foreach (string command in (string[])(name == "cut" ? ["status", "collect", "resume", "cancel"] : ["status"]))
            {
                Outcome outcome = Shell.Run(["sweep", command, results]);
                Assert.True(outcome.Status == 2 && outcome.Error.Count(c => c == '\n') == 1 && outcome.Output.Length == 0
                    && outcome.Error.Contains(part, StringComparison.Ordinal), $"{name}, {command}: {outcome.Status} {outcome.Error}");
            }
            Assert.Equal(shards, Directory.GetFiles(Path.Combine(results, "shards")));
            if (Directory.Exists(record))
                Directory.Delete(record);
            File.WriteAllText(record, good);
        }
        Assert.Equal(0, Shell.Run(["sweep", "status", results]).Status);
    }

    // What is done to a shard's file.
    private static readonly (string Name, Func<byte[], byte[]> Damage)[] Shards =
    [
        ("empty", _ => []), ("one byte", b => b[..1]), ("the magic alone", b => b[..4]), ("without its end", b => b[..^1]),
        ("without its beginning", b => b[1..]), ("half", b => b[..(b.Length / 2)]), ("zeros", b => new byte[b.Length]),
        ("twice", b => [.. b, .. b[..10]]), ("a long footer", b => [.. b[..^8], 0xff, 0xff, 0xff, 0x7f, .. b[^4..]]),
        ("a short footer", b => [.. b[..^8], 1, 0, 0, 0, .. b[^4..]]), ("words", _ => "not a shard at all"u8.ToArray()),
        ("a flipped bit of the moments", b => Flipped(b, "w2s.moments"u8)), ("a flipped bit of the description", b =>
            Flipped(b, "identity"u8)),
        ("a flipped bit of the check", b => Flipped(b, "w2s.check"u8)),
    ];

    // One bit, a little behind a word of the file's metadata.
    private static byte[] Flipped(byte[] bytes, ReadOnlySpan<byte> word)
    {
        byte[] flipped = [.. bytes];
        flipped[bytes.AsSpan().LastIndexOf(word) + word.Length + 40] ^= 1;
        return flipped;
    }

    [Fact]
    public void A_damaged_shard_is_named_and_run_again()
    {
        using var folder = new Folder();
        string results = Make(folder);
        string whole = Shell.Run(["sweep", "collect", results]).Output;
        string path = Directory.GetFiles(Path.Combine(results, "shards"))[0];
        byte[] good = File.ReadAllBytes(path), other = File.ReadAllBytes(Directory.GetFiles(Path.Combine(results, "shards"))[1]);
        foreach ((string name, Func<byte[], byte[]> damage) in Shards.Append(("another shard's", _ => other)))
        {
            File.WriteAllBytes(path, damage(good));
            Outcome collected = Shell.Run(["sweep", "collect", results]);
            Assert.True(collected.Status == 1 && collected.Error.Contains($"'{path}' is damaged", StringComparison.Ordinal),
                $"{name}: {collected.Status} {collected.Error}");
            File.WriteAllBytes(path, good);
        }
        File.WriteAllBytes(path, good[..100]);
        Outcome resumed = Shell.Run(["sweep", "resume", results, "--jobs", "1"]);
        Assert.True(resumed.Status == 0, resumed.Error);
        Assert.Equal(whole, Shell.Run(["sweep", "collect", results]).Output);
        Assert.Single(Directory.GetFiles(Path.Combine(results, "damaged")));
    }

    [Fact]
    public void A_folder_that_is_none_is_answered_by_one_sentence()
    {
        using var folder = new Folder();
        string specification = folder.File("sweep.toml", Good), other = Path.Combine(folder.Path, "other"),
            none = Path.Combine(folder.Path, "x");
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Combine(other, "thesis.tex"), "");
        Assert.Contains("holds other things than a sweep", Shell.Refusal(["sweep", specification, "--out", other]),
            StringComparison.Ordinal);
        Assert.Contains("is a file; it must be the path of a folder", Shell.Refusal(["sweep", specification, "--out", specification]),
            StringComparison.Ordinal);
        Assert.Contains("--out is missing", Shell.Refusal(["sweep", specification]), StringComparison.Ordinal);
        Assert.Contains("SPEC is missing", Shell.Refusal(["sweep"]), StringComparison.Ordinal);
        foreach (string command in (string[])["status", "collect", "resume", "cancel"])
        {
            Assert.Contains("is not a folder", Shell.Refusal(["sweep", command, none]), StringComparison.Ordinal);
            Assert.Contains("holds no sweep", Shell.Refusal(["sweep", command, other]), StringComparison.Ordinal);
            Assert.Contains("DIR is missing", Shell.Refusal(["sweep", command]), StringComparison.Ordinal);
        }
        string results = Make(folder);
        Directory.Move(Path.Combine(results, "shards"), Path.Combine(results, "elsewhere"));
        Assert.Contains("is gone; finished shards belong there", Shell.Refusal(["sweep", "status", results]), StringComparison.Ordinal);
    }

    private static string Make(Folder folder)
    {
        string results = Path.Combine(folder.Path, "results");
        SweepStore store = SweepStore.Create(results, Sweep.Of(SweepSpecification.Read(folder.File("sweep.toml", Good))));
        var runner = new ShardRunner(store);
        Assert.All(store.Sweep.Shards, shard => Assert.Equal(ShardEnd.Finished, runner.Run(shard, RunOptions.Default).End));
        return results;
    }
}
