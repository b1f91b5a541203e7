using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Data.Features;

/// <summary>
/// The hot kernel of <see cref="PatchesMap"/>: for one image, the mean over each quadrant of max(0, w'u - bias) for every filter. A matrix
/// product of filters and normalised patches whose result is rectified and summed while it is still in registers, and so never written.
/// Single precision inside; one image, one thread.
/// </summary>
internal sealed class PatchConvolution
{
    public const int Quadrants = 4;
    private const int TileFilters = 6; // 6 x 2 accumulators + 2 patches + 1 weight: 15 of AVX2's 16 registers
    private static readonly int TilePositions = 2 * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count);

    private readonly ImageShape _image;
    private readonly int _size, _filters, _depth;
    private readonly float _varianceFloor;
    private readonly float[] _weights; // [group of 6 filters][pixel, then -bias][filter in group]
    private readonly Region[] _regions;

    public PatchConvolution(ImageShape image, int size, PatchFilters filters)
    {
        _image = image;
        _size = size;
        _filters = filters.Weights.Rows;
        _depth = (size * size) + 1;
        _varianceFloor = (float)filters.VarianceFloor;
        _weights = Pack(filters);
        _regions = CutQuadrants(image.Height - size + 1, image.Width - size + 1);
    }

    /// <summary>Features of one image: filter by filter for the top left quadrant, then top right, bottom left, bottom right.</summary>
    public void Run(ReadOnlySpan<double> image, Span<double> features, Workspace workspace)
    {
        TensorPrimitives.ConvertTruncating(image, workspace.Image);
        for (int q = 0; q < Quadrants; q++)
        {
            Region region = _regions[q];
            PackPatches(workspace.Image, region, workspace.Patches);
            Convolve(workspace.Patches, region, features.Slice(q * _filters, _filters));
        }
    }

    /// <summary>Lays the quadrant's normalised patches out with positions side by side: [pixel, then 1][position].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackPatches(float[] image, Region region, float[] patches)
    {
        int padded = region.Padded, pixels = _size * _size;
        for (int k = 0; k < pixels; k++)
        {
            int corner = ((region.Top + (k / _size)) * _image.Width) + region.Left + (k % _size);
            Span<float> to = patches.AsSpan(k * padded, padded);
            for (int y = 0; y < region.Height; y++)
                image.AsSpan(corner + (y * _image.Width), region.Width).CopyTo(to[(y * region.Width)..]);
            to[region.Positions..].Clear();
        }
        for (int position = 0; position < padded; position += Vector256<float>.Count)
            NormaliseLanes(ref patches[position], padded, pixels);
        // The last row multiplies the bias; it is 0 beyond the last position, where the response then is 0 too.
        Span<float> ones = patches.AsSpan(pixels * padded, padded);
        ones[..region.Positions].Fill(1);
        ones[region.Positions..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void NormaliseLanes(ref float first, int stride, int pixels)
    {
        Vector256<float> sum = default, squares = default;
        for (int k = 0; k < pixels; k++)
            sum += Vector256.LoadUnsafe(ref first, (nuint)(k * stride));
        Vector256<float> mean = sum / pixels;
        for (int k = 0; k < pixels; k++)
        {
            Vector256<float> centred = Vector256.LoadUnsafe(ref first, (nuint)(k * stride)) - mean;
            squares += centred * centred;
        }
        Vector256<float> factor = Vector256<float>.One / Vector256.Sqrt((squares / pixels) + Vector256.Create(_varianceFloor));
        for (int k = 0; k < pixels; k++)
            ((Vector256.LoadUnsafe(ref first, (nuint)(k * stride)) - mean) * factor).StoreUnsafe(ref first, (nuint)(k * stride));
    }

    private void Convolve(float[] patches, Region region, Span<double> means)
    {
        if (Vector512.IsHardwareAccelerated)
            Convolve<Width512<float>, Vector512<float>>(patches, region, means);
        else if (Vector256.IsHardwareAccelerated)
            Convolve<Width256<float>, Vector256<float>>(patches, region, means);
        else
            Convolve<Width128<float>, Vector128<float>>(patches, region, means);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Convolve<TLane, TVector>(float[] patches, Region region, Span<double> means)
        where TLane : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        int lanes = TLane.Count;
        float* sums = stackalloc float[TileFilters * lanes];
        fixed (float* patch = patches, weight = _weights)
        {
            for (int filter = 0, group = 0; filter < _filters; filter += TileFilters, group++)
            {
                new Span<float>(sums, TileFilters * lanes).Clear();
                float* weights = weight + (group * _depth * TileFilters);
                for (int position = 0; position < region.Padded; position += 2 * lanes)
                    Tile<TLane, TVector>(patch + position, region.Padded, weights, _depth, sums);
                for (int f = filter; f < Math.Min(_filters, filter + TileFilters); f++)
                    means[f] = Sum(sums + ((f - filter) * lanes), lanes) / (double)region.Positions;
            }
        }
    }

    // Written out because it runs for every filter of every quadrant, and a call would cost as much as the sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe float Sum(float* values, int count)
    {
        float a = 0, b = 0, c = 0, d = 0;
        for (int k = 0; k < count; k += 4)
        {
            a += values[k];
            b += values[k + 1];
            c += values[k + 2];
            d += values[k + 3];
        }
        return a + b + (c + d);
    }

    /// <summary>Adds the rectified responses of 6 filters at two vectors of positions to their sums. Any call in the loop would
    /// spill the accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Tile<TLane, TVector>(float* patch, int stride, float* weight, int depth, float* sums)
        where TLane : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        TVector a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default;
        TVector a3 = default, b3 = default, a4 = default, b4 = default, a5 = default, b5 = default;
        for (int k = 0; k < depth; k++, patch += stride, weight += TileFilters)
        {
            TVector left = TLane.Load(patch), right = TLane.Load(patch + TLane.Count);
            TVector w = TLane.Broadcast(weight[0]);
            a0 = TLane.MultiplyAdd(w, left, a0);
            b0 = TLane.MultiplyAdd(w, right, b0);
            w = TLane.Broadcast(weight[1]);
            a1 = TLane.MultiplyAdd(w, left, a1);
            b1 = TLane.MultiplyAdd(w, right, b1);
            w = TLane.Broadcast(weight[2]);
            a2 = TLane.MultiplyAdd(w, left, a2);
            b2 = TLane.MultiplyAdd(w, right, b2);
            w = TLane.Broadcast(weight[3]);
            a3 = TLane.MultiplyAdd(w, left, a3);
            b3 = TLane.MultiplyAdd(w, right, b3);
            w = TLane.Broadcast(weight[4]);
            a4 = TLane.MultiplyAdd(w, left, a4);
            b4 = TLane.MultiplyAdd(w, right, b4);
            w = TLane.Broadcast(weight[5]);
            a5 = TLane.MultiplyAdd(w, left, a5);
            b5 = TLane.MultiplyAdd(w, right, b5);
        }
        AddRectified<TLane, TVector>(a0, b0, sums);
        AddRectified<TLane, TVector>(a1, b1, sums + TLane.Count);
        AddRectified<TLane, TVector>(a2, b2, sums + (2 * TLane.Count));
        AddRectified<TLane, TVector>(a3, b3, sums + (3 * TLane.Count));
        AddRectified<TLane, TVector>(a4, b4, sums + (4 * TLane.Count));
        AddRectified<TLane, TVector>(a5, b5, sums + (5 * TLane.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void AddRectified<TLane, TVector>(TVector a, TVector b, float* sums)
        where TLane : struct, IVectorWidth<TVector, float>
        where TVector : struct =>
        TLane.Store(TLane.Add(TLane.Load(sums), TLane.Add(TLane.Max(a, default), TLane.Max(b, default))), sums);

    private float[] Pack(PatchFilters filters)
    {
        int groups = (_filters + TileFilters - 1) / TileFilters;
        var packed = new float[groups * _depth * TileFilters];
        for (int f = 0; f < _filters; f++)
        {
            int start = (f / TileFilters * _depth * TileFilters) + (f % TileFilters);
            for (int k = 0; k < _depth - 1; k++)
                packed[start + (k * TileFilters)] = (float)filters.Weights[f, k];
            packed[start + ((_depth - 1) * TileFilters)] = (float)-filters.Biases[f];
        }
        return packed;
    }

    private static Region[] CutQuadrants(int rows, int columns)
    {
        int half = rows / 2, middle = columns / 2;
        return
        [
            new(0, 0, half, middle), new(0, middle, half, columns - middle),
            new(half, 0, rows - half, middle), new(half, middle, rows - half, columns - middle),
        ];
    }

    /// <summary>Positions of a quadrant: the top left corners of its patches.</summary>
    private readonly record struct Region(int Top, int Left, int Height, int Width)
    {
        public int Positions => Height * Width;

        public int Padded => (Positions + TilePositions - 1) / TilePositions * TilePositions;
    }

    /// <summary>Buffers of one thread.</summary>
    internal sealed class Workspace(PatchConvolution convolution)
    {
        public float[] Image { get; } = new float[convolution._image.Pixels];

        public float[] Patches { get; } = new float[convolution._depth * convolution._regions.Max(region => region.Padded)];
    }
}
