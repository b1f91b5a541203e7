using Microsoft.ML.OnnxRuntime.Tensors;

namespace WeakToStrong.Embed;

/// <summary>One vector an example from what an encoder gives.</summary>
internal static class Pooling
{
    /// <summary>
    /// Examples x features stay; examples x channels x height x width are averaged over the image; examples x tokens x features over the
    /// tokens that a mask keeps, and scaled to length 1, as sentence encoders are used.
    /// </summary>
    /// <param name="values">An encoder's output.</param>
    /// <param name="mask">1 for each token that counts, examples x tokens; null: all.</param>
    public static float[][] Rows(Tensor<float> values, long[]? mask)
    {
        int[] shape = values.Dimensions.ToArray();
        ReadOnlySpan<float> flat = values.ToDenseTensor().Buffer.Span;
        var rows = new float[shape[0]][];
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<float> one = flat.Slice(i * (flat.Length / rows.Length), flat.Length / rows.Length);
            rows[i] = shape.Length switch
            {
                2 => one.ToArray(),
                3 => Tokens(one, shape[1], shape[2], mask is null ? null : mask.AsSpan(i * shape[1], shape[1])),
                4 => Channels(one, shape[1]),
                _ => throw new InputException(
                    $"the model's output has {shape.Length} dimensions; an encoder gives examples x features, x tokens or x image"),
            };
        }
        return rows;
    }

    private static float[] Channels(ReadOnlySpan<float> values, int channels)
    {
        int size = values.Length / channels;
        var means = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            double sum = 0;
            foreach (float value in values.Slice(c * size, size))
                sum += value;
            means[c] = (float)(sum / size);
        }
        return means;
    }

    private static float[] Tokens(ReadOnlySpan<float> values, int tokens, int width, ReadOnlySpan<long> mask)
    {
        var sums = new double[width];
        for (int t = 0; t < tokens; t++)
        {
            for (int j = 0; j < width && (mask.IsEmpty || mask[t] != 0); j++)
                sums[j] += values[(t * width) + j];
        }
        double norm = Math.Sqrt(sums.Sum(sum => sum * sum));
        return [.. sums.Select(sum => (float)(sum / Math.Max(norm, double.Epsilon)))];
    }
}
