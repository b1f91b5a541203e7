using WeakToStrong.Randomness;
using WeakToStrong.Rules;

namespace WeakToStrong.Claims.Suite;

/// <summary>Claims about training rules other than ridge: what no isotropic student can do, whatever its rule.</summary>
internal static class RuleClaims
{
    private const int Teachers = 400, StudentsOfEach = 10;

    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "shrinkage-bound",
            "No isotropic student of any training rule has an excess error below |beta*|^2 - T1^2/T2 (gamma_s T2 for gamma_s > 1), "
            + "T1 = beta_t'beta*, T2 = |beta_t|^2, which T1/T2 times the teacher reaches for gamma_s <= 1",
            "docs/rules.md, section 3 (ours)",
            $"{Teachers * StudentsOfEach} random students of random teachers, each by ridge, flow, descent, components or least squares: "
            + "none may be below the bound, and the error of the best multiple of each teacher must be the bound.",
            ShrinkageBound, "the variance of the teacher left out of T2", "gamma_s^2 in place of gamma_s"),
        new Claim(
            "angle-never-improves",
            "An isotropic student of any training rule points no closer to beta* than its teacher; with an aligned direction and gamma_s < "
            + "1 some do",
            "docs/rules.md, section 4 (ours)",
            $"Cosines of {Teachers * StudentsOfEach} random students against their teachers', and of aligned ridge students at "
            + "gamma_s < 1.",
            AngleNeverImproves, "M1/M2 in place of M1/sqrt(M2)"),
    ];

    private static Evidence ShrinkageBound(ClaimTest test)
    {
        Func<RuleTeacher, double, double> bound = test.Formula<Func<RuleTeacher, double, double>>(
            (t, gs) => t.LeastStudentExcess(gs),
            (t, gs) => t.SignalPower - (t.SignalPower / Math.Max(1, gs)),
            (t, gs) => t.SignalPower - (t.Overlap * t.Overlap / (t.SquaredNorm * Math.Max(1, gs * gs))));
        long below = 0, tried = 0;
        double worst = 0;
        RandomStream random = test.Random();
        ForEachTeacher(test, random, teacher =>
        {
            double c = teacher.BestFactor, a2 = teacher.SignalPower;
            double shrunk = a2 - (2 * c * teacher.Overlap) + (c * c * teacher.SquaredNorm);
            worst = Math.Max(worst, Math.Abs(shrunk - bound(teacher, 1)) / a2);
            for (int i = 0; i < StudentsOfEach; i++)
            {
                double gamma = LogUniform(random, 0.05, 20);
                tried++;
                below += new RuleStudent(teacher, gamma).ExcessError(Draw(random)) < bound(teacher, gamma) * (1 - 1e-12) ? 1 : 0;
            }
        });
        return Evidence.Worst(Evidence.Never(below, tried), Evidence.Close(worst, 0, 1e-9));
    }

    private static Evidence AngleNeverImproves(ClaimTest test)
    {
        Func<RuleTeacher, double, TrainingRule, double> cosine = test.Formula<Func<RuleTeacher, double, TrainingRule, double>>(
            (t, gamma, rule) => new RuleStudent(t, gamma).Cosine(rule),
            (t, gamma, rule) => t.Cosine * rule.Over(gamma).Kept / rule.Over(gamma).KeptSquare);
        long better = 0, aligned = 0, tried = 0;
        RandomStream random = test.Random();
        ForEachTeacher(test, random, teacher =>
        {
            for (int i = 0; i < StudentsOfEach; i++)
            {
                double found = cosine(teacher, LogUniform(random, 0.05, 20), Draw(random));
                tried++;
                better += found > teacher.Cosine * (1 + 1e-12) ? 1 : 0;
            }
            var student = new RuleStudent(teacher, LogUniform(random, 0.05, 0.9), 0.8);
            aligned += student.Cosine(new RidgeRegression(1e-3)) > teacher.Cosine ? 1 : 0;
        });
        return Evidence.Worst(Evidence.Never(better, tried), Evidence.AtLeast(aligned, 1));
    }

    /// <summary>Every second teacher is the best ridge, whose students come closest to the bound.</summary>
    private static void ForEachTeacher(ClaimTest test, RandomStream random, Action<RuleTeacher> body)
    {
        for (int i = 0; i < Teachers; i++)
        {
            test.Options.Cancellation.ThrowIfCancellationRequested();
            double gamma = LogUniform(random, 0.05, 20), noise = LogUniform(random, 0.05, 20);
            body(new RuleTeacher(gamma, i % 2 == 0 ? new RidgeRegression(noise * gamma) : Draw(random), noise));
        }
    }

    private static TrainingRule Draw(RandomStream random) => random.NextInt(5) switch
    {
        0 => new RidgeRegression(LogUniform(random, 1e-6, 1e3)),
        1 => new GradientFlow(LogUniform(random, 1e-2, 1e5)),
        2 => new GradientDescent(1 + random.NextInt(60), LogUniform(random, 1e-3, 0.06)),
        3 => new PrincipalComponents(LogUniform(random, 1e-3, 1)),
        _ => Ridgeless.Instance,
    };

    private static double LogUniform(RandomStream random, double low, double high) =>
        low * Math.Exp(random.NextUniform() * Math.Log(high / low));
}
