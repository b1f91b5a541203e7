namespace WeakToStrong.Chains;

/// <summary>
/// One ridge regression on fresh Gaussian rows, prepared once and evaluated for every ridge. Its labels come from the truth or from earlier
/// estimators of the same population, of whom it sees only mean and spread; it returns the next estimator's. The paper's teacher
/// (Proposition 3) and student (Theorem 4, and Setting 2 by a penalty) are the first two stages of an isotropic chain. Loss:
/// <c>(1/N) sum_i w_i (y_i - x_i'b)^2 + lambda b' Omega b</c>. Derived in docs/beyond.md. Immutable and thread-safe.
/// </summary>
public sealed class TrainingStage
{
    private const int MostOnStack = 64;

    private readonly RowGroup[] _groups;
    private readonly int[] _sourceOf;
    private readonly StageSource[] _sources;
    private readonly GroupBalance _balance;
    private readonly PenaltyBasis _basis;

    /// <summary>A stage on one group of rows, plain ridge.</summary>
    /// <param name="rows">The training rows and who labels them.</param>
    public TrainingStage(RowGroup rows)
        : this([rows], Penalty.Identity)
    {
    }

    /// <summary>A stage on a mixed training set.</summary>
    /// <param name="groups">At least one group; all sources of labels belong to one population, or to views of the same rows.</param>
    /// <param name="penalty">Omega; null is the identity.</param>
    /// <param name="view">The features that learn; null for those of the first group's labels.</param>
    /// <exception cref="ArgumentException">No group, sources from unrelated populations, or a penalty of another dimension.</exception>
    public TrainingStage(IReadOnlyList<RowGroup> groups, Penalty? penalty = null, Population? view = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0)
            throw new ArgumentException("a training stage needs at least one group of rows", nameof(groups));
        _groups = [.. groups];
        Population = view ?? _groups[0].Labels.Population;
        _basis = Population.Basis(penalty ?? Penalty.Identity);
        Estimator[] asSeen = [.. _groups.Select(g => g.Labels.IsTruth ? Population.TruthOf(g.Labels) : g.Labels)],
            labels = [.. asSeen.Distinct()];
        _sourceOf = [.. asSeen.Select(seen => Array.IndexOf(labels, seen))];
        _sources = StageSource.Prepare(labels, Population, _basis);
        _balance = new GroupBalance([.. _groups.Select(g => (double)g.Rows)], [.. _groups.Select(g => g.Weight)]);
    }

    /// <summary>What is learned.</summary>
    public Population Population { get; }

    /// <summary>N, the rows of all groups.</summary>
    public long Rows => _groups.Sum(g => g.Rows);

    /// <summary>The eigenvalues that training sees: those of Sigma^(1/2) Omega^-1 Sigma^(1/2).</summary>
    internal Spectrum Spectrum => _basis.Spectrum;

    /// <inheritdoc cref="GroupBalance.WithinWeights"/>
    internal double WithinWeights(double z) => _balance.WithinWeights(z);

    /// <summary>Errors at one ridge.</summary>
    /// <param name="ridge">lambda; finite, not negative. 0 is the limit lambda to 0: least squares, or the interpolator
    /// of least penalty.</param>
    /// <param name="threads">Threads to use for very long spectra; does not change the result.</param>
    public StageErrors At(double ridge, int threads = 1) => Evaluate(Solve(ridge, threads), threads, out _);

    /// <summary>
    /// The same, with what an unpenalised intercept would cost beside it: the mean square of fresh labels that the estimate misses, over
    /// the rows. Of several groups, the variance that the rows' labels leave in a mean weighted by trust.
    /// </summary>
    internal StageErrors At(double ridge, int threads, out double interceptCost) =>
        Evaluate(Solve(ridge, threads), threads, out interceptCost);

    /// <summary>The estimator that training at one ridge gives.</summary>
    /// <param name="ridge">lambda; finite, not negative.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    /// <exception cref="InvalidOperationException">The error at this ridge is infinite (ridge 0 with as many rows as the rank).</exception>
    public Estimator Train(double ridge, int threads = 1)
    {
        Balance balance = Solve(ridge, threads);
        StageErrors errors = Evaluate(balance, threads, out double fresh);
        if (!double.IsFinite(errors.ExcessError))
            throw new InvalidOperationException(
                "the error of this stage is infinite: its ridge is 0 and it has as many rows as the covariance has rank");

        double[] kept = new double[Spectrum.Padded.Length], lost = new double[kept.Length];
        for (int j = 0; j < kept.Length; j++)
        {
            double s = Spectrum.Padded[j];
            kept[j] = s == 0 ? 0 : s / (s + balance.Kappa);
            lost[j] = s == 0 ? 1 : balance.Kappa / (s + balance.Kappa);
        }
        return new EstimatorParts(Population, _basis, _sources, SourceTrust(balance)).Trained(kept, lost, fresh, errors);
    }

    /// <summary>The ridge of least excess error.</summary>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public BestRidge Best(int threads = 1) => BestRidge.Of(this, threads);

    /// <summary>Errors at the ridge that belongs to a given kappa, with the balance z of the groups: one pass,
    /// nothing to solve for.</summary>
    internal StageErrors AtKappa(double kappa, int threads, out double z)
    {
        FilterSums sums = SpectralSums.Filter(Spectrum.Padded, kappa, threads);
        z = _balance.AtUnspent(_balance.Rows - sums.AtLeast + sums.Signed);
        return Evaluate(new Balance(kappa * _balance.Ratio(z), kappa, z), threads, out _);
    }

    private Balance Solve(double ridge, int threads)
    {
        (double kappa, double z) = _balance.Settle(Spectrum, ridge, threads);
        return new Balance(ridge, kappa, z);
    }

    /// <summary>The errors; <paramref name="fresh"/> is the variance that this stage's own rows add, before its filter.</summary>
    private StageErrors Evaluate(Balance balance, int threads, out double fresh)
    {
        Span<double> trust = _groups.Length <= MostOnStack ? stackalloc double[_groups.Length] : new double[_groups.Length];
        double unspent = _balance.Trust(balance.Z, trust);
        StageSums sums;
        Span<double> residuals = _sources.Length <= MostOnStack ? stackalloc double[_sources.Length] : new double[_sources.Length];
        if (_sources.Length == 1)
        {
            sums = SpectralSums.Stage(Spectrum.Padded, balance.Kappa, _sources[0].Mean, _sources[0].Shortfall, _sources[0].Variance,
                threads);
            residuals[0] = sums.Residual;
        }
        else
        {
            sums = MixedSums.Of(Spectrum.Padded, balance.Kappa, _sources, SourceTrust(balance), residuals);
        }
        double noise = 0, perRow = 0;
        for (int k = 0; k < _groups.Length; k++)
        {
            double share = trust[k] * trust[k] / _groups[k].Rows;
            perRow += share;
            noise += share * (_groups[k].LabelNoise + _sources[_sourceOf[k]].Unexplained + residuals[_sourceOf[k]]);
        }
        // 1 - df2 sum trust_k^2/n_k, written without the difference.
        double stability = unspent + (sums.Slope * perRow);
        fresh = noise == 0 ? 0 : noise / stability;
        return new StageErrors(balance.Ridge, balance.Kappa, sums.Df1, sums.Df2, sums.Bias, sums.Inherited + (fresh * sums.Df2))
        {
            Misfit = _sources.Length == 1 ? _sources[0].Unexplained + residuals[0] + (fresh * sums.Df2) : double.NaN,
        };
    }

    private double[] SourceTrust(Balance balance)
    {
        var byGroup = new double[_groups.Length];
        _balance.Trust(balance.Z, byGroup);
        var bySource = new double[_sources.Length];
        for (int k = 0; k < byGroup.Length; k++)
            bySource[_sourceOf[k]] += byGroup[k];
        return bySource;
    }

    private readonly record struct Balance(double Ridge, double Kappa, double Z);
}
