namespace WeakToStrong.Networks;

/// <summary>Names of enumeration values as tables show them: TeacherUpdateEasy is teacher_update_easy.</summary>
internal static class TableNames
{
    /// <summary>The name of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}
