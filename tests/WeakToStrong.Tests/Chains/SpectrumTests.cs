using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.Chains;

public sealed class SpectrumTests
{
    [Fact]
    public void A_spectrum_knows_its_extent()
    {
        Spectrum some = Spectrum.Of([2, 0, 0.5, 2]);
        Assert.Equal((4, 3, 4.5, 2.0, 0.5), (some.Dimension, some.Rank, some.Trace, some.Largest, some.Smallest));
        Assert.Equal([2, 0, 0.5, 2.0], some.Values.ToArray());
        Assert.Equal(some.Values.ToArray(), some.Padded[..4]);
        Assert.All(some.Padded[4..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Equal_eigenvalues_are_isotropic_unless_some_are_zero()
    {
        Assert.True(Spectrum.Isotropic(3).IsIsotropic);
        Assert.True(Spectrum.Of([2, 2]).IsIsotropic);
        Assert.False(Spectrum.Of([2, 1]).IsIsotropic);
        Assert.False(Spectrum.Of([2, 2, 0]).IsIsotropic);
    }

    /// <summary>An interpolator of M features has M degrees of freedom; directions without variance have no coefficients.</summary>
    [Fact]
    public void A_teacher_of_random_features_uses_all_of_them()
    {
        Estimator teacher = RandomFeatures.Teacher(new Population(Spectrum.Of([4, 2, 1, 0.5, 0, 0.25]), [1, 1, 1, 1, 7, 1]), 3);
        Assert.Equal(3, teacher.Errors.Df1, 1e-12);
        Assert.Equal(0, teacher.MeanCoefficients()[4]);
        Assert.All(teacher.MeanCoefficients()[..4], coefficient => Assert.InRange(coefficient, 0.05, 1));
    }

    [Fact]
    public void Samples_are_dense_around_every_eigenvalue()
    {
        int[] found = [.. Spectrum.Of([1, Math.Exp(-9.5)]).SampleExponents(2)];
        Assert.Equal(found.Order(), found);
        Assert.Equal([-12, -11, -10, -9, -8, -7, -6, -4, -2, -1, 0, 1, 2], found.Where(y => y >= -12));
        Assert.Equal(-708, found[0]);
        Assert.All(found.Where(y => y < -12), y => Assert.Equal(0, y % 2));
    }

    /// <summary>Of very many rows nothing scatters: the excess error is the bias.</summary>
    [Theory]
    [InlineData(-1.5)]
    [InlineData(0.5)]
    [InlineData(2)]
    public void Self_distillation_of_very_many_rows_is_all_bias(double mixing)
    {
        double[] s = [2, 1, 0.2], b = [1, -1, 2];
        var pair = SelfDistillation.Of(new Population(Spectrum.Of(s), b), 10_000_000_000, 0.3, 0.5);
        StageErrors errors = pair.At(mixing);
        // The filter is h (1 - xi (1 - h)) with h = s/(s + lambda).
        double expected = s.Zip(b, (x, y) => x * y * y * Math.Pow(1 - (x / (x + 0.3) * (1 - (mixing * 0.3 / (x + 0.3)))), 2)).Sum();
        Assert.Equal(expected, errors.Bias, 1e-8 * expected);
        Assert.Equal(expected, errors.ExcessError, 1e-8 * expected);
        Assert.Equal(errors.ExcessError, errors.Bias + errors.Variance, 1e-14);
    }

    [Fact]
    public void Text_tells_to_what_it_was_rounded()
    {
        // Eight digits and seven decimals: the coarser counts.
        TextPrecision plain = TextPrecision.Of(new Matrix<double>(1, 2, [1.2345678, 0.5]));
        Assert.Equal(0.5e-7, plain.Relative, 1e-20);
        Assert.Equal(1e-7, plain.UnitOf(0.5), 1e-20);
        Assert.Equal(1e-6, plain.UnitOf(12.5), 1e-20);
        Assert.Equal(1e-7, plain.UnitOf(0), 1e-20);
        // A text of few digits is rarely a rounded one.
        Assert.Equal(SymmetricMatrix.CoarsestText, TextPrecision.Of(new Matrix<double>(1, 1, [1.25])).Relative);
        // Single precision shows more than nine digits, and is exact as a float.
        TextPrecision single = TextPrecision.Of(new Matrix<double>(1, 1, [(double)0.1f]));
        Assert.Equal(6e-8, single.Relative, 1e-15);
        // Nine digits that happen to be floats are what they say.
        TextPrecision nine = TextPrecision.Of(new Matrix<double>(1, 1, [1.00390625]));
        Assert.Equal(0.5e-8, nine.Relative, 1e-15);
        Assert.Equal(0.5e-8 * Math.Sqrt(2), nine.Imprecision(new Matrix<double>(1, 2, [1.00390625, 2])), 1e-20);
    }
}
