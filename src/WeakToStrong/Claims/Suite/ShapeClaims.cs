using WeakToStrong.Asymptotics;

namespace WeakToStrong.Claims.Suite;

/// <summary>Claims about the shape of H1, on which Theorem 5 rests (Appendix D).</summary>
internal static class ShapeClaims
{
    private const int Draws = 1_000;
    private static readonly Grid Ridges = Grid.Logarithmic(1e-8, 1e8, 1601);

    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "h1-shape",
            "H1 falls strictly in lambda_s for gamma_s <= 1; for gamma_s > 1 it rises to one peak, at lambda_s = gamma_s - 1, "
            + "and falls",
            "Appendix D and Figure 4",
            $"Turns and crossings of a random level of H1 = l^2 m2/(l^2 m2 - 2 l m1) along 1601 ridges for {Draws} random gamma_s, and the "
            + "place and height of its peak against 1/(1 - 4 gamma_s + 4 sqrt(gamma_s (gamma_s - 1))).",
            Shape, "a peak for every gamma_s > 0, as printed", "the peak at lambda_s = gamma_s")
        {
            Correction = "the paper prints gamma_s > 0 for gamma_s > 1, and one solution of H1 = c for any c < 0, which needs c > -1",
        },
    ];

    private static Evidence Shape(ClaimTest test)
    {
        var draws = new ParameterDraws(test);
        long wrong = 0;
        double place = 0, height = 0;
        for (int i = 0; i < Draws; i++)
        {
            // Too near 1 the peak lies where rounding hides it.
            double gamma = draws.Next().GammaStudent;
            if (gamma != 1 && Math.Abs(gamma - 1) < 0.01)
                continue;
            double level = -draws.LogUniform(0.02, 0.98), root = Math.Sqrt(Math.Max(0, gamma * (gamma - 1)));
            bool hasPeak = test.Formula(gamma > 1, gamma > 0, gamma > 1);
            double top = gamma > 1 ? 1 / (1 - (4 * gamma) + (4 * root)) : gamma == 1 ? -1.0 / 3 : 0;
            (int turns, int crossings) = Count(gamma, level);
            int expected = level >= top ? 0 : gamma > 1 ? 2 : 1;
            wrong += turns != (hasPeak ? 1 : 0) || (Math.Abs(level - top) > 1e-3 && crossings != expected) ? 1 : 0;
            if (gamma > 1)
            {
                double at = test.Formula(gamma - 1, gamma - 1, gamma);
                place = Math.Max(place, Math.Max(H1(gamma, at * 0.99), H1(gamma, at * 1.01)) - H1(gamma, at));
                height = Math.Max(height, Math.Abs(H1(gamma, at) - top));
            }
        }
        return Evidence.Worst(Evidence.Never(wrong, Draws), new Evidence(place, 0, Math.Max(0, place), 0),
            Evidence.Close(height, 0, 1e-12));
    }

    // Changes of direction beyond rounding, and crossings of the level.
    private static (int Turns, int Crossings) Count(double gamma, double level)
    {
        int turns = 0, crossings = 0, direction = 0;
        double before = H1(gamma, Ridges[0]), kept = before;
        foreach (double ridge in Ridges.Skip(1))
        {
            double now = H1(gamma, ridge);
            crossings += (now > level) != (before > level) ? 1 : 0;
            before = now;
            if (Math.Abs(now - kept) <= 1e-13)
                continue;
            int sign = Math.Sign(now - kept);
            turns += direction != 0 && sign != direction ? 1 : 0;
            (direction, kept) = (sign, now);
        }
        return (turns, crossings);
    }

    private static double H1(double gamma, double ridge)
    {
        MarchenkoPastur s = new(gamma, ridge);
        return s.V / (s.V - (2 * s.Q));
    }
}
