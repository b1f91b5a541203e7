using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

// With the many rows centred, X'X = V diag(s) V'. Adding m rows of weight w, their scatter, and what the two means differ by, gives
//
//     ((1/N)(diag(s) + Z'Z) + lambda I) b = (1/N)(V'X'f + Z't),      Z: sqrt(w) (x - mean), and sqrt(n w m/(n + w m)) (mean of the m rows),
//
// in the eigenbasis V. Few rows are an update of low rank m + 1; many are one Cholesky factor for each ridge. Either way folds, weights and
// ridges share one eigen-decomposition.

/// <summary>Mixtures by ridge regression, from one factorisation of the many rows: for the many fits of cross-fitting.</summary>
internal sealed class RidgeMixture : IMixtureDesign
{
    private const int MostFeatures = 3000;
    private const double LeastRidge = 1e-9; // in units of the total variance: rounding then changes a fit by less than 1e-6
    private readonly FeatureRows? _many;
    private readonly int _count;
    private readonly Centring _centring;
    private readonly double[] _spectrum;
    private readonly Matrix<double> _vectors, _few;

    private RidgeMixture(FeatureRows? many, int count, Centring centring, double[] spectrum, Matrix<double> vectors, FeatureRows few,
        int threads)
    {
        (_many, _count, _centring, _spectrum, _vectors) = (many, count, centring, spectrum, vectors);
        double noise = 1e-13 * _spectrum[^1];
        for (int j = 0; j < _spectrum.Length; j++)
            _spectrum[j] = _spectrum[j] > noise ? _spectrum[j] : 0;
        _few = new Matrix<double>(few.Count, few.Columns);
        few.ForEachChunk(centring, null, threads, (first, chunk) =>
        {
            var part = new Matrix<double>(chunk.Rows, chunk.Columns);
            Dense.Multiply(chunk, _vectors, part, threads: threads);
            part.Data.CopyTo(_few.RowBlock(first, chunk.Rows));
        });
    }

    /// <summary>Prepares rows, or null when a fit to all rows itself is the better way: many features, or ridges so small that a second
    /// moment has lost what they leave. Where the students' own decomposition is that of X'X, it serves here too.</summary>
    public static RidgeMixture? TryMake(RidgeFactorisation many, FeatureRows few, double smallestRidge, int threads)
    {
        (FeatureRows rows, Centring centring) = (many.Rows, many.Centring);
        if (rows.Columns > MostFeatures || centring.Lost is not null || smallestRidge <= LeastRidgeOf(centring))
            return null;
        if (GramBasis.IsPrimal(rows) && many.Gram is { } moment)
            return new RidgeMixture(rows, rows.Count, centring, Sums(moment, rows.Count), moment.Vectors, few, threads);
        MemoryNeed.Check($"factorising {rows.Columns} features", rows.Columns, rows.Columns, 4);
        var vectors = new Matrix<double>(rows.Columns, rows.Columns);
        rows.ForEachChunk(centring, null, threads, (_, chunk) => Dense.AddGram(chunk, vectors, 1, threads));
        double[] spectrum = Dense.SymmetricEigen(vectors, threads);
        return new RidgeMixture(rows, rows.Count, centring, spectrum, vectors, few, threads);
    }

    /// <summary>Prepares rows that are not held from their second moment, which is known already.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="centring">Their means.</param>
    /// <param name="moment">X'X/n of the centred rows.</param>
    /// <param name="few">The rows with true labels.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public static RidgeMixture Of(int count, Centring centring, GramBasis moment, FeatureRows few, int threads) =>
        new(null, count, centring, Sums(moment, count), moment.Vectors, few, threads);

    /// <summary>Eigenvalues of X'X.</summary>
    private static double[] Sums(GramBasis moment, int count) => [.. moment.Spectrum().Select(value => value * count)];

    /// <summary>The ridge from which on a second moment knows enough.</summary>
    public static double LeastRidgeOf(Centring centring) => LeastRidge * TensorPrimitives.SumOfSquares<double>(centring.Deviations);

    /// <inheritdoc/>
    public IMixtureFit Fit(Matrix<double> weakTargets, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(weakTargets);
        Require.SameLength(_count, weakTargets.Rows, nameof(weakTargets));
        double[] means = FeatureRows.All(weakTargets).Means();
        var cross = new Matrix<double>(_spectrum.Length, weakTargets.Columns);
        FeatureRows many = _many ?? throw new InvalidOperationException("weak labels of rows that are not held come as their moments");
        many.ForEachChunk(_centring, null, threads, (first, chunk) =>
        {
            var targets = new Matrix<double>(chunk.Rows, means.Length);
            for (int i = 0; i < chunk.Rows; i++)
                TensorPrimitives.Subtract(weakTargets.Row(first + i), means, targets.Row(i));
            Dense.Multiply(chunk, targets, cross, transposeA: true, beta: 1, threads: threads);
        });
        return Fit(means, cross, 1, threads);
    }

    /// <summary>Takes weak labels of which the means and a multiple of X'Y are known.</summary>
    public IMixtureFit Fit(double[] weakMeans, Matrix<double> cross, double factor, int threads)
    {
        var rotated = new Matrix<double>(cross.Rows, cross.Columns);
        Dense.Multiply(_vectors, cross, rotated, transposeA: true, alpha: factor, threads: threads);
        return new Labelled(this, weakMeans, rotated);
    }

    private sealed class Labelled(RidgeMixture mixture, double[] weakMeans, Matrix<double> cross) : IMixtureInCoordinates
    {
        public FeatureRows Few => FeatureRows.All(mixture._few);

        public RidgeModels At(int[] kept, Matrix<double> trueTargets, double weight, Grid lambdas, int threads = 1)
        {
            RidgeModels models = InCoordinates(kept, trueTargets, weight, lambdas, threads);
            return models.Rotate(mixture._vectors, mixture._centring, threads);
        }

        public RidgeModels InCoordinates(int[] kept, Matrix<double> trueTargets, double weight, Grid lambdas, int threads = 1)
        {
            ArgumentNullException.ThrowIfNull(trueTargets);
            var joined = new Joined(mixture, weakMeans, cross, kept, trueTargets, weight);
            return joined.At(lambdas, threads);
        }
    }

    /// <summary>The many rows with some of the few at one weight.</summary>
    private sealed class Joined
    {
        private readonly RidgeMixture _mixture;
        private readonly Matrix<double> _added, _right;
        private readonly double[] _offset, _targetMeans;
        private readonly double _rows;

        public Joined(RidgeMixture mixture, double[] weakMeans, Matrix<double> cross, int[] kept, Matrix<double> trueTargets, double weight)
        {
            _mixture = mixture;
            int outputs = weakMeans.Length, features = mixture._spectrum.Length;
            double many = mixture._count, share = weight * kept.Length / (many + (weight * kept.Length));
            _rows = many + kept.Length;
            double[] mean = new double[features], trueMeans = new double[outputs];
            foreach (int row in kept)
            {
                TensorPrimitives.MultiplyAdd(mixture._few.Row(row), 1.0 / kept.Length, mean, mean);
                TensorPrimitives.MultiplyAdd(trueTargets.Row(row), 1.0 / kept.Length, trueMeans, trueMeans);
            }
            _added = new Matrix<double>(kept.Length + 1, features);
            var targets = new Matrix<double>(kept.Length + 1, outputs);
            for (int i = 0; i < kept.Length; i++)
            {
                Scale(mixture._few.Row(kept[i]), mean, Math.Sqrt(weight), _added.Row(i));
                Scale(trueTargets.Row(kept[i]), trueMeans, Math.Sqrt(weight), targets.Row(i));
            }
            double apart = Math.Sqrt(many * share);
            TensorPrimitives.Multiply(mean, apart, _added.Row(kept.Length));
            Scale(trueMeans, weakMeans, apart, targets.Row(kept.Length));
            _right = cross.Copy();
            Dense.Multiply(_added, targets, _right, transposeA: true, beta: 1);
            TensorPrimitives.Divide(_right.Data, _rows, _right.Data);
            _offset = mean;
            TensorPrimitives.Multiply(mean, share, _offset);
            _targetMeans = new double[outputs];
            for (int k = 0; k < outputs; k++)
                _targetMeans[k] = weakMeans[k] + (share * (trueMeans[k] - weakMeans[k]));
        }

        /// <summary>The models of the eigenbasis.</summary>
        public RidgeModels At(Grid lambdas, int threads)
        {
            int outputs = _targetMeans.Length, features = _mixture._spectrum.Length;
            Matrix<double>? gram = _added.Rows * 2 > features ? Dense.Gram(_added, 1 / _rows, threads) : null;
            var rotated = new Matrix<double>(features, lambdas.Count * outputs);
            var atCentre = new double[rotated.Columns];
            for (int l = 0; l < lambdas.Count; l++)
            {
                var diagonal = new double[features];
                for (int j = 0; j < features; j++)
                    diagonal[j] = (_mixture._spectrum[j] / _rows) + lambdas[l];
                Matrix<double> solution = gram is null ? ByRows(diagonal, threads) : ByFeatures(diagonal, gram, threads);
                for (int j = 0; j < features; j++)
                    solution.Row(j).CopyTo(rotated.Row(j)[(l * outputs)..]);
                for (int k = 0; k < outputs; k++)
                {
                    double value = _targetMeans[k];
                    for (int j = 0; j < features; j++)
                        value -= _offset[j] * solution[j, k];
                    atCentre[(l * outputs) + k] = value;
                }
            }
            return new RidgeModels(lambdas, Link.Identity, Centring.At(new double[features]), rotated, atCentre);
        }

        /// <summary>The update of low rank.</summary>
        private Matrix<double> ByRows(double[] diagonal, int threads)
        {
            int outputs = _right.Columns;
            double floor = 1e-13 * TensorPrimitives.Max<double>(diagonal);
            var inverse = new double[diagonal.Length];
            for (int j = 0; j < inverse.Length; j++)
                inverse[j] = diagonal[j] > floor ? 1 / diagonal[j] : 0;
            var scaled = new Matrix<double>(_added.Rows, _added.Columns);
            for (int i = 0; i < scaled.Rows; i++)
                TensorPrimitives.Multiply(_added.Row(i), inverse, scaled.Row(i));
            Matrix<double> system = new(_added.Rows, _added.Rows), right = new(_added.Rows, outputs), solution = _right.Copy();
            Dense.Multiply(scaled, _added, system, transposeB: true, threads: threads);
            for (int i = 0; i < system.Rows; i++)
                system[i, i] += _rows;
            Dense.Multiply(scaled, _right, right, threads: threads);
            if (!Dense.TrySolvePositiveDefinite(system, right, threads))
                right.Data.Clear();
            Dense.Multiply(_added, right, solution, transposeA: true, alpha: -1, beta: 1, threads: threads);
            for (int j = 0; j < solution.Rows; j++)
                TensorPrimitives.Multiply(solution.Row(j), inverse[j], solution.Row(j));
            return solution;
        }

        private Matrix<double> ByFeatures(double[] diagonal, Matrix<double> gram, int threads)
        {
            Matrix<double> system = gram.Copy(), solution = _right.Copy();
            double noise = 1e-13 * TensorPrimitives.Max<double>(diagonal);
            for (int j = 0; j < diagonal.Length; j++)
                system[j, j] += diagonal[j] + noise;
            if (!Dense.TrySolvePositiveDefinite(system, solution, threads))
                solution.Data.Clear();
            return solution;
        }

        private static void Scale(ReadOnlySpan<double> from, ReadOnlySpan<double> shift, double factor, Span<double> to)
        {
            TensorPrimitives.Subtract(from, shift, to);
            TensorPrimitives.Multiply(to, factor, to);
        }
    }
}
