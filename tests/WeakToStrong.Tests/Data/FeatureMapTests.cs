using WeakToStrong.Data;
using WeakToStrong.Data.Features;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Data;

public class FeatureMapTests
{
    [Theory]
    [InlineData("identity")]
    [InlineData("pool:4x4 | standardise")]
    [InlineData("image:6x4 | pool:3x2 | poly:2")]
    [InlineData("patches:1600:6 | standardise | pca:10")]
    [InlineData("rff:100:0.5")]
    public void Text_is_read_back(string text) => Assert.Equal(text, FeaturePipeline.Parse(text).ToString());

    [Theory]
    [InlineData("", "feature map ''")]
    [InlineData("pool", "'pool' is not known")]
    [InlineData("pool:4", "'4' must be HEIGHTxWIDTH")]
    [InlineData("pool:0x4", "'0' must be a whole number from 1")]
    [InlineData("poly:5", "from 1 to 4")]
    [InlineData("rff:10:-1", "width '-1' must be a positive number")]
    [InlineData("standardise:2", "is not known")]
    [InlineData("pca:99999999", "from 1 to 1000000")]
    public void Bad_text_is_refused(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => FeaturePipeline.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("pool:3x3", "blocks of 3x3 do not divide images of 8x8")]
    [InlineData("patches:10:3", "COUNT is 10; it must be a multiple of 4")]
    [InlineData("patches:8:8", "SIZE is 8; for images of 8x8 it must be from 2 to 7")]
    [InlineData("pca:65", "there are only 64 features")]
    [InlineData("image:7x9", "the features have 64 columns, not 63")]
    [InlineData("pca:10 | pool:2x2", "10 columns are not a square image")]
    public void A_map_that_does_not_fit_is_refused(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => FeaturePipeline.Parse(text).Output(new FeatureShape(64))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_map_that_would_exhaust_memory_is_refused_with_its_size()
    {
        Matrix<double> rows = Images(200_000, 64, 1);
        string message = Assert.Throws<InputException>(() => Apply("rff:1000000", rows)).Message;
        Assert.Matches("needs 1\\.6 TB", message);
    }

    [Fact]
    public void Pooling_takes_block_means()
    {
        Matrix<double> pooled = Apply("image:2x4 | pool:2x2", new Matrix<double>(1, 8, [1, 2, 10, 20, 3, 4, 30, 40]));
        Assert.Equal([2.5, 25], pooled.Data.ToArray());
    }

    [Fact]
    public void Polynomials_are_all_monomials_once() =>
        Assert.Equal([2, 3, 4, 6, 9, 8, 12, 18, 27], Apply("poly:3", new Matrix<double>(1, 2, [2, 3])).Data.ToArray());

    [Fact]
    public void Polynomials_announce_as_many_columns_as_they_make()
    {
        foreach (int degree in (int[])[1, 2, 3, 4])
            Assert.Equal(Apply($"poly:{degree}", Images(1, 5, 0)).Columns, new PolynomialMap(degree).Output(new FeatureShape(5)).Columns);
    }

    [Fact]
    public void Standardising_uses_the_unlabelled_rows_only()
    {
        var values = new Matrix<double>(4, 2, [1, 7, 3, 7, 100, 8, -50, 6]);
        Matrix<double> result = Apply("standardise", values, [0, 1]);
        Assert.Equal([-1, 0, 1, 0, 98, 0, -52, 0], result.Data.ToArray());
    }

    [Theory]
    [InlineData("standardise")]
    [InlineData("pca:5")]
    [InlineData("rff:16")]
    [InlineData("patches:16:3")]
    public void Nothing_is_learned_from_other_rows(string text)
    {
        Matrix<double> images = Images(60, 64, 3), changed = images.Copy();
        changed.RowBlock(40, 20).Fill(0.25);
        int[] unlabelled = [.. Enumerable.Range(10, 30)];
        Assert.Equal(Apply(text, images, unlabelled).RowBlock(0, 40).ToArray(), Apply(text, changed, unlabelled).RowBlock(0, 40).ToArray());
    }

    [Fact]
    public void Principal_components_are_uncorrelated_and_ordered()
    {
        Matrix<double> raw = Images(500, 16, 4), z = Apply("pca:3", raw);
        double Moment(int j, int k) => Enumerable.Range(0, z.Rows).Average(i => z[i, j] * z[i, k]);
        Assert.True(Moment(0, 0) > Moment(1, 1) && Moment(1, 1) > Moment(2, 2));
        Assert.Equal(0, Moment(0, 1), 1e-10);
        Assert.Equal(0, Moment(1, 2), 1e-10);
        Matrix<double> all = Apply("pca:16", raw);
        double[] means = FeatureRows.All(raw).Means();
        double raws = 0, turned = 0;
        for (int j = 0; j < 16; j++)
        {
            raws += (raw[7, j] - means[j]) * (raw[7, j] - means[j]);
            turned += all[7, j] * all[7, j];
        }
        Assert.Equal(raws, turned, 1e-9 * raws);
    }

    [Fact]
    public void Fourier_features_approximate_the_gaussian_kernel()
    {
        // 20000 features: the error of a kernel value has a standard deviation of at most 1/sqrt(20000) = 0.007; 5 of them, 45 pairs: false
        // alarm below 1e-4.
        Matrix<double> x = Images(10, 6, 5), z = Apply("rff:20000:1.5", x);
        double[] means = FeatureRows.All(x).Means();
        double spread = 0;
        for (int i = 0; i < 10; i++)
            spread += Enumerable.Range(0, 6).Sum(j => Math.Pow(x[i, j] - means[j], 2)) / 10;
        for (int a = 0; a < 10; a++)
        {
            for (int b = 0; b < a; b++)
            {
                double distance = Enumerable.Range(0, 6).Sum(j => Math.Pow(x[a, j] - x[b, j], 2));
                double kernel = Math.Exp(-distance / (2 * 1.5 * 1.5 * spread));
                Assert.Equal(kernel, System.Numerics.Tensors.TensorPrimitives.Dot<double>(z.Row(a), z.Row(b)), 0.035);
            }
        }
    }

    [Theory]
    [InlineData(8, 8, 3, 28)]
    [InlineData(9, 12, 4, 4)]
    [InlineData(28, 28, 6, 40)]
    public void Patches_are_what_their_definition_says(int height, int width, int size, int count)
    {
        var image = new ImageShape(height, width);
        FeatureRows images = FeatureRows.All(Images(20, image.Pixels, 6));
        var map = new PatchesMap(count, size);
        Matrix<double> features = new FeaturePipeline(new ImageMap(image), map)
            .Transform(images, null, [.. Enumerable.Range(0, 20)], 9, [1], RunOptions.Default, []).Matrix;
        // The pipeline's stream for the map is named by its place, 1; learn the same filters from it.
        PatchFilters filters = PatchFilters.Learn(images, image, size, count / 4,
            new FitContext(new RandomStream(9, 1, 1), RunOptions.Default, []));
        for (int quadrant = 0; quadrant < 4; quadrant++)
        {
            for (int f = 0; f < count / 4; f++)
                Assert.Equal(Naive(images[5], image, size, filters, f, quadrant), features[5, (quadrant * count / 4) + f], 2e-5);
        }
    }

    /// <summary>
    /// Filters without a root or an eigenvalue: with the mean m and covariance C of normalised patches, all counted here, and A = C + I/10,
    /// a filter w is A^-1 (u - m) for one of the patches, of length w'A w = 1, and its bias is w'm + 1/4.
    /// </summary>
    [Fact]
    public void Filters_are_what_their_definition_says()
    {
        const int Side = 8, Size = 3, Pixels = Size * Size, Samples = 20_000;
        Matrix<double> images = Images(50, Side * Side, 7);
        PatchFilters filters = PatchFilters.Learn(FeatureRows.All(images), new ImageShape(Side, Side), Size, 6,
            new FitContext(new RandomStream(1), RunOptions.Default, []));
        var random = new RandomStream(1);
        double[][] patches = [.. Enumerable.Range(0, Samples).Select(_ =>
        {
            int image = random.NextInt(50), top = random.NextInt(Side - Size + 1), left = random.NextInt(Side - Size + 1);
            return Enumerable.Range(0, Pixels).Select(k => images[image, ((top + (k / Size)) * Side) + left + (k % Size)]).ToArray();
        })];
        double Variance(double[] x) => x.Average(v => v * v) - (x.Average() * x.Average());
        double floor = 0.01 * patches.Average(Variance);
        Assert.Equal(floor, filters.VarianceFloor, 1e-12);
        patches = [.. patches.Select(x => x.Select(v => (v - x.Average()) / Math.Sqrt(Variance(x) + floor)).ToArray())];
        double[] mean = [.. Enumerable.Range(0, Pixels).Select(k => patches.Average(u => u[k]))];
        double A(int k, int l) => patches.Average(u => (u[k] - mean[k]) * (u[l] - mean[l])) + (k == l ? 0.1 : 0);
        double[,] a = new double[Pixels, Pixels];
        for (int k = 0; k < Pixels * Pixels; k++)
            a[k / Pixels, k % Pixels] = A(k / Pixels, k % Pixels);
        for (int f = 0; f < 6; f++)
        {
            double[] w = filters.Weights.Row(f).ToArray();
            double[] back = [.. Enumerable.Range(0, Pixels).Select(k => w.Select((x, l) => x * a[k, l]).Sum())];
            Assert.Equal(0, w.Sum(), 1e-9);
            Assert.Equal(1, Inner(w, back), 1e-9);
            Assert.Equal(0.25 + Inner(w, mean), filters.Biases[f], 1e-9);
            double nearest = patches.Max(u =>
            {
                double[] centred = [.. u.Zip(mean, (x, m) => x - m)];
                return Inner(centred, back) / Math.Sqrt(Inner(centred, centred) * Inner(back, back));
            });
            Assert.Equal(1, nearest, 1e-9);
        }

        static double Inner(double[] x, double[] y) => x.Zip(y, (p, q) => p * q).Sum();
    }

    [Fact]
    public void Features_do_not_depend_on_the_number_of_threads()
    {
        Matrix<double> images = Images(300, 64, 8);
        foreach (string text in (string[])["patches:40:3 | standardise", "rff:50", "pca:7", "pool:2x2 | poly:2"])
        {
            double[] one = Apply(text, images, threads: 1).Data.ToArray();
            Assert.Equal(one, Apply(text, images, threads: 4).Data.ToArray());
        }
    }

    private static double Naive(ReadOnlySpan<double> image, ImageShape shape, int size, PatchFilters filters, int f, int quadrant)
    {
        int rows = shape.Height - size + 1, columns = shape.Width - size + 1, half = rows / 2, middle = columns / 2;
        (int top, int bottom) = quadrant < 2 ? (0, half) : (half, rows);
        (int left, int right) = quadrant % 2 == 0 ? (0, middle) : (middle, columns);
        double sum = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                var patch = new double[size * size];
                for (int k = 0; k < patch.Length; k++)
                    patch[k] = image[((y + (k / size)) * shape.Width) + x + (k % size)];
                double mean = patch.Average(), variance = patch.Average(v => (v - mean) * (v - mean));
                double response = -filters.Biases[f];
                for (int k = 0; k < patch.Length; k++)
                    response += filters.Weights[f, k] * (patch[k] - mean) / Math.Sqrt(variance + filters.VarianceFloor);
                sum += Math.Max(0, response);
            }
        }
        return sum / ((bottom - top) * (right - left));
    }

    private static Matrix<double> Apply(string text, Matrix<double> rows, int[]? unlabelled = null, int threads = 2) =>
        FeaturePipeline.Parse(text).Transform(
            FeatureRows.All(rows), null, unlabelled ?? [.. Enumerable.Range(0, rows.Rows)], 3, [], new RunOptions { Threads = threads },
            []).Matrix;

    private static Matrix<double> Images(int rows, int columns, ulong seed)
    {
        var images = new Matrix<double>(rows, columns);
        var random = new RandomStream(seed);
        random.FillNormal(images.Data);
        for (int i = 0; i < images.Data.Length; i++)
            images.Data[i] = (10 + (i % columns)) * images.Data[i];
        return images;
    }
}
