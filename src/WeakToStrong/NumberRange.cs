namespace WeakToStrong;

/// <summary>A set of allowed numbers with the words for it, so that every front end refuses the same values in the same words.</summary>
public sealed class NumberRange
{
    private readonly Func<double, bool> _contains;

    private NumberRange(string allowed, Func<double, bool> contains)
    {
        Allowed = allowed;
        _contains = contains;
    }

    /// <summary>Positive and finite.</summary>
    public static NumberRange Positive { get; } = new("a positive finite number", static x => x > 0 && double.IsFinite(x));

    /// <summary>Zero or positive, finite.</summary>
    public static NumberRange NonNegative { get; } = new("a finite number that is not negative", static x => x >= 0 && double.IsFinite(x));

    /// <summary>Zero, positive or positive infinity, such as the spike of Theorem 8.</summary>
    public static NumberRange NonNegativeOrInfinite { get; } = new("a number that is not negative, or inf", static x => x >= 0);

    /// <summary>From 0 to 1, both included.</summary>
    public static NumberRange UnitInterval { get; } = new("a number from 0 to 1", static x => x is >= 0 and <= 1);

    /// <summary>Any finite number.</summary>
    public static NumberRange Finite { get; } = new("a finite number", double.IsFinite);

    /// <summary>Any number, NaN and the infinities included.</summary>
    public static NumberRange Any { get; } = new("a number", static _ => true);

    /// <summary>What is allowed, in words that follow "must be".</summary>
    public string Allowed { get; }

    /// <summary>Whether the value is allowed.</summary>
    public bool Contains(double value) => _contains(value);
}
