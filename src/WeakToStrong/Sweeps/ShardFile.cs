using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parquet;
using Parquet.Schema;
using WeakToStrong.Data.Formats;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Sweeps;

/// <summary>What a shard found, and what computed it.</summary>
/// <param name="Hash">The shard's name.</param>
/// <param name="Identity">All that its numbers depend on but the trials.</param>
/// <param name="Machine">What computed it.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="States">Moments of its trials; empty for a study without trials.</param>
/// <param name="Table">Its rows; null when they were not read.</param>
internal sealed record ShardResult(
    string Hash, string Identity, ShardMachine Machine, double Seconds, IReadOnlyList<TrialState> States, ResultTable? Table);

/// <summary>
/// A shard as a Parquet file that any tool reads: its rows, with its name and trials in front. In the file's metadata stand the moments
/// that
/// merge to the bits of one run, what computed them, and a check of all of it.
/// </summary>
internal static class ShardFile
{
    private const string About = "w2s.shard", Moments = "w2s.moments", Check = "w2s.check", ShardColumn = "shard",
        FirstColumn = "first_trial";

    /// <summary>Writes a file, whole or not at all.</summary>
    public static void Write(string path, ShardResult result)
    {
        ResultTable rows = result.Table!;
        string about = JsonSerializer.Serialize(new ShardAbout(result.Hash, result.Identity, ProgramVersion.Text, result.Machine.VectorBits,
            result.Machine.LinearAlgebra, result.Machine.Host, Math.Round(result.Seconds, 6), Digest(rows)), SweepJson.Default.ShardAbout);
        string moments = Convert.ToBase64String(StateBytes.Write(result.States));
        var metadata = new Dictionary<string, string> { [About] = about, [Moments] = moments, [Check] = Digest(about, moments) };
        ResultColumn[] place = [ResultColumn.Of(ShardColumn, [.. Enumerable.Repeat(result.Hash, rows.RowCount)]),
            .. result.States is [var state, ..] ? [ResultColumn.Of(FirstColumn, [.. Enumerable.Repeat(state.Asked.First, rows.RowCount)])]
                : Array.Empty<ResultColumn>()];
        var table = new ResultTable([.. place, .. rows.Columns]);
        using var buffer = new MemoryStream();
        ParquetTable.Write(table, buffer, metadata);
        AtomicFile.Write(path, stream => stream.Write(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="hash">The shard that it must be.</param>
    /// <param name="withRows">Whether the rows are wanted too.</param>
    /// <exception cref="InputException">It cannot be read, is damaged, or is another shard's; the message says so.</exception>
    public static ShardResult Read(string path, string hash, bool withRows)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            using var source = ByteSource.Of(path, bytes);
            ParquetHeaders.CheckFooter(source);
            return Read(bytes, hash, withRows).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            string reason = e is UnauthorizedAccessException ? "permission is denied" : "there is no such file";
            throw new InputException($"'{path}' cannot be read: {reason}", e);
        }
        catch (Exception e) when (e is not (InputException or OutOfMemoryException))
        {
            throw new InputException($"'{path}' is damaged", e);
        }
    }

    private static async Task<ShardResult> Read(byte[] bytes, string hash, bool withRows)
    {
        using var stream = new MemoryStream(bytes);
        ParquetReader reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            Dictionary<string, string> metadata = reader.CustomMetadata;
            (string text, string moments) = (metadata[About], metadata[Moments]);
            if (metadata[Check] != Digest(text, moments))
                throw new InvalidDataException();
            ShardAbout about = JsonSerializer.Deserialize(text, SweepJson.Default.ShardAbout) ?? throw new InvalidDataException();
            if (about.Hash != hash)
                throw new InvalidDataException();
            TrialState[] states = StateBytes.Read(Convert.FromBase64String(moments));
            ResultTable? table = withRows ? (await ReadTable(reader).ConfigureAwait(false)).Without(ShardColumn, FirstColumn) : null;
            if (table is not null && Digest(table) != about.Rows)
                throw new InvalidDataException();
            return new ShardResult(about.Hash, about.Identity, new ShardMachine(about.VectorBits, about.LinearAlgebra, about.Host),
                about.Seconds, states, table);
        }
    }

    private static async Task<ResultTable> ReadTable(ParquetReader reader)
    {
        var columns = new List<ResultColumn>();
        foreach (DataField field in reader.Schema.GetDataFields())
        {
            var parts = new List<ResultColumn>();
            for (int g = 0; g < reader.RowGroupCount; g++)
            {
                using ParquetRowGroupReader group = reader.OpenRowGroupReader(g);
                parts.Add(await ReadColumn(group, field).ConfigureAwait(false));
            }
            columns.Add(parts.Count > 0 ? ResultColumn.Stacked([.. parts]) : ResultColumn.Of(field.Name, Array.Empty<string>()));
        }
        return new ResultTable([.. columns]);
    }

    private static async Task<ResultColumn> ReadColumn(ParquetRowGroupReader group, DataField field)
    {
        int rows = checked((int)group.RowCount);
        if (field.ClrType == typeof(double))
        {
            var numbers = new double[rows];
            await group.ReadAsync<double>(field, numbers).ConfigureAwait(false);
            return ResultColumn.Of(field.Name, numbers);
        }
        if (field.ClrType == typeof(long))
        {
            var integers = new long[rows];
            await group.ReadAsync<long>(field, integers).ConfigureAwait(false);
            return ResultColumn.Of(field.Name, integers);
        }
        var words = new string?[rows];
        await group.ReadAsync(field, words.AsMemory()).ConfigureAwait(false);
        return ResultColumn.Of(field.Name, [.. words.Select(w => w ?? throw new InvalidDataException())]);
    }

    private static string Digest(string about, string moments) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{about}\n{moments}")));

    private static string Digest(ResultTable table)
    {
        using var stream = new MemoryStream();
        TableWriter.WriteCsv(table, stream);
        return Convert.ToHexStringLower(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }
}
