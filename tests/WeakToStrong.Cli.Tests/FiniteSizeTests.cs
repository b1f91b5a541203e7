using System.Globalization;

namespace WeakToStrong.Cli.Tests;

/// <summary><c>w2s simulate --finite-size</c>.</summary>
public class FiniteSizeTests
{
    private const string Fit = "simulate --gamma-teacher 0.5 --gamma-student 2 --noise-variance 2 --lambda-student 0 --signal fixed "
        + "--finite-size";

    /// <summary>At lambda = 0 the shift is s2 g^2/(1-g)^2 = 2 for the teacher, and half of that for a student of d/2 rows. |z| &lt; 4.5
    /// twice, fixed seed.</summary>
    [Fact]
    public void The_classical_shifts_are_fitted()
    {
        Outcome outcome = Shell.Run($"{Fit} --d 80,160,320 --lambda-teacher 0 --trials 20000");
        Assert.Equal(0, outcome.Status);
        Assert.Equal(["quantity", "limit", "shift_times_d", "shift_times_d_se", "chi2_per_dof"], outcome.Csv[0][^5..]);
        Assert.Equal(["teacher", "student", "gap"], outcome.Column("quantity"));
        double[] shift = Numbers("shift_times_d"), error = Numbers("shift_times_d_se"), limit = Numbers("limit");
        Assert.InRange((shift[0] - 2) / error[0], -4.5, 4.5);
        Assert.InRange((shift[1] - 1) / error[1], -4.5, 4.5);
        Assert.Equal(4, limit[0], 12);
        Assert.Equal(limit[1] - limit[0], limit[2], 12);
        Assert.All(outcome.Column("d"), d => Assert.Equal("80 160 320", d));

        double[] Numbers(string column) => [.. outcome.Column(column).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void Every_cell_of_the_other_axes_has_a_fit()
    {
        Outcome outcome = Shell.Run(Fit.Replace("--gamma-student 2", "--gamma-student 1,2", StringComparison.Ordinal)
            + " --d 40,80 --lambda-teacher 0.1,0.2 --trials 10");
        Assert.Equal(12, outcome.Column("quantity").Length);
        Assert.Equal(["1", "1", "1", "1", "1", "1", "2", "2", "2", "2", "2", "2"], outcome.Column("gamma_student"));
    }

    [Theory]
    [InlineData("--d 80", "--d is '80'; with --finite-size it must be a grid of at least two numbers")]
    [InlineData("--d 80,160 --trials 1", "--trials is '1'; with --finite-size it must be at least 2")]
    [InlineData("--d 80,160 --plot x.svg", "simulate has no picture; its result is a table")]
    public void What_cannot_be_fitted_is_refused(string options, string sentence)
    {
        Outcome outcome = Shell.Run($"{Fit} --lambda-teacher 0.1 {options}");
        Assert.Equal(2, outcome.Status);
        Assert.Contains(sentence, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_do_not_grow_with_d_are_refused()
    {
        Outcome outcome = Shell.Run(Fit.Replace("--gamma-teacher 0.5", "--n-teacher 100", StringComparison.Ordinal)
            + " --d 80,160 --lambda-teacher 0.1");
        Assert.Equal(2, outcome.Status);
        Assert.Contains("--n-teacher is given; --finite-size fits sizes of the same ratios and takes --gamma-teacher", outcome.Error,
            StringComparison.Ordinal);
    }
}
