using WeakToStrong.Functions;
using WeakToStrong.Networks;

namespace WeakToStrong.Claims.Suite;

/// <summary>Section 3: Proposition 10 and Theorem 11 on one gradient step of two-layer networks.</summary>
internal static class NetworkClaims
{
    private const int Trials = 24;

    private const int Dimension = 400;

    /// <summary>The share of a limit that the finite size explains: d^(-1/2), rounded up.</summary>
    private const double FiniteSize = 0.06;

    /// <summary>The same for the hard update, of which only the leading term is known, at d = 100 too.</summary>
    private const double LeadingTerm = 0.15;

    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "proposition-10",
            "One step of the teacher moves its weights along beta_e by ||(W_t - W_0) beta_e|| -> eta c_1 ||a|| c_1(easy) and along beta_h "
            + "by only O(n^-1/2); ||W_t beta_h|| stays at sqrt(p/d)",
            "Proposition 10",
            $"{Trials} trials at d = p = 400, n = 4d for ReLU/He_2 and erf/He_3: both updates, both norms, the readout and the cosine "
            + "against their constants; the hard update again at d = 100, where it must be twice as large.",
            Proposition10,
            "the printed limit 0 of ||W_t beta_h||", "the activation's c_1 left out",
            "a hard update that does not shrink from d = 100 to d = 400", "gamma_t left out of the cosine")
        {
            Correction = "||W_t beta_h|| tends to sqrt(p/d), the norm of the initial weights, not to 0; what vanishes is the update (W_t - "
                + "W_0) beta_h",
        },
        new Claim(
            "theorem-11",
            "One step on the teacher's labels aligns the pre-trained student with beta_e, ||(W_s - Wbar_0) beta_e|| -> eta_s eta_t c_1^3 "
            + "||a_s|| ||a_t||^2 c_1(easy), and keeps its spike, ||(W_s - Wbar_0) beta_h|| -> tau",
            "Theorem 11",
            $"{Trials} trials at d = p = 400, n = 4d, tau = 1 for ReLU/He_2 and erf/He_3: updates, norms, readout and the labels' "
            + "direction against their constants.",
            Theorem11,
            "the printed constant tau of ||W_s beta_h||", "one factor c_1 too few", "a step that forgets the spike",
            "labels with the teacher's step left out")
        {
            Correction = "||W_s beta_h|| tends to sqrt(p/d + tau^2): it is positive without any pre-training, and has a limit only for tau "
                + "= O(1), not for all tau = o(sqrt(d))",
        },
    ];

    private static Evidence Proposition10(ClaimTest test)
    {
        var comparisons = new MeanComparisons();
        foreach (NetworkExperiment experiment in Experiments())
        {
            NetworkResult result = Run(test, experiment), small = Run(test, Smaller(experiment));
            double slope = experiment.Activation.Slope, notShrunk = small.Prediction.Corrected(NetworkQuantity.TeacherUpdateHard);
            Add(comparisons, result, NetworkQuantity.TeacherNormHard, (c, printed) => test.Formula(c, printed, c, c, c));
            Add(comparisons, result, NetworkQuantity.TeacherUpdateEasy, (c, _) => test.Formula(c, c, c / slope, c, c));
            Add(comparisons, result, NetworkQuantity.TeacherReadoutEasy, (c, _) => test.Formula(c, c, c / slope, c, c));
            Add(comparisons, result, NetworkQuantity.TeacherCosine, (c, _) => test.Formula(c, c, c, c, 1));
            Add(comparisons, result, NetworkQuantity.TeacherUpdateHard, (c, _) => test.Formula(c, c, c, notShrunk, c), LeadingTerm);
            Add(comparisons, small, NetworkQuantity.TeacherUpdateHard, (c, _) => c, LeadingTerm);
        }
        return comparisons.ToEvidence(test.FalseAlarmRate);
    }

    private static Evidence Theorem11(ClaimTest test)
    {
        var comparisons = new MeanComparisons();
        foreach (NetworkExperiment experiment in Experiments())
        {
            NetworkResult result = Run(test, experiment);
            double slope = experiment.Activation.Slope;
            double random = Math.Sqrt((double)experiment.StudentWidth / experiment.Dimension);
            Add(comparisons, result, NetworkQuantity.StudentNormHard, (c, printed) => test.Formula(c, printed, c, random, c));
            Add(comparisons, result, NetworkQuantity.StudentUpdateHardSpike, (c, _) => test.Formula(c, c, c, 0, c));
            Add(comparisons, result, NetworkQuantity.StudentUpdateEasy, (c, _) => test.Formula(c, c, c / slope, c, 0));
            Add(comparisons, result, NetworkQuantity.StudentReadoutEasy, (c, _) => test.Formula(c, c, c / slope, c, 0));
            Add(comparisons, result, NetworkQuantity.LabelDirectionEasy, (c, _) => test.Formula(c, c, c / slope, c, 0));
            Add(comparisons, result, NetworkQuantity.LabelDirectionNorm, (c, _) => c);
        }
        return comparisons.ToEvidence(test.FalseAlarmRate);
    }

    private static void Add(MeanComparisons comparisons, NetworkResult result, NetworkQuantity quantity,
        Func<double, double, double> expected, double share = FiniteSize)
    {
        double value = expected(result.Prediction.Corrected(quantity), result.Prediction.Printed(quantity));
        comparisons.Add(result.Measured(quantity), value, share * value);
    }

    private static IEnumerable<NetworkExperiment> Experiments()
    {
        yield return Experiment(Nonlinearity.Relu, 2);
        yield return Experiment(Nonlinearity.Erf, 3);
    }

    private static NetworkExperiment Experiment(Nonlinearity activation, int order) =>
        new(new MultiIndexTarget(Nonlinearity.Identity, Nonlinearity.HermitePolynomial(order)), new Activation(activation), Dimension);

    private static NetworkExperiment Smaller(NetworkExperiment e) => new(e.Target, e.Activation, Dimension / 4);

    private static NetworkResult Run(ClaimTest test, NetworkExperiment experiment)
    {
        NetworkResult result = NetworkSimulator.Run(experiment, Trials, test.Seed, test.Options);
        test.Options.Cancellation.ThrowIfCancellationRequested();
        return result;
    }
}
