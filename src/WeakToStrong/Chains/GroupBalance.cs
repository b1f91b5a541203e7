namespace WeakToStrong.Chains;

/// <summary>
/// How the groups of a training set share the work. Group k has n_k rows of weight w_k; N = sum n_k. A single number z >= 0 (the
/// reciprocal of chi = tr(Sigma G)/N) settles everything: x_k = z/(z + w_k) is the share of the degrees of freedom that a row of group k
/// leaves unspent, rho = lambda/kappa = sum n_k w_k x_k / N, and group k is trusted in proportion to n_k w_k x_k. One group: x = rho/w,
/// trust 1. Derived in docs/beyond.md.
/// </summary>
internal sealed class GroupBalance
{
    // Below the largest weight by this factor a group counts only where the others are interpolated, and then its weight does not.
    private const double Lightest = 1e-290;

    // Weights in units of a power of two near the largest; z is in the same unit.
    private readonly double[] _rows, _weights;
    private readonly double _unit;

    public GroupBalance(double[] rows, double[] weights)
    {
        _unit = Math.ScaleB(1, Math.ILogB(weights.Max()));
        _rows = rows;
        _weights = [.. weights.Select(w => Math.Max(w / _unit, Lightest))];
        foreach ((double n, double w) in rows.Zip(_weights))
        {
            Rows += n;
            WeightedRows += n * w;
            RowsOverWeight += n / w;
        }
    }

    /// <summary>N.</summary>
    public double Rows { get; }

    /// <summary>The largest rho: the mean weight.</summary>
    public double MeanWeight => WeightedRows / Rows * _unit;

    public double SmallestWeight => _weights.Min() * _unit;

    private double WeightedRows { get; }

    private double RowsOverWeight { get; }

    /// <summary>kappa and z of a stage at one ridge.</summary>
    public (double Kappa, double Z) Settle(Spectrum spectrum, double ridge, int threads = 1)
    {
        double kappa = EffectiveRidge.SolveKappa(spectrum, this, Require.NonNegative(ridge), threads);
        return (kappa, kappa > 0 ? AtRatio(ridge / kappa) : AtUnspent(Rows - spectrum.Rank));
    }

    /// <summary>The z with sum n_k w_k z/(z + w_k) = N rho, for rho from 0 to <see cref="MeanWeight"/> (where z is infinite).</summary>
    public double AtRatio(double rho)
    {
        double target = Rows * (rho / _unit);
        if (target <= 0)
            return 0;
        double left = WeightedRows - target;
        return left <= 0 ? double.PositiveInfinity : Solve(WeightedRows / Rows * target / left, target, weighted: true);
    }

    /// <summary>The z with sum n_k z/(z + w_k) = <paramref name="unspent"/>, for values from 0 to N (where z is infinite).</summary>
    public double AtUnspent(double unspent)
    {
        if (unspent <= 0)
            return 0;
        double left = Rows - unspent;
        return left <= 0 ? double.PositiveInfinity : Solve(Rows / RowsOverWeight * (unspent / left), unspent, weighted: false);
    }

    /// <summary>Sum n_k x_k.</summary>
    public double Unspent(double z)
    {
        double sum = 0;
        for (int k = 0; k < _rows.Length; k++)
            sum += _rows[k] * Share(z, k);
        return sum;
    }

    /// <summary>rho = sum n_k w_k x_k / N.</summary>
    public double Ratio(double z)
    {
        double sum = 0;
        for (int k = 0; k < _rows.Length; k++)
            sum += _rows[k] * _weights[k] * Share(z, k);
        return sum / Rows * _unit;
    }

    /// <summary>A z no further from the weights than it matters to them.</summary>
    public double WithinWeights(double z) => Math.Clamp(z, 0.01 * _weights.Min(), 100 * _weights.Max());

    /// <summary>Minus the derivative of <see cref="Unspent"/> by log kappa at fixed lambda.</summary>
    public double UnspentSlope(double z)
    {
        double upper = 0, lower = 0, ratio = 0, lightest = _weights.Min();
        for (int k = 0; k < _rows.Length; k++)
        {
            // y only up to a common factor, here so that it is at most 1.
            double y = double.IsInfinity(z) ? 1 : (z + lightest) / (z + _weights[k]);
            ratio += _rows[k] * _weights[k] * Share(z, k);
            upper += _rows[k] * (_weights[k] * y) * y;
            lower += _rows[k] * (_weights[k] * y) * (_weights[k] * y);
        }
        return ratio * upper / lower;
    }

    /// <summary>The trust in each group, adding up to 1; returns the mean of x_k under it.</summary>
    public double Trust(double z, Span<double> trust)
    {
        double total = 0, unspent = 0;
        for (int k = 0; k < _rows.Length; k++)
            total += trust[k] = _rows[k] * _weights[k] * Reach(z, k);
        for (int k = 0; k < _rows.Length; k++)
        {
            trust[k] /= total;
            unspent += trust[k] * Share(z, k);
        }
        return unspent;
    }

    private double Share(double z, int k) => double.IsInfinity(z) ? 1 : z / (z + _weights[k]);

    // 1/(z + w_k) up to a common factor.
    private double Reach(double z, int k) => double.IsInfinity(z) ? 1 : 1 / (z + _weights[k]);

    // Both sums are concave and increasing in z, and the start lies at or below the root (Jensen), exactly at it for one group:
    // Newton's method climbs to the root and never passes it.
    private double Solve(double z, double target, bool weighted)
    {
        for (int iteration = 0; iteration < 1000; iteration++)
        {
            double value = 0, slope = 0;
            for (int k = 0; k < _rows.Length; k++)
            {
                double factor = weighted ? _weights[k] : 1, y = 1 / (z + _weights[k]);
                value += factor * _rows[k] * (z * y);
                slope += factor * _rows[k] * (_weights[k] * y) * y;
            }
            double step = (target - value) / slope;
            if (!(step > 4e-16 * z))
                return z;
            z += step;
        }
        throw new InvalidOperationException(FormattableString.Invariant($"the balance of the groups did not converge for target {target}"));
    }
}
