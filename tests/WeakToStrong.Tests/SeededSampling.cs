using CsCheck;

namespace WeakToStrong.Tests;

/// <summary>CsCheck's generators with a fixed seed: the same examples in every run, so that a property test never fails
/// by chance alone.</summary>
internal static class SeededSampling
{
    /// <summary>Asserts a property of many examples; set CHECK_SEED to try others.</summary>
    public static void Check<T>(this Gen<T> gen, Action<T> property, int examples = 3000)
    {
        var random = new PCG(1, ulong.Parse(Environment.GetEnvironmentVariable("CHECK_SEED") ?? "0"));
        for (int i = 0; i < examples; i++)
            property(gen.Generate(random, null, out _));
    }

    /// <inheritdoc cref="Check{T}(Gen{T}, Action{T}, int)"/>
    public static void Check<T1, T2>(this Gen<(T1, T2)> gen, Action<T1, T2> property, int examples = 3000) =>
        gen.Check(x => property(x.Item1, x.Item2), examples);

    /// <inheritdoc cref="Check{T}(Gen{T}, Action{T}, int)"/>
    public static void Check<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Action<T1, T2, T3> property, int examples = 3000) =>
        gen.Check(x => property(x.Item1, x.Item2, x.Item3), examples);

    /// <inheritdoc cref="Check{T}(Gen{T}, Action{T}, int)"/>
    public static void Check<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, Action<T1, T2, T3, T4> property, int examples = 3000) =>
        gen.Check(x => property(x.Item1, x.Item2, x.Item3, x.Item4), examples);

    /// <inheritdoc cref="Check{T}(Gen{T}, Action{T}, int)"/>
    public static void Check<T1, T2, T3, T4, T5>(this Gen<(T1, T2, T3, T4, T5)> gen, Action<T1, T2, T3, T4, T5> property,
        int examples = 3000) =>
        gen.Check(x => property(x.Item1, x.Item2, x.Item3, x.Item4, x.Item5), examples);
}
