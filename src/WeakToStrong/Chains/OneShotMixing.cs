using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>
/// The mixing weight of <see cref="SelfDistillation"/> chosen from the training rows alone, in one shot: exact leave-one-out residuals of
/// the ridge regression and of the student of its fitted values, without refitting, and the xi that makes their mixture least. With the
/// smoother L and M = L - L^2 the residuals are e_i = (y - L y)_i/(1 - L_ii) and f_i = e_i + ((M y)_i - M_ii e_i)/(1 - L_ii), where
/// leaving a row out leaves it out of both regressions and keeps N lambda (derived in docs/views.md). Its limit is the best xi (Dang,
/// Patil and Rinaldo 2026).
/// </summary>
/// <param name="Mixing">xi.</param>
/// <param name="TeacherError">Leave-one-out mean squared error of the ridge regression.</param>
/// <param name="MixedError">The same of the student at <paramref name="Mixing"/>.</param>
public sealed record OneShotMixing(double Mixing, double TeacherError, double MixedError)
{
    /// <summary>Chooses xi.</summary>
    /// <param name="rows">n x p features, centred or of mean zero.</param>
    /// <param name="labels">n labels, centred or of mean zero.</param>
    /// <param name="ridge">lambda of both regressions, in (1/n) sum (y - x'b)^2 + lambda |b|^2; positive.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public static OneShotMixing Of(Matrix<double> rows, ReadOnlySpan<double> labels, double ridge, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Require.SameLength(rows.Rows, labels.Length);
        Require.Positive(ridge);
        (Matrix<double> axes, double[] kept) = Smoother(rows, ridge, threads);
        int n = rows.Rows;
        var along = new double[kept.Length];
        for (int i = 0; i < n; i++)
            TensorPrimitives.MultiplyAdd(axes.Row(i), labels[i], along, along);
        double teacher = 0, apart = 0, cross = 0;
        for (int i = 0; i < n; i++)
        {
            double fitted = 0, again = 0, leverage = 0, own = 0;
            for (int j = 0; j < kept.Length; j++)
            {
                double u = axes[i, j], h = kept[j], hg = h * (1 - h);
                fitted += u * h * along[j];
                again += u * hg * along[j];
                leverage += u * u * h;
                own += u * u * hg;
            }
            double e = (labels[i] - fitted) / (1 - leverage), difference = (again - (own * e)) / (1 - leverage);
            teacher += e * e / n;
            cross += e * difference / n;
            apart += difference * difference / n;
        }
        double xi = apart > 0 ? -cross / apart : 0;
        return new OneShotMixing(xi, teacher, teacher + (xi * ((2 * cross) + (xi * apart))));
    }

    /// <summary>Orthonormal axes in the rows' space, in columns, and the share of the labels that ridge keeps along each.</summary>
    private static (Matrix<double> Axes, double[] Kept) Smoother(Matrix<double> rows, double ridge, int threads)
    {
        int n = rows.Rows, p = rows.Columns;
        Matrix<double> moment;
        if (p < n)
        {
            moment = Dense.Gram(rows, 1.0 / n, threads);
        }
        else
        {
            moment = new Matrix<double>(n, n);
            Dense.Multiply(rows, rows, moment, transposeB: true, alpha: 1.0 / n, threads: threads);
        }
        double[] values = Dense.SymmetricEigen(moment, threads);
        double cut = values[^1] * Math.Max(n, p) * 2.2e-16;
        double[] kept = [.. values.Select(s => s > cut ? s / (s + ridge) : 0)];
        if (p >= n)
            return (moment, kept);
        var axes = new Matrix<double>(n, p);
        Dense.Multiply(rows, moment, axes, threads: threads);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < p; j++)
                axes[i, j] = values[j] > cut ? axes[i, j] / Math.Sqrt(n * values[j]) : 0;
        }
        return (axes, kept);
    }
}
