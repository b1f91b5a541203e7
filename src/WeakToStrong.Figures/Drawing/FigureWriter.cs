using System.Buffers.Binary;
using System.Text;
using SkiaSharp;
using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>A kind of picture file.</summary>
public enum FigureFormat
{
    /// <summary>Pixels, 300 to the inch.</summary>
    Png,

    /// <summary>Vectors for the web; letters as outlines.</summary>
    Svg,

    /// <summary>Vectors for print, fonts embedded.</summary>
    Pdf,
}

/// <summary>Draws figures. The same figure gives the same bytes on every run; no installed font is used.</summary>
public static class FigureWriter
{
    /// <summary>Resolution of PNG files.</summary>
    public const int DotsPerInch = 300;

    /// <summary>The file's extension without a dot.</summary>
    public static string Extension(FigureFormat format) => format switch
    {
        FigureFormat.Png => "png",
        FigureFormat.Svg => "svg",
        FigureFormat.Pdf => "pdf",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Draws a figure into memory.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="format">As what.</param>
    /// <returns>The bytes of the file.</returns>
    public static byte[] Render(Figure figure, FigureFormat format)
    {
        var painter = new FigurePainter(figure);
        return format switch
        {
            FigureFormat.Png => Png(painter),
            FigureFormat.Svg => Encoding.UTF8.GetBytes(Svg(painter, figure.Description)),
            FigureFormat.Pdf => Pdf(painter, figure.Description),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }

    private static byte[] Png(FigurePainter painter)
    {
        const double scale = DotsPerInch / 72.0;
        var info = new SKImageInfo((int)Math.Ceiling(painter.Width * scale), (int)Math.Ceiling(painter.Height * scale),
            SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKSurface surface = SKSurface.Create(info);
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale((float)scale);
        painter.Draw(new SkiaSurface(surface.Canvas));
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return WithResolution(data.ToArray());
    }

    private static string Svg(FigurePainter painter, string description)
    {
        var surface = new SvgSurface();
        painter.Draw(surface);
        return surface.ToDocument(painter.Width, painter.Height, description);
    }

    private static byte[] Pdf(FigurePainter painter, string description)
    {
        using var stream = new MemoryStream();
        var metadata = new SKDocumentPdfMetadata { Title = description, Producer = "WeakToStrong", RasterDpi = DotsPerInch };
        using (SKDocument document = SKDocument.CreatePdf(stream, metadata))
        {
            SKCanvas canvas = document.BeginPage((float)painter.Width, (float)painter.Height);
            painter.Draw(new SkiaSurface(canvas));
            document.EndPage();
            document.Close();
        }
        return stream.ToArray();
    }

    // Skia writes no resolution: without this pHYs chunk, placed after the header, a word processor would show the
    // figure four times too large.
    private static byte[] WithResolution(byte[] png)
    {
        const int afterHeader = 8 + 25;
        Span<byte> chunk = stackalloc byte[21];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, 9);
        "pHYs"u8.CopyTo(chunk[4..]);
        uint perMeter = (uint)Math.Round(DotsPerInch / 0.0254);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[8..], perMeter);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[12..], perMeter);
        chunk[16] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(chunk[17..], Crc32(chunk[4..17]));
        return [.. png.AsSpan(0, afterHeader), .. chunk, .. png.AsSpan(afterHeader)];
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int k = 0; k < 8; k++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }
        return ~crc;
    }
}
