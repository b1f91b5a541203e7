namespace WeakToStrong.Chains;

/// <summary>Laws for the coefficients b_j of a target.</summary>
public static class TargetVector
{
    /// <summary>b_j proportional to j^-exponent with Euclidean norm <paramref name="norm"/>.</summary>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="exponent">Any finite number; 0 spreads the target evenly.</param>
    /// <param name="norm">Euclidean norm of b, not negative.</param>
    public static double[] PowerLaw(int dimension, double exponent, double norm)
    {
        Require.Finite(exponent);
        Require.NonNegative(norm);
        var b = new double[Require.AtLeast(dimension, 1)];
        double squares = 0;
        for (int j = 0; j < b.Length; j++)
        {
            b[j] = exponent == 0 ? 1 : Math.Pow(j + 1, -exponent);
            squares += b[j] * b[j];
        }
        double scale = norm / Math.Sqrt(squares);
        for (int j = 0; j < b.Length; j++)
            b[j] *= scale;
        return b;
    }
}
