namespace WeakToStrong.Studies;

/// <summary>Every study, in the order that users see. Each is made when it is first asked for, so that a program that runs
/// one starts quickly.</summary>
public static class StudyCatalog
{
    // A new study is one more line here, and appears in every front end.
    private static readonly Dictionary<string, Lazy<IStudy>> Studies = new(StringComparer.Ordinal)
    {
        ["limits"] = new(() => new LimitsStudy()),
        ["simulate"] = new(() => new SimulateStudy()),
        ["network-updates"] = new(() => new NetworkUpdatesStudy()),
        ["network-readouts"] = new(() => new NetworkReadoutsStudy()),
        ["network-forgetting"] = new(() => new NetworkForgettingStudy()),
        ["network-spectrum"] = new(() => new NetworkSpectrumStudy()),
        ["chain"] = new(() => new ChainStudy()),
        ["data"] = new(() => new DataStudy()),
        ["verify"] = new(() => new VerifyStudy()),
    };

    private static readonly Lazy<IReadOnlyList<IStudy>> Made = new(() => [.. Studies.Values.Select(study => study.Value)]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IStudy> All => Made.Value;

    /// <summary>The study of this name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static IStudy Find(string name) => Studies.TryGetValue(name, out Lazy<IStudy>? study) ? study.Value
        : throw new InputException($"'{InputException.Shorten(name)}' is not a study; it must be {Declare.OneOf([.. Studies.Keys])}");
}
