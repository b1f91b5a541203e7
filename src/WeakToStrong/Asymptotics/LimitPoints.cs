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

    /// <summary>Whether two points differ at most in their ridges.</summary>
    internal bool SameButRidges(int i, int j) =>
        GammaTeacher[i] == GammaTeacher[j] && GammaStudent[i] == GammaStudent[j] && NoiseVariance[i] == NoiseVariance[j]
        && SignalPower[i] == SignalPower[j] && Alignment[i] == Alignment[j] && Spike[i] == Spike[j];
}
