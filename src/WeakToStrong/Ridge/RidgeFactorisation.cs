using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

// Ridge with an unpenalised intercept minimises
//
//     (1/n) sum_i ||y_i - b0 - B'x_i||^2 + lambda ||B||_F^2 .
//
// With X and Y centred over the n training rows the intercept drops out, and one decomposition of the design serves every lambda. Two are
// at hand: that of the second moment, fast and good enough while lambda is large against the rounding of the largest eigenvalue, and that
// of the scaled design itself, made only when a smaller lambda asks for it.

/// <summary>
/// The design of a ridge regression, prepared once: training rows centred and factorised, so that any targets and any number of ridges
/// cost little more than matrix products. Targets are fitted with <see cref="Fit"/>. Right to 1e-6 for columns of any scale and any
/// ridge, 0 included (docs/real-data.md).
/// </summary>
/// <remarks>
/// The objective is (1/n) sum of squares + lambda ||b||^2 with an unpenalised intercept: scikit-learn's <c>Ridge(alpha)</c> has
/// alpha = n lambda; glmnet's (1/(2n)) sum of squares + (l/2)||b||^2 has l = lambda when features and response are not standardised by it.
/// Immutable; safe for many threads.
/// </remarks>
public sealed class RidgeFactorisation
{
    // Beyond these deviations squares could leave the range of doubles.
    private const double Small = 1e-70, Large = 1e70;

    private readonly Lazy<GramBasis?> _gram;
    private readonly Lazy<DesignBasis> _design;

    private RidgeFactorisation(FeatureRows rows, Centring centring, bool intercept, int threads)
    {
        Rows = rows;
        Centring = centring;
        HasIntercept = intercept;
        _gram = new(() => centring.Largest is > Small and < Large ? new GramBasis(rows, centring, intercept, threads) : null);
        _design = new(() => DesignBasis.Of(rows, centring, intercept, threads));
    }

    /// <summary>The training rows.</summary>
    public FeatureRows Rows { get; }

    /// <summary>Whether an unpenalised intercept is fitted.</summary>
    public bool HasIntercept { get; }

    /// <summary>Column means of the training rows; zeros without an intercept.</summary>
    public ReadOnlySpan<double> Means => Centring.Means;

    /// <summary>Means and spread of the columns.</summary>
    internal Centring Centring { get; }

    /// <summary>Factorises a design.</summary>
    /// <param name="rows">At least two training rows.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    /// <param name="intercept">Whether to fit an unpenalised intercept.</param>
    public static RidgeFactorisation Of(FeatureRows rows, int threads = 1, bool intercept = true)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Require.AtLeast(rows.Count, 2);
        return new RidgeFactorisation(rows, intercept ? Centring.AtMeans(rows, threads) : Centring.AtZero(rows), intercept, threads);
    }

    /// <summary>Prepares targets for every ridge.</summary>
    /// <param name="targets">One row a training row, one column an output.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public RidgePath Fit(Matrix<double> targets, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Require.SameLength(Rows.Count, targets.Rows, nameof(targets));
        double[] means = new double[targets.Columns];
        if (!HasIntercept)
            return new RidgePath(this, CentredTargets.Of(targets), means, threads);
        Centring centring = Centring.AtMeans(FeatureRows.All(targets), 1);
        var centred = new Matrix<double>(targets.Rows, targets.Columns);
        for (int i = 0; i < targets.Rows; i++)
        {
            TensorPrimitives.Subtract(targets.Row(i), centring.Means, centred.Row(i));
            if (centring.Lost is { } lost)
                TensorPrimitives.Subtract(centred.Row(i), lost, centred.Row(i));
        }
        return new RidgePath(this, CentredTargets.Of(centred), centring.Means, threads);
    }

    /// <summary>The same for targets that are not held.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="means">Their means.</param>
    /// <param name="moment">X'Y/n of centred rows and targets.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    internal RidgePath FitStream(TargetStream targets, double[] means, Matrix<double> moment, int threads) =>
        new(this, CentredTargets.Of(targets, means), means, threads, moment);

    /// <summary>
    /// What a caller should be told about a ridge: that columns are linear combinations of others to rounding, so that only the ridge, or
    /// for ridge 0 the least norm, decides between them. Null when there is nothing to tell.
    /// </summary>
    /// <param name="lambda">The ridge.</param>
    /// <param name="what">What the columns are called, such as "strong features".</param>
    public string? Remark(double lambda, string what)
    {
        if (Basis(lambda) is not DesignBasis { Missing: > 0 } design || lambda > design.Blur)
            return null;
        string ridge = lambda == 0 ? "ridge 0 takes the coefficients of least norm"
            : FormattableString.Invariant($"a ridge of {lambda:g3} is too small to tell them from rounding");
        string are = design.Missing == 1 ? "is a linear combination" : "are linear combinations";
        return $"{design.Missing} of the {Rows.Columns} {what} {are} of the others to rounding; {ridge}";
    }

    /// <summary>The second moment's directions; null where squares would leave the range of doubles.</summary>
    internal GramBasis? Gram => _gram.Value;

    /// <summary>The directions that serve a ridge.</summary>
    internal RidgeBasis Basis(double lambda) => _gram.Value is { } gram && gram.Serves(lambda) ? gram : _design.Value;
}
