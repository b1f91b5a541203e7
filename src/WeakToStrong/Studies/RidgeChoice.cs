namespace WeakToStrong.Studies;

/// <summary>A ridge of a study: a number, or the one that suits each cell (<c>best</c> for a student, <c>optimal</c>
/// for a teacher).</summary>
/// <param name="Value">lambda; NaN when each cell finds its own.</param>
public readonly record struct RidgeChoice(double Value)
{
    /// <summary>Each cell finds its own.</summary>
    public static RidgeChoice Found => new(double.NaN);

    /// <summary>Whether each cell finds its own.</summary>
    public bool IsFound => double.IsNaN(Value);
}
