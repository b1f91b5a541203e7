using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra.Double;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Ridge;

/// <summary>Vectors of very different length in general position.</summary>
public sealed class GradedVectorsTests
{
    private const int Count = 6, Columns = 9;

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-1)]
    [InlineData(1e-4)]
    [InlineData(1e-10)]
    [InlineData(1e-20)]
    public void They_come_out_orthogonal_with_the_volume_and_the_followers_that_they_had(double ratio)
    {
        var vectors = new Matrix<double>(Count, Columns);
        new RandomStream(1).FillNormal(vectors.Data);
        var square = DenseMatrix.Create(Count, Columns, (i, j) => vectors[i, j]);
        double volume = Math.Sqrt((square * square.Transpose()).Determinant());
        for (int i = 0; i < Count; i++)
            TensorPrimitives.Multiply(vectors.Row(i), Math.Pow(ratio, (i + 2) % Count), vectors.Row(i));
        Matrix<double> followers = vectors.Copy();
        double[] lengths = GradedVectors.Orthogonalise(vectors, followers, 1);
        double product = 1;
        for (int k = 0; k < Count; k++)
        {
            product *= lengths[k] / Math.Pow(ratio, k);
            Assert.True(k == 0 || lengths[k] <= lengths[k - 1]);
            Assert.Equal(1, TensorPrimitives.Norm<double>(Unit(vectors, k)), 1e-14);
            for (int l = 0; l < k; l++)
                Assert.Equal(0, TensorPrimitives.Dot<double>(Unit(vectors, k), Unit(vectors, l)), 1e-12);
            // Turned as the vectors were, as far as rows so short can tell.
            if (ratio >= 1e-4)
                Assert.Equal(0, TensorPrimitives.Distance<double>(Unit(vectors, k), Unit(followers, k)), 1e-10);
        }
        Assert.Equal(1, product / volume, 1e-11);

        double[] Unit(Matrix<double> from, int k)
        {
            var unit = new double[Columns];
            TensorPrimitives.Divide(from.Row(k), lengths[k], unit);
            return unit;
        }
    }

    [Fact]
    public void What_is_negligible_becomes_zero()
    {
        Matrix<double> vectors = new(3, 2, [1e-150, 2e-150, 3, 4, 0, 0]), followers = vectors.Copy();
        Assert.Equal([5, 0, 0.0], GradedVectors.Orthogonalise(vectors, followers, 1).Select(length => Math.Round(length, 14)));
        Assert.Equal(new double[4], vectors.Data[2..].ToArray());
    }
}
