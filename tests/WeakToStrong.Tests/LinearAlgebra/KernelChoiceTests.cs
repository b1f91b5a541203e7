using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.LinearAlgebra;

/// <summary>How the kernels are chosen, and what happens when the library is missing, incomplete or wrong.</summary>
public class KernelChoiceTests
{
    private static readonly string[] Nowhere = ["no-such-library-anywhere"];

    [Fact]
    public void Without_a_library_the_managed_kernels_serve_and_say_why()
    {
        KernelChoice choice = DenseKernels.Choose(null, Nowhere);
        (IDenseKernels kernels, DenseKernelsInfo info) = (choice.Kernels, choice.Info);
        Assert.IsType<ManagedKernels>(kernels);
        Assert.Equal("managed", info.Name);
        Assert.Contains("no OpenBLAS", info.WhyManaged, StringComparison.Ordinal);
        Assert.Contains(info.VectorBits, new[] { 128, 256, 512 });
    }

    [Fact]
    public void A_library_that_is_demanded_but_missing_is_an_error_that_names_the_remedy()
    {
        InputException error = Assert.Throws<InputException>(() => DenseKernels.Choose("openblas", Nowhere));
        Assert.Contains("libopenblas", error.Message, StringComparison.Ordinal);
        Assert.Contains("W2S_LINEAR_ALGEBRA", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_lacks_a_function_is_passed_over()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "loads the C library by its Linux name");
        Assert.False(OpenBlasLibrary.TryLoad(["libm.so.6"], out _, out string? problem));
        Assert.Contains("lacks a function", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("managed")]
    [InlineData(" managed ")]
    public void Managed_kernels_can_be_demanded(string setting)
    {
        KernelChoice choice = DenseKernels.Choose(setting, OpenBlasLibrary.Candidates());
        (IDenseKernels kernels, DenseKernelsInfo info) = (choice.Kernels, choice.Info);
        Assert.IsType<ManagedKernels>(kernels);
        Assert.Contains("asks", info.WhyManaged, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenBlas_can_be_demanded()
    {
        KernelCases.Get("openblas");
        KernelChoice choice = DenseKernels.Choose("openblas", OpenBlasLibrary.Candidates());
        (IDenseKernels kernels, DenseKernelsInfo info) = (choice.Kernels, choice.Info);
        Assert.StartsWith("OpenBLAS", kernels.Name, StringComparison.Ordinal);
        Assert.Equal("", info.WhyManaged);
        Assert.NotEqual("", info.Version);
        Assert.NotEqual("", info.Path);
    }

    [Fact]
    public void A_library_with_narrow_vectors_leaves_products_to_the_managed_kernels()
    {
        KernelCases.Get("openblas");
        KernelChoice choice = DenseKernels.Choose("auto", OpenBlasLibrary.Candidates());
        (IDenseKernels kernels, DenseKernelsInfo info) = (choice.Kernels, choice.Info);
        if (kernels is CombinedKernels)
            Assert.Contains("products only", info.WhyManaged, StringComparison.Ordinal);
        else
            Assert.Equal("", info.WhyManaged);
        Assert.StartsWith("OpenBLAS", info.Name, StringComparison.Ordinal);
        Assert.Null(KernelSelfCheck.FirstDifference(kernels, new ManagedKernels()));
    }

    [Fact]
    public void An_unknown_setting_is_refused() =>
        Assert.Contains("auto, openblas and managed", Assert.Throws<InputException>(() => DenseKernels.Choose("mkl", Nowhere)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "double-precision product")]
    [InlineData(2, "single-precision product")]
    [InlineData(3, "Gram matrix")]
    [InlineData(4, "Cholesky factor")]
    [InlineData(5, "triangular solve")]
    [InlineData(6, "triangular solve from the right")]
    [InlineData(7, "single-precision Gram matrix")]
    public void The_self_check_finds_a_kernel_that_is_wrong_in_one_entry(int wrong, string name)
    {
        var managed = new ManagedKernels();
        Assert.Null(KernelSelfCheck.FirstDifference(managed, managed));
        Assert.Equal(name, KernelSelfCheck.FirstDifference(new Faulty(wrong), managed));
    }

    [Fact]
    public void The_self_check_finds_a_result_that_is_not_a_number() =>
        Assert.NotNull(KernelSelfCheck.FirstDifference(new Faulty(1, double.NaN), new ManagedKernels()));

    /// <summary>Managed kernels, one of which spoils the last entry of its result.</summary>
    private sealed class Faulty(int wrong, double by = 1e-6) : IDenseKernels
    {
        private readonly ManagedKernels _right = new();

        public string Name => "faulty";

        public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, double alpha, ReadOnlySpan<double> a, int lda,
            ReadOnlySpan<double> b, int ldb, double beta, Span<double> c, int ldc)
        {
            _right.Multiply(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
            c[((m - 1) * ldc) + n - 1] += wrong == 1 ? by : 0;
        }

        public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, float alpha, ReadOnlySpan<float> a, int lda,
            ReadOnlySpan<float> b, int ldb, float beta, Span<float> c, int ldc)
        {
            _right.Multiply(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
            c[((m - 1) * ldc) + n - 1] += wrong == 2 ? 0.1f : 0;
        }

        public void GramLower(bool transpose, int n, int k, double alpha, ReadOnlySpan<double> a, int lda, double beta, Span<double> c,
            int ldc)
        {
            _right.GramLower(transpose, n, k, alpha, a, lda, beta, c, ldc);
            c[((n - 1) * ldc) + n - 1] += wrong == 3 ? by : 0;
        }

        public void GramLower(bool transpose, int n, int k, float alpha, ReadOnlySpan<float> a, int lda, float beta, Span<float> c, int ldc)
        {
            _right.GramLower(transpose, n, k, alpha, a, lda, beta, c, ldc);
            c[((n - 1) * ldc) + n - 1] += wrong == 7 ? 0.1f : 0;
        }

        public bool TryCholesky(int n, Span<double> a, int lda)
        {
            bool done = _right.TryCholesky(n, a, lda);
            a[((n - 1) * lda) + n - 1] += wrong == 4 ? by : 0;
            return done;
        }

        public void SolveLower(bool transpose, int n, int columns, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
        {
            _right.SolveLower(transpose, n, columns, l, ldl, b, ldb);
            b[((n - 1) * ldb) + columns - 1] += wrong == 5 ? by : 0;
        }

        public void SolveLowerFromRight(int n, int rows, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
        {
            _right.SolveLowerFromRight(n, rows, l, ldl, b, ldb);
            b[((rows - 1) * ldb) + n - 1] += wrong == 6 ? by : 0;
        }
    }
}
