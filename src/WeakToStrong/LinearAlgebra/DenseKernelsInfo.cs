namespace WeakToStrong.LinearAlgebra;

/// <summary>Which dense kernels are in use, for the doctor and for the machine's description beside measured times.</summary>
/// <param name="Name">Which kernels, such as "OpenBLAS 0.3.21" or "managed".</param>
/// <param name="Version">What OpenBLAS says of itself (version, options, processor type); empty for the managed kernels.</param>
/// <param name="Path">The library's file, or the name that it was loaded by; empty for the managed kernels.</param>
/// <param name="VectorBits">Width of the vectors that the managed kernels use on this processor.</param>
/// <param name="WhyManaged">Why OpenBLAS is not used, or not for everything; empty when it is.</param>
public sealed record DenseKernelsInfo(string Name, string Version, string Path, int VectorBits, string WhyManaged);
