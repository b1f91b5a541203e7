using WeakToStrong.Choices;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.Choices;

/// <summary>
/// Two noisy views of a latent z with variances j^-.7: u = A z + sqrt(.02) noise, A_ij = sqrt(2/d) cos(pi (i-1/2)(j-1/2)/d), i = 1..60;
/// v = B z + sqrt(.005) noise, B_ij = sqrt(2/d) sin(pi i (j-1/2)/d), i = 1..120; y = sum j^-.8 z_j + sqrt(.2) noise; d = 150.
/// </summary>
internal static class CosineViews
{
    public const int D = 150, Weak = 60, Strong = 120;

    public static Matrix<double> WeakMap => Make(Weak, (i, j) => Math.Sqrt(2.0 / D) * Math.Cos(Math.PI * (i - 0.5) * (j - 0.5) / D));

    public static Matrix<double> StrongMap => Make(Strong, (i, j) => Math.Sqrt(2.0 / D) * Math.Sin(Math.PI * i * (j - 0.5) / D));

    public static double Variance(int j) => Math.Pow(j, -0.7);

    public static double Coefficient(int j) => Math.Pow(j, -0.8);

    public static Matrix<double> WeakCovariance => Noisy(Product(WeakMap, WeakMap), 0.02);

    public static Matrix<double> StrongCovariance => Noisy(Product(StrongMap, StrongMap), 0.005);

    public static Matrix<double> Cross => Product(WeakMap, StrongMap);

    public static Matrix<double> WeakTarget => Product(WeakMap, Target);

    public static Matrix<double> StrongTarget => Product(StrongMap, Target);

    public static double TargetVariance => 0.2 + Enumerable.Range(1, D).Sum(j => Variance(j) * Coefficient(j) * Coefficient(j));

    public static PairMoments Moments => PairMoments.Of(
        WeakCovariance, StrongCovariance, Cross, WeakTarget, StrongTarget, new Matrix<double>(1, 1, [TargetVariance]));

    private static Matrix<double> Target => Make(1, (_, j) => Coefficient(j));

    private static Matrix<double> Make(int rows, Func<int, int, double> entry)
    {
        var matrix = new Matrix<double>(rows, D);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < D; j++)
                matrix[i, j] = entry(i + 1, j + 1);
        }
        return matrix;
    }

    /// <summary>A diag(variances) B'.</summary>
    private static Matrix<double> Product(Matrix<double> a, Matrix<double> b)
    {
        Matrix<double> scaled = a.Copy(), product = new(a.Rows, b.Rows);
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < D; j++)
                scaled[i, j] *= Variance(j + 1);
        }
        Dense.Multiply(scaled, b, product, transposeB: true);
        return product;
    }

    private static Matrix<double> Noisy(Matrix<double> covariance, double noise)
    {
        for (int i = 0; i < covariance.Rows; i++)
        {
            for (int j = 0; j < i; j++)
                covariance[i, j] = covariance[j, i];
            covariance[i, i] += noise;
        }
        return covariance;
    }
}
