using System.Diagnostics;
using WeakToStrong.Chains.Specification;
using WeakToStrong.Data;
using WeakToStrong.Data.Formats;

namespace WeakToStrong.Fuzz;

/// <summary>Reads mutated files and counts what becomes of them.</summary>
internal sealed class Fuzzing(string folder)
{
    private const int LongestSeconds = 10;

    /// <summary>Files that were neither read rightly nor refused in a sentence.</summary>
    public int Failures { get; private set; }

    /// <summary>Reads <paramref name="count"/> mutants of good files.</summary>
    public void Run(string format, byte[][] samples, int count)
    {
        int read = 0, refused = 0, failed = 0, done = 0;
        var watch = Stopwatch.StartNew();
        string path = Path.Combine(folder, $"{format}.input");
        byte[] current = [];
        long started = watch.ElapsedMilliseconds;
        using var alarm = new Timer(
            _ =>
            {
                if (Volatile.Read(ref done) >= count || watch.ElapsedMilliseconds - Volatile.Read(ref started) <= 1000 * LongestSeconds)
                    return;
                Keep(format, done, current, "hangs");
                Environment.Exit(1);
            },
            null, 1000, 1000);
        for (int i = 0; i < count; i++)
        {
            byte[] whole = samples[i % samples.Length];
            current = Mutation.Of(whole, i);
            File.WriteAllBytes(path, current);
            Volatile.Write(ref started, watch.ElapsedMilliseconds);
            try
            {
                if (Read(format, path, moved: current.Length != whole.Length) is { } wrong)
                {
                    failed++;
                    Keep(format, i, current, wrong);
                }
                read++;
            }
            catch (InputException refusal) when (!IsUnkind(refusal.Message))
            {
                refused++;
            }
            catch (Exception e)
            {
                failed++;
                Keep(format, i, current, e.ToString());
            }
            Volatile.Write(ref done, i + 1);
        }
        File.Delete(path);
        Failures += failed;
        Console.WriteLine($"{format,-12} {count,8} {read,8} {refused,8} {failed,8} {watch.Elapsed.TotalSeconds,8:F1}");
    }

    // What is wrong with the numbers of a file that was read, or null.
    private static string? Read(string format, string path, bool moved)
    {
        var options = new RunOptions { Threads = 1 };
        switch (format)
        {
            case "labels":
                LabelFile.ReadLabels(path, new LabelReading { Columns = new ColumnRoles { Label = "word" } }, options);
                return null;
            case "toml":
                ChainSpecification.Read(path);
                return null;
            case "vector":
                string specification = $"[spectrum]\nvalues = [1]\n[target]\nfile = \"{Path.GetFileName(path)}\"\n[[stage]]\nname = "
                    + "\"t\"\nn = 5\nridge = 1\n";
                ChainSpecification.Parse(specification, Path.Combine(Path.GetDirectoryName(path)!, "x.toml"));
                return null;
            default:
                RawFeatures features = FeatureFile.Read(path, options);
                int zeros = features.TakeAll().Matrix.Data.Count(0.0);
                // A packed block without a checksum may unpack to anything; and Arrow pads its columns with zeros, which become numbers
                // when bytes are moved.
                bool excused = (format is "arrow" or "parquet" && zeros < 4) || (format == "arrow" && moved);
                return zeros > 0 && !excused ? $"{zeros} numbers that nobody wrote are zero" : null;
        }
    }

    // Sentences for users name no types of the program and fit one line.
    private static bool IsUnkind(string sentence) => sentence.Contains('\n', StringComparison.Ordinal) || sentence.Contains("System.",
        StringComparison.Ordinal) || sentence.Length > 600;

    private void Keep(string format, int index, byte[] bytes, string reason)
    {
        string kept = Path.Combine(folder, $"{format}.{index}");
        File.WriteAllBytes(kept, bytes);
        Console.WriteLine($"{kept}: {reason.Split('\n')[0]}");
        File.WriteAllText($"{kept}.txt", reason);
    }
}
