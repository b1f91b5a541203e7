using System.Runtime.CompilerServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>The innermost step of a packed product: C += A B on a tile that stays in registers. Any call in its loop would
/// spill them all.</summary>
internal unsafe interface IMicroKernel<T>
    where T : unmanaged
{
    /// <summary>Rows of the tile of C.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of the tile of C.</summary>
    static abstract int Columns { get; }

    /// <summary>C += A B with A packed as depth columns of <see cref="Rows"/> entries and B as depth rows
    /// of <see cref="Columns"/> entries.</summary>
    static abstract void Run(int depth, T* a, T* b, T* c, int ldc);

    /// <summary>Copies <see cref="Columns"/> entries.</summary>
    static abstract void CopyColumns(T* source, T* target);
}

/// <summary>8 rows by 3 vectors, for processors with 32 vector registers (AVX-512, NEON).</summary>
internal readonly unsafe struct Tile8x3<TLane, TVector, T> : IMicroKernel<T>
    where TLane : struct, IVectorWidth<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    public static int Rows => 8;

    public static int Columns => 3 * TLane.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int depth, T* a, T* b, T* c, int ldc)
    {
        TVector c00 = default, c01 = default, c02 = default;
        TVector c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default;
        TVector c30 = default, c31 = default, c32 = default;
        TVector c40 = default, c41 = default, c42 = default;
        TVector c50 = default, c51 = default, c52 = default;
        TVector c60 = default, c61 = default, c62 = default;
        TVector c70 = default, c71 = default, c72 = default;
        for (T* end = b + ((nint)depth * Columns); b < end; b += Columns, a += Rows)
        {
            TVector b0 = TLane.Load(b), b1 = TLane.Load(b + TLane.Count), b2 = TLane.Load(b + (2 * TLane.Count));
            TVector x = TLane.Broadcast(a[0]);
            c00 = TLane.MultiplyAdd(x, b0, c00);
            c01 = TLane.MultiplyAdd(x, b1, c01);
            c02 = TLane.MultiplyAdd(x, b2, c02);
            x = TLane.Broadcast(a[1]);
            c10 = TLane.MultiplyAdd(x, b0, c10);
            c11 = TLane.MultiplyAdd(x, b1, c11);
            c12 = TLane.MultiplyAdd(x, b2, c12);
            x = TLane.Broadcast(a[2]);
            c20 = TLane.MultiplyAdd(x, b0, c20);
            c21 = TLane.MultiplyAdd(x, b1, c21);
            c22 = TLane.MultiplyAdd(x, b2, c22);
            x = TLane.Broadcast(a[3]);
            c30 = TLane.MultiplyAdd(x, b0, c30);
            c31 = TLane.MultiplyAdd(x, b1, c31);
            c32 = TLane.MultiplyAdd(x, b2, c32);
            x = TLane.Broadcast(a[4]);
            c40 = TLane.MultiplyAdd(x, b0, c40);
            c41 = TLane.MultiplyAdd(x, b1, c41);
            c42 = TLane.MultiplyAdd(x, b2, c42);
            x = TLane.Broadcast(a[5]);
            c50 = TLane.MultiplyAdd(x, b0, c50);
            c51 = TLane.MultiplyAdd(x, b1, c51);
            c52 = TLane.MultiplyAdd(x, b2, c52);
            x = TLane.Broadcast(a[6]);
            c60 = TLane.MultiplyAdd(x, b0, c60);
            c61 = TLane.MultiplyAdd(x, b1, c61);
            c62 = TLane.MultiplyAdd(x, b2, c62);
            x = TLane.Broadcast(a[7]);
            c70 = TLane.MultiplyAdd(x, b0, c70);
            c71 = TLane.MultiplyAdd(x, b1, c71);
            c72 = TLane.MultiplyAdd(x, b2, c72);
        }
        AddRow(c00, c01, c02, c);
        AddRow(c10, c11, c12, c + ldc);
        AddRow(c20, c21, c22, c + (2 * (nint)ldc));
        AddRow(c30, c31, c32, c + (3 * (nint)ldc));
        AddRow(c40, c41, c42, c + (4 * (nint)ldc));
        AddRow(c50, c51, c52, c + (5 * (nint)ldc));
        AddRow(c60, c61, c62, c + (6 * (nint)ldc));
        AddRow(c70, c71, c72, c + (7 * (nint)ldc));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyColumns(T* source, T* target)
    {
        TLane.Store(TLane.Load(source), target);
        TLane.Store(TLane.Load(source + TLane.Count), target + TLane.Count);
        TLane.Store(TLane.Load(source + (2 * TLane.Count)), target + (2 * TLane.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(TVector x, TVector y, TVector z, T* c)
    {
        TLane.Store(TLane.Add(TLane.Load(c), x), c);
        TLane.Store(TLane.Add(TLane.Load(c + TLane.Count), y), c + TLane.Count);
        TLane.Store(TLane.Add(TLane.Load(c + (2 * TLane.Count)), z), c + (2 * TLane.Count));
    }
}

/// <summary>4 rows by 3 vectors, for processors with 16 vector registers (AVX2, SSE).</summary>
internal readonly unsafe struct Tile4x3<TLane, TVector, T> : IMicroKernel<T>
    where TLane : struct, IVectorWidth<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    public static int Rows => 4;

    public static int Columns => 3 * TLane.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int depth, T* a, T* b, T* c, int ldc)
    {
        TVector c00 = default, c01 = default, c02 = default;
        TVector c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default;
        TVector c30 = default, c31 = default, c32 = default;
        for (T* end = b + ((nint)depth * Columns); b < end; b += Columns, a += Rows)
        {
            TVector b0 = TLane.Load(b), b1 = TLane.Load(b + TLane.Count), b2 = TLane.Load(b + (2 * TLane.Count));
            TVector x = TLane.Broadcast(a[0]);
            c00 = TLane.MultiplyAdd(x, b0, c00);
            c01 = TLane.MultiplyAdd(x, b1, c01);
            c02 = TLane.MultiplyAdd(x, b2, c02);
            x = TLane.Broadcast(a[1]);
            c10 = TLane.MultiplyAdd(x, b0, c10);
            c11 = TLane.MultiplyAdd(x, b1, c11);
            c12 = TLane.MultiplyAdd(x, b2, c12);
            x = TLane.Broadcast(a[2]);
            c20 = TLane.MultiplyAdd(x, b0, c20);
            c21 = TLane.MultiplyAdd(x, b1, c21);
            c22 = TLane.MultiplyAdd(x, b2, c22);
            x = TLane.Broadcast(a[3]);
            c30 = TLane.MultiplyAdd(x, b0, c30);
            c31 = TLane.MultiplyAdd(x, b1, c31);
            c32 = TLane.MultiplyAdd(x, b2, c32);
        }
        AddRow(c00, c01, c02, c);
        AddRow(c10, c11, c12, c + ldc);
        AddRow(c20, c21, c22, c + (2 * (nint)ldc));
        AddRow(c30, c31, c32, c + (3 * (nint)ldc));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyColumns(T* source, T* target)
    {
        TLane.Store(TLane.Load(source), target);
        TLane.Store(TLane.Load(source + TLane.Count), target + TLane.Count);
        TLane.Store(TLane.Load(source + (2 * TLane.Count)), target + (2 * TLane.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(TVector x, TVector y, TVector z, T* c)
    {
        TLane.Store(TLane.Add(TLane.Load(c), x), c);
        TLane.Store(TLane.Add(TLane.Load(c + TLane.Count), y), c + TLane.Count);
        TLane.Store(TLane.Add(TLane.Load(c + (2 * TLane.Count)), z), c + (2 * TLane.Count));
    }
}
