using System.Numerics;
using System.Runtime.InteropServices;
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
        List<(string Item, string Value)> facts =
        [
            ("version", App.Version),
            ("runtime", RuntimeInformation.FrameworkDescription),
            ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
            ("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:F1} GB"),
            ("threads", $"{context.Run.Threads} in use, {Environment.ProcessorCount} processors"),
            ("vector_width", $"{Vector<byte>.Count * 8} bits, of {algebra.VectorBits} that the managed kernels use"),
            ("linear_algebra", algebra.Name),
        ];
        if (algebra.Path.Length > 0)
            facts.Add(("linear_algebra_library", $"{algebra.Path}: {algebra.Version}"));
        if (algebra.WhyManaged.Length > 0)
            facts.Add(("linear_algebra_why", algebra.WhyManaged));
        context.Write(new ResultTable(
            ResultColumn.Of("item", [.. facts.Select(f => f.Item)]),
            ResultColumn.Of("value", [.. facts.Select(f => f.Value)])));
        return ExitStatus.Done;
    }
}
