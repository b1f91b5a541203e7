using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>A population estimated from rows of features, centred at their mean.</summary>
internal static class FeatureMoments
{
    /// <summary>The covariance (1/n) sum (x_i - mean)(x_i - mean)', d x d. The features are left centred.</summary>
    public static Matrix<double> Covariance(Matrix<double> features)
    {
        Centre(features);
        return Dense.Gram(features, 1.0 / features.Rows);
    }

    /// <summary>Least-squares coefficients of the labels; where the features do not determine them, of least norm with columns of like
    /// scale.</summary>
    public static double[] LeastSquares(Matrix<double> features, double[] labels)
    {
        Centre(features);
        int d = features.Columns;
        double mean = labels.Average();
        Matrix<double> axes = Dense.Gram(features, 1.0 / features.Rows), moment = new(d, 1), turned = new(d, 1), coefficients = new(d, 1);
        Dense.Multiply(features, new Matrix<double>(labels.Length, 1, [.. labels.Select(y => y - mean)]), moment, transposeA: true,
            alpha: 1.0 / features.Rows);
        // In units in which columns are of like scale: the fit is the same, and what small columns say is not lost.
        double[]? units = CovarianceBasis.Units(axes);
        if (units is not null)
            CovarianceBasis.Scale(axes, units);
        Divide(moment, units);
        double[] values = SymmetricMatrix.SemiDefiniteEigen(axes, "the covariance of the features");
        Dense.Multiply(axes, moment, turned, transposeA: true);
        for (int j = 0; j < d; j++)
            turned[j, 0] = values[j] > 0 ? turned[j, 0] / values[j] : 0;
        Dense.Multiply(axes, turned, coefficients);
        Divide(coefficients, units);
        return coefficients.Data.ToArray();
    }

    private static void Divide(Matrix<double> column, double[]? units)
    {
        for (int j = 0; j < (units?.Length ?? 0); j++)
            column[j, 0] /= units![j];
    }

    /// <summary>A centred copy.</summary>
    public static Matrix<double> Centred(Matrix<double> features)
    {
        Matrix<double> centred = features.Copy();
        Centre(centred);
        return centred;
    }

    private static void Centre(Matrix<double> features)
    {
        var mean = new double[features.Columns];
        for (int i = 0; i < features.Rows; i++)
        {
            for (int j = 0; j < mean.Length; j++)
                mean[j] += features[i, j] / features.Rows;
        }
        for (int i = 0; i < features.Rows; i++)
        {
            for (int j = 0; j < mean.Length; j++)
                features[i, j] -= mean[j];
        }
    }
}
