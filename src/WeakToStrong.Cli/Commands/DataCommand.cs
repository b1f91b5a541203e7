using System.CommandLine;
using WeakToStrong.Cli.Shell;
using WeakToStrong.Data;
using WeakToStrong.Data.Experiment;
using WeakToStrong.Data.Features;
using WeakToStrong.Data.Formats;
using WeakToStrong.Ridge;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s data</c>: teacher, student and ceiling on real data, and which student ridge to use.</summary>
internal static class DataCommand
{
    private const string Files = "the path of a CSV, .npy or Parquet file";

    public static ShellCommand Create()
    {
        var dataset = Options.Choice("--dataset", "Data that the program knows.", new Dictionary<string, Func<string?, Dataset>>
        {
            ["digits"] = _ => Dataset.Digits(),
            ["fashion-mnist"] = Dataset.FashionMnist,
        }, "digits");
        var dataDir = Options.Text("--data-dir", "Folder of fashion-mnist's four IDX files; without it, where Debian's package puts them.", "the path of a folder", "DIR");
        var labels = Options.Text("--labels", "True labels instead of --dataset: one column, one row an example.", Files, "FILE");
        var weakFile = Options.Text("--weak-features", "The teacher's features, row by row as the labels.", Files, "FILE");
        var strongFile = Options.Text("--strong-features", "The student's features.", Files, "FILE");
        var splitFile = Options.Text("--split", "One column, split, of teacher, student or test; without it splits are drawn.", Files, "FILE");
        var nTeacher = Options.OptionalWholeNumber("--n-teacher", "n_t, rows with true labels of a drawn split.", 2, int.MaxValue);
        var nStudent = Options.OptionalWholeNumber("--n-student", "n_s, rows that the teacher labels.", 2, int.MaxValue);
        var nTest = Options.OptionalWholeNumber("--n-test", "Rows that errors are measured on.", 1, int.MaxValue);
        var weakMap = Map("--weak-map", "Makes the teacher's features from raw ones, such as 'pool:4x4 | standardise'; without it, the dataset's own or identity.");
        var strongMap = Map("--strong-map", "Makes the student's features, such as 'patches:1600:6 | standardise'.");
        var task = Options.Choice("--task", "What the labels are for; auto takes words and at most 100 different whole numbers for classes, and refuses a mix.", new Dictionary<string, LearningTask?>
        {
            ["auto"] = null,
            ["regression"] = LearningTask.Regression,
            ["classification"] = LearningTask.Classification,
        }, "auto");
        var pseudoLabels = Options.Choice("--pseudo-labels", "What the student learns from: the teacher's scores, or one-hot vectors of its choices.", new Dictionary<string, PseudoLabels>
        {
            ["soft"] = PseudoLabels.Soft,
            ["hard"] = PseudoLabels.Hard,
        }, "soft");
        var lambdaTeacher = Options.OptionalGrid("--lambda-teacher", "lambda_t of (1/n_t) sum of squares + lambda_t ||b||^2 (scikit-learn: alpha = n_t lambda_t); without it, by leave-one-out on the teacher's rows.");
        var lambdaStudent = Options.OptionalGrid("--lambda-student", "lambda_s, normalised likewise by n_s; without it, 25 values around the features' mean variance.");
        var prior = Options.Text("--prior", "Directions U in the student's features, one column each: its penalty becomes b' Gamma^-1 b, Gamma = I + w U U'.", Files, "FILE");
        var priorWeight = Options.OptionalNumber("--prior-weight", "w; without it, the number of features.", NumberRange.NonNegative);
        var repeats = Options.WholeNumber("--repeats", "Random splits; standard errors are over them.", 1, 1, 100_000);
        var recommend = new FlagOption("--recommend", "Recommend lambda_s by cross-fitting on the teacher's labelled rows, and say whether the student will beat the teacher.");
        var predict = new FlagOption("--predict", "Add the theory's errors; teacher and student must have the same features.");
        Option[] typed = [labels, weakFile, strongFile, splitFile, task];

        return new ShellCommand(
            "data", "Teacher and student on real data: floor, student, ceiling, and which ridge to use.", Run, writesTable: true,
            dataset, dataDir, labels, weakFile, strongFile, splitFile, nTeacher, nStudent, nTest, weakMap, strongMap, task, pseudoLabels, lambdaTeacher, lambdaStudent,
            prior, priorWeight, repeats, recommend, predict)
        {
            Examples =
            [
                "data --repeats 10 --pseudo-labels hard --recommend",
                "data --dataset fashion-mnist --pseudo-labels hard --lambda-student 1e-4:10:16",
                "data --weak-map identity --strong-map identity --predict --repeats 10 --lambda-teacher 3",
                "data --labels y.csv --weak-features weak.npy --strong-features strong.parquet --split split.csv --lambda-teacher 0.1 --lambda-student 0.01:10:16",
            ],
        };

        ExitStatus Run(CommandContext context)
        {
            Dataset data = Read(context);
            var experiment = new DataExperiment
            {
                Data = data,
                WeakMap = context.Get(weakMap),
                StrongMap = context.Get(strongMap),
                Sizes = new SplitSizes(
                    (int?)context.Get(nTeacher) ?? data.Sizes.Teacher, (int?)context.Get(nStudent) ?? data.Sizes.Student, (int?)context.Get(nTest) ?? data.Sizes.Test),
                LambdaTeacher = context.Get(lambdaTeacher),
                LambdaStudent = context.Get(lambdaStudent),
                Labels = context.Get(pseudoLabels),
                Prior = ReadPrior(context),
                Repeats = (int)context.Get(repeats),
                Recommend = context.Has(recommend),
                Predict = context.Has(predict),
            };
            DataResult result = experiment.Run(context.Seed, context.Run);
            if (context.IsGiven(labels) && context.Get(task) is null)
                context.Note($"the labels are taken for {(data.Labels.IsClassification ? $"classification into {data.Labels.ClassNames.Count} classes" : "regression")}; --task chooses");
            foreach (string sentence in result.Warnings.Concat(result.Summary()))
                context.Note(sentence);
            context.Write(result.ToTable());
            return result.Interrupted
                ? context.Interrupted($"{result.Splits.Count} of {experiment.Repeats} splits are finished and written")
                : ExitStatus.Done;
        }

        Dataset Read(CommandContext context)
        {
            if (context.IsGiven(labels))
            {
                if (context.IsGiven(dataset))
                    throw new InputException("--dataset and --labels are both given; data are either known to the program or read from files");
                if (context.IsGiven(splitFile) && new Option[] { nTeacher, nStudent, nTest }.FirstOrDefault(context.IsGiven) is { } size)
                    throw new InputException($"{size.Name} and --split are both given; a split is either read or drawn");
                return Dataset.FromFiles(
                    context.Get(labels), context.Get(weakFile) ?? throw weakFile.Missing("with --labels"), context.Get(strongFile) ?? throw strongFile.Missing("with --labels"),
                    context.Get(splitFile), context.Get(task), context.Run);
            }
            if (typed.FirstOrDefault(context.IsGiven) is { } extra)
                throw new InputException($"{extra.Name} is given without --labels; it belongs to data from files");
            return context.Get(dataset)(context.Get(dataDir));
        }

        PriorWeighting? ReadPrior(CommandContext context) => context.Get(prior) is { } path
            ? new PriorWeighting(FeatureFile.Read(path, context.Run).TakeAll().Matrix, context.Get(priorWeight))
            : context.IsGiven(priorWeight) ? throw new InputException("--prior-weight is given without --prior; it is the weight of the prior's directions") : null;
    }

    private static ValueOption<FeaturePipeline> Map(string name, string description)
    {
        return Options.Parsed<FeaturePipeline>(name, description, "feature maps joined by |", Parse, null, "MAPS");

        static string? Parse(string text, out FeaturePipeline? value)
        {
            value = null;
            try
            {
                value = FeaturePipeline.Parse(text);
                return null;
            }
            catch (InputException e)
            {
                return e.Message;
            }
        }
    }
}
