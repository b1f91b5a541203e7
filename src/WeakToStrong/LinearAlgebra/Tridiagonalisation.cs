using System.Buffers;

namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// A symmetric matrix as A = Q T Q' with T tridiagonal and Q orthogonal, prepared once: every shifted system (A + s I) x = b is then O(n).
/// Made by <see cref="Dense.Tridiagonalise"/>.
/// </summary>
public sealed class Tridiagonalisation
{
    private const int BlockWidth = 64;
    private const int ColumnBlock = 128;

    private readonly Matrix<double> _reflections;
    private readonly double[] _diagonal, _offDiagonal;
    private readonly double[] _triangles; // one BlockWidth x BlockWidth factor for each block of reflections

    internal Tridiagonalisation(Matrix<double> a, int threads)
    {
        int n = a.Rows;
        _reflections = a;
        (_diagonal, _offDiagonal) = (new double[n], new double[Math.Max(n - 1, 0)]);
        double unscale = MirrorAndScale(a, threads);
        var scales = new double[n];
        TridiagonalReduction.Run(a, _diagonal, _offDiagonal, scales, threads);
        if (unscale != 1)
        {
            foreach (ref double value in _diagonal.AsSpan())
                value *= unscale;
            foreach (ref double value in _offDiagonal.AsSpan())
                value *= unscale;
        }
        _triangles = new double[Blocks * BlockWidth * BlockWidth];
        FixedBlocks.Run(Blocks, threads, new TriangleOfBlock(a.AsBlock(), scales, _triangles));
    }

    /// <summary>The order n of the matrix.</summary>
    public int Order => _reflections.Rows;

    /// <summary>The diagonal of T, n entries.</summary>
    public ReadOnlySpan<double> Diagonal => _diagonal;

    /// <summary>The entries of T beside the diagonal, n - 1 of them.</summary>
    public ReadOnlySpan<double> OffDiagonal => _offDiagonal;

    private int Reflections => Math.Max(Order - 1, 0);

    private int Blocks => FixedBlocks.Count(Reflections, BlockWidth);

    /// <summary>B = Q B, or Q'B with <paramref name="transpose"/>, in place.</summary>
    /// <param name="b">A matrix of n rows.</param>
    /// <param name="transpose">Whether to apply Q'.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public void Apply(Matrix<double> b, bool transpose = false, int threads = 1)
    {
        Require.SameLength(Order, b.Rows, nameof(b));
        FixedBlocks.Run(FixedBlocks.Count(b.Columns, ColumnBlock), threads, new ColumnsOfProduct(this, transpose, b.AsBlock()));
    }

    // The lower triangle is given. Powers of two cost no digits; ordinary matrices are left as they are.
    private static double MirrorAndScale(Matrix<double> a, int threads)
    {
        double largest = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            foreach (double value in a.Row(i)[..(i + 1)])
                largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value))
                    : throw new ArgumentException(FormattableString.Invariant($"entry ({i}, ...) is {value}; must be finite"), nameof(a));
        }
        int exponent = largest == 0 ? 0 : Math.ILogB(largest);
        if (Math.Abs(exponent) > 60)
        {
            for (int i = 0; i < a.Rows; i++)
            {
                foreach (ref double value in a.Row(i)[..(i + 1)])
                    value = Math.ScaleB(value, -exponent);
            }
        }
        else
        {
            exponent = 0;
        }
        Dense.FillUpper(a, threads);
        return Math.ScaleB(1, exponent);
    }

    /// <summary>The triangle S of H_first ... H_last = I - V' S V (Schreiber and Van Loan 1989).</summary>
    private readonly struct TriangleOfBlock(Block<double> reflections, double[] scales, double[] triangles) : IBlockWork
    {
        public void Run(int block)
        {
            int first = block * BlockWidth, width = Math.Min(BlockWidth, reflections.Rows - 1 - first),
                length = reflections.Columns - first - 1;
            Block<double> v = reflections.Part(first, first + 1, width, length),
                s = new(triangles, block * BlockWidth * BlockWidth, width, width, BlockWidth);
            double[] products = ArrayPool<double>.Shared.Rent(width * width);
            DenseKernels.Current.GramLower(transpose: true, width, length, 1, v.Span, v.Stride, 0, products, width);
            for (int j = 0; j < width; j++)
            {
                double scale = scales[first + j];
                for (int i = 0; i < j; i++)
                {
                    double sum = 0;
                    for (int p = i; p < j; p++)
                        sum += s[i, p] * products[(j * width) + p];
                    s[i, j] = -scale * sum;
                }
                s[j, j] = scale;
            }
            ArrayPool<double>.Shared.Return(products);
        }
    }

    private readonly struct ColumnsOfProduct(Tridiagonalisation owner, bool transpose, Block<double> b) : IBlockWork
    {
        public void Run(int block)
        {
            int column = block * ColumnBlock, columns = Math.Min(ColumnBlock, b.Columns - column), half = BlockWidth * columns;
            double[] work = ArrayPool<double>.Shared.Rent(2 * half);
            Block<double> part = b.Part(0, column, b.Rows, columns);
            for (int step = 0; step < owner.Blocks; step++)
                Reflect(transpose ? step : owner.Blocks - 1 - step, part, work, work.AsSpan(half));
            ArrayPool<double>.Shared.Return(work);
        }

        // B -= V' (S or S') V B
        private void Reflect(int block, Block<double> part, Span<double> product, Span<double> turned)
        {
            IDenseKernels kernels = DenseKernels.Current;
            int first = block * BlockWidth, width = Math.Min(BlockWidth, owner.Reflections - first), length = owner.Order - first - 1,
                columns = part.Columns;
            Block<double> v = owner._reflections.Part(first, first + 1, width, length), target = part.Part(first + 1, 0, length, columns);
            kernels.Multiply(transposeA: false, transposeB: false, width, columns, length, 1, v.Span, v.Stride, target.Span, target.Stride,
                0, product, columns);
            kernels.Multiply(transpose, transposeB: false, width, columns, width, 1,
                owner._triangles.AsSpan(block * BlockWidth * BlockWidth), BlockWidth, product, columns, 0, turned, columns);
            kernels.Multiply(transposeA: true, transposeB: false, length, columns, width, -1, v.Span, v.Stride, turned, columns, 1,
                target.Span, target.Stride);
        }
    }
}
