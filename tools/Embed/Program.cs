using System.CommandLine;
using System.Diagnostics;
using WeakToStrong;
using WeakToStrong.Data.Formats;
using WeakToStrong.Embed;

// embed images INPUT [--model FILE.onnx ...] --out FILE.npy
// embed texts FILE.csv --column NAME --model FILE.onnx --vocabulary FILE.txt --out FILE.npy
var models = new Option<string[]>("--model")
{
    Description = "ONNX encoder; several are run one after the other. Images: ResNet18 when it is left out",
    AllowMultipleArgumentsPerToken = true,
};
var output = new Option<string>("--out") { Description = "the .npy file, one row an example", Required = true };
var rows = new Option<int>("--rows") { Description = "only the first so many examples", DefaultValueFactory = _ => int.MaxValue };
var threads = new Option<int>("--threads") { Description = "threads", DefaultValueFactory = _ => Environment.ProcessorCount };

var input = new Argument<string>("INPUT") { Description = "a folder of pictures, or a file of images (IDX)" };
var pixels = new Option<string>("--pixels") { Description = "what the encoder takes: imagenet (normalised) or 255" };
pixels.AcceptOnlyFromAmong("imagenet", "255");
var size = new Option<int>("--size") { Description = "height and width, where the encoder takes any", DefaultValueFactory = _ => 224 };
var images = new Command("images", "pictures to vectors") { input, models, pixels, size, output, rows, threads };
images.SetAction(line => Run(line, encoder =>
{
    string source = line.GetValue(input)!;
    bool own = line.GetValue(models) is not { Length: > 0 };
    var encoded = new Images(encoder, line.GetValue(pixels) is { } asked ? asked == "imagenet" : !own, line.GetValue(size));
    if (Directory.Exists(source))
    {
        string[] files = Images.Files(source);
        return new Encoded(encoded.OfFolder(files), files.Length);
    }
    FeatureReader file = FeatureReader.Open(source);
    return new Encoded(encoded.OfFile(file), file.Count, file);
}));

var table = new Argument<string>("FILE") { Description = "a file of rows: CSV with a header, Parquet, Arrow" };
var named = new Option<string>("--column") { Description = "the column of texts", Required = true };
var vocabulary = new Option<string>("--vocabulary") { Description = "the encoder's word pieces, one a line (vocab.txt)", Required = true };
var cased = new Option<bool>("--cased") { Description = "the vocabulary tells capitals from small letters" };
var longest = new Option<int>("--tokens") { Description = "most tokens of a text", DefaultValueFactory = _ => 256 };
var texts = new Command("texts", "texts to vectors") { table, named, models, vocabulary, cased, longest, output, rows, threads };
texts.SetAction(line => Run(line, encoder =>
{
    var encoded = new Texts(encoder, line.GetValue(vocabulary)!, !line.GetValue(cased), line.GetValue(longest));
    string[] column = Texts.Column(line.GetValue(table)!, line.GetValue(named)!);
    return new Encoded(encoded.Encode(column), column.Length);
}));

return new RootCommand("Features from real encoders, for w2s data.") { images, texts }.Parse(args).Invoke();

int Run(ParseResult line, Func<Encoder, Encoded> encode)
{
    string folder = Path.Combine(AppContext.BaseDirectory, "models");
    string[] chosen = line.GetValue(models) is { Length: > 0 } given ? given
        : [Path.Combine(folder, "ResNetPreprocess.onnx"), Path.Combine(folder, "ResNet18.onnx")];
    try
    {
        foreach (string model in chosen.Where(model => !File.Exists(model)))
            throw new InputException($"there is no model '{model}'; --model names an ONNX file");
        using var encoder = new Encoder(chosen, line.GetValue(threads));
        using Encoded encoded = encode(encoder);
        int most = line.GetValue(rows);
        long count = Math.Min(encoded.Count, most);
        int width = VectorFile.Write(line.GetValue(output)!, count, Counted(encoded.Rows.Take(most)));
        Console.Error.WriteLine($"{line.GetValue(output)}: {count} examples of {width} features.");
        return 0;
    }
    catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"embed: {e.Message}");
        return 2;
    }
}

static IEnumerable<float[]> Counted(IEnumerable<float[]> encoded)
{
    var watch = Stopwatch.StartNew();
    (long count, long told) = (0, 0);
    foreach (float[] row in encoded)
    {
        yield return row;
        count++;
        if (watch.ElapsedMilliseconds < told + 2000)
            continue;
        told = watch.ElapsedMilliseconds;
        Console.Error.Write($"\r{count} examples, {count * 1000.0 / told:F0} a second ");
    }
    if (told > 0)
        Console.Error.WriteLine();
}
