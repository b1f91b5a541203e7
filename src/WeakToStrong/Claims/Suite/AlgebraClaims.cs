using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Claims.Suite;

/// <summary>The identities that the proofs rest on: Lemmas 12, 14 and 15, and Remark 6.</summary>
internal static class AlgebraClaims
{
    private const double Tolerance = 1e-9;

    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "remark-6", "Weighted ridge with penalty lambda b' Gamma^-1 b predicts as the linear network x' Gamma^(1/2) alpha with ridge "
            + "on alpha", "Remark 6",
            "Largest difference of predictions at 20 points, over 20 random fits with d = 12 and n = 8 or 30; the printed x' Gamma alpha "
            + "must differ by over 0.01.",
            Remark6, "the network x' Gamma alpha")
        {
            Correction = "(6) prints no exponent on Gamma, and Remark 6 prints x' Gamma alpha; with the penalty of the proofs, b' Gamma^-1 "
                + "b, the network is x' Gamma^(1/2) alpha",
        },
        new Claim(
            "lemma-12", "(v u') o C = diag(v) C diag(u) for the entrywise product o", "Lemma 12",
            "Largest entry of the difference over 20 random 7 x 5 matrices, relative to the largest entry.", Lemma12,
            "diag(u) left out"),
        new Claim(
            "lemma-14", "(A + u v')^-1 = A^-1 - A^-1 u v' A^-1/(1 + v' A^-1 u)", "Lemma 14",
            "Largest entry of (A + u v') times the right side minus I, over 20 random 6 x 6 matrices.", Lemma14,
            "a minus sign in the denominator")
        {
            Correction = "the printed denominator 1 + v' A^-1 a names no vector of the lemma; it is 1 + v' A^-1 u",
        },
        new Claim(
            "lemma-15", "He_k(x + y) = sum_j C(k, j) x^j He_(k-j)(y)", "Lemma 15",
            "Both sides from the three-term recurrence for k up to 12 at 100 random pairs (x, y), relative to the sum of absolute terms.",
            Lemma15,
            "the binomial coefficient left out"),
    ];

    private static Evidence Remark6(ClaimTest test)
    {
        const int D = 12, Points = 20;
        RandomStream random = test.Random();
        double worst = 0, printed = 0;
        for (int draw = 0; draw < 20; draw++)
        {
            int n = draw % 2 == 0 ? 8 : 30;
            double spike = D, lambda = 0.3;
            Matrix<double> x = NormalMatrix(random, n, D), at = NormalMatrix(random, Points, D);
            double[] y = Normal(random, n), h = Normal(random, D);
            double norm = Math.Sqrt(Dot(h, h));
            h = [.. h.Select(v => v / norm)];
            // Gamma^power = I + ((1 + spike)^power - 1) h h'.
            Matrix<double> Gamma(double power) => Spiked(D, h, Math.Pow(1 + spike, power) - 1);
            double[] weighted = Ridge(x, y, Gamma(-1), lambda), half = Network(Gamma(0.5)), whole = Network(Gamma(1));
            double[] network = test.Formula(half, whole);
            double Difference(double[] b) => Enumerable.Range(0, Points).Max(i =>
                Math.Abs(Dot(at.Row(i).ToArray(), b) - Dot(at.Row(i).ToArray(), weighted)));
            worst = Math.Max(worst, Difference(network));
            printed = Math.Max(printed, Difference(whole));

            double[] Network(Matrix<double> weights)
            {
                var features = new Matrix<double>(n, D);
                Dense.Multiply(x, weights, features);
                return Apply(weights, Ridge(features, y, Spiked(D, h, 0), lambda), transpose: false);
            }
        }
        return Evidence.Worst(Evidence.Close(worst, 0, Tolerance), Evidence.AtLeast(printed, 0.01));
    }

    /// <summary>argmin (1/n) |y - X b|^2 + lambda b' P b.</summary>
    private static double[] Ridge(Matrix<double> x, double[] y, Matrix<double> penalty, double lambda)
    {
        int n = x.Rows, d = x.Columns;
        Matrix<double> gram = Dense.Gram(x, 1.0 / n);
        var right = new Matrix<double>(d, 1);
        for (int i = 0; i < d; i++)
        {
            for (int k = 0; k < n; k++)
                right[i, 0] += x[k, i] * y[k] / n;
            for (int j = 0; j < d; j++)
                gram[i, j] += lambda * penalty[i, j];
        }
        return Dense.TrySolvePositiveDefinite(gram, right) ? right.Data.ToArray()
            : throw new InvalidOperationException("a ridge system was not positive definite");
    }

    private static Matrix<double> Spiked(int d, double[] h, double spike)
    {
        var matrix = new Matrix<double>(d, d);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                matrix[i, j] = (i == j ? 1 : 0) + (spike * h[i] * h[j]);
        }
        return matrix;
    }

    private static Evidence Lemma12(ClaimTest test)
    {
        RandomStream random = test.Random();
        double worst = 0;
        for (int draw = 0; draw < 20; draw++)
        {
            double[] v = Normal(random, 7), u = Normal(random, 5);
            Matrix<double> c = NormalMatrix(random, 7, 5);
            for (int i = 0; i < 7; i++)
            {
                for (int j = 0; j < 5; j++)
                {
                    double entrywise = v[i] * u[j] * c[i, j];
                    // diag(v) C diag(u), entry by entry.
                    double product = test.Formula(v[i] * c[i, j] * u[j], v[i] * c[i, j]);
                    worst = Math.Max(worst, Math.Abs(entrywise - product));
                }
            }
        }
        return Evidence.Close(worst, 0, Tolerance);
    }

    private static Evidence Lemma14(ClaimTest test)
    {
        const int N = 6;
        RandomStream random = test.Random();
        double worst = 0;
        for (int draw = 0; draw < 20; draw++)
        {
            // A = 10 I + noise is safely invertible.
            Matrix<double> a = NormalMatrix(random, N, N);
            for (int i = 0; i < N; i++)
                a[i, i] += 10;
            double[] u = Normal(random, N), v = Normal(random, N);
            Matrix<double> inverse = Inverse(a);
            double[] left = Apply(inverse, u, transpose: false), right = Apply(inverse, v, transpose: true);
            double form = Dot(v, left), denominator = test.Formula(1 + form, 1 - form);
            for (int i = 0; i < N; i++)
            {
                for (int j = 0; j < N; j++)
                {
                    double product = 0;
                    for (int k = 0; k < N; k++)
                        product += (a[i, k] + (u[i] * v[k])) * (inverse[k, j] - (left[k] * right[j] / denominator));
                    worst = Math.Max(worst, Math.Abs(product - (i == j ? 1 : 0)));
                }
            }
        }
        return Evidence.Close(worst, 0, Tolerance);
    }

    private static Evidence Lemma15(ClaimTest test)
    {
        RandomStream random = test.Random();
        double worst = 0;
        for (int draw = 0; draw < 100; draw++)
        {
            double x = random.NextNormal(), y = random.NextNormal();
            for (int k = 0; k <= 12; k++)
            {
                double sum = 0, scale = 0, binomial = 1;
                for (int j = 0; j <= k; j++)
                {
                    double term = test.Formula(binomial, 1) * Math.Pow(x, j) * Hermite(k - j, y);
                    (sum, scale) = (sum + term, scale + Math.Abs(term));
                    binomial *= (k - j) / (j + 1.0);
                }
                worst = Math.Max(worst, Math.Abs(Hermite(k, x + y) - sum) / scale);
            }
        }
        return Evidence.Close(worst, 0, Tolerance);
    }

    private static double Hermite(int k, double x)
    {
        (double previous, double current) = (0, 1);
        for (int j = 0; j < k; j++)
            (previous, current) = (current, (x * current) - (j * previous));
        return current;
    }

    private static double[] Normal(RandomStream random, int n)
    {
        var values = new double[n];
        random.FillNormal(values);
        return values;
    }

    private static Matrix<double> NormalMatrix(RandomStream random, int rows, int columns)
    {
        var matrix = new Matrix<double>(rows, columns);
        random.FillNormal(matrix.Data);
        return matrix;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Apply(Matrix<double> a, double[] x, bool transpose) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Enumerable.Range(0, x.Length).Sum(j => (transpose ? a[j, i] : a[i, j]) * x[j]))];

    /// <summary>Gauss-Jordan without pivoting, for the diagonally dominant matrices of this file.</summary>
    private static Matrix<double> Inverse(Matrix<double> a)
    {
        int n = a.Rows;
        var work = new double[n, 2 * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                work[i, j] = a[i, j];
            work[i, n + i] = 1;
        }
        for (int p = 0; p < n; p++)
        {
            double pivot = work[p, p];
            for (int j = 0; j < 2 * n; j++)
                work[p, j] /= pivot;
            for (int i = 0; i < n; i++)
            {
                double factor = i == p ? 0 : work[i, p];
                for (int j = 0; j < 2 * n; j++)
                    work[i, j] -= factor * work[p, j];
            }
        }
        var inverse = new Matrix<double>(n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                inverse[i, j] = work[i, n + j];
        }
        return inverse;
    }
}
