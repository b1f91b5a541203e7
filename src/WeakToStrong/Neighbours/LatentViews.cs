using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Neighbours;

/// <summary>
/// Two views of a latent z with 80 independent parts of variance j^-0.7: the weak view takes cosines of it, the strong one sines, each with
/// a little noise of its own. The target is linear in z, or in the strong features, plus noise. An example whose moments are known exactly.
/// </summary>
public static class LatentViews
{
    private const int Latent = 80;

    /// <summary>The views, "weak" and "strong".</summary>
    /// <param name="weak">Number of weak features, at most 80.</param>
    /// <param name="strong">Number of strong features, at most 80.</param>
    /// <param name="targetNoise">Variance of the target's own noise; positive.</param>
    /// <param name="seenByStudent">Whether the target is linear in the strong features, rather than in z.</param>
    public static Views Make(int weak, int strong, double targetNoise, bool seenByStudent)
    {
        Matrix<double> a = Rows(weak, (i, j) => Math.Cos(Math.PI * (i - 0.5) * (j - 0.5) / Latent)),
            b = Rows(strong, (i, j) => Math.Sin(Math.PI * i * (j - 0.5) / Latent));
        Matrix<double> weakCovariance = Noisy(Product(a, a), 0.02), strongCovariance = Noisy(Product(b, b), 0.005), cross = Product(a, b);
        double[] coefficients = [.. Enumerable.Range(1, seenByStudent ? strong : Latent).Select(j => Math.Pow(j, -0.8))];
        double[] weakTarget = new double[weak], strongTarget = new double[strong];
        double variance = targetNoise;
        if (seenByStudent)
        {
            weakTarget = Times(cross, coefficients);
            strongTarget = Times(strongCovariance, coefficients);
            variance += coefficients.Zip(strongTarget, (x, y) => x * y).Sum();
        }
        else
        {
            double[] scaled = [.. coefficients.Select((c, j) => c * Variance(j + 1))];
            (weakTarget, strongTarget) = (Times(a, scaled), Times(b, scaled));
            variance += coefficients.Select((c, j) => c * c * Variance(j + 1)).Sum();
        }
        return new Views(
            variance, [new ViewMoments("weak", weakCovariance, weakTarget), new ViewMoments("strong", strongCovariance, strongTarget)],
            [new CrossMoments("weak", "strong", cross)]);
    }

    private static double Variance(int j) => Math.Pow(j, -0.7);

    private static Matrix<double> Rows(int rows, Func<int, int, double> entry)
    {
        var matrix = new Matrix<double>(Require.AtLeast(rows, 1), Latent);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < Latent; j++)
                matrix[i, j] = Math.Sqrt(2.0 / Latent) * entry(i + 1, j + 1);
        }
        return matrix;
    }

    /// <summary>A diag(variances) B'.</summary>
    private static Matrix<double> Product(Matrix<double> a, Matrix<double> b)
    {
        var product = new Matrix<double>(a.Rows, b.Rows);
        for (int i = 0; i < a.Rows; i++)
        {
            for (int k = 0; k < b.Rows; k++)
            {
                for (int j = 0; j < Latent; j++)
                    product[i, k] += a[i, j] * Variance(j + 1) * b[k, j];
            }
        }
        return product;
    }

    private static Matrix<double> Noisy(Matrix<double> covariance, double noise)
    {
        for (int i = 0; i < covariance.Rows; i++)
            covariance[i, i] += noise;
        return covariance;
    }

    private static double[] Times(Matrix<double> matrix, double[] vector)
    {
        var product = new double[matrix.Rows];
        for (int i = 0; i < product.Length; i++)
        {
            for (int j = 0; j < vector.Length; j++)
                product[i] += matrix[i, j] * vector[j];
        }
        return product;
    }
}
