using System.Text.Json;

namespace WeakToStrong.Tests.Chains;

/// <summary>The table of tests/oracles/chain_oracle.py (60-digit arithmetic).</summary>
internal static class ChainOracle
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "oracles", "chain_oracle.json"))).RootElement;

    public static IEnumerable<JsonElement> Chains => Root.GetProperty("chains").EnumerateArray();

    public static IEnumerable<JsonElement> Kappas => Root.GetProperty("kappas").EnumerateArray();

    public static double[] Numbers(this JsonElement row, string name) =>
        [.. row.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];

    public static long[] Counts(this JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(x => x.GetInt64())];

    public static void Close(double expected, double actual, double relative, string what) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected),
            $"{what}: expected {expected:R}, got {actual:R}, relative error {Math.Abs((actual / expected) - 1):g3}");
}
