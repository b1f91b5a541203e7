using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Claims.Suite;

/// <summary>Claims about the spectra of X'X/n: Definition 2 and Theorem 16.</summary>
internal static class SpectrumClaims
{
    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "definition-2", "tr (X'X/n + lambda I)^-1 / d -> m(lambda; gamma), and with the square of the inverse -> m_2 = -dm/dlambda",
            "Definition 2",
            "Eigenvalues of 150 pairs of drawn matrices with d = 100 and 200 at gamma 1/4, 1 and 4, lambda 0.5 and 2; the 1/d term removed "
            + "by extrapolation.",
            Definition2, "the root with the other sign", "gamma in place of 4 gamma under the root"),
        new Claim(
            "theorem-16", "The eigenvalues of X'X/n follow the Marchenko-Pastur law", "Theorem 16",
            "Share of eigenvalues below five points, over 30 drawn matrices with d = 400 at gamma 1/2 and 2, less the 1/(4d) that the "
            + "edges explain.",
            Theorem16, "edges at (1 +- gamma)^2 in place of (1 +- sqrt(gamma))^2", "no atom at zero"),
    ];

    private static Evidence Definition2(ClaimTest test)
    {
        const int Draws = 150, Small = 100;
        Func<double, double, double> m1 = test.Formula<Func<double, double, double>>(PaperFormulas.M1, OtherRoot, SmallRoot);
        var comparisons = new MeanComparisons();
        foreach (double gamma in (ReadOnlySpan<double>)[0.25, 1, 4])
        {
            double[][] small = Spectra(test, Small, gamma, Draws), large = Spectra(test, 2 * Small, gamma, Draws);
            foreach (double lambda in (ReadOnlySpan<double>)[0.5, 2])
            {
                Estimate Trace(Func<double, double> f) =>
                    Estimate.Of([.. large.Zip(small, (l, s) => (2 * l.Average(x => f(x + lambda))) - s.Average(x => f(x + lambda)))]);
                comparisons.Add(Trace(x => 1 / x), m1(gamma, lambda));
                comparisons.Add(Trace(x => 1 / (x * x)), -Derivative(l => m1(gamma, l), lambda));
            }
        }
        return comparisons.ToEvidence(test.FalseAlarmRate);
    }

    private static Evidence Theorem16(ClaimTest test)
    {
        const int Draws = 30, D = 400;
        var comparisons = new MeanComparisons();
        foreach (double gamma in (ReadOnlySpan<double>)[0.5, 2])
        {
            double[][] spectra = Spectra(test, D, gamma, Draws);
            double root = test.Formula(Math.Sqrt(gamma), gamma, Math.Sqrt(gamma)),
                atom = test.Formula(Math.Max(0, 1 - (1 / gamma)), Math.Max(0, 1 - (1 / gamma)), 0);
            double low = (1 - root) * (1 - root), high = (1 + root) * (1 + root);
            double sqrt = Math.Sqrt(gamma), top = (1 + sqrt) * (1 + sqrt), bottom = (1 - sqrt) * (1 - sqrt);
            foreach (double share in (ReadOnlySpan<double>)[0.25, 0.35, 0.5, 0.65, 0.8])
            {
                double x = bottom + (share * (top - bottom));
                Estimate below = Estimate.Of([.. spectra.Select(s => s.Count(e => e <= x) / (double)D)]);
                comparisons.Add(below, atom + BulkDistribution(x, low, high, gamma), allowance: 0.25 / D);
            }
        }
        return comparisons.ToEvidence(test.FalseAlarmRate);
    }

    /// <summary>The integral of sqrt((x - low)(high - x))/(2 pi gamma x) up to a point, by the midpoint rule in an angle that
    /// smooths both edges.</summary>
    private static double BulkDistribution(double x, double low, double high, double gamma)
    {
        const int Steps = 4000;
        double share = Math.Clamp((x - low) / (high - low), 0, 1), end = 2 * Math.Asin(Math.Sqrt(share)), sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double angle = end * (i + 0.5) / Steps, sine = Math.Sin(angle / 2);
            double s = low + ((high - low) * sine * sine), half = 0.5 * (high - low) * Math.Sin(angle);
            sum += half * half / s;
        }
        return sum * end / Steps / (2 * Math.PI * gamma);
    }

    /// <summary>Eigenvalues of X'X/n, zeros included, for independent draws of X (n x d, standard normal), n = d/gamma.</summary>
    private static double[][] Spectra(ClaimTest test, int d, double gamma, int draws)
    {
        int n = (int)Math.Round(d / gamma);
        var spectra = new double[draws][];
        test.Options.InParallel(draws, draw =>
        {
            RandomStream random = test.Random((ulong)draw, (ulong)d, (ulong)n);
            // The smaller of X'X and XX' has the same non-zero eigenvalues.
            var x = new Matrix<double>(Math.Max(n, d), Math.Min(n, d));
            random.FillNormal(x.Data);
            var values = new double[d];
            Dense.SymmetricEigen(Dense.Gram(x, 1.0 / n)).CopyTo(values, 0);
            spectra[draw] = values;
        });
        return spectra;
    }

    private static double OtherRoot(double gamma, double lambda) =>
        -(1 - gamma + lambda + Math.Sqrt(((1 + gamma + lambda) * (1 + gamma + lambda)) - (4 * gamma))) / (2 * gamma * lambda);

    private static double SmallRoot(double gamma, double lambda) =>
        -(1 - gamma + lambda - Math.Sqrt(((1 + gamma + lambda) * (1 + gamma + lambda)) - gamma)) / (2 * gamma * lambda);

    /// <summary>Central difference with an error far below that of the simulation.</summary>
    private static double Derivative(Func<double, double> f, double x)
    {
        double h = 1e-4 * x;
        return (f(x + h) - f(x - h)) / (2 * h);
    }
}
