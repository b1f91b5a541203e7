using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WeakToStrong.Claims;
using WeakToStrong.Claims.Suite;
using WeakToStrong.Figures.Recipes;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Report;

/// <summary>
/// What a reproduction made, and with what: written as <c>manifest.json</c> beside the figures and read back by a resumed run. Two runs
/// whose manifests agree in <see cref="FigureRecord.Build"/>, seed and trials give the same bytes of data.
/// </summary>
public sealed record ReproductionManifest
{
    /// <summary>The file's name.</summary>
    public const string FileName = "manifest.json";

    // Readable to people too: Greek letters stay Greek letters.
    private static readonly ManifestJson Json = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Names the code of the last run.</summary>
    public required string Build { get; init; }

    /// <summary>Seed of all random numbers.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The machine that it ran on.</summary>
    public required MachineRecord Machine { get; init; }

    /// <summary>Wall time of the last run in seconds.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Every figure that is whole, in the catalog's order.</summary>
    public required IReadOnlyList<FigureRecord> Figures { get; init; }

    /// <summary>Verdicts on the claims; empty when they were not tested in this run.</summary>
    public required IReadOnlyList<ClaimRecord> Claims { get; init; }

    /// <summary>Writes the manifest.</summary>
    /// <param name="stream">Where; not closed.</param>
    public void Write(Stream stream)
    {
        JsonSerializer.Serialize(stream, this, Json.ReproductionManifest);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads the manifest of a folder; null when there is none.</summary>
    /// <exception cref="InputException">There is one, but it cannot be read.</exception>
    public static ReproductionManifest? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), Json.ReproductionManifest) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{path}' is not a manifest of this program; run without --resume to make every figure again", e);
        }
    }
}

/// <summary>One figure of a <see cref="ReproductionManifest"/>.</summary>
public sealed record FigureRecord
{
    /// <summary>The recipe's name.</summary>
    public required string Id { get; init; }

    /// <summary>One line: what it shows.</summary>
    public required string Title { get; init; }

    /// <summary>In our own words.</summary>
    public required string Caption { get; init; }

    /// <summary>Seed of its random numbers.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Simulated trials; 0 when nothing is simulated.</summary>
    public required long Trials { get; init; }

    /// <summary>Names the code that made it: changes with every change of the program.</summary>
    public required string Build { get; init; }

    /// <summary>The command that makes it again.</summary>
    public required string Command { get; init; }

    /// <summary>What it was made with.</summary>
    public required IReadOnlyList<FigureParameter> Parameters { get; init; }

    /// <summary>How simulation and theory agree.</summary>
    public required IReadOnlyList<AgreementRecord> Agreement { get; init; }

    /// <summary>Its files.</summary>
    public required IReadOnlyList<FileRecord> Files { get; init; }

    /// <summary>Time that it took, in seconds.</summary>
    public required double Seconds { get; init; }
}

/// <summary>An <see cref="Agreement"/> as the manifest keeps it.</summary>
public sealed record AgreementRecord(
    string Where, int Cells, double ShareWithinTwo, double LargestZ, double MedianZ, double MedianShift, double LargestShift)
{
    internal static AgreementRecord Of(Agreement a) =>
        new(a.Where, a.Cells, a.ShareWithinTwo, a.LargestZ, a.MedianZ, a.MedianShift, a.LargestShift);
}

/// <summary>One file.</summary>
/// <param name="Name">Its name in the folder of the manifest.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its digest, in hexadecimal.</param>
public sealed record FileRecord(string Name, long Bytes, string Sha256);

/// <summary>The verdict on one claim.</summary>
public sealed record ClaimRecord(
    string Claim, string Statement, string Source, double Measured, double Expected, double Statistic, double Threshold, string Verdict,
        string? Correction, double Power = 1, double FinePower = 1, long Tried = 0)
{
    internal static ClaimRecord Of(ClaimVerdict v) => new(
        v.Claim.Id, v.Claim.Statement, v.Claim.Source, v.Evidence.Measured, v.Evidence.Expected, v.Evidence.Statistic, v.Evidence.Threshold,
        ClaimCatalog.Word(v.Verdict), v.Claim.Correction, v.Evidence.Power, v.Evidence.FinePower, v.Evidence.Tried);
}

[JsonSerializable(typeof(ReproductionManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
