namespace WeakToStrong;

/// <summary>Which build of the library computes.</summary>
public static class ProgramVersion
{
    /// <summary>Major, minor and patch version, such as 0.2.0.</summary>
    public static string Text { get; } = typeof(ProgramVersion).Assembly.GetName().Version!.ToString(3);
}
