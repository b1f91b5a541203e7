using WeakToStrong.Asymptotics;
using WeakToStrong.Simulation;
using WeakToStrong.Statistics;

namespace WeakToStrong.Claims.Suite;

/// <summary>Claims that the paper reads off its figures of the error against gamma_t (Appendix E).</summary>
internal static class FigureClaims
{
    private const double GammaStudent = 0.1;
    private const int Settings = 500;

    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "figure-6", "With a ridgeless teacher the student's error against gamma_t peaks at gamma_t = 1", "Appendix E, Figures 6 and 7",
            "Argmax of the limit over 201 ratios at lambda_t = 1e-6 for sigma 0.2 and 1 and six lambda_s; and the gap to the limit of "
            + "exact simulation at gamma_t 0.8, 1 and 1.25 (lambda_t = 0.001, d = 1000000000).",
            Figure6, "the peak at gamma_t = 1 - gamma_s"),
        new Claim(
            "figure-8", "With the optimal teacher the student's error increases with gamma_t: optimal regularisation removes the peak",
            "Appendix E, Figure 8",
            "Increase of the limit along 400 ratios from 0.02 to 20, on 500 random (gamma_s, lambda_s, sigma^2).",
            Figure8, "the teacher at 0.15 of its optimum (Figure 9)"),
        new Claim(
            "figure-9",
            "With a teacher at 0.15 of its optimal ridge a lightly regularised student's error against gamma_t has a peak again",
            "Appendix E, Figure 9",
            "A peak followed by a trough of the limit along 600 ratios from 0.02 to 20 at gamma_s = 0.1, sigma = 1, for lambda_s 0.001, "
            + "0.01 and 0.1, none for 0.5, 1 and 3; and exact simulation at the peak and the trough of lambda_s = 0.01 "
            + "(d = 1000000000).",
            Figure9, "the teacher at its optimum", "a peak for every lambda_s"),
    ];

    private static Evidence Figure6(ClaimTest test)
    {
        double expected = test.Formula(1, 1 - GammaStudent), farthest = expected;
        foreach (double sigma in (ReadOnlySpan<double>)[0.2, 1])
        {
            foreach (double ls in (ReadOnlySpan<double>)[0.001, 0.01, 0.1, 0.5, 1, 3])
            {
                double peak = Enumerable.Range(0, 201).Select(i => 0.5 + (i * 0.01))
                    .MaxBy(g => new RidgeStudent(new RidgeTeacher(g, 1e-6, sigma * sigma), GammaStudent).TestError(ls));
                farthest = Math.Abs(peak - expected) > Math.Abs(farthest - expected) ? peak : farthest;
            }
        }
        var comparisons = new MeanComparisons();
        foreach (double gamma in (ReadOnlySpan<double>)[0.8, 1, 1.25])
        {
            const long D = 1_000_000_000, Trials = 100;
            var experiment = new LinearExperiment(D, (long)Math.Round(D / gamma), (long)Math.Round(D / GammaStudent), 1,
                signalLaw: SignalLaw.Fixed);
            var limit = new RidgeStudent(new RidgeTeacher(gamma, 1e-3, 1), GammaStudent);
            comparisons.Add(test.Simulate(experiment, 1e-3, 0.1, Trials).Student(0, 0), limit.TestError(0.1));
        }
        return Evidence.Worst(Evidence.Close(farthest, expected, 0.005), comparisons.ToEvidence(test.FalseAlarmRate));
    }

    private static Evidence Figure9(ClaimTest test)
    {
        double share = test.Formula(0.15, 1, 0.15);
        long wrong = 0;
        double peak = double.NaN, trough = double.NaN;
        double[] ridges = [0.001, 0.01, 0.1, 0.5, 1, 3];
        foreach (double ridge in ridges)
        {
            double[] gammas = [.. Grid.Logarithmic(0.02, 20, 600)], errors = [.. gammas.Select(g => Student(g).TestError(ridge))];
            int top = Turn(errors, 1, 1), low = Turn(errors, top + 1, -1);
            bool returns = top > 0 && low > 0;
            wrong += returns != test.Formula(ridge < 0.3, ridge < 0.3, true) ? 1 : 0;
            if (returns && ridge == 0.01)
                (peak, trough) = (gammas[top], gammas[low]);
        }
        if (double.IsNaN(peak))
            return Evidence.Never(Math.Max(1, wrong), ridges.Length);
        var comparisons = new MeanComparisons();
        Estimate highest = Simulate(peak), least = Simulate(trough);
        comparisons.Add(highest, Student(peak).TestError(0.01));
        comparisons.Add(least, Student(trough).TestError(0.01));
        double z = (highest.Mean - least.Mean) / double.Hypot(highest.StandardError, least.StandardError);
        return Evidence.Worst(Evidence.Never(wrong, ridges.Length), Evidence.AtLeast(z, 4), comparisons.ToEvidence(test.FalseAlarmRate));

        RidgeStudent Student(double gamma) => new(new RidgeTeacher(gamma, share * RidgeTeacher.OptimalRidge(gamma, 1, 1), 1), GammaStudent);

        Estimate Simulate(double gamma)
        {
            const long D = 1_000_000_000;
            var experiment = new LinearExperiment(D, (long)Math.Round(D / gamma), (long)Math.Round(D / GammaStudent), 1,
                signalLaw: SignalLaw.Fixed);
            return test.Simulate(experiment, share * RidgeTeacher.OptimalRidge(gamma, 1, 1), 0.01, 100).Student(0, 0);
        }
    }

    /// <summary>The first place from which the values turn down (direction 1) or up (-1); 0 when there is none.</summary>
    private static int Turn(double[] values, int from, int direction)
    {
        for (int i = Math.Max(1, from); i < values.Length - 1; i++)
        {
            if (direction * (values[i] - values[i - 1]) > 0 && direction * (values[i] - values[i + 1]) > 0)
                return i;
        }
        return 0;
    }

    private static Evidence Figure8(ClaimTest test)
    {
        var draws = new ParameterDraws(test);
        long falls = 0;
        for (int i = 0; i < Settings; i++)
        {
            Setting x = draws.Next();
            double ridge = draws.Ridge(), previous = 0;
            foreach (double gamma in Grid.Logarithmic(0.02, 20, 400))
            {
                double lambda = test.Formula(1, 0.15) * RidgeTeacher.OptimalRidge(gamma, x.NoiseVariance, x.SignalPower);
                var student = new RidgeStudent(new RidgeTeacher(gamma, lambda, x.NoiseVariance, x.SignalPower), x.GammaStudent);
                double error = student.TestError(ridge);
                if (error < previous * (1 - 1e-14))
                {
                    falls++;
                    break;
                }
                previous = error;
            }
        }
        return Evidence.Never(falls, Settings);
    }
}
