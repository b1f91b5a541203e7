using System.Diagnostics;
using System.Text.Json.Nodes;
using WeakToStrong.Studies;

namespace WeakToStrong.Explorer.Tests;

/// <summary>
/// Calls with arguments that nobody would send: every one is answered, with a result or a sentence, never as broken. The variable
/// W2S_EXPLORER_FUZZ says how many (tests/system asks for thousands), and then every answer has to come in its time.
/// </summary>
public class FuzzTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Callers = 4;

    // 2 s in line, 2 s of work, 2 s of grace, and a loaded machine.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    private static readonly string[] Texts =
    [
        "0", "1", "-1", "0.25", "1e308", "1e-308", "nan", "inf", "-inf", "", " ", "true", "1,2,3", "3,2,1", "1,1", "0.01:10:8", "0:1:5:lin",
        "1:2:1e9", "1:2:0", "10:1:4", "best", "optimal", "exact", "dense", "ridge", "flow:1", "flow:0.1:100:4", "descent:3:0.1",
        "components:1", "ridgeless", "shrink", "relu", "identity", "he2", "tanh", "digits", "mail", "hard", "/etc/passwd", "../x", "-",
        "memory:1:a", "file:///etc/passwd", "C:\\x", "\u0000", "😀", "%s%n", "9223372036854775807", "18446744073709551616",
        "theorem-4", "equation-5", "pool:4x4 | standardise", "fourier:20:1", "patches:9:6", "poly:2", "500", "60", "64",
        "noise_variance = 0.5\n[spectrum]\nlaw = \"isotropic\"\nd = 20\n[target]\nlaw = \"power\"\nexponent = 1.0\nnorm = 1.0\n"
            + "[[stage]]\nname = \"t\"\nn = 30\nridge = 0.1\n",
        "[spectrum]\nfile = \"/etc/passwd\"", "[[view]]\nname = \"a\"\nfeatures = \"/etc/passwd\"",
    ];

    [Fact]
    public async Task Every_call_is_answered()
    {
        var late = new System.Collections.Concurrent.ConcurrentBag<string>();
        int calls = int.TryParse(Environment.GetEnvironmentVariable("W2S_EXPLORER_FUZZ"), out int asked) ? asked : 25;
        await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (i, _) =>
        {
            var random = new Random(i);
            (HttpRequestMessage message, string shown) = Call(random);
            long start = Stopwatch.GetTimestamp();
            (int status, string text) = await server.Send(message);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            Assert.True(status is 200 or 400 or 404 or 415 or 422 or 503, $"call {i}: {status} {text}\n{shown}");
            if (took >= Longest && asked > 0)
                late.Add($"call {i} took {took}: {status} {shown}");
            Assert.False(text.Contains("root:x:0", StringComparison.Ordinal), $"call {i} reads a file\n{shown}");
            if (status != 200)
                Assert.True(text.TrimEnd('\n').Split('\n').Length == 1 && text.Length < 2000, $"call {i}: {text}");
        });
        Assert.True(late.IsEmpty, $"{late.Count} of {calls} calls took longer than {Longest.TotalSeconds} s:\n{string.Join('\n', late)}");
    }

    // One of the studies with its examples' values and some others in their place, by any way to call.
    private static (HttpRequestMessage Message, string Shown) Call(Random random)
    {
        IStudy study = StudyCatalog.All[random.Next(StudyCatalog.All.Count)];
        var arguments = new JsonObject();
        StudyExample example = study.Examples[random.Next(study.Examples.Count)];
        foreach ((string name, string text) in example.Arguments.Where(_ => random.Next(8) > 0))
            arguments[name] = text;
        foreach (string size in (string[])["d", "width_teacher", "width_student", "n_teacher", "n_student", "steps", "trials", "repeats"])
        {
            if (study.Parameters.Any(p => p.Name == size) && study.Name != "limits" && random.Next(6) > 0)
                arguments[size] = size is "trials" or "repeats" or "steps" ? 2 : random.Next(1, 200);
        }
        for (int k = random.Next(3); k > 0; k--)
        {
            string name = random.Next(20) == 0 ? Texts[random.Next(Texts.Length)]
                : study.Parameters[random.Next(study.Parameters.Count)].Name;
            arguments[name] = Value(random);
        }
        string json = arguments.ToJsonString();
        if (random.Next(20) == 0)
            json = json[..random.Next(json.Length)];
        if (random.Next(3) == 0)
        {
            string query = string.Join('&', arguments.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString($"{p.Value}")}"));
            string ending = ((string[])["svg", "csv", "pdf", "exe"])[random.Next(4)];
            string path = $"api/studies/{study.Name}/figure.{ending}?{query}";
            return (new HttpRequestMessage(HttpMethod.Get, path), path);
        }
        if (random.Next(6) == 0)
        {
            string path = $"api/studies/{study.Name}/figure.{((string[])["svg", "csv", "pdf", "exe"])[random.Next(4)]}";
            return (RunningServer.CallTo(path, json, "*/*"), $"{path} {json}");
        }
        string accept = ((string[])["application/json", "text/csv"])[random.Next(2)];
        return (RunningServer.Call(study.Name, json, accept), $"{study.Name} {json}");
    }

    private static JsonNode? Value(Random random) => random.Next(8) switch
    {
        0 => JsonValue.Create(random.NextDouble() * Math.Pow(10, random.Next(-9, 9))),
        1 => JsonValue.Create((long)random.Next(-3, 400)),
        2 => new JsonArray(0.1, 1, "x"),
        3 => new JsonObject { ["name"] = "a.csv", ["content"] = Convert.ToBase64String("a,b\n1,2\n3,4\n"u8) },
        4 => JsonValue.Create(random.Next(2) == 0),
        _ => JsonValue.Create(Texts[random.Next(Texts.Length)]),
    };
}
