using WeakToStrong.Randomness;
using WeakToStrong.Studies;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Tests.Studies;

/// <summary>However trials are cut into ranges of whole blocks, the merged result has the bytes of one run.</summary>
public class MergedRangesTests
{
    private const string Chain = """
        noise_variance = 0.5
        spectrum = { law = "power", exponent = 1.0, d = 12 }
        target = { law = "power", exponent = 1.5 }
        [[stage]]
        name = "teacher"
        n = 20
        ridge = 0.1
        [[stage]]
        name = "student"
        n = 30
        ridge = 0.1
        """;

    public static TheoryData<string, string, int> Runs => new()
    {
        { "simulate", "d=20&n_teacher=30,40&n_student=25&noise_variance=1&lambda_teacher=0.1,1&lambda_student=0.1,0.5,2", 1000 },
        { "simulate", "d=20&n_teacher=30&n_student=25&noise_variance=1&lambda_teacher=0.1,1&lambda_student=best&alignment=0.5", 1000 },
        { "simulate", "d=8&n_teacher=10&n_student=9&noise_variance=1&lambda_teacher=0.1,1&lambda_student=0.1,0.5&engine=dense", 1000 },
        { "simulate", "d=8&n_teacher=14&n_student=9&noise_variance=1&teacher_rule=flow:1,4&student_rule=components:0.2,0.6&engine=dense",
            500 },
        { "simulate", "d=8&n_teacher=14&noise_variance=1&same_rows=best&teacher_rule=flow:1,4&lambda_student=0.1,1", 500 },
        { "network-updates", "d=10&spike=0,2", 300 },
        { "network-readouts", "d=8&true_labels=20", 150 },
        { "network-forgetting", "d=8&true_labels=20&steps=2", 150 },
        { "chain", $"simulate=1000&specification={Uri.EscapeDataString(Chain)}", 1000 },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Ranges_merge_to_the_bytes_of_one_run(string name, string text, int trials)
    {
        var study = (ITrialStudy)StudyCatalog.Find(name);
        Arguments arguments = Arguments.FromCanonical(study, text);
        string whole = Csv(study.Run(arguments, new TrialRange(0, trials)));
        var random = new RandomStream(7);
        for (int repeat = 0; repeat < 3; repeat++)
        {
            StudyOutcome? merged = null;
            for (long first = 0; first < trials;)
            {
                long count = Math.Min(trials - first, TrialRange.BlockSize * (1 + random.NextInt(1 + (trials / 200))));
                StudyOutcome part = study.Run(arguments, new TrialRange(first, count), new RunOptions { Threads = 1 + random.NextInt(3) });
                StudyOutcome kept = study.Load(arguments, [.. part.Moments.Select(m => m.ToState())]);
                merged = merged is null ? kept : study.Merge(arguments, merged, kept);
                first += count;
            }
            Assert.Equal(whole, Csv(merged!));
        }
    }

    [Fact]
    public void A_cell_does_not_depend_on_the_cells_beside_it()
    {
        var study = (ITrialStudy)StudyCatalog.Find("simulate");
        string[] Rows(string text) => Csv(study.Run(Arguments.FromCanonical(study, text))).Split('\n')[1..^1];
        const string Fixed = "d=20&noise_variance=1&n_student=25&trials=50";
        string[] all = Rows($"{Fixed}&n_teacher=30,40,50&lambda_teacher=0.1,1&lambda_student=0.01,0.1,3");
        Assert.Equal(all[6..12], Rows($"{Fixed}&n_teacher=40&lambda_teacher=0.1,1&lambda_student=0.01,0.1,3"));
        Assert.Equal(all[13], Assert.Single(Rows($"{Fixed}&n_teacher=50&lambda_teacher=0.1&lambda_student=0.1")));
        Assert.Equal(all[13], Assert.Single(
            Rows("d=20&noise_variance=1&gamma_student=0.8&trials=50&gamma_teacher=0.4&lambda_teacher=0.1&lambda_student=0.1")));
        // Settings that differ in anything but the ridges have random numbers of their own: their errors are not the same draws again.
        Assert.NotEqual(Rows($"{Fixed}&n_teacher=30&lambda_teacher=1&lambda_student=1&signal_power=1")[0].Split(',')[13],
            Rows("d=20&noise_variance=1&n_student=26&trials=50&n_teacher=30&lambda_teacher=1&lambda_student=1")[0].Split(',')[13]);
    }

    private static string Csv(StudyOutcome outcome)
    {
        using var stream = new MemoryStream();
        TableWriter.WriteCsv(outcome.Table, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
