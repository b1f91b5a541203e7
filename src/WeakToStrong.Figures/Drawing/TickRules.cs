namespace WeakToStrong.Figures.Drawing;

/// <summary>Where ticks go and how they are labelled.</summary>
internal static class TickRules
{
    /// <summary>Multiples of 1, 2, 2.5 or 5 times a power of ten, four to seven of them.</summary>
    public static IEnumerable<(double Value, string Label)> Linear(double low, double high, int about = 5)
    {
        double raw = (high - low) / about;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * ((raw / power) switch { < 1.4 => 1, < 2.2 => 2, < 3.2 => 2.5, < 7 => 5, _ => 10 });
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9) + (step / power == 2.5 ? 1 : 0), 0, 12);
        for (double k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (1e-9 * step); k++)
            yield return (k * step, MathText.Number(k * step == 0 ? 0 : k * step, $"F{decimals}"));
    }

    /// <summary>
    /// Powers of ten with minor ticks between; over less than two decades also 2 and 5 times each; decades are skipped when there are
    /// more than seven.
    /// </summary>
    public static IEnumerable<(double Value, string Label)> Logarithmic(double low, double high)
    {
        double decades = Math.Log10(high / low);
        int every = Math.Max(1, (int)Math.Ceiling(decades / 7));
        for (int k = (int)Math.Floor(Math.Log10(low) - 1e-9); k <= Math.Ceiling(Math.Log10(high) + 1e-9); k++)
        {
            double power = Math.Pow(10, k);
            for (int m = 1; m <= 9; m++)
            {
                bool labelled = m == 1 ? k % every == 0 : decades < 1.9 && (m is 2 or 5 || (decades < 0.9 && m is 3));
                if (m == 1 || every == 1)
                    yield return (m * power, labelled ? Label(m, k, plain: decades < 1.9 && k is >= -3 and <= 3) : "");
            }
        }
    }

    private static string Label(int m, int k, bool plain) =>
        plain ? MathText.Number(m * Math.Pow(10, k), "0.####")
        : m == 1 ? k == 0 ? "1" : k == 1 ? "10" : $"$10^{{{MathText.Number(k)}}}$"
        : $"${m}·10^{{{MathText.Number(k)}}}$";
}
