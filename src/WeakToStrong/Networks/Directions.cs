using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Networks;

/// <summary>The target's orthonormal directions beta_e and beta_h, in general position.</summary>
internal sealed class Directions
{
    /// <summary>A uniformly random orthonormal pair.</summary>
    public Directions(int dimension, RandomStream random)
    {
        double[] easy = RandomVectors.OnSphere(dimension, 1, random), hard = RandomVectors.OnSphere(dimension, 1, random);
        double overlap = Dot(easy, hard);
        for (int i = 0; i < dimension; i++)
            hard[i] -= overlap * easy[i];
        double norm = Math.Sqrt(Dot(hard, hard));
        Rows = new Matrix<float>(2, dimension);
        for (int i = 0; i < dimension; i++)
        {
            Rows[0, i] = (float)easy[i];
            Rows[1, i] = (float)(hard[i] / norm);
        }
    }

    /// <summary>beta_e in row 0, beta_h in row 1.</summary>
    public Matrix<float> Rows { get; }

    public ReadOnlySpan<float> Easy => Rows.Row(0);

    public ReadOnlySpan<float> Hard => Rows.Row(1);

    private static double Dot(double[] x, double[] y) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(x, y);
}

/// <summary>Random vectors.</summary>
internal static class RandomVectors
{
    /// <summary>A uniformly random vector of the given length on the sphere of the given radius.</summary>
    public static double[] OnSphere(int length, double radius, RandomStream random)
    {
        var vector = new double[length];
        random.FillNormal(vector);
        double scale = radius / System.Numerics.Tensors.TensorPrimitives.Norm<double>(vector);
        for (int i = 0; i < length; i++)
            vector[i] *= scale;
        return vector;
    }

    /// <summary>The same in single precision.</summary>
    public static float[] OnSphereSingle(int length, double radius, RandomStream random) =>
        [.. OnSphere(length, radius, random).Select(x => (float)x)];
}
