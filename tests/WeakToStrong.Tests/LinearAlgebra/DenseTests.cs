using WeakToStrong.LinearAlgebra;

using TheirMatrix = MathNet.Numerics.LinearAlgebra.Matrix<double>;

namespace WeakToStrong.Tests.LinearAlgebra;

/// <summary>The blocked, multi-threaded operations: right by another library, the same bits for any number of
/// threads, streaming included.</summary>
public class DenseTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Products_agree_with_MathNet_for_any_number_of_threads(bool transposeA, bool transposeB)
    {
        Matrix<double> a = KernelCases.RandomMatrix(transposeA ? 190 : 301, transposeA ? 301 : 190, 1),
            b = KernelCases.RandomMatrix(transposeB ? 277 : 190, transposeB ? 190 : 277, 2);
        Matrix<double> c = KernelCases.RandomMatrix(301, 277, 3), first = c.Copy();
        Dense.Multiply(a, b, first, transposeA, transposeB, 0.5, 2, threads: 1);

        TheirMatrix left = transposeA ? ToTheirs(a).Transpose() : ToTheirs(a), right = transposeB ? ToTheirs(b).Transpose() : ToTheirs(b);
        AssertClose(ToOurs((0.5 * left * right) + (2 * ToTheirs(c))), first, 1e-13);
        foreach (int threads in new[] { 2, 5 })
        {
            Matrix<double> again = c.Copy();
            Dense.Multiply(a, b, again, transposeA, transposeB, 0.5, 2, threads);
            Assert.True(again.Data.SequenceEqual(first.Data));
        }
    }

    [Fact]
    public void Gram_agrees_with_MathNet_for_any_number_of_threads()
    {
        Matrix<double> a = KernelCases.RandomMatrix(150, 333, 4), gram = Dense.Gram(a, 0.25);
        AssertClose(ToOurs(0.25 * ToTheirs(a).TransposeThisAndMultiply(ToTheirs(a))), gram, 1e-13);
        Assert.True(Dense.Gram(a, 0.25, threads: 3).Data.SequenceEqual(gram.Data));

        Matrix<float> singles = KernelCases.RandomSingles(150, 333, 4), singleGram = Dense.Gram(singles, 0.25f);
        Assert.True(Dense.Gram(singles, 0.25f, threads: 3).Data.SequenceEqual(singleGram.Data));
        for (int i = 0; i < gram.Data.Length; i++)
            Assert.Equal(gram.Data[i], singleGram.Data[i], 2e-5);
    }

    [Fact]
    public void Rows_may_come_in_chunks()
    {
        Matrix<double> all = KernelCases.RandomMatrix(250, 90, 5), chunk = new(100, 90), gram = new(90, 90);
        for (int first = 0; first < 250; first += 100)
        {
            Matrix<double> rows = chunk.FirstRows(Math.Min(100, 250 - first));
            all.RowBlock(first, rows.Rows).CopyTo(rows.Data);
            Dense.AddGram(rows, gram);
        }
        Dense.FillUpper(gram);
        AssertClose(Dense.Gram(all), gram, 1e-13);
    }

    [Fact]
    public void Single_precision_products_do_not_depend_on_the_number_of_threads()
    {
        Matrix<float> a = KernelCases.RandomSingles(150, 80, 6), b = KernelCases.RandomSingles(80, 260, 7), first = new(150, 260),
            again = new(150, 260);
        Dense.Multiply(a, b, first);
        Dense.Multiply(a, b, again, threads: 4);
        Assert.True(again.Data.SequenceEqual(first.Data));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Matrix<double> a = new(3, 4), b = new(4, 5);
        Assert.Throws<ArgumentException>(() => Dense.Multiply(a, b, new Matrix<double>(3, 4)));
        Assert.Throws<ArgumentException>(() => Dense.Multiply(a, a, new Matrix<double>(3, 4)));
        Assert.Throws<ArgumentException>(() => Dense.TryCholesky(a));
        Assert.Throws<ArgumentException>(() => Dense.AddGram(a, new Matrix<double>(3, 3)));
        Assert.Throws<ArgumentException>(() => Dense.SolveLower(new Matrix<double>(3, 3), b));
        Assert.Throws<ArgumentException>(() => new Matrix<double>(2, 3, new double[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => a.FirstRows(4));
    }

    [Fact]
    public void Single_threaded_calls_do_not_allocate()
    {
        Matrix<double> a = KernelCases.RandomMatrix(120, 70, 8), b = KernelCases.RandomMatrix(70, 50, 9), c = new(120, 50),
            gram = new(70, 70);
        void Work()
        {
            Dense.Multiply(a, b, c);
            gram.Data.Clear();
            for (int i = 0; i < 70; i++)
                gram[i, i] = 1;
            Dense.AddGram(a, gram);
            Dense.TrySolvePositiveDefinite(gram, b);
        }
        Work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static TheirMatrix ToTheirs(Matrix<double> a) =>
        MathNet.Numerics.LinearAlgebra.CreateMatrix.Dense(a.Columns, a.Rows, a.Data.ToArray()).Transpose();

    private static Matrix<double> ToOurs(TheirMatrix a) => new(a.RowCount, a.ColumnCount, a.ToRowMajorArray());

    private static void AssertClose(Matrix<double> expected, Matrix<double> actual, double tolerance)
    {
        for (int i = 0; i < expected.Data.Length; i++)
            Assert.Equal(expected.Data[i], actual.Data[i], tolerance * expected.Rows);
    }
}
