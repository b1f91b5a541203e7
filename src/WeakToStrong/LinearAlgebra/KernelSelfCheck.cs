namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// Compares kernels with the managed ones on one matrix a kernel, before they are trusted: some builds of OpenBLAS choose code that
/// computes wrong results on processors younger than they are.
/// </summary>
internal static class KernelSelfCheck
{
    private const int Rows = 131, Order = 67; // odd, and past the sizes that libraries treat specially

    /// <summary>Null when every kernel agrees to rounding; otherwise the name of the first that does not.</summary>
    public static string? FirstDifference(IDenseKernels kernels, IDenseKernels reference)
    {
        double[] tall = Numbers(Rows * Order), wide = Numbers(Order * Rows);
        if (!Agree(Product(kernels, tall, wide), Product(reference, tall, wide), 1e-12))
            return "double-precision product";
        float[] tallSingle = [.. tall.Select(x => (float)x)], wideSingle = [.. wide.Select(x => (float)x)];
        if (!Agree(Product(kernels, tallSingle, wideSingle), Product(reference, tallSingle, wideSingle), 1e-4))
            return "single-precision product";
        if (!Agree(Gram(kernels, tallSingle), Gram(reference, tallSingle), 1e-4))
            return "single-precision Gram matrix";
        double[] gram = Gram(kernels, tall);
        if (!Agree(gram, Gram(reference, tall), 1e-12))
            return "Gram matrix";
        double[] factor = (double[])gram.Clone(), referenceFactor = (double[])gram.Clone();
        if (!kernels.TryCholesky(Order, factor, Order) || !reference.TryCholesky(Order, referenceFactor, Order)
            || !Agree(factor, referenceFactor, 1e-11))
            return "Cholesky factor";
        double[] solved = (double[])wide.Clone(), referenceSolved = (double[])wide.Clone();
        kernels.SolveLower(transpose: true, Order, Rows, factor, Order, solved, Rows);
        reference.SolveLower(transpose: true, Order, Rows, factor, Order, referenceSolved, Rows);
        if (!Agree(solved, referenceSolved, 1e-10))
            return "triangular solve";
        (solved, referenceSolved) = ((double[])tall.Clone(), (double[])tall.Clone());
        kernels.SolveLowerFromRight(Order, Rows, factor, Order, solved, Order);
        reference.SolveLowerFromRight(Order, Rows, factor, Order, referenceSolved, Order);
        return Agree(solved, referenceSolved, 1e-10) ? null : "triangular solve from the right";
    }

    private static double[] Product(IDenseKernels kernels, double[] a, double[] b)
    {
        var c = new double[Rows * Rows];
        kernels.Multiply(transposeA: false, transposeB: false, Rows, Rows, Order, 1, a, Order, b, Rows, 0, c, Rows);
        return c;
    }

    private static double[] Product(IDenseKernels kernels, float[] a, float[] b)
    {
        var c = new float[Rows * Rows];
        kernels.Multiply(transposeA: false, transposeB: false, Rows, Rows, Order, 1, a, Order, b, Rows, 0, c, Rows);
        return [.. c.Select(x => (double)x)];
    }

    private static double[] Gram(IDenseKernels kernels, double[] a)
    {
        var c = new double[Order * Order];
        kernels.GramLower(transpose: false, Order, Rows, 1, a, Order, 0, c, Order);
        return c;
    }

    private static double[] Gram(IDenseKernels kernels, float[] a)
    {
        var c = new float[Order * Order];
        kernels.GramLower(transpose: false, Order, Rows, 1, a, Order, 0, c, Order);
        return [.. c.Select(x => (double)x)];
    }

    // Entries between -1 and 1 in a fixed, irregular order.
    private static double[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(i => Math.Sin(i * (double)i * 0.7))];

    private static bool Agree(double[] a, double[] b, double tolerance)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (!(Math.Abs(a[i] - b[i]) <= tolerance * Rows))
                return false;
        }
        return true;
    }
}
