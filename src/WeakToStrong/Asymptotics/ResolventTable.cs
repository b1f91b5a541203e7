using WeakToStrong.Tables;

namespace WeakToStrong.Asymptotics;

/// <summary>The Marchenko-Pastur resolvent at many points: the result table of <c>w2s limits --resolvent</c>.</summary>
public static class ResolventTable
{
    private const int BlockSize = 4096;

    /// <summary>The columns of a table of points: gamma and lambda.</summary>
    public static IReadOnlyList<ColumnRule> Columns { get; } = [new("gamma", NumberRange.Positive), new("lambda", NumberRange.NonNegative)];

    /// <summary>
    /// gamma, lambda, then m1, m2, one_minus_lambda_m1, lambda_m1, lambda2_m2, m1_minus_lambda_m2,
    /// lambda_m2_over_m1 (see <see cref="MarchenkoPastur"/>).
    /// </summary>
    /// <param name="gamma">Aspect ratios d/n; positive.</param>
    /// <param name="lambda">Ridges of (X'X/n + lambda I); not negative; same length.</param>
    /// <param name="options">Threads, progress (in points) and cancellation.</param>
    /// <exception cref="InputException">A value is outside its range; the message names row (counted from 1) and column.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public static ResultTable Evaluate(double[] gamma, double[] lambda, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gamma);
        int n = gamma.Length;
        gamma = PointColumn.Check(Columns[0], gamma, n);
        lambda = PointColumn.Check(Columns[1], lambda, n);
        double[] New() => new double[n];
        double[] m1 = New(), m2 = New(), p = New(), q = New(), v = New(), slope = New(), r = New();
        FixedBlocks.Cut(n, BlockSize, options ?? RunOptions.Default, "points", (first, count) =>
        {
            for (int i = first; i < first + count; i++)
            {
                MarchenkoPastur law = MarchenkoPastur.Trusted(gamma[i], lambda[i]);
                (m1[i], m2[i], p[i], q[i], v[i], slope[i], r[i]) = (law.M1, law.M2, law.P, law.Q, law.V, law.M1MinusLambdaM2, law.R);
            }
        });
        return new ResultTable(
            ResultColumn.Of("gamma", gamma), ResultColumn.Of("lambda", lambda), ResultColumn.Of("m1", m1), ResultColumn.Of("m2", m2),
            ResultColumn.Of("one_minus_lambda_m1", p), ResultColumn.Of("lambda_m1", q), ResultColumn.Of("lambda2_m2", v),
            ResultColumn.Of("m1_minus_lambda_m2", slope), ResultColumn.Of("lambda_m2_over_m1", r));
    }
}
