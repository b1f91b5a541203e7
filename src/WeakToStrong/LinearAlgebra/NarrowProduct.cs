using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// Products of many rows with a few vectors, B' and C stored with one row a vector. A general product would pack the rows, which for so few
/// vectors costs as much as the product itself; here they are read once as they are. Rows have a multiple of <see cref="ColumnMultiple"/>
/// entries, vectors come in multiples of <see cref="VectorMultiple"/> (fill both up with zeros), or there is one.
/// </summary>
internal static unsafe class NarrowProduct
{
    /// <summary>Number of columns is a multiple of this.</summary>
    public const int ColumnMultiple = 8;

    /// <summary>Number of vectors is a multiple of this, or 1.</summary>
    public const int VectorMultiple = 4;

    /// <summary>The number of vectors to make room for.</summary>
    public static int Padded(int vectors) => vectors == 1 ? 1 : (vectors + VectorMultiple - 1) / VectorMultiple * VectorMultiple;

    /// <summary>C = A B': for each of the rows its products with each vector.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Entries of a row.</param>
    /// <param name="vectors">Number of vectors.</param>
    /// <param name="a">The rows, one after another.</param>
    /// <param name="b">The vectors, one after another.</param>
    /// <param name="c">The products, rows x vectors.</param>
    [SkipLocalsInit]
    public static void Along(int rows, int columns, int vectors, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c)
    {
        Check(rows, columns, vectors, a, b, c);
        if (vectors == 1)
        {
            for (int i = 0; i < rows; i++)
                c[i] = TensorPrimitives.Dot(a.Slice(i * columns, columns), b[..columns]);
            return;
        }
        fixed (double* pa = a, pb = b, pc = c)
        {
            int row = 0;
            for (; row + 3 <= rows; row += 3)
            {
                for (int v = 0; v < vectors; v += VectorMultiple)
                    ThreeRows(columns, vectors, pa + ((nint)row * columns), pb + ((nint)v * columns), pc + ((nint)row * vectors) + v);
            }
            for (; row < rows; row++)
            {
                for (int v = 0; v < vectors; v++)
                    pc[((nint)row * vectors) + v] = TensorPrimitives.Dot(a.Slice(row * columns, columns), b.Slice(v * columns, columns));
            }
        }
    }

    /// <summary>C += R'A: for each vector the sum of the rows, each times its entry of the vector.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Entries of a row.</param>
    /// <param name="vectors">Number of vectors.</param>
    /// <param name="a">The rows, one after another.</param>
    /// <param name="r">Their factors, rows x vectors.</param>
    /// <param name="c">The sums, one vector after another.</param>
    public static void Across(int rows, int columns, int vectors, ReadOnlySpan<double> a, ReadOnlySpan<double> r, Span<double> c)
    {
        Check(rows, columns, vectors, a, c, r);
        if (vectors == 1)
        {
            Span<double> sum = c[..columns];
            for (int i = 0; i < rows; i++)
                TensorPrimitives.MultiplyAdd(a.Slice(i * columns, columns), r[i], sum, sum);
            return;
        }
        fixed (double* pa = a, pr = r, pc = c)
        {
            for (int column = 0; column < columns; column += ColumnMultiple)
            {
                for (int v = 0; v < vectors; v += VectorMultiple)
                    EightColumns(rows, columns, vectors, pa + column, pr + v, pc + ((nint)v * columns) + column);
            }
        }
    }

    // The vectors lie one after another, what belongs to a row side by side.
    private static void Check(
        int rows, int columns, int vectors, ReadOnlySpan<double> a, ReadOnlySpan<double> along, ReadOnlySpan<double> across)
    {
        if (vectors != 1 && (vectors % VectorMultiple != 0 || columns % ColumnMultiple != 0))
        {
            throw new ArgumentException(
                $"{vectors} vectors of {columns} entries; must be multiples of {VectorMultiple} and of {ColumnMultiple}");
        }
        KernelShapes.Holds(a, rows, columns, columns, nameof(a));
        KernelShapes.Holds(along, vectors, columns, columns, nameof(along));
        KernelShapes.Holds(across, rows, vectors, vectors, nameof(across));
    }

    /// <summary>3 rows by 4 vectors: 12 sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ThreeRows(int columns, int vectors, double* a, double* b, double* c)
    {
        Vector256<double> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector256<double> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector256<double> c20 = default, c21 = default, c22 = default, c23 = default;
        double* a1 = a + columns, a2 = a1 + columns, b1 = b + columns, b2 = b1 + columns, b3 = b2 + columns;
        for (nint j = 0; j < columns; j += 4)
        {
            Vector256<double> x0 = Vector256.Load(a + j), x1 = Vector256.Load(a1 + j), x2 = Vector256.Load(a2 + j),
                y = Vector256.Load(b + j);
            c00 = Vector256.MultiplyAddEstimate(x0, y, c00);
            c10 = Vector256.MultiplyAddEstimate(x1, y, c10);
            c20 = Vector256.MultiplyAddEstimate(x2, y, c20);
            y = Vector256.Load(b1 + j);
            c01 = Vector256.MultiplyAddEstimate(x0, y, c01);
            c11 = Vector256.MultiplyAddEstimate(x1, y, c11);
            c21 = Vector256.MultiplyAddEstimate(x2, y, c21);
            y = Vector256.Load(b2 + j);
            c02 = Vector256.MultiplyAddEstimate(x0, y, c02);
            c12 = Vector256.MultiplyAddEstimate(x1, y, c12);
            c22 = Vector256.MultiplyAddEstimate(x2, y, c22);
            y = Vector256.Load(b3 + j);
            c03 = Vector256.MultiplyAddEstimate(x0, y, c03);
            c13 = Vector256.MultiplyAddEstimate(x1, y, c13);
            c23 = Vector256.MultiplyAddEstimate(x2, y, c23);
        }
        Vector256.Create(Vector256.Sum(c00), Vector256.Sum(c01), Vector256.Sum(c02), Vector256.Sum(c03)).Store(c);
        Vector256.Create(Vector256.Sum(c10), Vector256.Sum(c11), Vector256.Sum(c12), Vector256.Sum(c13)).Store(c + vectors);
        Vector256.Create(Vector256.Sum(c20), Vector256.Sum(c21), Vector256.Sum(c22), Vector256.Sum(c23)).Store(c + (2 * (nint)vectors));
    }

    /// <summary>8 columns by 4 vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightColumns(int rows, int columns, int vectors, double* a, double* r, double* c)
    {
        Vector256<double> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default,
            c31 = default;
        for (double* end = r + ((nint)rows * vectors); r < end; r += vectors, a += columns)
        {
            Vector256<double> x0 = Vector256.Load(a), x1 = Vector256.Load(a + 4), y = Vector256.Create(r[0]);
            c00 = Vector256.MultiplyAddEstimate(x0, y, c00);
            c01 = Vector256.MultiplyAddEstimate(x1, y, c01);
            y = Vector256.Create(r[1]);
            c10 = Vector256.MultiplyAddEstimate(x0, y, c10);
            c11 = Vector256.MultiplyAddEstimate(x1, y, c11);
            y = Vector256.Create(r[2]);
            c20 = Vector256.MultiplyAddEstimate(x0, y, c20);
            c21 = Vector256.MultiplyAddEstimate(x1, y, c21);
            y = Vector256.Create(r[3]);
            c30 = Vector256.MultiplyAddEstimate(x0, y, c30);
            c31 = Vector256.MultiplyAddEstimate(x1, y, c31);
        }
        AddTo(c, c00, c01);
        AddTo(c + columns, c10, c11);
        AddTo(c + (2 * (nint)columns), c20, c21);
        AddTo(c + (3 * (nint)columns), c30, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(double* c, Vector256<double> x, Vector256<double> y)
    {
        (Vector256.Load(c) + x).Store(c);
        (Vector256.Load(c + 4) + y).Store(c + 4);
    }
}
