using System.Diagnostics;
using System.Globalization;
using WeakToStrong.Choices;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Benchmarks;

/// <summary>
/// A plan for two views of 500 and 2000 features from given moments: the preparation, and then points of new sample sizes and ridges. See
/// benchmarks/compare-views, whose peer has the same matrices.
/// </summary>
internal static class ViewsTime
{
    private const int Latent = 2400, Weak = 500, Strong = 2000, Points = 1000;

    /// <summary>Answers each line of standard input with wall and processor seconds of a preparation and of 1000 points.</summary>
    public static void Run()
    {
        Matrix<double> a = Map(Weak, (i, j) => Math.Cos(Math.PI * (i + 0.5) * (j + 0.5) / Latent)),
            b = Map(Strong, (i, j) => Math.Sin(Math.PI * (i + 1) * (j + 0.5) / Latent));
        Matrix<double> target = Map(1, (_, j) => Math.Pow(j + 1, -0.8));
        Matrix<double> weak = Product(a, a, 0.02), strong = Product(b, b, 0.005), cross = Product(a, b, 0),
            all = Product(target, target, 0.2);
        Matrix<double> weakTarget = Product(a, target, 0), strongTarget = Product(b, target, 0);
        while (Console.ReadLine() is not null)
        {
            PairMoments? moments = null;
            (double Wall, double Processor) prepared = Seconds(() => moments = PairMoments.Of(
                weak, strong, cross, weakTarget, strongTarget, all, Environment.ProcessorCount));
            double sum = 0;
            (double Wall, double Processor) points = Seconds(() => sum = Evaluate(new ChoicePrediction(moments!)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{prepared.Wall} {prepared.Processor} {points.Wall} {points.Processor} {sum:R}"));
        }
    }

    // Every point is a teacher with rows and a ridge of its own and a student of it.
    private static double Evaluate(ChoicePrediction theory)
    {
        double sum = 0;
        for (int i = 0; i < Points; i++)
        {
            PredictedModel teacher = theory.Teacher(100 + (7 * i), 1e-3 * Math.Pow(10, i % 40 / 10.0));
            sum += theory.Student(teacher, 500 + (11 * i), 1e-3 * Math.Pow(10, i / 40 / 6.0)).SquaredError;
        }
        return sum;
    }

    private static (double Wall, double Processor) Seconds(Action work)
    {
        using var self = Process.GetCurrentProcess();
        self.Refresh();
        TimeSpan used = self.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        work();
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        self.Refresh();
        return (wall, (self.TotalProcessorTime - used).TotalSeconds);
    }

    private static Matrix<double> Map(int rows, Func<int, int, double> entry)
    {
        var map = new Matrix<double>(rows, Latent);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < Latent; j++)
                map[i, j] = entry(i, j) * (rows == 1 ? 1 : Math.Sqrt(2.0 / Latent)) * Math.Pow(j + 1, -0.35);
        }
        return map;
    }

    /// <summary>A B' and noise on the diagonal; the maps hold the latent scales.</summary>
    private static Matrix<double> Product(Matrix<double> left, Matrix<double> right, double noise)
    {
        var product = new Matrix<double>(left.Rows, right.Rows);
        Dense.Multiply(left, right, product, transposeB: true, threads: Environment.ProcessorCount);
        for (int i = 0; noise > 0 && i < product.Rows; i++)
            product[i, i] += noise;
        // Rounding may differ on both sides of the diagonal.
        for (int i = 0; noise > 0 && i < product.Rows; i++)
        {
            for (int j = 0; j < i; j++)
                product[j, i] = product[i, j];
        }
        return product;
    }
}
