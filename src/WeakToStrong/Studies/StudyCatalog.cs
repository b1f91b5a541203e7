namespace WeakToStrong.Studies;

/// <summary>Every study, in the order that users see.</summary>
public static class StudyCatalog
{
    /// <summary>All of them. A new study is one more line here, and appears in every front end.</summary>
    public static IReadOnlyList<IStudy> All { get; } =
    [
        new LimitsStudy(), new SimulateStudy(), new NetworkUpdatesStudy(), new NetworkReadoutsStudy(), new NetworkForgettingStudy(),
        new NetworkSpectrumStudy(), new ChainStudy(), new DataStudy(), new VerifyStudy(),
    ];

    /// <summary>The study of this name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static IStudy Find(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new InputException(
            $"'{InputException.Shorten(name)}' is not a study; it must be {Declare.OneOf([.. All.Select(s => s.Name)])}");
}
