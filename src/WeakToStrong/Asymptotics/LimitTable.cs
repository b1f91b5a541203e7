using WeakToStrong.Tables;

namespace WeakToStrong.Asymptotics;

/// <summary>Exact limits at many points: the result table of <c>w2s limits</c>.</summary>
public static class LimitTable
{
    private const int BlockSize = 4096;

    /// <summary>
    /// The inputs, then teacher_error, student_error, gap, window (never|interval|always), window_low, window_high, best_lambda_student,
    /// best_student_error, optimal_lambda_teacher, largest_beatable_lambda_teacher (NaN where no teacher ridge can be beaten),
    /// teacher_cosine, student_cosine; errors include the noise variance.
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
        double[] optimal = New(), beatable = New(), teacherCosine = New(), studentCosine = New();
        var kind = new string[n];
        FixedBlocks.Cut(n, BlockSize, options ?? RunOptions.Default, "points", (first, count) =>
        {
            for (int i = first; i < first + count; i++)
            {
                double s2 = points.NoiseVariance[i], a2 = points.SignalPower[i];
                MarchenkoPastur t = MarchenkoPastur.Trusted(points.GammaTeacher[i], points.LambdaTeacher[i]);
                var moments = TeacherMoments.Ridge(t, s2, a2);
                var limit = new StudentLimit(moments, points.GammaStudent[i], points.Alignment[i], points.Spike[i]);
                MarchenkoPastur s = limit.At(points.LambdaStudent[i]);
                WinningWindow window = limit.Window();
                teacher[i] = s2 + moments.ExcessError;
                student[i] = s2 + limit.Excess(s);
                gap[i] = limit.Gap(s);
                (kind[i], low[i], high[i]) = (Word(window.Kind), window.Low, window.High);
                bestRidge[i] = limit.BestRidge();
                bestError[i] = s2 + limit.Excess(limit.At(bestRidge[i]));
                (teacherCosine[i], studentCosine[i]) = (moments.Cosine, limit.Cosine(s));
                optimal[i] = RidgeTeacher.OptimalRidge(points.GammaTeacher[i], s2, a2);
                // Rows of a grid of ridges share it, and a finite spike's takes a search.
                beatable[i] = i % BlockSize > 0 && points.SameButRidges(i, i - 1) ? beatable[i - 1]
                    : RidgeTeacher.LargestBeatableRidge(points.GammaTeacher[i], s2, points.GammaStudent[i], a2, points.Alignment[i],
                        points.Spike[i])
                        ?? double.NaN;
            }
        });
        return new ResultTable(
            ResultColumn.Of("gamma_teacher", points.GammaTeacher), ResultColumn.Of("gamma_student", points.GammaStudent),
            ResultColumn.Of("lambda_teacher", points.LambdaTeacher), ResultColumn.Of("lambda_student", points.LambdaStudent),
            ResultColumn.Of("noise_variance", points.NoiseVariance), ResultColumn.Of("signal_power", points.SignalPower),
            ResultColumn.Of("alignment", points.Alignment), ResultColumn.Of("spike", points.Spike),
            ResultColumn.Of("teacher_error", teacher), ResultColumn.Of("student_error", student), ResultColumn.Of("gap", gap),
            ResultColumn.Of("window", kind), ResultColumn.Of("window_low", low), ResultColumn.Of("window_high", high),
            ResultColumn.Of("best_lambda_student", bestRidge), ResultColumn.Of("best_student_error", bestError),
            ResultColumn.Of("optimal_lambda_teacher", optimal), ResultColumn.Of("largest_beatable_lambda_teacher", beatable),
            ResultColumn.Of("teacher_cosine", teacherCosine), ResultColumn.Of("student_cosine", studentCosine));
    }

    /// <summary>A window's kind as tables write it.</summary>
    internal static string Word(WindowKind kind) => kind switch
    {
        WindowKind.Never => "never",
        WindowKind.Interval => "interval",
        _ => "always",
    };
}
