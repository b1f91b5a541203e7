using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Shell;

/// <summary>Where a picture goes, as what its ending says.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">What its ending says.</param>
internal sealed record PictureFile(string Path, FigureFormat Format)
{
    /// <summary>An option that takes one; the file is known to be writable when it is read.</summary>
    public static ValueOption<PictureFile> Option(string name, string help) => Options.Parsed<PictureFile>(
        name, $"{help} The ending says what it is: .svg, .pdf or .png.", "the path of a file that ends in .svg, .pdf or .png", Read, null,
        "FILE");

    /// <summary>Draws it.</summary>
    public void Write(Figure figure)
    {
        byte[] bytes = FigureWriter.Render(figure, Format);
        AtomicFile.Write(Path, stream => stream.Write(bytes));
    }

    private static string? Read(string text, out PictureFile? value)
    {
        value = null;
        foreach (FigureFormat format in Enum.GetValues<FigureFormat>())
        {
            if (text.EndsWith($".{FigureWriter.Extension(format)}", StringComparison.OrdinalIgnoreCase))
                value = new PictureFile(text, format);
        }
        if (value is null)
            return string.Empty;
        try
        {
            AtomicFile.CheckWritable(text);
            return null;
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }
}
