using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong.Functions;

/// <summary>The loops of the hot path around one function's kernel.</summary>
internal sealed class KernelNonlinearity<TKernel>(string name, TKernel kernel) : Nonlinearity(name)
    where TKernel : struct, INonlinearityKernel
{
    private const int Width = 8;

    public override double Value(double z) => kernel.Value(z);

    public override double Derivative(double z) => kernel.Derivative(z);

    internal override double? PairMoment(double s, double t, double rho) => kernel.PairMoment(s, t, rho);

    private protected override double? ExactCoefficient(int order) => kernel.HermiteCoefficient(order);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Apply(ReadOnlySpan<float> z, Span<float> values)
    {
        Require.SameLength(z.Length, values.Length);
        TKernel f = kernel;
        int j = 0;
        for (; j <= z.Length - Width; j += Width)
            f.Value(Load(z, j)).StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)j);
        if (j < z.Length)
            Store(f.Value(LoadRest(z, j)), values[j..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override float WeightedSum(ReadOnlySpan<float> z, ReadOnlySpan<float> weights)
    {
        Require.SameLength(z.Length, weights.Length);
        TKernel f = kernel;
        Vector256<float> sum = Vector256<float>.Zero;
        int j = 0;
        for (; j <= z.Length - Width; j += Width)
            sum = Vector256.FusedMultiplyAdd(Load(weights, j), f.Value(Load(z, j)), sum);
        if (j < z.Length)
            sum = Vector256.FusedMultiplyAdd(LoadRest(weights, j), f.Value(LoadRest(z, j)), sum);
        return Vector256.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Backpropagate(Span<float> z, ReadOnlySpan<float> weights, float factor)
    {
        Require.SameLength(z.Length, weights.Length);
        TKernel f = kernel;
        Vector256<float> scale = Vector256.Create(factor);
        int j = 0;
        for (; j <= z.Length - Width; j += Width)
            (scale * Load(weights, j) * f.Derivative(Load(z, j))).StoreUnsafe(ref MemoryMarshal.GetReference(z), (nuint)j);
        if (j < z.Length)
            Store(scale * LoadRest(weights, j) * f.Derivative(LoadRest(z, j)), z[j..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ReadOnlySpan<float> source, int index) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)index);

    /// <summary>The last, partial vector, filled up with zeros.</summary>
    private static Vector256<float> LoadRest(ReadOnlySpan<float> source, int index)
    {
        Vector256<float> rest = default;
        source[index..].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector256<float>, float>(ref rest), Width));
        return rest;
    }

    private static void Store(Vector256<float> values, Span<float> destination)
    {
        for (int j = 0; j < destination.Length; j++)
            destination[j] = values[j];
    }
}
