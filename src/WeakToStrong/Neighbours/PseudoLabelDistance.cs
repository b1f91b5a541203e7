using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Neighbours;

/// <summary>
/// Xue, Li and Mirzasoleiman (2025): how far a student's predictions end from the ceiling's is known from kernels alone, before either is
/// trained. With P = K (K + lambda)^-1 of n rows under weak and strong features, E|f_student - f_ceiling|^2 is close to |P_s (1 - P_w)
/// y|^2/n when n is far above the numbers of features: what the teacher misses and the student can express.
/// </summary>
public sealed record PseudoLabelDistance
{
    private PseudoLabelDistance(double predicted, double measured, double missed) =>
        (Predicted, Measured, Missed) = (predicted, measured, missed);

    /// <summary>|P_s (1 - P_w) y|^2/n on the given rows.</summary>
    public double Predicted { get; }

    /// <summary>Mean squared distance of student and ceiling on test rows, both trained on other rows.</summary>
    public double Measured { get; }

    /// <summary>|(1 - P_w) y|^2/n: what the teacher misses, whether or not the student can express it.</summary>
    public double Missed { get; }

    /// <summary>Draws four sets of n rows: for the kernels, the teacher, the student and the test. Strong features are white, a share of
    /// the weak ones is seen by the student, and the target is linear in both with noise.</summary>
    /// <param name="rows">n.</param>
    /// <param name="weak">Number of weak features.</param>
    /// <param name="strong">Number of strong features.</param>
    /// <param name="ridge">lambda of all models.</param>
    /// <param name="random">Random numbers.</param>
    public static PseudoLabelDistance Draw(int rows, int weak, int strong, double ridge, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var sets = new (Matrix<double> U, Matrix<double> V, Matrix<double> Y)[4];
        for (int i = 0; i < sets.Length; i++)
            sets[i] = Rows(rows, weak, strong, random);
        Matrix<double> Fit(Matrix<double> x, Matrix<double> labels)
        {
            Matrix<double> gram = Dense.Gram(x, 1.0 / x.Rows), moment = new(x.Columns, 1);
            for (int j = 0; j < gram.Rows; j++)
                gram[j, j] += ridge;
            Dense.Multiply(x, labels, moment, transposeA: true, alpha: 1.0 / x.Rows);
            return Dense.TrySolvePositiveDefinite(gram, moment) ? moment
                : throw new ArgumentException("the ridge is too small for these rows", nameof(ridge));
        }

        (Matrix<double> u, Matrix<double> v, Matrix<double> y) = sets[0];
        Matrix<double> missed = Minus(y, Times(u, Fit(u, y))), kept = Times(v, Fit(v, missed));
        Matrix<double> teacher = Fit(sets[1].U, sets[1].Y);
        Matrix<double> student = Fit(sets[2].V, Times(sets[2].U, teacher)), ceiling = Fit(sets[2].V, sets[2].Y);
        return new PseudoLabelDistance(MeanSquare(kept), MeanSquare(Times(sets[3].V, Minus(student, ceiling))), MeanSquare(missed));
    }

    private static (Matrix<double> U, Matrix<double> V, Matrix<double> Y) Rows(int n, int weak, int strong, RandomStream random)
    {
        Matrix<double> u = new(n, weak), v = new(n, strong), y = new(n, 1);
        random.FillNormal(u.Data);
        random.FillNormal(v.Data);
        for (int i = 0; i < n; i++)
        {
            y[i, 0] = 0.3 * random.NextNormal();
            for (int j = 0; j < weak; j++)
            {
                // Every other weak feature is one of the strong ones.
                u[i, j] = j % 2 == 0 ? v[i, j] : u[i, j];
                y[i, 0] += u[i, j] / Math.Sqrt(2 * weak);
            }
            for (int j = 0; j < strong; j++)
                y[i, 0] += v[i, j] / Math.Sqrt(2 * strong);
        }
        return (u, v, y);
    }

    private static Matrix<double> Times(Matrix<double> x, Matrix<double> b)
    {
        var product = new Matrix<double>(x.Rows, 1);
        Dense.Multiply(x, b, product);
        return product;
    }

    private static Matrix<double> Minus(Matrix<double> a, Matrix<double> b)
    {
        Matrix<double> difference = a.Copy();
        for (int i = 0; i < difference.Rows; i++)
            difference[i, 0] -= b[i, 0];
        return difference;
    }

    private static double MeanSquare(Matrix<double> column)
    {
        double sum = 0;
        foreach (double x in column.Data)
            sum += x * x;
        return sum / column.Rows;
    }
}
