namespace WeakToStrong.Chains;

/// <summary>
/// The penalty of least excess error among all that are diagonal in the eigenbasis of the covariance: the most that ridge regression can
/// give to one who knows the target and its labels' source. With such penalties and ridges every filter 0 &lt;= h_j &lt;= 1 with sum h at
/// most n is possible (omega_j = s_j (1/h_j - 1), lambda = 1 - sum h/n), and the best one solves two equations. A penalty that does not
/// commute with the covariance can give more. Derived in docs/views.md.
/// </summary>
public sealed class BestPenalty
{
    private const int MostIterations = 20_000;

    private readonly EstimatorParts _parts;
    private readonly double[] _kept, _lost;
    private readonly double _fresh;

    private BestPenalty(EstimatorParts parts, double[] kept, double fresh, StageErrors errors)
    {
        _parts = parts;
        _kept = kept;
        _lost = [.. kept.Select(h => 1 - h)];
        _fresh = fresh;
        Errors = errors;
    }

    /// <summary>The errors: <see cref="StageErrors.Ridge"/> is lambda in the scale of <see cref="Weights"/>, in which kappa is 1.</summary>
    public StageErrors Errors { get; }

    /// <summary>The filter h_j, in the eigen-directions.</summary>
    public IReadOnlyList<double> Filter => _kept;

    /// <summary>omega_j, in the eigen-directions: 0 where a direction is not penalised, infinite where it is left out.</summary>
    public double[] Weights(Spectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        var weights = new double[spectrum.Dimension];
        for (int j = 0; j < weights.Length; j++)
            weights[j] = _kept[j] == 0 ? double.PositiveInfinity : spectrum.Values[j] * ((1 / _kept[j]) - 1);
        return weights;
    }

    /// <summary>The estimator.</summary>
    public Estimator Train() => _parts.Trained(_kept, _lost, _fresh, Errors);

    /// <summary>Finds the best penalty of a stage on one group of rows.</summary>
    /// <param name="rows">The training rows and who labels them; their weight has no effect.</param>
    /// <param name="view">The features that learn; null for those of the labels.</param>
    public static BestPenalty Of(RowGroup rows, Population? view = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Population population = view ?? rows.Labels.Population;
        PenaltyBasis basis = population.Basis(Penalty.Identity);
        StageSource source = StageSource.Prepare([rows.Labels.IsTruth ? population.TruthOf(rows.Labels) : rows.Labels], population,
            basis)[0];
        var search = new Search(population, source, rows.Rows, rows.LabelNoise + source.Unexplained);
        search.Run();
        return new BestPenalty(new EstimatorParts(population, basis, [source], [1]), search.Kept, search.Fresh, search.Errors());
    }

    /// <summary>
    /// The stationary filter given c1 = S/(1 - S) and c2 = N/(n (1 - S)^2), S = sum h^2/n and N = noise + sum (1 - h)^2 (m^2 + v), and the
    /// damped fixed point of the two.
    /// </summary>
    private sealed class Search(Population population, StageSource source, double n, double noise)
    {
        private readonly double[] _s = population.Spectrum.Padded, _theta = population.Truth.Mean;
        private double _unfitted, _share;

        public double[] Kept { get; } = new double[population.Spectrum.Padded.Length];

        public double Fresh => _unfitted == 0 ? 0 : _unfitted / (n * (1 - _share));

        public void Run()
        {
            double c1 = 0, c2 = Start(), step = 1, before = double.PositiveInfinity;
            for (int i = 0; i < MostIterations; i++)
            {
                Filter(c1, c2);
                Measure();
                double next1 = _share / (1 - _share), next2 = _unfitted / (n * (1 - _share) * (1 - _share));
                double moved = Math.Abs(next1 - c1) / (1 + next1) + (next2 == c2 ? 0 : Math.Abs(next2 - c2) / Math.Max(next2, c2));
                if (moved < 1e-14)
                    return;
                // What moves further than before swings about the solution.
                step = moved > before ? Math.Max(0.5 * step, 1e-3) : Math.Min(1, 1.05 * step);
                before = moved;
                c1 += step * (next1 - c1);
                c2 += step * (next2 - c2);
            }
            if (!(before < 1e-9))
                throw new InvalidOperationException(FormattableString.Invariant($"the best penalty did not settle for {n} rows"));
        }

        public StageErrors Errors()
        {
            double df1 = 0, df2 = 0, bias = 0, variance = 0, misfit = source.Unexplained;
            for (int j = 0; j < Kept.Length; j++)
            {
                double h = Kept[j], left = source.Shortfall[j] + ((1 - h) * source.Mean[j]);
                df1 += h;
                df2 += h * h;
                bias += left * left;
                variance += h * h * (source.Variance[j] + Fresh);
                misfit += ((1 - h) * (1 - h) * Power(j)) + (h * h * Fresh);
            }
            return new StageErrors(Math.Max(0, 1 - (df1 / n)), 1, df1, df2, bias, variance) { Misfit = misfit };
        }

        private double Start()
        {
            double all = noise;
            for (int j = 0; j < _s.Length; j++)
                all += (source.Mean[j] * source.Mean[j]) + source.Variance[j];
            return all / n;
        }

        /// <summary>The filter at (c1, c2), with a multiplier taken off all numerators when more than n degrees of freedom
        /// are asked for.</summary>
        private void Filter(double c1, double c2)
        {
            double sum = Fill(c1, c2, 0);
            if (sum <= n)
                return;
            double low = 0, high = 0;
            for (int j = 0; j < _s.Length; j++)
                high = Math.Max(high, Numerator(j, c1));
            for (int i = 0; i < 200 && high - low > 1e-15 * high; i++)
            {
                double middle = 0.5 * (low + high);
                if (Fill(c1, c2, middle) > n)
                    low = middle;
                else
                    high = middle;
            }
            Fill(c1, c2, high);
        }

        private double Fill(double c1, double c2, double multiplier)
        {
            double sum = 0;
            for (int j = 0; j < _s.Length; j++)
            {
                double power = Power(j), numerator = Numerator(j, c1) - multiplier, denominator = (power * (1 + c1)) + c2;
                Kept[j] = _s[j] == 0 || numerator <= 0 ? 0 : numerator >= denominator ? 1 : numerator / denominator;
                sum += Kept[j];
            }
            return sum;
        }

        private void Measure()
        {
            double squares = 0, unfitted = noise;
            for (int j = 0; j < _s.Length; j++)
            {
                squares += Kept[j] * Kept[j];
                unfitted += (1 - Kept[j]) * (1 - Kept[j]) * Power(j);
            }
            // As many full directions as rows: the variance is infinite, and the next step moves away from there.
            _share = Math.Min(squares / n, 1 - 1e-9);
            _unfitted = unfitted;
        }

        private double Power(int j) => (source.Mean[j] * source.Mean[j]) + source.Variance[j];

        private double Numerator(int j, double c1) => (source.Mean[j] * _theta[j]) + (c1 * Power(j));
    }
}
