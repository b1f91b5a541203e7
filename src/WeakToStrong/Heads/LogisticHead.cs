using System.Globalization;
using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

/// <summary>
/// Logistic regression: (1/n) sum w (cross-entropy) + (lambda/2) ||B||^2 with unpenalised intercepts, for hard or soft targets. For two
/// classes one vector of coefficients; for more, one a class. scikit-learn's <c>LogisticRegression(C)</c> has C = 1/(n lambda).
/// </summary>
/// <remarks>
/// Every probability is within 1e-7 of the exact minimum. lambda must be above 0, where separable data have a minimum too. The best ridge
/// is the one with the least cross-entropy in five-fold cross-validation.
/// </remarks>
public sealed class LogisticHead : IHead
{
    private const int Folds = 5;

    /// <summary>The head; it has no state.</summary>
    public static LogisticHead Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "logistic";

    /// <inheritdoc/>
    public bool TakesNumbers => false;

    /// <inheritdoc/>
    public IHeadDesign Prepare(FeatureRows rows, double[]? weights = null, int threads = 1) =>
        new Design(LogisticDesign.Of(rows, weights, threads), weights);

    private sealed class Design(LogisticDesign design, double[]? weights) : IHeadDesign
    {
        public FeatureRows Rows => design.Rows;

        public double[]? Weights => weights;

        public IHeadPath Fit(Matrix<double> targets, int threads = 1)
        {
            ArgumentNullException.ThrowIfNull(targets);
            Require.SameLength(design.Rows.Count, targets.Rows, nameof(targets));
            Require.AtLeast(targets.Columns, 2);
            return new Path(this, design, targets);
        }
    }

    private sealed class Path(Design owner, LogisticDesign design, Matrix<double> targets) : IHeadPath
    {
        private Link Link => targets.Columns == 2 ? Link.Logistic : Link.Softmax;

        public RidgeModels At(Grid lambdas, int threads = 1)
        {
            ArgumentNullException.ThrowIfNull(lambdas);
            if (!(lambdas[0] > 0))
                throw new InputException("logistic regression is asked for with a ridge of 0; separable data would have no solution, so "
                    + "its ridges must be above 0");
            int vectors = Link == Link.Logistic ? 1 : targets.Columns;
            // (1/n) sum w loss + (lambda/2)||b||^2 has the minimum of (1/sum w) sum w loss + (n lambda/(2 sum w))||b||^2,
            // which the solver works on.
            double scale = owner.Weights is null ? 1 : design.Rows.Count / TensorPrimitives.Sum<double>(owner.Weights);
            var solver = new LogisticSolver(design, Probabilities(vectors), threads);
            var coefficients = new Matrix<double>(design.Rows.Columns, lambdas.Count * vectors);
            var atCentre = new double[coefficients.Columns];
            for (int l = lambdas.Count - 1; l >= 0; l--)
            {
                double before = lambdas[Math.Min(l + 1, lambdas.Count - 1)];
                (Matrix<double> weights, bool converged) = solver.Solve(scale * lambdas[l], scale * before);
                if (!converged)
                {
                    throw new InputException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"logistic regression did not converge at ridge {lambdas[l]:G3} on {design.Rows.Count} rows of "
                        + $"{design.Rows.Columns} features; take larger ridges, or standardise the features"));
                }
                Matrix<double> features = design.ToFeatures(weights, vectors, threads);
                for (int k = 0; k < vectors; k++)
                {
                    for (int j = 0; j < features.Rows; j++)
                        coefficients[j, (l * vectors) + k] = features[j, k];
                    atCentre[(l * vectors) + k] = weights[k, design.Intercept];
                }
            }
            return new RidgeModels(lambdas, Link, design.Centre, coefficients, atCentre);
        }

        public int Best(Grid lambdas, int threads = 1)
        {
            ArgumentNullException.ThrowIfNull(lambdas);
            int rows = design.Rows.Count;
            if (lambdas.Count == 1)
                return 0;
            int[] order = [.. Enumerable.Range(0, rows)];
            new RandomStream((ulong)rows).Shuffle(order);
            var losses = new double[lambdas.Count];
            for (int fold = 0; fold < Folds; fold++)
            {
                int[] held = [.. order.Where((_, i) => i % Folds == fold)], kept = [.. order.Where((_, i) => i % Folds != fold)];
                IHeadDesign part = Instance.Prepare(design.Rows.Select(kept),
                    owner.Weights is null ? null : [.. kept.Select(i => owner.Weights[i])], threads);
                RidgeModels models = part.Fit(Pick(targets, kept), threads).At(lambdas, threads);
                for (int l = 0; l < losses.Length; l++)
                    losses[l] += Loss(models.Predict(design.Rows.Select(held), l, threads), held);
            }
            return Array.IndexOf(losses, losses.Min());
        }

        private double Loss(Matrix<double> probabilities, int[] rows)
        {
            double loss = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                double weight = owner.Weights?[rows[i]] ?? 1;
                for (int k = 0; k < targets.Columns; k++)
                {
                    double target = targets[rows[i], k];
                    if (target != 0)
                        loss -= weight * target * Math.Log(Math.Max(probabilities[i, k], double.Epsilon));
                }
            }
            return loss;
        }

        private Matrix<double> Probabilities(int vectors)
        {
            if (vectors > 1)
                return targets;
            var second = new Matrix<double>(targets.Rows, 1);
            for (int i = 0; i < targets.Rows; i++)
                second[i, 0] = targets[i, 1];
            return second;
        }

        private static Matrix<double> Pick(Matrix<double> from, int[] rows)
        {
            var picked = new Matrix<double>(rows.Length, from.Columns);
            for (int i = 0; i < rows.Length; i++)
                from.Row(rows[i]).CopyTo(picked.Row(i));
            return picked;
        }
    }
}
