using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace WeakToStrong.Benchmarks;

/// <summary>
/// Times the methods of the linear-algebra benchmarks by the processor time that they take on one thread, which does not depend on what else the
/// machine does. Prints operation, n and mean milliseconds as CSV; benchmarks/compare-linear-algebra reads it.
/// </summary>
internal static class ProcessorTime
{
    private const double Seconds = 0.4;
    private const int Warmups = 3;

    public static void Run()
    {
        LinearAlgebraBenchmarks.Threads = 1;
        Console.WriteLine("operation,n,milliseconds");
        foreach (int n in new[] { 500, 1000 })
        {
            var ours = new LinearAlgebraBenchmarks { N = n };
            ours.Setup();
            Print("", ours, n);
        }
        var theirs = new LinearAlgebraMathNetBenchmarks { N = 500 };
        theirs.Setup();
        Print("MathNet", theirs, 500);
    }

    private static void Print(string prefix, object benchmarks, int n)
    {
        foreach (MethodInfo method in benchmarks.GetType().GetMethods().Where(m => m.GetCustomAttribute<BenchmarkAttribute>() is not null))
            Console.WriteLine($"{prefix}{method.Name},{n},{Milliseconds(() => method.Invoke(benchmarks, null)):F2}");
    }

    private static double Milliseconds(Action work)
    {
        for (int i = 0; i < Warmups; i++)
            work();
        int repeats = 0;
        TimeSpan start = Used(), used;
        do
        {
            work();
            repeats++;
            used = Used() - start;
        }
        while (used.TotalSeconds < Seconds);
        return used.TotalMilliseconds / repeats;
    }

    private static TimeSpan Used()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
