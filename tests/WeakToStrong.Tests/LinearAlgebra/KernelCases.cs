using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.LinearAlgebra;

/// <summary>Every implementation of the dense kernels that this machine can run, and random matrices for them.</summary>
internal static class KernelCases
{
    public static TheoryData<string> Names => ["managed", "openblas"];

    public static IDenseKernels Get(string name)
    {
        if (name == "managed")
            return new ManagedKernels();
        bool found = OpenBlasLibrary.TryLoad(OpenBlasLibrary.Candidates(), out OpenBlasLibrary? library, out string? problem);
        Assert.SkipUnless(found, problem ?? "");
        return new OpenBlasKernels(library!);
    }

    public static double[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    public static Matrix<double> RandomMatrix(int rows, int columns, int seed) => new(rows, columns, Random(rows * columns, seed));

    public static Matrix<float> RandomSingles(int rows, int columns, int seed) =>
        new(rows, columns, [.. Random(rows * columns, seed).Select(x => (float)x)]);

    /// <summary>A'A / rows + shift I for a random A: positive definite.</summary>
    public static double[] PositiveDefinite(int n, int stride, double shift, int seed)
    {
        double[] a = Random(n * (n + 3), seed), gram = Random(n * stride, seed + 1);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? shift : 0;
                for (int p = 0; p < n + 3; p++)
                    sum += a[(p * n) + i] * a[(p * n) + j] / (n + 3);
                gram[(i * stride) + j] = sum;
            }
        }
        return gram;
    }
}
