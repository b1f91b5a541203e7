using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>
/// Filters learned from unlabelled images. A patch x is first normalised, u = (x - mean(x))/sqrt(var(x) + e), then whitened,
/// z = (C + I/10)^(-1/2)(u - m) with the mean m and covariance C of normalised patches. A filter f is a whitened patch of unit length. What
/// is stored is the same thing as a function of u: f'z - threshold = w'u - bias.
/// </summary>
internal sealed class PatchFilters
{
    private const int SampledPatches = 20_000;
    private const double Threshold = 0.25;
    private const double WhiteningFloor = 0.1;
    private const double ContrastFloor = 0.01;

    private PatchFilters(Matrix<double> weights, double[] biases, double contrastFloor)
    {
        Weights = weights;
        Biases = biases;
        VarianceFloor = contrastFloor;
    }

    /// <summary>One row a filter, one column a pixel of the patch.</summary>
    public Matrix<double> Weights { get; }

    /// <summary>One a filter.</summary>
    public double[] Biases { get; }

    /// <summary>The constant e: a hundredth of the mean variance of a patch.</summary>
    public double VarianceFloor { get; }

    /// <summary>All of it as arrays.</summary>
    public IReadOnlyList<Matrix<double>> State =>
        [Weights, new Matrix<double>(1, Biases.Length, Biases), new Matrix<double>(1, 1, [VarianceFloor])];

    /// <summary>From these arrays.</summary>
    public static PatchFilters Of(IReadOnlyList<Matrix<double>> state) => new(state[0], state[1].Row(0).ToArray(), state[2][0, 0]);

    public static PatchFilters Learn(FeatureRows images, ImageShape image, int size, int count, FitContext context)
    {
        int threads = context.Options.Threads, pixels = size * size;
        Matrix<double> patches = Sample(images, image, size, context.Random);
        double floor = ContrastFloor * MeanVariance(patches);
        if (!(floor > 0))
            throw new InputException("feature map 'patches': the student's images have no contrast");
        for (int i = 0; i < patches.Rows; i++)
            Normalise(patches.Row(i), floor);

        FeatureRows sample = FeatureRows.All(patches);
        double[] mean = sample.Means(threads);
        Matrix<double> whitening = InverseRoot(PrincipalComponentsMap.Covariance(sample, mean, threads), threads);
        var chosen = new Matrix<double>(count, pixels);
        for (int f = 0; f < count; f++)
            System.Numerics.Tensors.TensorPrimitives.Subtract(patches.Row(context.Random.NextInt(patches.Rows)), mean, chosen.Row(f));
        var filters = new Matrix<double>(count, pixels);
        Dense.Multiply(chosen, whitening, filters, threads: threads);
        for (int f = 0; f < count; f++)
        {
            double length = System.Numerics.Tensors.TensorPrimitives.Norm<double>(filters.Row(f));
            if (length > 0)
                System.Numerics.Tensors.TensorPrimitives.Divide(filters.Row(f), length, filters.Row(f));
        }
        var weights = new Matrix<double>(count, pixels);
        Dense.Multiply(filters, whitening, weights, threads: threads);
        var biases = new double[count];
        for (int f = 0; f < count; f++)
            biases[f] = Threshold + System.Numerics.Tensors.TensorPrimitives.Dot<double>(weights.Row(f), mean);
        return new PatchFilters(weights, biases, floor);
    }

    private static Matrix<double> Sample(FeatureRows images, ImageShape image, int size, RandomStream random)
    {
        var patches = new Matrix<double>(SampledPatches, size * size);
        for (int i = 0; i < patches.Rows; i++)
        {
            ReadOnlySpan<double> from = images[random.NextInt(images.Count)];
            int top = random.NextInt(image.Height - size + 1), left = random.NextInt(image.Width - size + 1);
            for (int y = 0; y < size; y++)
                from.Slice(((top + y) * image.Width) + left, size).CopyTo(patches.Row(i)[(y * size)..]);
        }
        return patches;
    }

    private static double MeanVariance(Matrix<double> patches)
    {
        double total = 0;
        for (int i = 0; i < patches.Rows; i++)
            total += Moments(patches.Row(i)).Variance;
        return total / patches.Rows;
    }

    private static void Normalise(Span<double> patch, double floor)
    {
        (double mean, double variance) = Moments(patch);
        System.Numerics.Tensors.TensorPrimitives.Subtract(patch, mean, patch);
        System.Numerics.Tensors.TensorPrimitives.Divide(patch, Math.Sqrt(variance + floor), patch);
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<double> values)
    {
        double mean = System.Numerics.Tensors.TensorPrimitives.Sum(values) / values.Length, squares = 0;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        return (mean, squares / values.Length);
    }

    /// <summary>(C + floor I)^(-1/2), symmetric.</summary>
    private static Matrix<double> InverseRoot(Matrix<double> covariance, int threads)
    {
        double[] variances = Dense.SymmetricEigen(covariance, threads);
        Matrix<double> scaled = covariance.Copy();
        for (int i = 0; i < scaled.Rows; i++)
        {
            for (int j = 0; j < scaled.Columns; j++)
                scaled[i, j] /= Math.Sqrt(Math.Max(0, variances[j]) + WhiteningFloor);
        }
        var root = new Matrix<double>(scaled.Rows, scaled.Rows);
        Dense.Multiply(scaled, covariance, root, transposeB: true, threads: threads);
        return root;
    }
}
