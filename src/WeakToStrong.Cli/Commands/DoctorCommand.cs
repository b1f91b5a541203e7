using System.Numerics;
using System.Runtime.InteropServices;
using WeakToStrong.Cli.Shell;
using WeakToStrong.Data.Experiment;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s doctor</c>: what this machine offers and what the program makes of it.</summary>
internal static class DoctorCommand
{
    public static ShellCommand Create() => new(
        "doctor", "Versions, threads, vector width, which linear algebra is in use.", Run, writesTable: true)
    {
        Examples = ["doctor", "doctor --format json"],
    };

    private static ExitStatus Run(CommandContext context)
    {
        DenseKernelsInfo algebra = DenseKernels.Info;
        (string Item, string Value)[] facts =
        [
            ("version", ProgramVersion.Text),
            ("runtime", RuntimeInformation.FrameworkDescription),
            ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
            ("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:F1} GB"),
            ("threads", $"{context.Run.Threads} in use, {Environment.ProcessorCount} processors"),
            ("vector_width", $"{Vector<byte>.Count * 8} bits, of {algebra.VectorBits} that the managed kernels use"),
            ("linear_algebra", algebra.Name),
            ("linear_algebra_library", algebra.Path.Length > 0 ? $"{algebra.Path}: {algebra.Version}" : "none"),
            ("linear_algebra_why", algebra.WhyManaged.Length > 0 ? algebra.WhyManaged : "found, and it computes right"),
            ("figures", DrawnFigures()),
            ("data_digits", "ships with the program"),
            ("data_fashion_mnist", Dataset.FashionMnistIsInstalled ? "installed"
                : "not installed; Debian's package dataset-fashion-mnist brings it, or --data-dir names its folder"),
        ];
        context.Write(new ResultTable(
            ResultColumn.Of("item", [.. facts.Select(f => f.Item)]),
            ResultColumn.Of("value", [.. facts.Select(f => f.Value)])));
        return ExitStatus.Done;
    }

    // Only a picture that was drawn shows that pictures can be drawn.
    private static string DrawnFigures()
    {
        var figure = new Figure(new Panel(Axis.Linear("$λ$"), Axis.Linear("y"), new Curve([0, 1], [0, 1])));
        try
        {
            FigureFormat[] formats = Enum.GetValues<FigureFormat>();
            return $"drawn as {string.Join(", ", formats.Select(f => $"{f} ({FigureWriter.Render(figure, f).Length} bytes)"))}";
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or InvalidOperationException)
        {
            return $"cannot be drawn: {InputException.Shorten(e.GetBaseException().Message)}";
        }
    }
}
