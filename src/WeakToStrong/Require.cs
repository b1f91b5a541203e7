using System.Runtime.CompilerServices;

namespace WeakToStrong;

/// <summary>The one place for argument checks. Each check returns its argument, so that constructors read as assignments.</summary>
internal static class Require
{
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw Bad(name, value, "a positive finite number");

    public static double NonNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw Bad(name, value, "a finite number that is not negative");

    /// <summary>Non-negative, or positive infinity (the spike of Theorem 8).</summary>
    public static double NonNegativeOrInfinite(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 ? value : throw Bad(name, value, "a number that is not negative, or infinity");

    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? value : throw Bad(name, value, "a finite number");

    public static double InUnitInterval(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= 1 ? value : throw Bad(name, value, "a number from 0 to 1");

    public static int AtLeast(int value, int minimum, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= minimum ? value : throw new ArgumentOutOfRangeException(name, value, $"must be a whole number of at least {minimum}");

    public static long AtLeast(long value, long minimum, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= minimum ? value : throw new ArgumentOutOfRangeException(name, value, $"must be a whole number of at least {minimum}");

    public static int InRange(int value, int minimum, int maximum, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= minimum && value <= maximum ? value : throw new ArgumentOutOfRangeException(name, value,
            $"must be a whole number from {minimum} to {maximum}");

    /// <summary>Lengths of two related spans or arrays agree.</summary>
    public static void SameLength(int expected, int actual, [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        if (expected != actual)
            throw new ArgumentException($"has length {actual}; must have length {expected}", name);
    }

    private static ArgumentOutOfRangeException Bad(string name, double value, string allowed) =>
        new(name, value, $"must be {allowed}");
}
