using System.Text.Json.Serialization;

namespace WeakToStrong.Sweeps;

/// <summary>What the metadata of a shard's file says.</summary>
internal sealed record ShardAbout(
    string Hash, string Identity, string Program, int VectorBits, string LinearAlgebra, string Host, double Seconds, string Rows);

/// <summary>What sweep.json says.</summary>
internal sealed record SweepRecord(
    int Format, string Id, string Program, string Study, int Law, string Specification, IReadOnlyDictionary<string, string> Files,
    IReadOnlyList<long> Cuts, IReadOnlyList<SweepColumn> Columns);

/// <summary>A column of the collected table, for whoever reads the folder.</summary>
internal sealed record SweepColumn(string Name, string Meaning);

/// <summary>What was given to a scheduler at once: the shards of each task.</summary>
internal sealed record SubmissionRecord(int Number, DateTimeOffset Time, IReadOnlyList<IReadOnlyList<string>> Tasks, double TaskSeconds);

/// <summary>Readers and writers of a sweep's JSON, made when the program is built, so that they work in programs compiled ahead.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ShardAbout))]
[JsonSerializable(typeof(SweepRecord))]
[JsonSerializable(typeof(SubmissionRecord))]
internal sealed partial class SweepJson : JsonSerializerContext;
