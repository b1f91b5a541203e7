using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using WeakToStrong.Data.Formats;
using WeakToStrong.Heads;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Benchmarks;

/// <summary>
/// A path of ridges by one head, again for every line of standard input; tells wall and processor seconds. Reads x.npy, y.npy (one-hot)
/// and lambdas.npy of a folder and writes coefficients and then intercepts, ridge by ridge, one row an output, to ours.bin. The caller is
/// benchmarks/compare-heads.
/// </summary>
internal static class HeadsTime
{
    public static void Run(string folder)
    {
        Matrix<double> Read(string name) => FeatureFile.Read(Path.Combine(folder, name)).TakeAll().Matrix;
        var rows = FeatureRows.All(Read("x.npy"));
        Matrix<double> targets = Read("y.npy");
        var lambdas = Grid.Of(Read("lambdas.npy").Data.ToArray());
        int threads = Environment.ProcessorCount;
        while (Console.ReadLine() is { Length: > 0 } head)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            RidgeModels models = head == "logistic" ? LogisticHead.Instance.Prepare(rows, null, threads).Fit(targets, threads)
                .At(lambdas, threads) : Ridge(rows, targets, lambdas, threads);
            double seconds = watch.Elapsed.TotalSeconds;
            double processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            Write(Path.Combine(folder, "ours.bin"), models, rows.Columns, targets.Columns);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {processor}"));
        }
    }

    // What RidgeCV does: every ridge's leave-one-out error, and the model of the best.
    private static RidgeModels Ridge(FeatureRows rows, Matrix<double> targets, Grid lambdas, int threads)
    {
        RidgePath path = RidgeFactorisation.Of(rows, threads).Fit(targets, threads);
        return path.At(Grid.Of(lambdas[path.BestByLeaveOneOut(lambdas, threads)]), threads);
    }

    private static void Write(string path, RidgeModels models, int features, int outputs)
    {
        List<double> numbers = [];
        for (int l = 0; l < models.Lambdas.Count; l++)
        {
            for (int k = 0; k < outputs; k++)
            {
                for (int j = 0; j < features; j++)
                    numbers.Add(models.Coefficient(l, j, k));
                numbers.Add(models.Intercept(l, k));
            }
        }
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<double>(CollectionsMarshal.AsSpan(numbers)).ToArray());
    }
}
