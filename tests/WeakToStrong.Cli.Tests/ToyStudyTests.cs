using System.Text;
using System.Text.Json;
using WeakToStrong.Cli.Presentation;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Tests;

/// <summary>A study that is declared in one file has its command, help, checks and JSON arguments without a line elsewhere.</summary>
public class ToyStudyTests
{
    [Fact]
    public void It_has_a_command_whose_rows_are_the_product_of_its_axes()
    {
        (int status, string output, _) = Run("toy --height 2 --width 1:3:3:lin --shape square,round");
        Assert.Equal(0, status);
        Assert.Equal("height,width,area\n2,1,2\n2,2,4\n2,3,6\n", Run("toy --height 2 --width 1:3:3:lin").Output);
        Assert.Equal(7, output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void It_has_help_with_ranges_defaults_and_examples()
    {
        string help = Run("toy --help").Output;
        Assert.Contains("--height <X|GRID>", help, StringComparison.Ordinal);
        Assert.Contains("How high it is. [required]", help, StringComparison.Ordinal);
        Assert.Contains("[default: 1]", help, StringComparison.Ordinal);
        Assert.Contains("w2s toy --height 3", help, StringComparison.Ordinal);
        Assert.Contains("\n  toy ", Run("--help").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("toy", "--height is missing; it must be a positive finite number")]
    [InlineData("toy --height 0", "--height is '0'; it must be a positive finite number")]
    [InlineData("toy --height 9 --width 1,3", "--height 9 and --width 3 make more than 20")]
    [InlineData("toy --height 1:2:2000 --width 1:2:6000", "--height and --width make 12000000 cells; at most 10000000 are allowed")]
    public void Its_checks_speak_of_options(string line, string sentence)
    {
        (int status, string output, string error) = Run(line);
        Assert.Equal(2, status);
        Assert.Empty(output);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_arguments_are_read_from_JSON_and_have_one_canonical_text()
    {
        using JsonDocument json = JsonDocument.Parse("""{"height": 2, "width": [1, 2.50], "shape": null}""");
        var arguments = Arguments.FromJson(new ToyStudy(), json.RootElement);
        Assert.Equal("height=2&width=1%2C2.5", arguments.Canonical);
        Assert.Equal(arguments.Canonical, Arguments.FromCanonical(arguments.Study, arguments.Canonical).Canonical);
        Assert.Equal("height=2", Arguments.FromCanonical(arguments.Study, "height=2.0&width=1").Canonical);
        using JsonDocument wrong = JsonDocument.Parse("""{"height": {"a": 1}}""");
        Assert.Throws<InputException>(() => Arguments.FromJson(new ToyStudy(), wrong.RootElement));
    }

    private static (int Status, string Output, string Error) Run(string line)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        int status = (int)App.Run(line.Split(' '), new Terminal(output, error), studies: [new ToyStudy()]);
        return (status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed class ToyStudy : IStudy
    {
        private static readonly AxisParameter<double> Height = Declare.Axis("height", "How high it is.", NumberRange.Positive,
            required: true);
        private static readonly AxisParameter<double> Width = Declare.Axis("width", "How wide it is.", NumberRange.Positive, 1);
        private static readonly AxisParameter<string> Shape = Declare.WordAxis("shape", "Of no effect.", "square", ("square", "square"),
            ("round", "round"));

        public string Name => "toy";

        public string Summary => "The area of a rectangle.";

        public IReadOnlyList<Parameter> Parameters { get; } = [Height, Width, Shape];

        public IReadOnlyList<StudyColumn> Columns { get; } = [new("height", "Input."), new("width", "Input."),
            new("area", "Their product.")];

        public IReadOnlyList<StudyExample> Examples { get; } = [new("One.", ("height", "3"))];

        public void Check(Arguments arguments)
        {
            double height = arguments.Get(Height).Max(), width = arguments.Get(Width).Max();
            if (height * width > 20)
                throw InputException.About($"{Height} {height} and {Width} {width} make more than 20");
        }

        public StudyOutcome Run(Arguments arguments, RunOptions? options = null)
        {
            double[] height = arguments.Column(Height), width = arguments.Column(Width);
            return new StudyOutcome
            {
                Table = new ResultTable(
                    ResultColumn.Of("height", height), ResultColumn.Of("width", width),
                    ResultColumn.Of("area", [.. height.Zip(width, (h, w) => h * w)])),
            };
        }
    }
}
