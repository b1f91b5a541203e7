using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

/// <summary>Ridge regression: (1/n) sum w ||y - b0 - B'x||^2 + lambda ||B||^2, classes by one-hot targets. The best ridge is that
/// of exact leave-one-out.</summary>
public sealed class RidgeHead : IHead
{
    /// <summary>The head; it has no state.</summary>
    public static RidgeHead Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "ridge";

    /// <inheritdoc/>
    public bool TakesNumbers => true;

    /// <inheritdoc/>
    public IHeadDesign Prepare(FeatureRows rows, double[]? weights = null, int threads = 1) =>
        weights is null ? new Design(RidgeFactorisation.Of(rows, threads)) : new WeightedRidge(rows, weights, threads);

    /// <inheritdoc/>
    public IMixtureDesign Mix(IHeadDesign many, FeatureRows few, Grid lambdas, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(many);
        ArgumentNullException.ThrowIfNull(few);
        ArgumentNullException.ThrowIfNull(lambdas);
        RidgeMixture? quick = many is Design design ? RidgeMixture.TryMake(design.Factorisation, few, lambdas[0], threads) : null;
        return quick ?? (IMixtureDesign)new StackedMixture(this, many.Rows, few);
    }

    /// <summary>Fits as this head's.</summary>
    internal static IHeadPath Of(RidgePath path) => new Path(path);

    /// <summary>Rows that were factorised before.</summary>
    internal static IHeadDesign Of(RidgeFactorisation factorisation) => new Design(factorisation);

    private sealed class Design(RidgeFactorisation factorisation) : IHeadDesign
    {
        public RidgeFactorisation Factorisation => factorisation;

        public FeatureRows Rows => factorisation.Rows;

        public IHeadPath Fit(Matrix<double> targets, int threads = 1) => new Path(factorisation.Fit(targets, threads));

        public string? Remark(double lambda, string what) => factorisation.Remark(lambda, what);
    }

    private sealed class Path(RidgePath path) : IHeadPath
    {
        public RidgeModels At(Grid lambdas, int threads = 1) => path.At(lambdas, threads);

        public int Best(Grid lambdas, int threads = 1) => path.BestByLeaveOneOut(lambdas, threads);

        public int BestForClasses(Grid lambdas, int threads = 1) => path.BestForClasses(lambdas, threads);
    }
}
