using System.Diagnostics;
using System.Globalization;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Benchmarks;

/// <summary>Studies as a C# program calls them, for a comparison with other languages: see benchmarks/compare-python.</summary>
internal static class StudyTime
{
    private const int Points = 1_000_000;

    /// <summary>Answers each line of standard input, "surface" or "points", with the seconds that the call took.</summary>
    public static void Run()
    {
        IStudy limits = StudyCatalog.Find("limits");
        using var points = MemoryFile.Of("points", new ResultTable(
            Column("gamma_teacher", 0.1, 2), Column("gamma_student", 0.2, 3), Column("lambda_teacher", 0.01, 1),
            Column("lambda_student", 0.02, 2), Column("noise_variance", 0.5, 3)));
        while (Console.ReadLine() is { } what)
        {
            KeyValuePair<string, string>[] arguments = what == "points" ? [new("points", points.Path)]
                :
                [
                    new("gamma_teacher", "0.25"), new("gamma_student", "1.2"), new("noise_variance", "3"),
                    new("lambda_teacher", "0.01:10:1000"),
                    new("lambda_student", "0.01:10:1000"),
                ];
            long start = Stopwatch.GetTimestamp();
            ResultTable table = limits.Run(Arguments.Read(limits, arguments)).Table;
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {table.Numbers("gap").Sum():R}"));
        }
    }

    private static NumberColumn Column(string name, double low, double high) =>
        ResultColumn.Of(name, [.. Enumerable.Range(0, Points).Select(i => low + ((high - low) * i / Points))]);
}
