using System.Globalization;
using System.Runtime.CompilerServices;

namespace WeakToStrong.Tests;

/// <summary>
/// Runs all tests as in a host whose culture writes decimal commas (de-DE), or in the one that W2S_TEST_CULTURE names, such as tr-TR, whose
/// capital i has a dot.
/// </summary>
internal static class HostCulture
{
    [ModuleInitializer]
    internal static void Set()
    {
        var culture = new CultureInfo(Environment.GetEnvironmentVariable("W2S_TEST_CULTURE") ?? "de-DE");
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = culture;
    }
}
