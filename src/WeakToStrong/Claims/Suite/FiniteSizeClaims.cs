using System.Globalization;
using WeakToStrong.Simulation;
using WeakToStrong.Statistics;

namespace WeakToStrong.Claims.Suite;

/// <summary>Our claim about how the limits are reached.</summary>
internal static class FiniteSizeClaims
{
    private const double Gamma = 0.5, LambdaTeacher = 0.02, LambdaStudent = 0.2;
    private const long TrialsTimesDimension = 500;

    private static readonly long[] Dimensions = [50, 100, 200, 400];

    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "finite-size-shift", "Mean errors of teacher and student differ from their limits by c/d to leading order, with and without a "
            + "spike", "docs/simulation.md, section 9 (ours)",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Chi-square of limit + c/d, with c fitted, for exact simulations at d = {string.Join(", ", Dimensions)}, "
                + $"gamma = {Gamma} and {TrialsTimesDimension} d trials; plain and with a spike of 5 at zeta = 0.6."),
            Shift, "c/sqrt(d) in place of c/d", "c/d^2 in place of c/d"),
    ];

    private static Evidence Shift(ClaimTest test)
    {
        double exponent = test.Formula(1, 0.5, 2);
        var parts = new List<Evidence>();
        foreach (double? spike in (double?[])[null, 5])
        {
            LinearExperiment[] sizes =
            [
                .. from d in Dimensions
                   let n = (long)(d / Gamma)
                   select new LinearExperiment(d, n, n, 1, alignment: spike is null ? 0 : 0.6, spike: spike, signalLaw: SignalLaw.Fixed),
            ];
            var study = FiniteSizeStudy.Of(
                [.. sizes.Select(e => test.Simulate(e, LambdaTeacher, LambdaStudent, TrialsTimesDimension * e.Dimension))]);
            parts.Add(Fits(study.TeacherPoints));
            parts.Add(Fits(study.StudentPoints));
        }
        return Evidence.Worst([.. parts]);

        Evidence Fits(IReadOnlyList<FiniteSizePoint> points)
        {
            FiniteSizeShift fit = FiniteSizeShift.Fit(points, exponent);
            double threshold = ChiSquareLaw.Threshold(test.FalseAlarmRate / 4, fit.DegreesOfFreedom);
            FiniteSizePoint smallest = points[0];
            return new Evidence(
                smallest.Mean.Mean, smallest.Limit + (fit.TimesDimension * Math.Pow(smallest.Dimension, -exponent)), fit.ChiSquare,
                threshold,
                Power(points, 0.01, fit.DegreesOfFreedom, threshold), Power(points, 0.001, fit.DegreesOfFreedom, threshold));
        }
    }

    /// <summary>
    /// The probability to refute limits that are wrong by a share of their value: what of the error a fitted c/d does not take up makes
    /// chi-square non-central, to good approximation normal.
    /// </summary>
    private static double Power(IReadOnlyList<FiniteSizePoint> points, double share, int degreesOfFreedom, double threshold)
    {
        double own = 0, mixed = 0, shift = 0;
        foreach (FiniteSizePoint point in points)
        {
            double wrong = share * point.Limit / point.Mean.StandardError, x = point.Scaled(1);
            own += wrong * wrong;
            mixed += wrong * x;
            shift += x * x;
        }
        double decentred = own - (mixed * mixed / shift);
        return StandardNormal.Distribution((degreesOfFreedom + decentred - threshold) / Math.Sqrt(
            2 * (degreesOfFreedom + (2 * decentred))));
    }
}
