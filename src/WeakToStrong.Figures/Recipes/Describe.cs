using WeakToStrong.Figures.Drawing;
using WeakToStrong.Simulation;

namespace WeakToStrong.Figures.Recipes;

/// <summary>Puts parameters into words.</summary>
internal static class Describe
{
    /// <summary>The parameters of a linear experiment.</summary>
    /// <param name="e">The experiment.</param>
    /// <param name="prefix">Set before the first name, such as "left: ".</param>
    public static IEnumerable<FigureParameter> Experiment(LinearExperiment e, string prefix = "")
    {
        yield return new($"{prefix}$d$, $n_t$, $n_s$", $"{e.Dimension}, {e.TeacherSamples}, {e.StudentSamples}");
        yield return new($"{prefix}$γ_t$, $γ_s$", $"{MathText.Number(e.GammaTeacher, "G4")}, {MathText.Number(e.GammaStudent, "G4")}");
        yield return new($"{prefix}noise variance $σ^2$", $"{e.NoiseVariance}");
        if (e.HasSpike)
            yield return new($"{prefix}alignment $ζ$, spike $w$", $"{e.Alignment}, {e.Spike}");
        yield return new($"{prefix}signal $β^*$", e.SignalLaw == SignalLaw.Gaussian ? "$N(0, I/d)$" : "fixed norm 1");
    }
}
