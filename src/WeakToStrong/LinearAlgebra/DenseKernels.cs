namespace WeakToStrong.LinearAlgebra;

/// <summary>Which dense kernels this process uses, chosen once.</summary>
public static class DenseKernels
{
    /// <summary>The kernels in use.</summary>
    public static IDenseKernels Current { get; } = new ManagedKernels();
}
