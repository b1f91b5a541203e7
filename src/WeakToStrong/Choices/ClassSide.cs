using System.Numerics.Tensors;
using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

/// <summary>One class as one view sees it, in white features: its mean, and its second moment about the overall mean.</summary>
internal sealed class ClassSide
{
    public ClassSide(ViewBasis basis, RawClassSide raw, int threads)
    {
        Mean = basis.Whiten(new Matrix<double>(raw.Mean.Length, 1, raw.Mean), threads).Data.ToArray();
        Second = basis.Whiten(basis, raw.Second, threads);
        Diagonal = new double[Mean.Length];
        for (int j = 0; j < Mean.Length; j++)
            Diagonal[j] = Second[j, j];
    }

    public double[] Mean { get; }

    /// <summary>E zz' within the class. Its mean over classes is the identity.</summary>
    public Matrix<double> Second { get; }

    public double[] Diagonal { get; }

    /// <summary>E (z'x)(z'y).</summary>
    public double Product(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < Mean.Length; i++)
            sum += x[i] * TensorPrimitives.Dot(Second.Row(i), y[..Mean.Length]);
        return sum;
    }

    /// <summary>E z' diag(h) Q diag(h) z, with Q a covariance.</summary>
    public double Through(Matrix<double> q, ReadOnlySpan<double> h)
    {
        var row = new double[Mean.Length];
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            TensorPrimitives.Multiply(Second.Row(i), q.Row(i), row);
            sum += h[i] * TensorPrimitives.Dot(row, h[..row.Length]);
        }
        return sum;
    }
}
