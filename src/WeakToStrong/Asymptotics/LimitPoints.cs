using WeakToStrong.Tables;

namespace WeakToStrong.Asymptotics;

/// <summary>
/// Many points of the linear theory, as columns of equal length. Optional columns default to the paper's setting.
/// Every row is checked when the object is made, so that evaluation cannot fail.
/// </summary>
public sealed class LimitPoints
{
    /// <summary>Points from columns, which are copied.</summary>
    /// <param name="columns">The columns, by name.</param>
    /// <exception cref="ArgumentException">Columns differ in length.</exception>
    /// <exception cref="InputException">A value is outside its range; the message names row (counted from 1) and column.</exception>
    public LimitPoints(LimitColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(columns.GammaTeacher);
        int n = columns.GammaTeacher.Count;
        GammaTeacher = Checked("gamma_teacher", columns.GammaTeacher);
        GammaStudent = Checked("gamma_student", columns.GammaStudent);
        LambdaTeacher = Checked("lambda_teacher", columns.LambdaTeacher);
        LambdaStudent = Checked("lambda_student", columns.LambdaStudent);
        NoiseVariance = Checked("noise_variance", columns.NoiseVariance);
        SignalPower = Checked("signal_power", columns.SignalPower);
        Alignment = Checked("alignment", columns.Alignment);
        Spike = Checked("spike", columns.Spike);

        double[] Checked(string name, IReadOnlyList<double>? values) => PointColumn.Check(Columns.Single(c => c.Name == name), values, n);
    }

    /// <summary>The columns of a table of points.</summary>
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
