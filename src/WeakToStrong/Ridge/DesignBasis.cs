using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Directions from the design itself, as accurate as the columns allow once each is divided by its own deviation: column scales of any
/// range and nearly dependent columns cost nothing that the data know. With D the deviations, X'/sqrt(n) = D B U', where U has orthonormal
/// columns and B is well behaved; the singular vectors of D B follow from <see cref="GradedVectors"/>. Directions in which the scaled
/// design has nothing but rounding are left out. Derived in docs/real-data.md.
/// </summary>
internal sealed class DesignBasis : RidgeBasis
{
    private const double UnitRounding = 2.220446049250313e-16;

    private readonly int _samples;
    private readonly Action<int, Action<int, Matrix<double>>> _chunks;

    // Rows: unit vectors in the space of features, their lengths in units of the largest deviation, and that unit.
    private readonly Matrix<double> _directions;
    private readonly double[] _lengths;
    private readonly double _unit;

    private DesignBasis(FeatureRows rows, Centring centring, bool intercept, Matrix<double> factor, Matrix<double> followers, int threads,
        Func<Matrix<double>, Action<int, Action<int, Matrix<double>>>> chunks)
    {
        _samples = rows.Count;
        _unit = centring.Largest;
        _directions = factor;
        for (int k = 0; k < factor.Rows; k++)
        {
            for (int j = 0; j < factor.Columns; j++)
                factor[k, j] *= centring.Deviations[j] / _unit;
        }
        _lengths = GradedVectors.Orthogonalise(factor, followers, threads);
        for (int k = 0; k < factor.Rows; k++)
        {
            if (_lengths[k] > 0)
                TensorPrimitives.Divide(factor.Row(k), _lengths[k], factor.Row(k));
        }
        _chunks = chunks(followers);
        int most = rows.Count - (intercept ? 1 : 0);
        IsComplete = factor.Rows == most;
        Missing = Math.Min(most, centring.Deviations.Count(deviation => deviation > 0)) - factor.Rows;
    }

    public override int Count => _lengths.Length;

    public override bool IsOrthonormal => true;

    public override bool IsComplete { get; }

    /// <summary>By how many directions the scaled design falls short of its full rank, to rounding.</summary>
    public int Missing { get; }

    /// <summary>The shortest length that was kept or could have been, in units of an eigenvalue: below it a ridge does not hide
    /// what was left out.</summary>
    public double Blur => Math.Pow(Tolerance(_directions.Columns) * _unit, 2);

    /// <summary>Factorises a design.</summary>
    public static DesignBasis Of(FeatureRows rows, Centring centring, bool intercept, int threads)
    {
        double[] inverse = [.. centring.Deviations.Select(deviation => deviation > 1e-300 ? 1 / deviation : 0)];
        return GramBasis.IsPrimal(rows) ? OfColumns(rows, centring, intercept, inverse, threads)
            : OfRows(rows, centring, intercept, inverse, threads);
    }

    public override double[] Spectrum() => [.. _lengths.Select(length => length * _unit * (length * _unit))];

    public override Matrix<double> Project(CentredTargets targets, int threads)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var projected = new Matrix<double>(Count, targets.Columns);
        _chunks(threads, (first, chunk) =>
        {
            Matrix<double> part = targets.Block(first, chunk.Rows, threads);
            Dense.Multiply(chunk, part, projected, transposeA: true, beta: 1, threads: threads);
        });
        return projected;
    }

    public override Matrix<double> Coefficients(Matrix<double> weighted, int threads)
    {
        var coefficients = new Matrix<double>(_directions.Columns, weighted.Columns);
        Dense.Multiply(_directions, weighted, coefficients, transposeA: true, threads: threads);
        return coefficients;
    }

    public override double CoefficientWeight(int j, double lambda) =>
        _lengths[j] == 0 ? 0 : 1 / ((_unit * _lengths[j]) + (lambda / _unit / _lengths[j])) / Math.Sqrt(_samples);

    public override double FittedWeight(int j, double lambda) => _lengths[j] == 0 ? 0 : 1 / (1 + RelativeRidge(j, lambda));

    public override double LeverageWeight(int j, double lambda) => FittedWeight(j, lambda);

    public override double Share(int j, double lambda)
    {
        double penalty = RelativeRidge(Count - 1, lambda), ratio = _lengths[j] / _lengths[^1];
        return double.IsPositiveInfinity(penalty) ? 1 : (1 + penalty) / ((ratio * ratio) + penalty);
    }

    public override double RestScale(double lambda)
    {
        double penalty = RelativeRidge(Count - 1, lambda);
        return double.IsPositiveInfinity(penalty) ? 1 : penalty / (1 + penalty);
    }

    public override void ForEachChunk(int threads, Action<int, Matrix<double>> use) => _chunks(threads, use);

    // lambda/s_j without squares that leave the range of doubles.
    private double RelativeRidge(int j, double lambda) =>
        lambda == 0 || Count == 0 ? 0 : lambda / _unit / _lengths[j] / _unit / _lengths[j];

    private static double Tolerance(int columns) => 16 * UnitRounding * Math.Sqrt(columns);

    /// <summary>More rows than columns: the columns are made orthonormal by repeated second moments, each in units of the directions that
    /// the one before found.</summary>
    private static DesignBasis OfColumns(FeatureRows rows, Centring centring, bool intercept, double[] inverse, int threads)
    {
        ColumnFactor factor = ColumnFactor.Of(rows, centring, inverse, Tolerance(rows.Columns), threads);
        int rank = factor.Factor.Rows;
        return new DesignBasis(rows, centring, intercept, factor.Factor, Identity(rank), threads, rotation => (t, use) =>
            factor.ForEachChunk(rotation, t, use));
    }

    /// <summary>Hardly more rows than columns, or fewer: the rows are rotated among each other.</summary>
    private static DesignBasis OfRows(FeatureRows rows, Centring centring, bool intercept, double[] inverse, int threads)
    {
        MemoryNeed.Check($"factorising {rows.Count} rows of {rows.Columns} features", rows.Count, (2L * rows.Columns) + (4L * rows.Count),
            1);
        var scaled = new Matrix<double>(rows.Count, rows.Columns);
        rows.ForEachChunk(centring, inverse, threads, (first, chunk) =>
            TensorPrimitives.Divide(chunk.Data, Math.Sqrt(rows.Count), scaled.RowBlock(first, chunk.Rows)));
        if (intercept)
            scaled = ConstantFree.Reduce(scaled);
        Matrix<double> turns = Identity(scaled.Rows);
        double[] lengths = GradedVectors.Orthogonalise(scaled, turns, threads);
        int rank = lengths.TakeWhile(length => length > Tolerance(rows.Columns)).Count();
        return new DesignBasis(rows, centring, intercept, scaled.FirstRows(rank).Copy(), turns.FirstRows(rank).Copy(), threads, Columns);

        Action<int, Action<int, Matrix<double>>> Columns(Matrix<double> turns)
        {
            var basis = new Matrix<double>(turns.Columns, turns.Rows);
            for (int k = 0; k < turns.Rows; k++)
            {
                for (int i = 0; i < turns.Columns; i++)
                    basis[i, k] = turns[k, i];
            }
            if (intercept)
                basis = ConstantFree.Expand(basis);
            return (_, use) => use(0, basis.Copy());
        }
    }

    private static Matrix<double> Identity(int order)
    {
        var identity = new Matrix<double>(order, order);
        for (int k = 0; k < order; k++)
            identity[k, k] = 1;
        return identity;
    }
}
