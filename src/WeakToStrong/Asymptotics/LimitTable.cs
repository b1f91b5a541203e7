using WeakToStrong.Tables;

namespace WeakToStrong.Asymptotics;

/// <summary>
/// Many points of the linear theory, as columns of equal length. Optional columns default to the paper's setting.
/// Every row is checked when the object is made, so that evaluation cannot fail.
/// </summary>
public sealed class LimitPoints
{
    /// <summary>Points from columns.</summary>
    /// <param name="gammaTeacher">gamma_t; positive.</param>
    /// <param name="gammaStudent">gamma_s; positive.</param>
    /// <param name="lambdaTeacher">lambda_t; not negative.</param>
    /// <param name="lambdaStudent">lambda_s; not negative.</param>
    /// <param name="noiseVariance">sigma^2; not negative.</param>
    /// <param name="signalPower">a^2; positive. Default: 1.</param>
    /// <param name="alignment">zeta, from 0 to 1. Default: 0.</param>
    /// <param name="spike">w; not negative, may be infinite. Default: infinite.</param>
    /// <exception cref="ArgumentException">Columns differ in length.</exception>
    /// <exception cref="InputException">A value is outside its range; the message names row (counted from 1) and column.</exception>
    public LimitPoints(double[] gammaTeacher, double[] gammaStudent, double[] lambdaTeacher, double[] lambdaStudent, double[] noiseVariance,
        double[]? signalPower = null, double[]? alignment = null, double[]? spike = null)
    {
        ArgumentNullException.ThrowIfNull(gammaTeacher);
        int n = gammaTeacher.Length;
        double[]?[] given = [gammaTeacher, gammaStudent, lambdaTeacher, lambdaStudent, noiseVariance, signalPower, alignment, spike];
        double[][] columns = [.. Columns.Zip(given, (rule, values) => PointColumn.Check(rule, values, n))];
        (GammaTeacher, GammaStudent, LambdaTeacher, LambdaStudent, NoiseVariance, SignalPower, Alignment, Spike) =
            (columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6], columns[7]);
    }

    /// <summary>The columns of a table of points, in the constructor's order.</summary>
    public static IReadOnlyList<ColumnRule> Columns { get; } =
    [
        new("gamma_teacher", NumberRange.Positive), new("gamma_student", NumberRange.Positive),
        new("lambda_teacher", NumberRange.NonNegative), new("lambda_student", NumberRange.NonNegative),
        new("noise_variance", NumberRange.NonNegative), new("signal_power", NumberRange.Positive, 1),
        new("alignment", NumberRange.UnitInterval, 0), new("spike", NumberRange.NonNegativeOrInfinite, double.PositiveInfinity),
    ];

    /// <summary>Number of points.</summary>
    public int Count => GammaTeacher.Length;

    internal double[] GammaTeacher { get; }

    internal double[] GammaStudent { get; }

    internal double[] LambdaTeacher { get; }

    internal double[] LambdaStudent { get; }

    internal double[] NoiseVariance { get; }

    internal double[] SignalPower { get; }

    internal double[] Alignment { get; }

    internal double[] Spike { get; }
}

/// <summary>Exact limits at many points: the result table of <c>w2s limits</c>.</summary>
public static class LimitTable
{
    private const int BlockSize = 4096;

    /// <summary>
    /// The inputs, then teacher_error, student_error, gap, window (never|interval|always), window_low, window_high,
    /// best_lambda_student, best_student_error; errors include the noise variance.
    /// </summary>
    /// <param name="points">Where.</param>
    /// <param name="options">Threads, progress (in points) and cancellation.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public static ResultTable Evaluate(LimitPoints points, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        int n = points.Count;
        double[] New() => new double[n];
        double[] teacher = New(), student = New(), gap = New(), low = New(), high = New(), bestRidge = New(), bestError = New();
        var kind = new string[n];
        PointBlocks.Run(n, BlockSize, options ?? RunOptions.Default, i =>
        {
            double s2 = points.NoiseVariance[i], a2 = points.SignalPower[i];
            MarchenkoPastur t = MarchenkoPastur.Trusted(points.GammaTeacher[i], points.LambdaTeacher[i]);
            double excess = RidgeFormulas.TeacherExcess(t, s2, a2);
            var limit = new StudentLimit(t, excess, s2, a2, points.GammaStudent[i], points.Alignment[i], points.Spike[i]);
            MarchenkoPastur s = limit.At(points.LambdaStudent[i]);
            WinningWindow window = limit.Window();
            teacher[i] = s2 + excess;
            student[i] = s2 + limit.Excess(s);
            gap[i] = limit.Gap(s);
            (kind[i], low[i], high[i]) = (Word(window.Kind), window.Low, window.High);
            bestRidge[i] = limit.BestRidge();
            bestError[i] = s2 + limit.Excess(limit.At(bestRidge[i]));
        });
        return new ResultTable(
            ResultColumn.Of("gamma_teacher", points.GammaTeacher), ResultColumn.Of("gamma_student", points.GammaStudent),
            ResultColumn.Of("lambda_teacher", points.LambdaTeacher), ResultColumn.Of("lambda_student", points.LambdaStudent),
            ResultColumn.Of("noise_variance", points.NoiseVariance), ResultColumn.Of("signal_power", points.SignalPower),
            ResultColumn.Of("alignment", points.Alignment), ResultColumn.Of("spike", points.Spike),
            ResultColumn.Of("teacher_error", teacher), ResultColumn.Of("student_error", student), ResultColumn.Of("gap", gap),
            ResultColumn.Of("window", kind), ResultColumn.Of("window_low", low), ResultColumn.Of("window_high", high),
            ResultColumn.Of("best_lambda_student", bestRidge), ResultColumn.Of("best_student_error", bestError));
    }

    private static string Word(WindowKind kind) => kind switch
    {
        WindowKind.Never => "never",
        WindowKind.Interval => "interval",
        _ => "always",
    };
}
