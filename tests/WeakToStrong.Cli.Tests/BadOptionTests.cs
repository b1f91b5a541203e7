namespace WeakToStrong.Cli.Tests;

/// <summary>Whatever is wrong with a command line is answered by one sentence that names the place, what was read and
/// what is allowed.</summary>
public class BadOptionTests
{
    private const string Point = "--gamma-teacher 0.25 --gamma-student 1.2 --lambda-teacher 0.05 --lambda-student 0.1 --noise-variance 1";
    private const string Small = "simulate --d 20 --n-teacher 40 --n-student 30 --noise-variance 1 --lambda-teacher 0.1 --lambda-student "
        + "0.1 --trials 3";

    private const string Rules = "simulate --d 20 --n-teacher 40 --n-student 30 --noise-variance 1";

    public static TheoryData<string, string> Rows => new()
    {
        // Words.
        { "", "a command is missing; it must be one of limits, simulate" },
        { "limit", "'limit' is not a command; did you mean limits?" },
        { "paint", "'paint' is not a command; it must be one of limits" },
        { "--seed 1", "'--seed' is not a command" },
        { $"limits {Point} --alignmnt 1", "--alignmnt is not an option of w2s limits; did you mean --alignment?" },
        { $"limits {Point} --colour red", "--colour is not an option of w2s limits; w2s limits --help lists them" },
        { $"limits {Point} 3", "'3' is not expected by w2s limits" },
        { $"limits {Point} --alignment 1 2", "'2' is not expected by w2s limits" },
        { $"limits {Point} --quiet=yes", "'yes' is not expected by w2s limits" },
        { $"limits {Point} -- --spike", "--spike is not an option of w2s limits" },

        // Missing, repeated.
        { "limits", "--gamma-teacher is missing; without --points it must be a positive finite number" },
        { "limits --gamma-teacher 1", "--gamma-student is missing; without --points it must be a positive finite number" },
        { "limits --gamma-teacher 1 --gamma-student 1", "--noise-variance is missing; without --points it must be a finite number" },
        { "limits --gamma-teacher 1 --gamma-student 1 --noise-variance 1 --lambda-student 1",
            "--lambda-teacher is missing; with a student it must be" },
        { "limits --resolvent", "--points is missing; with --resolvent it must be the path of a CSV file" },
        { "limits --points a.csv --spike 3", "--spike and --points are both given" },
        { "simulate", "--d is missing; it must be a whole number of at least 1" },
        { $"limits {Point} --spike", "--spike has no value; it must be a number that is not negative, or inf" },
        { $"limits {Point} --spike --seed 3", "--spike has no value; it must be" },
        { $"limits {Point} --spike --unknown", "--spike has no value before --unknown" },
        { $"limits {Point} --spike=", "--spike has no value; it must be" },
        { $"limits {Point} --spike 1 --spike 2", "--spike is given 2 times; it may be given once" },
        { $"limits {Point} --quiet --quiet", "--quiet is given 2 times" },

        // Numbers.
        { "limits --gamma-teacher 0", "--gamma-teacher is '0'; it must be a positive finite number" },
        { "limits --gamma-teacher -1", "--gamma-teacher is '-1'; it must be a positive finite number" },
        { "limits --gamma-teacher nan", "--gamma-teacher is 'nan'; it must be a positive finite number" },
        { "limits --gamma-teacher inf", "--gamma-teacher is 'inf'; it must be a positive finite number" },
        { "limits --gamma-teacher two", "--gamma-teacher is 'two'; it must be a positive finite number" },
        { "limits --gamma-teacher 1,0", "--gamma-teacher: '0' in '1,0' is not a positive finite number" },
        { "limits --gamma-teacher 0:5:3:lin", "--gamma-teacher: 0 in '0:5:3:lin' is not a positive finite number" },
        { "limits --alignment 0.5:1.5:3:lin", "--alignment: 1.5 in '0.5:1.5:3:lin' is not a number from 0 to 1" },
        { "limits --gamma-teacher 1e999", "--gamma-teacher is '1e999'; it must be a positive finite number" },
        { "limits --noise-variance -0.1", "--noise-variance is '-0.1'; it must be a finite number that is not negative" },
        { $"limits {Point} --signal-power 0", "--signal-power is '0'; it must be a positive finite number" },
        { $"limits {Point} --alignment 1.1", "--alignment is '1.1'; it must be a number from 0 to 1" },
        { $"limits {Point} --alignment -0.1", "--alignment is '-0.1'; it must be a number from 0 to 1" },
        { $"limits {Point} --alignment nan", "--alignment is 'nan'; it must be a number from 0 to 1" },
        { $"limits {Point} --spike -1", "--spike is '-1'; it must be a number that is not negative, or inf" },
        { $"limits {Point} --spike nan", "--spike is 'nan'; it must be a number that is not negative, or inf" },
        { $"limits {Point} --seed -1", "--seed is '-1'; it must be a whole number from 0 to 18446744073709551615" },
        { $"limits {Point} --seed 1.5", "--seed is '1.5'; it must be a whole number" },
        { $"limits {Point} --seed 18446744073709551616", "--seed is '18446744073709551616'; it must be a whole number" },
        { $"limits {Point} --threads 0", "--threads is '0'; it must be a whole number from 1 to 1024" },
        { $"limits {Point} --threads all", "--threads is 'all'; it must be a whole number from 1 to 1024" },
        { "simulate --d 0", "--d is '0'; it must be a whole number of at least 1" },
        { "simulate --d 2.5", "--d is '2.5'; it must be a whole number of at least 1" },
        { "simulate --d 1e300", "--d is '1e300'; it must be a whole number of at least 1" },
        { "simulate --d 20 --n-teacher -3", "--n-teacher is '-3'; it must be a whole number of at least 1" },
        { "simulate --d 20 --n-teacher 5 --n-student 0", "--n-student is '0'; it must be a whole number of at least 1" },
        { $"{Small} --trials 0", "--trials is given 2 times" },
        { "simulate --d 20 --n-teacher 5 --n-student 5 --noise-variance 1 --lambda-teacher 1 --lambda-student 1 --trials 0",
            "--trials is '0'; it must be" },
        { $"{Small} --signal-power inf", "--signal-power is 'inf'; it must be a positive finite number" },

        // Words with a meaning.
        { $"limits {Point} --format xml", "--format is 'xml'; it must be table, csv or json" },
        { $"limits {Point} --format CSV", "--format is 'CSV'; it must be table, csv or json" },
        { $"{Small} --engine fast", "--engine is 'fast'; it must be exact or dense" },
        { $"{Small} --signal uniform", "--signal is 'uniform'; it must be gaussian or fixed" },

        // Grids.
        { "limits --lambda-student -1", "--lambda-student is '-1'; it must be a finite number that is not negative" },
        { "limits --lambda-student nan", "--lambda-student is 'nan'; it must be a finite number that is not negative" },
        { "limits --lambda-student 1,0.5", "--lambda-student: grid values must increase, found 0.5 after 1 in '1,0.5'" },
        { "limits --lambda-student 1,,2", "--lambda-student: '' in '1,,2' is not a finite number that is not negative" },
        { "limits --lambda-student 1,x", "--lambda-student: 'x' in '1,x' is not a finite number that is not negative" },
        { "limits --lambda-student 10:1:5", "--lambda-student: a range must run upwards" },
        { "limits --lambda-student 0:1:5", "--lambda-student: a log-spaced range must start above 0" },
        { "limits --lambda-student 1:10", "--lambda-student: '1:10' is not a grid" },
        { "limits --lambda-student 1:10:0", "--lambda-student: a range takes 2 to" },
        { "limits --lambda-student 1:10:9999999999", "--lambda-student" },

        // Values that do not fit together.
        { "simulate --d 20 --n-teacher 20 --n-student 30 --noise-variance 1 --lambda-teacher 0 --lambda-student 1",
            "infinite at lambda_teacher = 0" },
        { "simulate --d 1 --n-teacher 20 --n-student 30 --noise-variance 1 --lambda-teacher 1 --lambda-student 1 --alignment 0.5",
            "--d is '1'; it must be at least 2" },
        { "simulate --d 9 --n-teacher 20 --n-student 30 --noise-variance 1 --lambda-teacher 1:2:9999 --lambda-student 1:2:9999",
            "make 99980001 cells; at most" },
        { "simulate --d 1e6 --n-teacher 20 --n-student 30 --noise-variance 1 --lambda-teacher 1 --lambda-student 1 --engine dense",
            "dense engine" },

        // Training rules.
        { $"{Rules} --teacher-rule flo:3 --lambda-student 1",
            "--teacher-rule: 'flo:3' is not a training rule; it must be ridge, flow:TIME, descent:STEPS:RATE" },
        { $"{Rules} --teacher-rule flow:-1 --lambda-student 1", "--teacher-rule: " },
        { $"{Rules} --teacher-rule flow --lambda-student 1",
            "--teacher-rule: 'flow' is not a training rule: it must be written flow:TIME" },
        { $"{Rules} --teacher-rule descent:2:0 --lambda-student 1", "RATE of the training rule 'descent:2:0' is 0; it must be a positive" },
        { $"{Rules} --teacher-rule descent:2.5:0.1 --lambda-student 1",
            "STEPS of the training rule 'descent:2.5:0.1' is 2.5; it must be a whole number" },
        { $"{Rules} --teacher-rule shrink --lambda-student 1", "--teacher-rule is 'shrink'; it must be ridge" },
        { $"{Rules} --teacher-rule flow:1 --lambda-teacher 1 --lambda-student 1",
            "--lambda-teacher and --teacher-rule flow:1 are both given; only --teacher-rule ridge takes a ridge" },
        { $"{Rules} --teacher-rule flow:1", "--lambda-student is missing; unless --student-rule is one without a ridge it must be" },
        { $"{Rules} --student-rule flow:1", "--lambda-teacher is missing; unless --teacher-rule is one without a ridge it must be" },
        { $"{Rules} --teacher-rule flow:1 --student-rule flow:1 --alignment 0.5",
            "--alignment is positive or a spike is given; the direction is a penalty, so --student-rule must be ridge" },
        { $"{Rules} --teacher-rule flow:1 --student-rule shrink --same-rows 1", "--student-rule is 'shrink'; with --same-rows it must be" },
        { $"{Rules} --teacher-rule flow:1 --student-rule flow:1 --same-rows 1",
            "--n-student and --n-teacher differ; with --same-rows the rows are the same" },
        { "simulate --d 20 --n-teacher 20 --same-rows inf --noise-variance 1 --teacher-rule flow:1 --student-rule flow:1",
            "--same-rows is 'inf'; it must be a finite number, a list of such numbers, or best" },
        { "simulate --d 20 --n-teacher 20 --same-rows 1 --noise-variance 1 --lambda-teacher 1 --lambda-student best",
            "--lambda-student is 'best'; with --same-rows it must be a number or a grid" },
        { "simulate --d 20 --n-teacher 20 --n-student 9 --noise-variance 1 --teacher-rule ridgeless --student-rule flow:1",
            "the mean error of 'ridgeless' is infinite with n_teacher = 20 within one of d = 20" },
        { "simulate --d 1e6 --n-teacher 2e6 --n-student 9e5 --noise-variance 1 --teacher-rule components:1 --student-rule flow:1",
            "the training rules need all 1000000 leading rows" },
        { "simulate --d 20,40 --gamma-teacher 1 --gamma-student 1 --noise-variance 1 --teacher-rule flow:1 --student-rule flow:1 "
            + "--finite-size", "--finite-size is for ridge on fresh rows; --teacher-rule does not go with it" },

        // Networks.
        { "network --measure readouts --d 20 --n-student 2", "--n-student is '2'; it must be at least 3" },
        { "network --d 0", "--d is '0'; it must be a whole number from 2 to" },
        { "network --d 1e6 --width-teacher 1e6", "makes 1000000000000 weights; at most" },
        { "network --width-teacher 0", "--width-teacher is '0'; it must be a whole number" },
        { "network --width-student -1", "--width-student is '-1'; it must be a whole number" },
        { "network --n-teacher 0", "--n-teacher is '0'; it must be a whole number" },
        { "network --n-student x", "--n-student is 'x'; it must be a whole number" },
        { "network --activation swish", "--activation: there is no function named 'swish'; write relu" },
        { "network --activation he2", "--activation: the activation 'he2' has Hermite coefficient c_1 = 0" },
        { "network --activation hermite:1,2", "--activation: the activation 'hermite:1,2' is not centred" },
        { "network --easy-link he2", "--easy-link: the easy link 'he2' has information exponent 2" },
        { "network --hard-link identity", "--hard-link: the hard link 'identity' has information exponent 1" },
        { "network --spike inf", "--spike is 'inf'; it must be a finite number that is not negative" },
        { "network --eta-teacher nan", "--eta-teacher is 'nan'; it must be a finite number that is not negative" },
        { "network --steps -1", "--steps is '-1'; it must be a whole number from 0" },
        { "network --loss hinge", "--loss is 'hinge'; it must be correlation or squared" },
        { "network --trials 0", "--trials is '0'; it must be a whole number from 1" },

        // Claims and figures.
        { "verify --claim theorem-99", "--claim: 'theorem-99' is not a claim; it must be one of definition-2" },
        { "verify --claim theorem-4,", "--claim: '' is not a claim" },
        { "verify --trials 3", "--trials is not an option of w2s verify" },
        { "reproduce --figure 99", "--figure: '99' is not a figure; allowed are all" },
        { "reproduce --figure 4 --trials 0", "--trials is '0'; it must be a whole number of at least 1" },
        { "reproduce --figure 4 --out /dev/null", "--out is '/dev/null'; it must be the path of a folder" },
        { "reproduce --figure 4 --out /dev/null/x", "the folder '/dev/null/x' cannot be made: no folder can be made there" },

        // Chains.
        { "chain", "SPEC is missing; it must be the path of a TOML file" },
        { "chain /nowhere/chain.toml", "'/nowhere/chain.toml' cannot be read: there is no such file" },
        { "chain /", "'/' cannot be read: it is a folder" },
        { "chain a.toml b.toml", "'b.toml' is not expected by w2s chain" },
        { "chain a.toml --simulate 0", "--simulate is '0'; it must be a whole number of at least 1" },

        // Real data.
        { "data --dataset mnist", "--dataset is 'mnist'; it must be digits, fashion-mnist or mail" },
        { "data --dataset fashion-mnist --data-dir /nowhere", "--data-dir '/nowhere' has no train-images-idx3-ubyte.gz" },
        { "data --labels y.csv", "--weak-features is missing; with --labels it must be the path of a CSV, .npy," },
        { "data --labels y.csv --weak-features w.csv --strong-features s.csv", "'y.csv' cannot be read: there is no such file" },
        { "data --weak-features w.csv", "--weak-features is given without --labels" },
        { "data --split s.csv", "--split is given without --labels" },
        { "data --labels y.csv --dataset digits", "--dataset and --labels are both given" },
        { "data --n-teacher 2000", "rows are asked for, and the data has 1797" },
        { "data --n-test 0", "--n-test is '0'; it must be a whole number from 1" },
        { "data --weak-map swirl", "--weak-map: feature map 'swirl' is not known; write identity" },
        { "data --weak-map pool:3x3x3", "--weak-map: feature map 'pool:3x3x3'" },
        { "data --prior-weight 3", "--prior-weight is given without --prior" },
        { "data --repeats 0", "--repeats is '0'; it must be a whole number from 1" },
        { "data --task ranking", "--task is 'ranking'; it must be auto, regression or classification" },
        { "data --pseudo-labels firm", "--pseudo-labels is 'firm'; it must be soft or hard" },
        { "data --lambda-student 1:0.1:4", "--lambda-student: a range must run upwards" },

        // Where the result goes.
        { $"limits {Point} --out /nowhere/at/all.csv",
            "--out '/nowhere/at/all.csv' cannot be written: the folder '/nowhere/at' does not exist" },
        { $"limits {Point} --out /", "--out '/' cannot be written: it is a folder" },
        { $"limits {Point} --out /dev/null/x.csv", "--out '/dev/null/x.csv' cannot be written: '/dev/null' is not a folder" },
        { "limits --points /nowhere/points.csv", "'/nowhere/points.csv' cannot be read: there is no such file" },
        { "limits --points /", "'/' cannot be read: it is a folder" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_bad_command_line_is_answered_by_one_sentence(string line, string part) =>
        Assert.Contains(part, Shell.Refusal(line), StringComparison.Ordinal);

    [Fact]
    public void The_empty_word_is_refused_like_any_other() =>
        Assert.Contains("--points is ''; it must be the path of a CSV file", Shell.Refusal(["limits", "--points", ""]),
            StringComparison.Ordinal);

    [Fact]
    public void A_long_or_many_lined_value_is_shown_in_one_short_line()
    {
        string sentence = Shell.Refusal(["limits", "--gamma-teacher", "1\n2" + new string('9', 500)]);
        Assert.InRange(sentence.Length, 50, 200);
    }
}
