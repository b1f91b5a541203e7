namespace WeakToStrong.Figures.Model;

/// <summary>A colour, 8 bits a channel.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour in SVG's notation, such as <c>#0072b2</c>.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>A colour between two others.</summary>
    /// <param name="from">At <paramref name="share"/> = 0.</param>
    /// <param name="to">At <paramref name="share"/> = 1.</param>
    /// <param name="share">From 0 to 1.</param>
    public static Rgb Mix(Rgb from, Rgb to, double share) =>
        new(Mix(from.Red, to.Red, share), Mix(from.Green, to.Green, share), Mix(from.Blue, to.Blue, share));

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + (share * (to - from)));
}

/// <summary>Colours that readers with any common colour vision can tell apart.</summary>
public static class Palette
{
    /// <summary>Black of text and axes.</summary>
    public static Rgb Black { get; } = new(0x1a, 0x1a, 0x1a);

    /// <summary>Gray, for what is only context.</summary>
    public static Rgb Gray { get; } = new(0x80, 0x80, 0x80);

    /// <summary>Blue.</summary>
    public static Rgb Blue { get; } = new(0x00, 0x72, 0xb2);

    /// <summary>Vermilion.</summary>
    public static Rgb Vermilion { get; } = new(0xd5, 0x5e, 0x00);

    /// <summary>Bluish green.</summary>
    public static Rgb Green { get; } = new(0x00, 0x9e, 0x73);

    /// <summary>Reddish purple.</summary>
    public static Rgb Purple { get; } = new(0xcc, 0x79, 0xa7);

    /// <summary>Orange.</summary>
    public static Rgb Orange { get; } = new(0xe6, 0x9f, 0x00);

    /// <summary>Sky blue.</summary>
    public static Rgb Sky { get; } = new(0x56, 0xb4, 0xe9);

    /// <summary>Dark red of theoretical contours.</summary>
    public static Rgb Red { get; } = new(0xb8, 0x12, 0x20);

    /// <summary>Colours for separate series (Okabe and Ito 2008), in the order in which they should be used.</summary>
    public static IReadOnlyList<Rgb> Series { get; } = [Blue, Vermilion, Green, Purple, Orange, Sky, Black];

    /// <summary>
    /// Diverging map from -1 (deep blue: the student wins) over 0 (white) to 1 (deep ochre: the teacher wins). Its two sides
    /// differ in hue for every kind of dichromat and darken evenly, so it also survives a gray print as "distance from zero".
    /// </summary>
    /// <param name="position">From -1 to 1; values outside are clamped; NaN is gray.</param>
    public static Rgb Diverging(double position)
    {
        if (double.IsNaN(position))
            return Gray;
        double place = (Math.Clamp(position, -1, 1) + 1) / 2 * (DivergingAnchors.Length - 1);
        int below = Math.Min((int)place, DivergingAnchors.Length - 2);
        return Rgb.Mix(DivergingAnchors[below], DivergingAnchors[below + 1], place - below);
    }

    /// <summary>Colours from light to dark for an ordered parameter, such as a growing ridge.</summary>
    /// <param name="count">How many, at least 1.</param>
    public static IReadOnlyList<Rgb> Ordered(int count)
    {
        Require.AtLeast(count, 1);
        return [.. Enumerable.Range(0, count).Select(i => Sequential(count == 1 ? 0.5 : i / (double)(count - 1)))];
    }

    private static Rgb Sequential(double position)
    {
        double place = position * (SequentialAnchors.Length - 1);
        int below = Math.Min((int)place, SequentialAnchors.Length - 2);
        return Rgb.Mix(SequentialAnchors[below], SequentialAnchors[below + 1], place - below);
    }

    private static readonly Rgb[] DivergingAnchors =
    [
        new(0x1f, 0x4e, 0x8c), new(0x4a, 0x86, 0xc0), new(0x8f, 0xbb, 0xdf), new(0xcd, 0xe1, 0xf0), new(0xfa, 0xfa, 0xf8),
        new(0xf8, 0xe6, 0xc0), new(0xec, 0xc6, 0x7e), new(0xd2, 0x9b, 0x3f), new(0xa0, 0x6a, 0x15),
    ];

    // Purple to yellow-orange through rose, monotone in lightness (in the manner of plasma, without its lightest end).
    private static readonly Rgb[] SequentialAnchors =
    [
        new(0xed, 0x9a, 0x2b), new(0xd9, 0x5f, 0x4e), new(0xa8, 0x2f, 0x7c), new(0x5a, 0x1a, 0x9c), new(0x1c, 0x10, 0x6b),
    ];
}
