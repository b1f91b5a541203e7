namespace WeakToStrong.Tests;

/// <summary>Small inputs that once gave wrong answers, from tests/cases.</summary>
internal static class CaseFile
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "cases", name);
}
