namespace WeakToStrong;

/// <summary>A set of allowed numbers with the words for it, so that every front end refuses the same values in the same words.</summary>
public sealed class NumberRange
{
    private readonly Func<double, bool> _contains;

    private NumberRange(string allowed, double least, double most, Func<double, bool> contains)
    {
        Allowed = allowed;
        (Least, Most) = (least, most);
        _contains = contains;
    }

    /// <summary>Positive and finite.</summary>
    public static NumberRange Positive { get; } = new("a positive finite number", double.Epsilon, double.MaxValue, static x =>
        x > 0 && double.IsFinite(x));

    /// <summary>Zero or positive, finite.</summary>
    public static NumberRange NonNegative { get; } = new("a finite number that is not negative", 0, double.MaxValue, static x =>
        x >= 0 && double.IsFinite(x));

    /// <summary>Zero, positive or positive infinity, such as the spike of Theorem 8.</summary>
    public static NumberRange NonNegativeOrInfinite { get; } = new("a number that is not negative, or inf", 0, double.PositiveInfinity,
        static x => x >= 0);

    /// <summary>From 0 to 1, both included.</summary>
    public static NumberRange UnitInterval { get; } = new("a number from 0 to 1", 0, 1, static x => x is >= 0 and <= 1);

    /// <summary>Any finite number.</summary>
    public static NumberRange Finite { get; } = new("a finite number", double.MinValue, double.MaxValue, double.IsFinite);

    /// <summary>Any number, NaN and the infinities included.</summary>
    public static NumberRange Any { get; } = new("a number", double.NegativeInfinity, double.PositiveInfinity, static _ => true);

    /// <summary>Whole numbers between two bounds, both included.</summary>
    /// <param name="least">The least.</param>
    /// <param name="most">The greatest; what a whole number can be when it is not given.</param>
    public static NumberRange Whole(long least, long most = long.MaxValue) => new(
        most == long.MaxValue ? $"a whole number of at least {least}" : $"a whole number from {least} to {most}",
        least, most, x => x >= least && x <= most && x == Math.Floor(x));

    /// <summary>The least number allowed; the least positive one when zero is excluded.</summary>
    public double Least { get; }

    /// <summary>The greatest number allowed.</summary>
    public double Most { get; }

    /// <summary>What is allowed, in words that follow "must be".</summary>
    public string Allowed { get; }

    /// <summary>Whether the value is allowed.</summary>
    public bool Contains(double value) => _contains(value);
}
