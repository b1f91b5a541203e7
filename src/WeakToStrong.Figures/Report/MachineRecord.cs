using System.Numerics;
using System.Runtime.InteropServices;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Figures.Report;

/// <summary>The machine that a report was made on.</summary>
/// <param name="System">Operating system and processor architecture.</param>
/// <param name="Runtime">.NET version.</param>
/// <param name="Processors">Logical processors.</param>
/// <param name="VectorBits">Width of a SIMD register.</param>
/// <param name="LinearAlgebra">Which dense kernels are in use.</param>
public sealed record MachineRecord(string System, string Runtime, int Processors, int VectorBits, string LinearAlgebra)
{
    /// <summary>This machine.</summary>
    public static MachineRecord Here() => new(
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}",
        RuntimeInformation.FrameworkDescription,
        Environment.ProcessorCount,
        Vector<byte>.Count * 8,
        DenseKernels.Current.Name);
}
