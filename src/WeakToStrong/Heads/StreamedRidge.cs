using System.Globalization;
using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

/// <summary>
/// Ridge regressions and mixtures of many rows that are not held, for any number of targets. Targets enter by their means and X'Y/n alone,
/// and one pass over the rows makes these for as many targets as are told of together. Safe for many threads.
/// </summary>
internal sealed class StreamedRidge
{
    private readonly Lazy<RidgeMixture> _mixture;
    private readonly Dictionary<TargetStream, Moments> _known = [];
    private readonly Lock _gate = new();

    /// <summary>Prepares rows.</summary>
    /// <param name="many">The rows.</param>
    /// <param name="few">Rows with true labels, for mixtures.</param>
    /// <param name="smallestRidge">The smallest that a mixture will be asked for.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public StreamedRidge(FeatureRows many, FeatureRows few, double smallestRidge, int threads)
    {
        Design = RidgeFactorisation.Of(many, threads);
        _mixture = new(() => Mix(few, smallestRidge, threads));
    }

    /// <summary>The rows, factorised.</summary>
    public RidgeFactorisation Design { get; }

    /// <summary>Makes the moments of targets in one pass, as far as they are not known.</summary>
    public void Expect(IEnumerable<TargetStream> targets, int threads)
    {
        lock (_gate)
        {
            TargetStream[] unknown = [.. targets.Distinct().Where(target => !_known.ContainsKey(target))];
            if (unknown.Length > 0)
                Pass(unknown, threads);
        }
    }

    /// <summary>Forgets what is known of targets that nobody will ask for.</summary>
    public void Forget(IEnumerable<TargetStream> targets)
    {
        lock (_gate)
        {
            foreach (TargetStream target in targets)
                _known.Remove(target);
        }
    }

    /// <summary>Fits to targets.</summary>
    public RidgePath Fit(TargetStream targets, int threads)
    {
        Moments of = Know(targets, threads);
        return Design.FitStream(targets, of.Means, of.Cross, threads);
    }

    /// <summary>Mixtures of these weak targets with true ones.</summary>
    public IMixtureFit Mixture(TargetStream targets, int threads)
    {
        Moments of = Know(targets, threads);
        return _mixture.Value.Fit(of.Means, of.Cross, Design.Rows.Count, threads);
    }

    private Moments Know(TargetStream targets, int threads)
    {
        Expect([targets], threads);
        lock (_gate)
            return _known[targets];
    }

    private RidgeMixture Mix(FeatureRows few, double smallestRidge, int threads)
    {
        double least = RidgeMixture.LeastRidgeOf(Design.Centring);
        if (!(smallestRidge > least))
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"--lambda-student {smallestRidge:g3} is too small for a mixture of rows that are not held in memory; it must be above "
                + $"{least:g2}, or --memory must allow to hold them"));
        }
        if (!GramBasis.IsPrimal(Design.Rows) || Design.Gram is not { } gram)
        {
            throw new InputException($"{Design.Rows.Count} rows of {Design.Rows.Columns} features are too few, or their scales too far "
                + "from 1, for ridges of rows that are not held in memory; --memory must allow to hold them");
        }
        return RidgeMixture.Of(Design.Rows.Count, Design.Centring, gram, few, threads);
    }

    private void Pass(TargetStream[] targets, int threads)
    {
        FeatureRows rows = Design.Rows;
        int[] ends = new int[targets.Length + 1];
        for (int t = 0; t < targets.Length; t++)
            ends[t + 1] = ends[t] + targets[t].Columns;
        var pass = new ChunkTargets(targets);
        var cross = new Matrix<double>(rows.Columns, ends[^1]);
        var moments = new ColumnMoments(ends[^1]);
        double[]? shift = null;
        rows.ForEachChunk(Design.Centring, null, threads, (first, chunk) =>
        {
            Matrix<double> all = pass.Make(first, chunk.Rows, threads);
            moments.Add(all);
            // Centred columns sum to nothing, so that any number may be taken off the targets; one near their mean saves digits.
            shift ??= FeatureRows.All(all).Means();
            for (int i = 0; i < all.Rows; i++)
                TensorPrimitives.Subtract(all.Row(i), shift, all.Row(i));
            Dense.Multiply(chunk, all, cross, transposeA: true, alpha: 1.0 / rows.Count, beta: 1, threads: threads);
        });
        (double[] means, _) = moments.Means();
        for (int t = 0; t < targets.Length; t++)
        {
            var part = new Matrix<double>(cross.Rows, targets[t].Columns);
            for (int j = 0; j < part.Rows; j++)
                cross.Row(j)[ends[t]..ends[t + 1]].CopyTo(part.Row(j));
            _known[targets[t]] = new Moments(means[ends[t]..ends[t + 1]], part);
        }
    }

    /// <summary>What a fit needs of targets.</summary>
    private sealed record Moments(double[] Means, Matrix<double> Cross);

    /// <summary>Several targets of the same chunk of rows, side by side; what they are made from is read once.</summary>
    private sealed class ChunkTargets(TargetStream[] targets)
    {
        private readonly FeatureRows?[] _inputs = [.. targets.Select(target => target.Inputs).Distinct()];
        private readonly Scratch[] _read = [.. targets.Select(target => target.Inputs).Distinct().Select(_ => new Scratch())];
        private readonly Scratch _all = new();

        public Matrix<double> Make(int first, int count, int threads)
        {
            Matrix<double>?[] inputs = [.. _inputs.Select((rows, k) =>
            {
                if (rows is null)
                    return null;
                Matrix<double> chunk = _read[k].Shaped(count, rows.Columns);
                rows.Read(first, chunk, threads);
                return chunk;
            })];
            Matrix<double> all = _all.Shaped(count, targets.Sum(target => target.Columns));
            int at = 0;
            foreach (TargetStream target in targets)
            {
                var one = new Matrix<double>(count, target.Columns);
                target.Make(first, inputs[Array.IndexOf(_inputs, target.Inputs)], one, threads);
                for (int i = 0; i < count; i++)
                    one.Row(i).CopyTo(all.Row(i).Slice(at, target.Columns));
                at += target.Columns;
            }
            return all;
        }
    }
}
