using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace WeakToStrong.Benchmarks;

/// <summary>
/// Times methods of the benchmarks by the processor time that they take, which hardly depends on what else the
/// machine does. Prints CSV; benchmarks/compare-linear-algebra and benchmarks/compare read it.
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

    /// <summary>Linear models: method and milliseconds a trial, of all threads together, the shortest of five repeats.</summary>
    public static void RunSimulation()
    {
        Console.WriteLine("operation,milliseconds");
        var ours = new SimulationBenchmarks();
        foreach (MethodInfo method in typeof(SimulationBenchmarks).GetMethods())
        {
            if (method.GetCustomAttribute<BenchmarkAttribute>() is not { } benchmark)
                continue;
            double shortest = Enumerable.Range(0, 5).Min(_ => Milliseconds(() => method.Invoke(ours, null)));
            Console.WriteLine($"{method.Name},{shortest / benchmark.OperationsPerInvoke:G6}");
        }
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
