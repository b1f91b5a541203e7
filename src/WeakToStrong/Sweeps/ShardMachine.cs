using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Sweeps;

/// <summary>What computed a shard: results are the same to the bit where vectors are as wide and the linear algebra is the same.</summary>
/// <param name="VectorBits">Width of the vectors, in bits.</param>
/// <param name="LinearAlgebra">Which dense kernels, such as "managed".</param>
/// <param name="Host">Name of the machine; of no consequence.</param>
public sealed record ShardMachine(int VectorBits, string LinearAlgebra, string Host)
{
    private static readonly Lazy<ShardMachine> Current = new(() => new(
        Math.Max(8 * System.Numerics.Vector<byte>.Count, ManagedKernels.WidestVectorBits), DenseKernels.Current.Name,
        Environment.MachineName));

    /// <summary>This machine.</summary>
    public static ShardMachine This => Current.Value;

    /// <summary>Vector width and linear algebra in words.</summary>
    public string Kind => $"{VectorBits}-bit vectors and {LinearAlgebra} linear algebra";
}
