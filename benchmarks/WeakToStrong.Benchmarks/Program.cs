using BenchmarkDotNet.Running;
using WeakToStrong.Benchmarks;

if (args is ["processor-time"])
    ProcessorTime.Run();
else if (args is ["views-time"])
    ViewsTime.Run();
else if (args is ["heads-time", var folder])
    HeadsTime.Run(folder);
else if (args is ["study-time"])
    StudyTime.Run();
else if (args is ["choice-tables", .. var words])
    ChoiceTables.Run(words);
else if (args is ["interval-coverage", .. var settings])
    IntervalCoverage.Run(settings);
else if (args is ["processor-time", "simulation"])
    ProcessorTime.RunSimulation();
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
