using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Directions from one eigen-decomposition of the smaller second moment of the centred design:
/// <code>
///     primal (p &lt;= n - 2)   X'X/n = V diag(s) V'     N = V       c = V'X'Y/n     Z = XV
///     dual                  XX'/n = U diag(s) U'     N = X'U/n   c = U'Y         Z = U
/// </code>
/// With an intercept U leaves out the constant, whose eigenvalue is 0. Squaring costs digits: an eigenvalue is known to rounding of the
/// largest one. <see cref="Serves"/> says for which ridges that does no harm.
/// </summary>
internal sealed class GramBasis : RidgeBasis
{
    // Rounding of the second moment over this leaves errors below 1e-7.
    private const double Safe = 3e-9;

    private readonly FeatureRows _rows;
    private readonly Centring _centring;
    private readonly bool _primal;
    private readonly double[] _spectrum;
    private readonly Matrix<double> _vectors;

    public GramBasis(FeatureRows rows, Centring centring, bool intercept, int threads)
    {
        _rows = rows;
        _centring = centring;
        _primal = IsPrimal(rows);
        _vectors = _primal ? PrimalMoment(threads) : DualMoment(intercept, threads);
        _spectrum = Dense.SymmetricEigen(_vectors, threads);
        if (!_primal && intercept)
            _vectors = ConstantFree.Expand(_vectors);
    }

    public override int Count => _spectrum.Length;

    public override bool IsOrthonormal => !_primal;

    public override bool IsComplete => !_primal;

    /// <summary>Whether the p x p moment is the smaller one.</summary>
    public static bool IsPrimal(FeatureRows rows) => rows.Columns <= rows.Count - 2;

    /// <summary>Whether every eigenvalue plus this ridge is large against the rounding of the largest eigenvalue.</summary>
    public bool Serves(double lambda) => _spectrum[^1] > 0 && Smallest + lambda >= Safe * _spectrum[^1];

    private double Smallest => Math.Max(0, _spectrum[0]);

    public override double[] Spectrum() => [.. _spectrum.Select(s => Math.Max(0, s))];

    public override Matrix<double> Project(CentredTargets targets, int threads)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Rotate(_primal ? CrossMoment(targets, threads) : targets.Block(0, targets.Rows, threads), threads);
    }

    /// <summary>c from X'Y/n that is known already; for <see cref="IsPrimal"/> rows.</summary>
    public Matrix<double> Rotate(Matrix<double> moment, int threads)
    {
        var projected = new Matrix<double>(Count, moment.Columns);
        Dense.Multiply(_vectors, moment, projected, transposeA: true, threads: threads);
        return projected;
    }

    /// <summary>One column an eigenvector of X'X/n, for <see cref="IsPrimal"/> rows.</summary>
    public Matrix<double> Vectors => _vectors;

    public override Matrix<double> Coefficients(Matrix<double> weighted, int threads)
    {
        var rotated = new Matrix<double>(_vectors.Rows, weighted.Columns);
        Dense.Multiply(_vectors, weighted, rotated, threads: threads);
        if (_primal)
            return rotated;
        var coefficients = new Matrix<double>(_rows.Columns, weighted.Columns);
        _rows.ForEachChunk(_centring, null, threads, (first, chunk) =>
        {
            var part = new Matrix<double>(chunk.Rows, weighted.Columns, rotated.RowBlock(first, chunk.Rows).ToArray());
            Dense.Multiply(chunk, part, coefficients, transposeA: true, alpha: 1.0 / _rows.Count, beta: 1, threads: threads);
        });
        return coefficients;
    }

    public override double CoefficientWeight(int j, double lambda) => 1 / (Math.Max(0, _spectrum[j]) + lambda);

    public override double FittedWeight(int j, double lambda) => (_primal ? 1 : Math.Max(0, _spectrum[j])) * CoefficientWeight(j, lambda);

    public override double LeverageWeight(int j, double lambda) =>
        (_primal ? 1.0 / _rows.Count : Math.Max(0, _spectrum[j])) * CoefficientWeight(j, lambda);

    public override double Share(int j, double lambda) => double.IsPositiveInfinity(lambda) ? 1 : (Smallest + lambda) / (
        Math.Max(0, _spectrum[j]) + lambda);

    public override double RestScale(double lambda) => double.IsPositiveInfinity(lambda) ? 1 : lambda / (Smallest + lambda);

    public override void ForEachChunk(int threads, Action<int, Matrix<double>> use)
    {
        if (!_primal)
        {
            use(0, _vectors.Copy());
            return;
        }
        var scratch = new Scratch();
        _rows.ForEachChunk(_centring, null, threads, (first, chunk) =>
        {
            Matrix<double> rotated = scratch.Shaped(chunk.Rows, Count);
            Dense.Multiply(chunk, _vectors, rotated, threads: threads);
            use(first, rotated);
        });
    }

    private Matrix<double> PrimalMoment(int threads)
    {
        MemoryNeed.Check($"factorising {_rows.Columns} features", _rows.Columns, _rows.Columns, 4);
        var moment = new Matrix<double>(_rows.Columns, _rows.Columns);
        _rows.ForEachChunk(_centring, null, threads, (_, chunk) => Dense.AddGram(chunk, moment, 1.0 / _rows.Count, threads));
        return moment;
    }

    private Matrix<double> DualMoment(bool intercept, int threads)
    {
        MemoryNeed.Check($"factorising {_rows.Count} rows of {_rows.Columns} features", _rows.Count, _rows.Columns + (4L * _rows.Count), 1);
        var centred = new Matrix<double>(_rows.Count, _rows.Columns);
        _rows.ForEachChunk(_centring, null, threads, (first, chunk) => chunk.Data.CopyTo(centred.RowBlock(first, chunk.Rows)));
        if (intercept)
            centred = ConstantFree.Reduce(centred);
        var moment = new Matrix<double>(centred.Rows, centred.Rows);
        Dense.RankUpdate(transpose: true, 1.0 / _rows.Count, centred.AsBlock(), 0, moment.AsBlock(), threads);
        return moment;
    }

    private Matrix<double> CrossMoment(CentredTargets targets, int threads)
    {
        var cross = new Matrix<double>(_rows.Columns, targets.Columns);
        _rows.ForEachChunk(_centring, null, threads, (first, chunk) =>
        {
            Matrix<double> part = targets.Block(first, chunk.Rows, threads);
            Dense.Multiply(chunk, part, cross, transposeA: true, alpha: 1.0 / _rows.Count, beta: 1, threads: threads);
        });
        return cross;
    }
}
