using WeakToStrong.Figures.Drawing;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>The inputs of the linear experiment that a result of <c>simulate</c> names in its first row.</summary>
internal sealed class LinearSetting(ResultTable table)
{
    public double Dimension { get; } = First(table, "d");

    public double TeacherSamples { get; } = First(table, "n_teacher");

    public double StudentSamples { get; } = First(table, "n_student");

    public double NoiseVariance { get; } = First(table, "noise_variance");

    public double SignalPower { get; } = First(table, "signal_power");

    public double Alignment { get; } = First(table, "alignment");

    /// <summary>w; 0 for the plain student.</summary>
    public double Spike { get; } = First(table, "spike");

    public bool HasSpike => Spike > 0;

    public double GammaTeacher => Dimension / TeacherSamples;

    public double GammaStudent => Dimension / StudentSamples;

    /// <summary>A column as numbers.</summary>
    public static double[] Numbers(ResultTable table, string name) => table.Find(name) switch
    {
        IntegerColumn whole => [.. whole.Values.Select(v => (double)v)],
        _ => table.Numbers(name),
    };

    /// <summary>Means with their standard errors.</summary>
    public static Estimate[] Estimates(ResultTable table, string mean, string error)
    {
        double[] errors = table.Numbers(error), trials = Numbers(table, "trials");
        return [.. table.Numbers(mean).Select((m, i) => new Estimate(m, errors[i], (long)trials[i]))];
    }

    /// <summary>For the report.</summary>
    /// <param name="prefix">Set before the first name, such as "left: ".</param>
    public IEnumerable<FigureParameter> Describe(string prefix = "")
    {
        yield return new($"{prefix}$d$, $n_t$, $n_s$", $"{Dimension}, {TeacherSamples}, {StudentSamples}");
        yield return new($"{prefix}$γ_t$, $γ_s$", $"{MathText.Number(GammaTeacher, "G4")}, {MathText.Number(GammaStudent, "G4")}");
        yield return new($"{prefix}noise variance $σ^2$", $"{NoiseVariance}");
        if (HasSpike)
            yield return new($"{prefix}alignment $ζ$, spike $w$", $"{Alignment}, {Spike}");
        bool isFixed = table.Find("signal") is TextColumn { Values: ["fixed", ..] };
        yield return new($"{prefix}signal $β^*$", isFixed ? "fixed norm 1" : "$N(0, I/d)$");
    }

    private static double First(ResultTable table, string name) => Numbers(table, name)[0];
}
