using System.Text.Json;
using WeakToStrong.Studies;

namespace WeakToStrong.Tests.Studies;

/// <summary>Front ends that are not C# see the catalogue as JSON, and their arguments come as JSON.</summary>
public class CatalogJsonTests
{
    [Fact]
    public void Every_parameter_and_column_of_every_study_is_told()
    {
        using JsonDocument json = JsonDocument.Parse(CatalogJson.Text);
        Assert.Equal(StudyCatalog.All.Select(s => s.Name), json.RootElement.EnumerateArray().Select(s => s.GetProperty("name")
            .GetString()));
        foreach ((IStudy study, JsonElement told) in StudyCatalog.All.Zip(json.RootElement.EnumerateArray()))
        {
            Assert.Equal(study.Columns.Select(c => c.Name), told.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name")
                .GetString()));
            foreach ((Parameter parameter, JsonElement of) in study.Parameters.Zip(told.GetProperty("parameters").EnumerateArray()))
            {
                Assert.Equal((parameter.Name, parameter.Help, parameter.Allowed),
                    (Text(of, "name"), Text(of, "help"), Text(of, "allowed")));
                Assert.Equal(parameter.Default, of.TryGetProperty("default", out JsonElement standard) ? standard.GetString() : null);
                Assert.Equal(parameter.Words, of.TryGetProperty("words", out JsonElement words) ? [.. words.EnumerateArray()
                    .Select(w => w.GetString()!)] : []);
            }
        }

        static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("""{"gamma_teacher": "\ud800"}""")]
    [InlineData("""{"\udc00": 1}""")]
    [InlineData("""{"gamma_teacher": ["\ud800"]}""")]
    public void Half_a_surrogate_pair_in_JSON_is_refused(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        InputException wrong = Assert.Throws<InputException>(() => Arguments.FromJson(StudyCatalog.Find("limits"), document.RootElement));
        Assert.Contains("half a surrogate pair", wrong.Message, StringComparison.Ordinal);
    }
}
