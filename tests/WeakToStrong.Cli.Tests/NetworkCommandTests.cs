namespace WeakToStrong.Cli.Tests;

public class NetworkCommandTests
{
    private const string Small = "network --d 40 --n-teacher 200 --n-student 300 --trials 3 --true-labels 30 --format csv";

    [Fact]
    public void One_row_a_quantity_predicted_beside_measured()
    {
        Outcome outcome = Shell.Run(Small);
        Assert.Equal(0, outcome.Status);
        Assert.Equal(["d", "width_teacher", "width_student"], outcome.Csv[0].Take(3));
        Assert.Equal(["seed", "quantity", "predicted", "measured", "se", "z", "printed"], outcome.Csv[0][^7..]);
        Assert.Equal(15, outcome.Csv.Length - 1);
        int row = Array.IndexOf(outcome.Column("quantity"), "student_update_hard_spike");
        Assert.Equal("1", outcome.Column("predicted")[row]);
    }

    [Theory]
    [InlineData("readouts", "network,readout,trials,test_error,se", 12)]
    [InlineData("forgetting --steps 2", "loss,step,trials,hard_share,hard_share_se", 6)]
    [InlineData("forgetting --steps 2 --loss squared --fresh", "loss,step,trials,hard_share,hard_share_se", 3)]
    [InlineData("spectrum", "network,stage,index,singular_value", 160)]
    public void Other_measures_have_their_own_tables(string measure, string header, int rows)
    {
        Outcome outcome = Shell.Run($"{Small} --measure {measure}");
        Assert.Equal(0, outcome.Status);
        Assert.Contains($",seed,{header}", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(rows, outcome.Csv.Length - 1);
    }

    [Fact]
    public void Threads_change_nothing_and_the_seed_changes_everything()
    {
        string one = Shell.Run($"{Small} --threads 1").Output;
        Assert.Equal(one, Shell.Run($"{Small} --threads 3").Output);
        Assert.NotEqual(one, Shell.Run($"{Small} --seed 1").Output);
    }

    [Fact]
    public void A_blind_activation_is_said_once_and_never_with_quiet()
    {
        Outcome outcome = Shell.Run($"{Small} --hard-link he3");
        Assert.Equal(0, outcome.Status);
        Assert.Contains("'relu' is blind to the hard link 'he3'", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Shell.Run($"{Small} --hard-link he3 --quiet").Error);
    }

    [Fact]
    public void Training_that_diverges_is_refused()
    {
        string sentence = Shell.Refusal($"{Small} --measure forgetting --loss correlation --eta-student 1e30 --steps 5");
        Assert.Contains("diverged", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_before_the_first_trial_nothing_is_written()
    {
        Outcome outcome = Shell.RunUntil(Small.Split(' '), new CancellationToken(canceled: true));
        Assert.Equal(130, outcome.Status);
        Assert.Empty(outcome.Output);
        Assert.Contains("no trial was finished", outcome.Error, StringComparison.Ordinal);
    }
}
