using System.Numerics.Tensors;
using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

/// <summary>
/// A teacher on weak features as the strong ones see it: the mean and the spread of the part of its labels that is linear in the
/// strong features, and the covariance of the rest, which is noise to its student. Vectors are in the strong view's signal
/// coordinates, one row an output.
/// </summary>
internal sealed class LabelSource
{
    public LabelSource(PredictedModel teacher, PairMoments moments)
    {
        CrossMap map = moments.StrongFromWeak;
        int outputs = moments.Outputs, padded = moments.Strong.Truth.Columns;
        Scale = teacher.Fresh;
        InterceptError = teacher.InterceptError;
        Mean = new Matrix<double>(outputs, padded);
        Variance = new double[padded];
        double[] variance = [.. teacher.Filter.Select(h => h * h)];
        double unseen = 0;
        for (int j = 0; j < map.Seen.Length; j++)
            unseen += variance[j] * Math.Max(0, 1 - map.Seen[j]);
        map.MeansAndVariance(teacher.Mean, variance, Mean, Variance);
        ClassNoises = [.. teacher.ClassNoises.Select(noise => (noise, Seen(noise.Directions, map, padded)))];
        Unexplained = new Matrix<double>(outputs, outputs);
        for (int k = 0; k < outputs; k++)
        {
            for (int l = 0; l < outputs; l++)
            {
                double mean = TensorPrimitives.Dot<double>(teacher.Mean.Row(k),
                    teacher.Mean.Row(l)) - TensorPrimitives.Dot<double>(Mean.Row(k), Mean.Row(l));
                Unexplained[k, l] = (k == l ? Math.Max(0, mean) : mean) + (unseen * Scale[k, l]);
            }
        }
    }

    public Matrix<double> Mean { get; }

    /// <summary>Diagonal of the spread, to be multiplied by <see cref="Scale"/> for every pair of outputs.</summary>
    public double[] Variance { get; }

    public Matrix<double> Scale { get; }

    public Matrix<double> Unexplained { get; }

    /// <summary>The teacher's noise that knows the classes, with its directions as the strong features see them.</summary>
    public IReadOnlyList<(ClassNoise Noise, Matrix<double> Seen)> ClassNoises { get; }

    /// <summary>Covariance of the teacher's error of its intercepts, which its labels hand on.</summary>
    public Matrix<double> InterceptError { get; }

    private static Matrix<double> Seen(Matrix<double> directions, CrossMap map, int padded)
    {
        var seen = new Matrix<double>(directions.Rows, padded);
        for (int c = 0; c < directions.Rows; c++)
            map.Mean(directions.Row(c), seen.Row(c));
        return seen;
    }
}
