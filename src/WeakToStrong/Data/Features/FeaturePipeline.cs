using System.Globalization;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>
/// Feature maps one after another, written as text: <c>patches:1600:6 | standardise</c>. The maps are
/// <list type="bullet">
/// <item><c>identity</c>: the features as they are;</item>
/// <item><c>image:HxW</c>: says that the columns are images of H x W pixels, row after row;</item>
/// <item><c>pool:HxW</c>: means of blocks of H x W pixels;</item>
/// <item><c>poly:DEGREE</c>: all monomials up to a degree of 1 to 4;</item>
/// <item><c>rff:COUNT[:WIDTH]</c>: random Fourier features;</item>
/// <item><c>patches:COUNT:SIZE</c>: random convolutional patches;</item>
/// <item><c>pca:COUNT</c>: principal components;</item>
/// <item><c>standardise</c>: mean 0 and variance 1;</item>
/// <item><c>scale</c>: mean 0, and one unit for all columns.</item>
/// </list>
/// </summary>
public sealed class FeaturePipeline
{
    private readonly FeatureMap[] _maps;

    /// <summary>A pipeline of the given maps; none is the identity.</summary>
    public FeaturePipeline(params ReadOnlySpan<FeatureMap> maps) => _maps = maps.ToArray();

    /// <summary>The features as they are.</summary>
    public static FeaturePipeline Identity { get; } = new();

    /// <summary>The maps, in the order in which they are applied.</summary>
    public IReadOnlyList<FeatureMap> Maps => _maps;

    /// <summary>Reads a pipeline from its text form.</summary>
    /// <exception cref="InputException">The text names no known map or has wrong numbers; the message says what is allowed.</exception>
    public static FeaturePipeline Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FeaturePipeline([.. text.Split('|').Select(part => ParseMap(part.Trim())).OfType<FeatureMap>()]);
    }

    /// <summary>What comes out for what goes in.</summary>
    /// <exception cref="InputException">A map cannot be applied; the message says why.</exception>
    public FeatureShape Output(FeatureShape input) => _maps.Aggregate(input, (shape, map) => map.Output(shape));

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => _maps.Length == 0 ? "identity" : string.Join(" | ", _maps.Select(map => map.Text));

    /// <summary>Fits the maps on the unlabelled rows and applies them to all rows. Without maps the result is the
    /// view that went in.</summary>
    /// <param name="rows">All rows that are needed; the result keeps their order.</param>
    /// <param name="image">Shape of the image that a row is, or null.</param>
    /// <param name="unlabelled">Positions in <paramref name="rows"/> that the maps may learn from; at least one.</param>
    /// <param name="seed">Seed of the random maps.</param>
    /// <param name="options">Threads and cancellation; the result does not depend on them.</param>
    /// <exception cref="InputException">A map does not fit the rows, or its features would not fit into memory.</exception>
    public FeatureRows Transform(FeatureRows rows, ImageShape? image, int[] unlabelled, ulong seed, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(unlabelled);
        Require.AtLeast(unlabelled.Length, 1);
        return Transform(rows, image, unlabelled, seed, [], options ?? RunOptions.Default, []);
    }

    /// <summary>The same for a map whose randomness is named by a path under the seed.</summary>
    /// <param name="rows">All rows that are needed.</param>
    /// <param name="image">Shape of the image that a row is, or null.</param>
    /// <param name="unlabelled">Positions that the maps may learn from.</param>
    /// <param name="seed">Seed of the random maps.</param>
    /// <param name="path">Names the stream under the seed.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="warnings">Takes sentences that the user should see.</param>
    /// <param name="steps">Takes the fitted maps, if somebody wants to keep them.</param>
    internal FeatureRows Transform(FeatureRows rows, ImageShape? image, ReadOnlySpan<int> unlabelled, ulong seed, ReadOnlySpan<ulong> path,
        RunOptions options, List<string> warnings, List<FittedMap>? steps = null)
    {
        var shape = new FeatureShape(rows.Columns, image);
        bool owned = false;
        for (int i = 0; i < _maps.Length; i++)
        {
            FeatureMap map = _maps[i];
            options.Cancellation.ThrowIfCancellationRequested();
            FeatureShape output = map.Output(shape);
            if (map is not ImageMap)
            {
                MemoryNeed.Check($"feature map '{map.Text}' on {rows.Count} rows", rows.Count, output.Columns);
                FittedMap fitted = map.Fit(rows.Select(unlabelled), shape,
                    new FitContext(new RandomStream(seed, [.. path, (ulong)i]), options, warnings));
                steps?.Add(fitted);
                if (owned && fitted.WorksInPlace)
                    fitted.ApplyInPlace(rows.Matrix, options);
                else
                    rows = FeatureRows.All(fitted.Apply(rows, options));
                owned = true;
            }
            shape = output;
        }
        return rows;
    }

    /// <summary>The same for rows that are not held, all of which the maps may learn from.</summary>
    internal RowStream Transform(RowStream rows, ImageShape? image, ulong seed, ReadOnlySpan<ulong> path, RunOptions options,
        List<string> warnings, List<FittedMap> steps)
    {
        var shape = new FeatureShape(rows.Columns, image);
        RowStream mapped = rows;
        for (int i = 0; i < _maps.Length; i++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (_maps[i] is not ImageMap)
            {
                steps.Add(_maps[i].Fit(new FeatureRows(mapped), shape,
                    new FitContext(new RandomStream(seed, [.. path, (ulong)i]), options, warnings)));
                mapped = new MappedRows(rows, [.. steps], _maps[i].Output(shape).Columns, options);
            }
            shape = _maps[i].Output(shape);
        }
        return mapped;
    }

    private static FeatureMap? ParseMap(string text)
    {
        string[] parts = text.Split(':');
        return (parts[0], parts.Length) switch
        {
            ("identity", 1) => null,
            ("standardise" or "standardize", 1) => new StandardiseMap(),
            ("scale", 1) => new ScaleMap(),
            ("image", 2) => new ImageMap(Shape(text, parts[1])),
            ("pool", 2) => new PoolMap(Shape(text, parts[1])),
            ("poly", 2) => new PolynomialMap(Number(text, parts[1], 1, 4)),
            ("pca", 2) => new PrincipalComponentsMap(Number(text, parts[1])),
            ("rff", 2) => new FourierMap(Number(text, parts[1])),
            ("rff", 3) => new FourierMap(Number(text, parts[1]), Width(text, parts[2])),
            ("patches", 3) => new PatchesMap(Number(text, parts[1]), Number(text, parts[2])),
            _ => throw new InputException($"feature map '{text}' is not known; write identity, image:HxW, pool:HxW, poly:DEGREE, "
                + "rff:COUNT[:WIDTH], patches:COUNT:SIZE, pca:COUNT, standardise or scale, joined by |"),
        };
    }

    private static int Number(string map, string text, int low = 1, int high = 1_000_000) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= low && value <= high
            ? value
            : throw new InputException($"feature map '{map}': '{text}' must be a whole number from {low} to {high}");

    private static double Width(string map, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value)
            ? value
            : throw new InputException($"feature map '{map}': width '{text}' must be a positive number");

    private static ImageShape Shape(string map, string text)
    {
        string[] sides = text.Split('x');
        return sides.Length == 2
            ? new ImageShape(Number(map, sides[0], 1, 10_000), Number(map, sides[1], 1, 10_000))
            : throw new InputException($"feature map '{map}': '{text}' must be HEIGHTxWIDTH, such as 4x4");
    }
}
