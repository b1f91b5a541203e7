using WeakToStrong.Figures.Drawing;

namespace WeakToStrong.Figures.Tests;

public class MathTextTests
{
    [Theory]
    [InlineData("student ridge $λ_s$", "student ridge λ_s")]
    [InlineData("$λ_t = λ_t^*$", "λ_t = λ_t*")]
    [InlineData("$10^{-3}$", "10^−3")]
    [InlineData("plain, under-parameterized", "plain, under-parameterized")]
    [InlineData("$ℒ_s - ℒ_t$ at $_x$", "ℒ_s − ℒ_t at _x")]
    public void Plain_text_is_what_a_reader_says(string markup, string expected) => Assert.Equal(expected, MathText.Plain(markup));

    [Fact]
    public void Scripts_belong_to_the_character_before()
    {
        MathText.Atom[] atoms = [.. MathText.Parse("$2λ_t^*x$")];

        Assert.Equal([("2", false, "", ""), ("λ", true, "t", "*"), ("x", true, "", "")],
            atoms.Select(a => (a.Text, a.Italic, a.Sub, a.Super)));
    }

    [Fact]
    public void Numbers_have_true_minus_signs() => Assert.Equal("−0.25", MathText.Number(-0.25));
}
