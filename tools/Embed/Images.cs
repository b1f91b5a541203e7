using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SkiaSharp;
using WeakToStrong.Data.Formats;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Embed;

/// <summary>Images as an encoder's input: red, green and blue planes, 0 to 255 or as ImageNet's encoders want them.</summary>
internal sealed class Images(Encoder encoder, bool normalised, int size)
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"];

    // Means and deviations of ImageNet's pixels, as image encoders are customarily trained with.
    private static readonly float[] Means = [0.485f, 0.456f, 0.406f], Deviations = [0.229f, 0.224f, 0.225f];

    /// <summary>The pictures of a folder and of those below it, in the order of their names.</summary>
    public static string[] Files(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files
            : throw new InputException($"'{folder}' has no pictures; their names end with {string.Join(", ", Endings)}");
    }

    /// <summary>Encodes the pictures of a folder.</summary>
    public IEnumerable<float[]> OfFolder(string[] files) => Encode(files.Select(Read));

    /// <summary>Encodes the images of one file: IDX, or whatever else the library reads as images of one channel.</summary>
    public IEnumerable<float[]> OfFile(FeatureReader file)
    {
        if (file.Shape.Image is not { } shape)
        {
            throw new InputException(
                $"{file.Source} holds no images; give a folder of pictures, or a file such as IDX that says their size");
        }
        return Encode(Blocks(file).Select(pixels => Grey(pixels, shape.Height, shape.Width)));
    }

    private static IEnumerable<float[]> Blocks(FeatureReader file)
    {
        const int rows = 256;
        for (long first = 0; first < file.Count; first += rows)
        {
            var block = new Matrix<double>((int)Math.Min(rows, file.Count - first), file.Shape.Columns);
            file.ReadRows(first, block);
            for (int i = 0; i < block.Rows; i++)
                yield return [.. block.Row(i).ToArray().Select(value => (float)value)];
        }
    }

    private static SKBitmap Read(string file) => SKBitmap.Decode(file)
        ?? throw new InputException($"'{file}' is not a picture that can be read");

    private static SKBitmap Grey(float[] pixels, int height, int width)
    {
        float top = pixels.Max() <= 1 ? 255 : 1;
        var image = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        for (int y = 0; y < height; y++)
        {
            Span<byte> line = image.GetPixelSpan().Slice(y * image.RowBytes, width);
            for (int x = 0; x < width; x++)
                line[x] = (byte)Math.Clamp(MathF.Round(pixels[(y * width) + x] * top), 0, 255);
        }
        return image;
    }

    private IEnumerable<float[]> Encode(IEnumerable<SKBitmap> images)
    {
        (int height, int width) = encoder.ImageSize;
        (height, width) = (height > 0 ? height : size, width > 0 ? width : size);
        string input = encoder.Inputs[0];
        foreach (SKBitmap[] batch in images.Chunk(encoder.Batch > 0 ? encoder.Batch : 16))
        {
            var tensor = new DenseTensor<float>([batch.Length, 3, height, width]);
            for (int i = 0; i < batch.Length; i++)
            {
                using SKBitmap image = batch[i];
                Fill(image, tensor.Buffer.Span.Slice(i * 3 * height * width, 3 * height * width), height, width);
            }
            foreach (float[] row in encoder.Encode([NamedOnnxValue.CreateFromTensor(input, tensor)]))
                yield return row;
        }
    }

    private void Fill(SKBitmap image, Span<float> planes, int height, int width)
    {
        using SKBitmap scaled = image.Resize(
            new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        ReadOnlySpan<byte> pixels = scaled.GetPixelSpan();
        for (int i = 0; i < height * width; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                float value = pixels[(4 * i) + c];
                planes[(c * height * width) + i] = normalised ? ((value / 255) - Means[c]) / Deviations[c] : value;
            }
        }
    }
}
