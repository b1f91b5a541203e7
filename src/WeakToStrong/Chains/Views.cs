using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>Second moments of one view of the data.</summary>
/// <param name="Name">Unique among the views.</param>
/// <param name="Covariance">E xx', p x p.</param>
/// <param name="Target">E xy, p values.</param>
public sealed record ViewMoments(string Name, Matrix<double> Covariance, double[] Target);

/// <summary>Second moments of two views of the same rows.</summary>
/// <param name="First">Name of one view.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="Covariance">E x z' with x the first view's features and z the second's.</param>
public sealed record CrossMoments(string First, string Second, Matrix<double> Covariance);

/// <summary>
/// Several views of the same rows: a teacher sees some features, its student others. Prepared once from second moments, one
/// eigendecomposition a view and one map a pair; each view is then a <see cref="Population"/> whose estimators may label rows for stages on
/// another. Derived in docs/views.md. Immutable and safe to share between threads.
/// </summary>
public sealed class Views
{
    private readonly Dictionary<string, Population> _populations = new(StringComparer.Ordinal);
    private readonly Dictionary<(string To, string From), CrossMap> _maps = [];

    /// <summary>Prepares views.</summary>
    /// <param name="targetVariance">E y^2, positive.</param>
    /// <param name="views">At least one.</param>
    /// <param name="crosses">For every pair that labels are to cross.</param>
    /// <param name="rows">How many rows the moments were estimated from; 0 when they are exact. The residual variances are then multiplied
    /// by N/(N - p).</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    /// <exception cref="ArgumentException">Shapes or names do not fit, or no random vectors have these moments; the message says
    /// which and why.</exception>
    public Views(double targetVariance, IReadOnlyList<ViewMoments> views, IReadOnlyList<CrossMoments> crosses, long rows = 0,
        int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(crosses);
        TargetVariance = Require.Positive(targetVariance);
        Rows = Require.AtLeast(rows, 0L);
        var bases = new Dictionary<string, ViewBasis>(StringComparer.Ordinal);
        foreach (ViewMoments view in views)
        {
            ViewBasis basis = ViewBasis.Of(view.Covariance, $"the covariance of view '{view.Name}'", threads);
            if (!bases.TryAdd(view.Name, basis))
                throw new ArgumentException($"two views are named '{view.Name}'", nameof(views));
            _populations.Add(view.Name, Populate(view, basis, threads));
        }
        Names = [.. views.Select(v => v.Name)];
        foreach (CrossMoments cross in crosses)
            AddCross(cross, bases, threads);
    }

    /// <summary>What a reader of results from estimated moments must know; null for exact ones.</summary>
    public string? Remark => Rows == 0 ? null
        : $"the moments were estimated from {Rows} rows: residual variances are multiplied by N/(N - p), targets are least-squares fits "
            + FormattableString.Invariant($"and so look better than they are by about {Names.Max(Optimism):g3}; features are taken as ")
            + "Gaussian and residuals as independent of them";

    // What the fit of a target of p coefficients gains on N rows by fitting noise.
    private double Optimism(string name) => _populations[name].ResidualVariance * _populations[name].Spectrum.Rank / Rows;

    /// <summary>Estimates all moments from rows, centred at their means.</summary>
    /// <param name="features">Each view's name and features, one row a row; the rows are the same in all.</param>
    /// <param name="labels">y, one number a row.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    /// <exception cref="ArgumentException">Rows are missing, there are not more than features, or nothing varies; the
    /// message says which.</exception>
    public static Views Estimate(IReadOnlyList<(string Name, Matrix<double> Rows)> features, double[] labels, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        int n = labels.Length;
        foreach ((string name, Matrix<double> rows) in features)
        {
            if (rows.Rows != n)
                throw new ArgumentException($"view '{name}' has {rows.Rows} rows; the labels have {n}");
            if (n < rows.Columns + 10)
                throw new ArgumentException(
                    $"view '{name}' has {rows.Columns} features and {n} rows; moments need at least {rows.Columns + 10} rows");
        }
        Matrix<double>[] centred = [.. features.Select(f => FeatureMoments.Centred(f.Rows))];
        double mean = labels.Average();
        var target = new Matrix<double>(n, 1, [.. labels.Select(y => y - mean)]);
        double variance = TensorPrimitives.SumOfSquares<double>(target.Data) / n;
        if (!(variance > 0))
            throw new ArgumentException("all labels are equal; there is nothing to learn");
        ViewMoments[] views = [.. features.Select((f, i) => new ViewMoments(f.Name, Dense.Gram(centred[i], 1.0 / n, threads),
            Moment(centred[i], target, threads).Data.ToArray()))];
        var crosses = new List<CrossMoments>();
        for (int i = 0; i < views.Length; i++)
        {
            for (int j = 0; j < i; j++)
                crosses.Add(new CrossMoments(views[j].Name, views[i].Name, Moment(centred[j], centred[i], threads)));
        }
        return new Views(variance, views, crosses, n, threads);
    }

    private static Matrix<double> Moment(Matrix<double> left, Matrix<double> right, int threads)
    {
        var moment = new Matrix<double>(left.Columns, right.Columns);
        Dense.Multiply(left, right, moment, transposeA: true, alpha: 1.0 / left.Rows, threads: threads);
        return moment;
    }

    /// <summary>The views' names, in the order given.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>E y^2.</summary>
    public double TargetVariance { get; }

    /// <summary>How many rows the moments were estimated from; 0 when they are exact.</summary>
    public long Rows { get; }

    /// <summary>One view: its features, the part of the target that is linear in them, and the variance of the rest.</summary>
    /// <exception cref="ArgumentException">There is no such view.</exception>
    public Population this[string name] =>
        _populations.TryGetValue(name, out Population? population) ? population
            : throw new ArgumentException($"there is no view '{name}'; there are {string.Join(", ", Names)}", nameof(name));

    /// <summary>Whether labels can cross from one view to another.</summary>
    public bool Connects(string to, string from) => to == from || _maps.ContainsKey((to, from));

    internal CrossMap Between(Population to, Population from) =>
        _maps.TryGetValue((to.View!, from.View!), out CrossMap? map) ? map
            : throw new ArgumentException($"no cross covariance of the views '{to.View}' and '{from.View}' is given");

    private Population Populate(ViewMoments view, ViewBasis basis, int threads)
    {
        Require.SameLength(basis.Dimension, view.Target.Length, $"the target of view '{view.Name}'");
        foreach (double value in view.Target)
        {
            if (!double.IsFinite(value))
                throw new ArgumentException(FormattableString.Invariant(
                    $"the target of view '{view.Name}' has an entry {value}; must be finite numbers"));
        }
        double[] signal = basis.Whiten(new Matrix<double>(view.Target.Length, 1, view.Target), threads).Data.ToArray();
        double residual = TargetVariance - TensorPrimitives.SumOfSquares<double>(signal);
        if (residual < -1e-9 * TargetVariance)
            throw new ArgumentException(FormattableString.Invariant(
                $"view '{view.Name}' explains {TargetVariance - residual:g6} of the target, more than its variance {TargetVariance:g6}"));
        if (Rows > 0)
            residual *= Rows / (double)(Rows - basis.Spectrum.Rank);
        return new Population(this, view.Name, basis, signal, Math.Max(0, residual));
    }

    private void AddCross(CrossMoments cross, Dictionary<string, ViewBasis> bases, int threads)
    {
        Population first = this[cross.First], second = this[cross.Second];
        if (cross.First == cross.Second)
            throw new ArgumentException($"a cross covariance needs two views; both are '{cross.First}'");
        (int rows, int columns) = (cross.Covariance.Rows, cross.Covariance.Columns);
        if (rows != first.Dimension || columns != second.Dimension)
            throw new ArgumentException($"the cross covariance of '{cross.First}' and '{cross.Second}' is {rows} x {columns}; must be "
                + $"{first.Dimension} x {second.Dimension}");
        foreach (double value in cross.Covariance.Data)
        {
            if (!double.IsFinite(value))
                throw new ArgumentException(FormattableString.Invariant(
                    $"the cross covariance of '{cross.First}' and '{cross.Second}' has an entry {value}; must be finite numbers"));
        }
        var map = new CrossMap(bases[cross.First].Whiten(bases[cross.Second], cross.Covariance, threads));
        if (!_maps.TryAdd((cross.First, cross.Second), map) || !_maps.TryAdd((cross.Second, cross.First), map.Reverse))
            throw new ArgumentException($"the cross covariance of '{cross.First}' and '{cross.Second}' is given twice");
        if (Rows == 0 && !IsPossible(first, second, map, threads))
            throw new ArgumentException($"the moments of '{cross.First}' and '{cross.Second}' are impossible: features and target cannot "
                + "have these covariances together");
    }

    private bool IsPossible(Population first, Population second, CrossMap map, int threads)
    {
        // The rest of the smaller view given the larger one is the smaller matrix.
        (Population large, Population small, CrossMap seen) = first.Dimension >= second.Dimension ? (first, second, map)
            : (second, first, map.Reverse);
        var explained = new double[small.Truth.Mean.Length];
        seen.Reverse.Mean(large.Truth.Mean, explained);
        TensorPrimitives.Subtract(small.Truth.Mean, explained, explained);
        return seen.IsPossible(explained, TargetVariance - large.SignalVariance, TargetVariance, threads);
    }
}
