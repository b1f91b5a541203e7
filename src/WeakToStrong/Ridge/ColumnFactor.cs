using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Z = sqrt(n) U B' for a tall design Z whose columns have unit deviation: U has orthonormal columns, held as what has to be done to the
/// rows of Z. One second moment loses what lies below the root of rounding, so it only says in which directions, and in which units, to
/// look again: the second moment of the design in those directions and units is right for the next eight digits (the idea of Cholesky QR2,
/// Yamamoto et al. 2015). Works in passes over the rows.
/// </summary>
internal sealed class ColumnFactor
{
    // A second moment of this condition is inverted to 1e-10.
    private const double WellConditioned = 1e-6;
    private const int MostPasses = 6;

    private readonly FeatureRows _rows;
    private readonly Centring _centring;
    private readonly double[] _inverse;
    private readonly List<Matrix<double>> _steps = [];
    private readonly int _threads;
    private readonly double _tolerance;

    private ColumnFactor(FeatureRows rows, Centring centring, double[] inverse, double tolerance, int threads)
    {
        (_rows, _centring, _inverse, _tolerance, _threads) = (rows, centring, inverse, tolerance, threads);
        Factor = new Matrix<double>(rows.Columns, rows.Columns);
        for (int j = 0; j < rows.Columns; j++)
            Factor[j, j] = 1;
    }

    /// <summary>B', one row a direction.</summary>
    public Matrix<double> Factor { get; private set; }

    public static ColumnFactor Of(FeatureRows rows, Centring centring, double[] inverse, double tolerance, int threads)
    {
        MemoryNeed.Check($"factorising {rows.Columns} features", rows.Columns, rows.Columns, 8);
        var factor = new ColumnFactor(rows, centring, inverse, tolerance, threads);
        for (int pass = 1; !factor.Refine(isLast: pass == MostPasses); pass++)
        {
        }
        return factor;
    }

    /// <summary>Calls <paramref name="use"/> with chunks of U times the transpose of a rotation.</summary>
    public void ForEachChunk(Matrix<double> rotation, int threads, Action<int, Matrix<double>> use)
    {
        Matrix<double> last = _steps[^1], turned = new(last.Rows, rotation.Rows);
        Dense.Multiply(last, rotation, turned, transposeB: true, alpha: 1 / Math.Sqrt(_rows.Count), threads: threads);
        ForEach([.. _steps.SkipLast(1), turned], threads, use);
    }

    /// <summary>One more second moment; true when it was well conditioned, and the columns are now orthonormal.</summary>
    private bool Refine(bool isLast)
    {
        var moment = new Matrix<double>(Factor.Rows, Factor.Rows);
        ForEach([.. _steps], _threads, (_, chunk) => Dense.AddGram(chunk, moment, 1.0 / _rows.Count, _threads));
        double[] norms = [.. Enumerable.Range(0, moment.Rows).Select(k => Math.Sqrt(moment[k, k]))];
        // What is left of some directions is the rounding of others.
        int[] kept = [.. Enumerable.Range(0, norms.Length).Where(k =>
            norms[k] * TensorPrimitives.Norm<double>(Factor.Row(k)) > _tolerance)];
        int count = kept.Length;
        Matrix<double> vectors = new(count, count), step = new(norms.Length, count), back = new(count, norms.Length),
            factor = new(count, Factor.Columns);
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b <= a; b++)
                vectors[a, b] = moment[kept[a], kept[b]] / norms[kept[a]] / norms[kept[b]];
        }
        double[] values = Dense.SymmetricEigen(vectors, _threads);
        for (int k = 0; k < count; k++)
        {
            // The units of the next pass: what the eigenvalue says, as far as rounding lets it say anything.
            double unit = Math.Sqrt(Math.Max(values[k], 1e-16 * count * values[^1]));
            for (int a = 0; a < count; a++)
            {
                step[kept[a], k] = vectors[a, k] / norms[kept[a]] / unit;
                back[k, kept[a]] = vectors[a, k] * norms[kept[a]] * unit;
            }
        }
        Dense.Multiply(back, Factor, factor, threads: _threads);
        Factor = factor;
        _steps.Add(step);
        return isLast || count == 0 || values[0] >= WellConditioned * values[^1];
    }

    private void ForEach(Matrix<double>[] steps, int threads, Action<int, Matrix<double>> use)
    {
        Scratch[] scratch = [.. steps.Select(_ => new Scratch())];
        _rows.ForEachChunk(_centring, _inverse, threads, (first, chunk) =>
        {
            Matrix<double> current = chunk;
            for (int k = 0; k < steps.Length; k++)
            {
                Matrix<double> next = scratch[k].Shaped(chunk.Rows, steps[k].Columns);
                Dense.Multiply(current, steps[k], next, threads: threads);
                current = next;
            }
            use(first, current);
        });
    }
}
