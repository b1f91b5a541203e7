namespace WeakToStrong.Figures.Drawing;

/// <summary>Where ticks go and how they are labelled.</summary>
internal static class TickRules
{
    /// <summary>Multiples of 1, 2, 2.5 or 5 times a power of ten, four to seven of them; fewer where doubles are not dense
    /// enough for so many.</summary>
    public static IEnumerable<(double Value, string Label)> Linear(double low, double high, int about = 5)
    {
        double largest = Math.Max(Math.Abs(low), Math.Abs(high));
        // Twice the distance of neighbouring doubles: every multiple of the step up to the largest value is then another number.
        double raw = Math.Max((high / about) - (low / about), 2 * (largest - Math.BitDecrement(largest)));
        raw = Math.Max(raw, 1e-322); // the least power of ten that is a number is 1e-323
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * ((raw / power) switch { < 1.4 => 1, < 2.2 => 2, < 3.2 => 2.5, < 7 => 5, _ => 10 });
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9) + (step / power == 2.5 ? 1 : 0), 0, 12);
        bool plain = largest < 1e7 && step > 1e-7;
        double first = Math.Ceiling((low / step) - 1e-9);
        for (int i = 0; i <= 2 * about && (first + i) * step <= high + (1e-9 * step); i++)
        {
            double value = (first + i) * step;
            yield return (value, plain ? MathText.Number(value == 0 ? 0 : value, $"F{decimals}") : Scientific(value, step));
        }
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

    /// <summary>A number as mantissa times a power of ten, to the digits that tell it from its neighbours.</summary>
    private static string Scientific(double value, double step)
    {
        if (value == 0)
            return "0";
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-12),
            digits = Math.Clamp(exponent - (int)Math.Floor(Math.Log10(step)) + 1, 0, 15);
        // In two factors: a power of ten below 1e-308 is no normal number.
        double mantissa = value / Math.Pow(10, exponent / 2) / Math.Pow(10, exponent - (exponent / 2));
        string text = MathText.Number(mantissa, digits == 0 ? "0" : "0." + new string('#', digits));
        return $"${text}·10^{{{MathText.Number(exponent)}}}$";
    }

    private static string Label(int m, int k, bool plain) =>
        plain ? MathText.Number(m * Math.Pow(10, k), "0.####")
        : m == 1 ? k == 0 ? "1" : k == 1 ? "10" : $"$10^{{{MathText.Number(k)}}}$"
        : $"${m}·10^{{{MathText.Number(k)}}}$";
}
