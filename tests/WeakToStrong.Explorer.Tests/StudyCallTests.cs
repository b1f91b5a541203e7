using System.Text;
using System.Text.Json;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Pictures;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Explorer.Tests;

/// <summary>The calls give what the library gives, to the byte, and refuse in one sentence.</summary>
public class StudyCallTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Point =
        """{"gamma_teacher": 0.25, "gamma_student": 1.2, "lambda_teacher": [0.05], "lambda_student": "0.01:10:3", "noise_variance": 4}""";

    private const string PointQuery = "gamma_teacher=0.25&gamma_student=1.2&lambda_teacher=0.05&lambda_student=0.01:10:3&noise_variance=4";

    private const string Small = """
        "d": 30, "n_teacher": 60, "n_student": 40, "noise_variance": 1, "lambda_teacher": 0.1, "lambda_student": "0.1,1"
        """;

    [Fact]
    public async Task The_catalogue_is_the_librarys()
    {
        (int status, string text) = await server.Get("api/studies");
        Assert.Equal(200, status);
        Assert.Equal(CatalogJson.Text, text);
    }

    [Fact]
    public async Task Rows_are_those_of_the_library()
    {
        ResultTable table = StudyCatalog.Find("limits").Run(Read("limits", PointQuery)).Table;
        Assert.Equal((200, TextOf(stream => TableWriter.WriteJson(table, stream))), await server.Post("limits", Point));
        string csv = TextOf(stream => TableWriter.WriteCsv(table, stream));
        Assert.Equal((200, csv), await server.Post("limits", Point, "text/csv"));
        Assert.Equal((200, csv), await server.Get($"api/studies/limits/figure.csv?{PointQuery}"));
    }

    [Fact]
    public async Task A_picture_is_that_of_the_library()
    {
        Arguments arguments = Read("limits", PointQuery);
        ResultTable table = arguments.Study.Run(arguments).Table;
        byte[] svg = FigureWriter.Render(StudyPicture.Of(arguments, table), FigureFormat.Svg);
        Assert.Equal((200, Encoding.UTF8.GetString(svg)), await server.Get($"api/studies/limits/figure.svg?{PointQuery}"));
        (int status, string pdf) = await server.Get($"api/studies/limits/figure.pdf?{PointQuery}");
        Assert.Equal(200, status);
        Assert.StartsWith("%PDF", pdf, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"gamma_teacher": 0}""", "gamma_teacher is '0'; it must be")]
    [InlineData("""{"gamma": 1}""", "gamma is not a parameter of limits")]
    [InlineData("""[]""", "must be a JSON object")]
    [InlineData("""{"gamma_teacher": """, "not JSON")]
    [InlineData("""{"gamma_teacher": "\ud800"}""", "half a surrogate pair")]
    [InlineData("""{"\ud800": 1}""", "half a surrogate pair")]
    [InlineData(
        """{"gamma_teacher": 1, "gamma_student": 1, "noise_variance": 1, "lambda_teacher": "1:2:400", "lambda_student": "1:2:400"}""",
        "160000 rows")]
    public async Task What_is_wrong_is_told_in_a_sentence(string json, string expected)
    {
        (int status, string text) = await server.Post("limits", json);
        Assert.Equal(400, status);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.EndsWith(".\n", text, StringComparison.Ordinal);
        Assert.Single(text.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("limits", """{"points": "/etc/passwd"}""", "takes no paths")]
    [InlineData("limits", """{"points": "-"}""", "takes no paths")]
    [InlineData("limits", """{"points": {"name": "p.csv"}}""", "takes no paths")]
    [InlineData("data", """{"labels": "memory:1:y.csv", "weak_features": "a.csv", "strong_features": "b.csv"}""", "takes no paths")]
    [InlineData("data", """{"dataset": "fashion-mnist", "data_dir": "/usr"}""", "takes no paths")]
    [InlineData("chain", """{"specification": "a = 1", "source": "/etc/passwd"}""", "takes no paths")]
    public async Task A_path_is_refused(string study, string json, string expected)
    {
        (int status, string text) = await server.Post(study, json);
        Assert.Equal(400, status);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written()
    {
        (int status, string text) = await server.Post("data", """
            {"save": {"name": "models", "content": ""}, "n_teacher": 30, "n_student": 50, "n_test": 50, "lambda_teacher": 1,
            "lambda_student": 1, "weak_map": "identity", "strong_map": "identity", "no_advice": true}
            """);
        Assert.Equal(400, status);
        Assert.Contains("none is written", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateDirectories("."), d => d.Contains("memory", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[spectrum]\nfile = \"/etc/passwd\"\n[target]\nlaw = \"power\"\nexponent = 1.0\nnorm = 1.0")]
    [InlineData("[spectrum]\nlaw = \"isotropic\"\nd = 5\n[target]\nfile = \"../secret.csv\"")]
    [InlineData("[spectrum]\ncovariance = \"c.npy\"\n[target]\nlaw = \"power\"\nexponent = 1.0\nnorm = 1.0")]
    public async Task A_path_within_a_specification_is_refused(string toml)
    {
        string json = JsonSerializer.Serialize($"noise_variance = 1.0\n{toml}\n[[stage]]\nname = \"t\"\nn = 5\nridge = 1.0\n");
        (int status, string text) = await server.Post("chain", $$"""{"specification": {{json}}}""");
        Assert.Equal(400, status);
        Assert.Contains("is a path", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_sent_along()
    {
        string content = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            "gamma_teacher,gamma_student,lambda_teacher,lambda_student,noise_variance,name\n0.25,1.2,0.05,0.1,1,a\n"));
        (int status, string text) = await server.Post(
            "limits", $$"""{"points": {"name": "C:\\data\\points.csv", "content": "{{content}}"} }""", "text/csv");
        Assert.Equal(200, status);
        Assert.EndsWith(",a\n", text, StringComparison.Ordinal);
        content = Convert.ToBase64String("gamma_teacher\nx\n"u8);
        (status, text) = await server.Post("limits", $$"""{"points": {"name": "points.csv", "content": "{{content}}"} }""");
        Assert.Equal(400, status);
        Assert.Contains("points.csv", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_takes_files_in_its_body()
    {
        string Sent(string rows) => $$"""
            {"points": {"name": "points.csv", "content": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(
                $"gamma_teacher,gamma_student,lambda_teacher,lambda_student,noise_variance\n{rows}"))}}"} }
            """;
        const string Rows = "0.25,1.2,0.05,0.1,1\n0.25,1.2,0.05,0.3,1\n";
        (int status, string csv) = await server.Send(RunningServer.CallTo("api/studies/limits/figure.csv", Sent(Rows), "*/*"));
        Assert.Equal((200, csv), await server.Post("limits", Sent(Rows), "text/csv"));
        Assert.Equal(200, status);
        // The same picture as by a link, where there is no file.
        Assert.Equal(await server.Get($"api/studies/limits/figure.svg?{PointQuery}"),
            await server.Send(RunningServer.CallTo("api/studies/limits/figure.svg", Point, "*/*")));
        (status, string text) = await server.Send(RunningServer.CallTo("api/studies/limits/figure.csv",
            """{"points": "/etc/passwd"}""", "*/*"));
        Assert.Equal(400, status);
        Assert.Contains("takes no paths", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("network-updates", """{"d": 4000, "width_teacher": 10, "width_student": 10}""")]
    [InlineData("simulate", """
        {"d": 20000, "n_teacher": 20000, "n_student": 9, "noise_variance": 1, "lambda_teacher": 1, "lambda_student": 1, "engine": "dense"}
        """)]
    public async Task What_is_too_large_is_refused(string study, string json)
    {
        (int status, string text) = await server.Post(study, json);
        Assert.Equal(400, status);
        Assert.Contains("the page allows 3000 here", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "api/studies/limits", 405)]
    [InlineData("POST", "api/studies", 405)]
    [InlineData("GET", "api/studies/nothing/figure.svg", 404)]
    [InlineData("GET", "api/studies/limits/figure.exe?gamma_teacher=1&gamma_student=1&noise_variance=1:2:3", 404)]
    [InlineData("GET", "api/figures/99.svg", 404)]
    [InlineData("GET", "../../etc/passwd", 404)]
    [InlineData("GET", "nothing", 404)]
    [InlineData("GET", "api/studies/limits/figure.svg?gamma_teacher=0.25", 400)]
    [InlineData("GET", "api/studies/limits/figure.svg?points=%2Fetc%2Fpasswd", 400)]
    [InlineData("GET", "api/studies/verify/figure.svg", 400)]
    public async Task Other_calls_are_refused(string verb, string path, int expected)
    {
        (int status, string text) = await server.Send(new HttpRequestMessage(new HttpMethod(verb), path));
        Assert.Equal(expected, status);
        Assert.EndsWith(".\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_grows_to_the_result_of_one_run()
    {
        (int status, string text) = await server.Post("simulate", $$"""{ {{Small}}, "trials": 1000, "seed": 3 }""", "text/event-stream");
        Assert.Equal(200, status);
        (string Kind, JsonElement Data)[] events = [.. Events(text)];
        Assert.Equal("waiting", events[0].Kind);
        Assert.Contains(events, e => e.Kind == "partial");
        Assert.All(events.Where(e => e.Kind == "partial"), e =>
        {
            Assert.Equal(0, e.Data.GetProperty("done").GetInt64() % 64);
            Assert.Equal(1000, e.Data.GetProperty("asked").GetInt64());
            Assert.StartsWith("<svg", e.Data.GetProperty("svg").GetString()!, StringComparison.Ordinal);
        });
        Assert.Equal("result", events[^1].Kind);
        (_, string once) = await server.Post("simulate", $$"""{ {{Small}}, "trials": 1000, "seed": "3" }""");
        Assert.Equal(once.Replace("\n", "", StringComparison.Ordinal), events[^1].Data.GetProperty("rows").GetRawText());
        ResultTable table = StudyCatalog.Find("simulate").Run(Arguments.FromJson(StudyCatalog.Find("simulate"),
            JsonElement.Parse($$"""{ {{Small}}, "trials": 1000, "seed": 3 }"""))).Table;
        Assert.Equal(TextOf(stream => TableWriter.WriteJson(table, stream)), once);
    }

    [Fact]
    public async Task A_stream_that_was_left_goes_on_where_it_was()
    {
        string json = $$"""{ {{Small}}, "trials": 1000000, "seed": 4 }""";
        long before = await DoneBeforeLeaving(json);
        Assert.InRange(before, 64, 999_999);
        using HttpResponseMessage reply = await server.Client.SendAsync(RunningServer.Call("simulate", json, "text/event-stream"),
            HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        string data = string.Empty;
        while (data.Length == 0 || !data.Contains("\"rows\"", StringComparison.Ordinal))
        {
            string line = await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new EndOfStreamException();
            data = line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : data;
        }
        Assert.True(JsonElement.Parse(data).GetProperty("done").GetInt64() >= before);
    }

    [Fact]
    public async Task A_problem_in_a_stream_is_a_sentence()
    {
        (_, string text) = await server.Post("limits", """{"gamma_teacher": 0}""", "text/event-stream");
        Assert.Contains("gamma_teacher is '0'", text, StringComparison.Ordinal);
        string content = Convert.ToBase64String("gamma_teacher\nx\n"u8);
        (_, text) = await server.Post("limits", $$"""{"points": {"name": "p.csv", "content": "{{content}}"} }""", "text/event-stream");
        Assert.Equal("problem", Events(text).Last().Kind);
    }

    [Fact]
    public async Task The_calls_are_described()
    {
        (int status, string text) = await server.Get("api/openapi.json");
        Assert.Equal(200, status);
        JsonElement paths = JsonElement.Parse(text).GetProperty("paths");
        foreach (IStudy study in StudyCatalog.All)
        {
            JsonElement properties = paths.GetProperty($"/api/studies/{study.Name}").GetProperty("post").GetProperty("requestBody")
                .GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("properties");
            Assert.Equal(study.Parameters.Select(p => p.Name), properties.EnumerateObject().Select(p => p.Name));
        }
    }

    [Fact]
    public async Task A_figure_of_the_paper_is_made()
    {
        (int status, string text) = await server.Get("api/figures/4.json");
        Assert.Equal(200, status);
        Assert.Contains("H_1", JsonElement.Parse(text).GetProperty("caption").GetString()!, StringComparison.Ordinal);
        (status, text) = await server.Get("api/figures/4.svg");
        Assert.Equal(200, status);
        Assert.StartsWith("<svg", text, StringComparison.Ordinal);
        (status, text) = await server.Get("api/figures");
        Assert.Equal(200, status);
        Assert.Contains("\"id\":\"9\"", text, StringComparison.Ordinal);
    }

    // Reads until something is found, and leaves.
    private async Task<long> DoneBeforeLeaving(string json)
    {
        long done = 0;
        using (HttpResponseMessage reply = await server.Client.SendAsync(RunningServer.Call("simulate", json, "text/event-stream"),
            HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            while (done == 0 && await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonElement.Parse(line[6..]).TryGetProperty("rows", out _))
                    done = JsonElement.Parse(line[6..]).GetProperty("done").GetInt64();
            }
        }
        await Task.Delay(300, TestContext.Current.CancellationToken);
        return done;
    }

    private static IEnumerable<(string Kind, JsonElement Data)> Events(string text) =>
        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\n'))
            .Select(lines => (lines[0]["event: ".Length..], JsonElement.Parse(lines[1]["data: ".Length..])));

    private static Arguments Read(string study, string query) => Arguments.FromCanonical(StudyCatalog.Find(study), query);

    private static string TextOf(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
