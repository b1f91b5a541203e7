using WeakToStrong.Data;
using WeakToStrong.Data.Experiment;
using WeakToStrong.Data.Features;
using WeakToStrong.Data.Formats;
using WeakToStrong.Heads;
using WeakToStrong.Ridge;

namespace WeakToStrong.Studies;

/// <summary>Teacher and student on real data.</summary>
public sealed class DataStudy : IStudy
{
    private const string Files = "the path of a CSV, .npy, .npz, .safetensors, Parquet or Arrow file";

    private static readonly Parameter<string> Known = Declare.Word(
        "dataset", "Data that the program knows; without it and without labels, digits.", null, ("digits", "digits"),
        ("fashion-mnist", "fashion-mnist"), ("mail", "mail"));
    private static readonly Parameter<string> DataDir = Declare.File(
        "data_dir", "Folder of fashion-mnist's four IDX files; without it, where Debian's package puts them.", "the path of a folder",
        "DIR");
    private static readonly Parameter<string> Labels = Declare.File("labels",
        "True labels instead of a known dataset: one column, one row an example.", Files);
    private static readonly Parameter<string> WeakFeatures = Declare.File("weak_features",
        "The teacher's features, row by row as the labels.", Files);
    private static readonly Parameter<string> GivenLabels = Declare.File("weak_labels",
        "Weak labels in place of weak features: one column of classes or numbers, or one column of scores a class, for the student's and "
        + "test rows at least; lambda_teacher is then ignored.", Files);
    private static readonly Parameter<string> StrongFeatures = Declare.File("strong_features", "The student's features.", Files);
    private static readonly Parameter<string> Split = Declare.File("split",
        "One column, split, of teacher, student, test or unused; without it splits are drawn.", Files);
    private static readonly Parameter<long> TeacherRows = Declare.WholeNumber("n_teacher", "n_t, rows with true labels of a drawn split.",
        2, int.MaxValue);
    private static readonly Parameter<long> StudentRows = Declare.WholeNumber("n_student", "n_s, rows that the teacher labels.", 2,
        int.MaxValue);
    private static readonly Parameter<long> TestRows = Declare.WholeNumber("n_test", "Rows that errors are measured on.", 1, int.MaxValue);
    private static readonly Parameter<FeaturePipeline> WeakMap = Map(
        "weak_map", "Makes the teacher's features from raw ones, such as 'pool:4x4 | standardise'; without it, the dataset's own or "
        + "identity.");
    private static readonly Parameter<FeaturePipeline> StrongMap = Map("strong_map",
        "Makes the student's features, such as 'patches:1600:6 | standardise'.");
    private static readonly Parameter<string> Task = Declare.Word(
        "task", "What the labels are for; auto takes words and at most 100 different whole numbers for classes, and refuses a mix.", "auto",
        ("auto", "auto"), ("regression", "regression"), ("classification", "classification"));
    private static readonly Parameter<PseudoLabels> Pseudo = Declare.Word(
        "pseudo_labels", "What the student learns from: the teacher's scores, or one-hot vectors of its choices.", "soft",
        ("soft", PseudoLabels.Soft), ("hard", PseudoLabels.Hard));
    private static readonly Parameter<Grid> LambdaTeacher = Ridges(
        "lambda_teacher", "lambda_t of (1/n_t) sum of squares + lambda_t ||b||^2 (scikit-learn: alpha = n_t lambda_t); without it, by "
        + "leave-one-out on the teacher's rows.");
    private static readonly Parameter<Grid> LambdaStudent = Ridges(
        "lambda_student", "lambda_s, normalised likewise by n_s; without it, 25 values around the features' mean variance.");
    private static readonly Parameter<string> Prior = Declare.File(
        "prior", "Directions U in the student's features, one column each: its penalty becomes b' Gamma^-1 b, Gamma = I + w U U'.", Files);
    private static readonly Parameter<double> PriorWeight = Declare.Number("prior_weight", "w; without it, the number of features.",
        NumberRange.NonNegative);
    private static readonly Parameter<long> Repeats = Declare.WholeNumber("repeats", "Random splits; standard errors are over them.", 1,
        100_000, 1);
    private static readonly Parameter<bool> Recommend = Declare.Flag(
        "recommend", "Recommend lambda_s by cross-fitting on the teacher's labelled rows, and say whether the student will beat the "
        + "teacher.");
    private static readonly Parameter<bool> Predict = Declare.Flag("predict",
        "Add what theory says of teacher, student, direct training, mixture and ceiling at every ridge, and how many true labels direct "
        + "training needs to win.");

    private static readonly Parameter<IHead> Head = Declare.Word<IHead>(
        "head", "What is trained on features: ridge regression, or L2-regularised (multinomial) logistic regression "
        + "(scikit-learn: C = 1/(n lambda)).", "ridge", ("ridge", RidgeHead.Instance), ("logistic", LogisticHead.Instance));
    private static readonly Parameter<double> Confidence = Declare.Number(
        "confidence", "A: the student learns from (1 - A) weak labels + A of its own choices (Burns et al. 2023).",
        NumberRange.UnitInterval, 0);
    private static readonly Parameter<bool> Metrics = Declare.Flag(
        "metrics", "Add balanced accuracy, AUC, log-loss and calibration error of each model, and the misfit; for classification.");
    private static readonly Parameter<string> Save = Declare.File(
        "save", "Write the first split's models (teacher, direct, student, mixture, ceiling) and their predictions of all rows to this "
        + "folder.", "the path of a folder", "DIR");
    private static readonly Parameter<double> Memory = Declare.Number("memory",
        "Gigabytes that the numbers of a file of features may take; a larger file is read again in passes, which ridge regression can do. "
        + "Without it 1, and what needs all rows at once may take what the machine has.", NumberRange.Positive);
    private static readonly Parameter<bool> NoAdvice = Declare.Flag(
        "no_advice", "Do not say which model to train, nor look for what would change it.");

    private static readonly Parameter<string> LabelColumn = Column("label_column",
        "The column of labels; without it, the only one of the file of labels.", "NAME");
    private static readonly Parameter<string> IdColumn = Column("id_column",
        "A column that names the rows; it must say the same in all files that have it.", "NAME");
    private static readonly Parameter<string> IgnoreColumns = Column("ignore_columns",
        "Columns of any file that are no features, with commas between them.", "NAMES");
    private static readonly Parameter<string> Unlabelled = Column("unlabelled",
        "What is written where a row has no label, such as -1, beside a blank cell, NaN and null.", "VALUE");

    private static readonly Parameter[] OfFiles = [Labels, WeakFeatures, GivenLabels, StrongFeatures, Split, Task, LabelColumn, IdColumn,
        IgnoreColumns, Unlabelled, Memory];

    /// <inheritdoc/>
    public string Name => "data";

    /// <inheritdoc/>
    public string Summary => "Real data: teacher, student, direct training, mixture and ceiling, and which of them to train.";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        Known, DataDir, Labels, WeakFeatures, GivenLabels, StrongFeatures, Split, TeacherRows, StudentRows, TestRows, WeakMap, StrongMap,
        Task, LabelColumn, IdColumn, IgnoreColumns, Unlabelled, Pseudo, Head, Confidence, LambdaTeacher,
        LambdaStudent, Prior, PriorWeight, Repeats, Recommend, Predict, Metrics, NoAdvice, Save, Memory, Declare.OneSeed,
    ];

    private static readonly string[] Models = ["teacher", "student", "ceiling", "direct", "mixture"];

    /// <inheritdoc/>
    public IReadOnlyList<StudyColumn> Columns { get; } =
    [
        new("lambda_teacher", "The teacher's ridge.", "lambda_t"), new("lambda_student", "The student's ridge.", "lambda_s"),
        new("teacher_error", "Mean squared error on the test rows."), new("student_error", "Of the student."),
        new("ceiling_error", "Of the student's model trained on true labels."),
        new("teacher_accuracy", "Share of test rows that are classified right."), new("student_accuracy", "Of the student."),
        new("ceiling_accuracy", "Of the ceiling."),
        new("pgr", "Performance gap recovered, (student - teacher)/(ceiling - teacher), of means over splits."),
        new("splits", "Splits that were finished."),
        new("teacher_error_se", "Standard error: over the test rows of one split; of the mean of several, with what they share."),
        new("student_error_se", "Likewise."), new("ceiling_error_se", "Likewise."),
        new("teacher_accuracy_se", "Likewise."), new("student_accuracy_se", "Likewise."), new("ceiling_accuracy_se", "Likewise."),
        new("agreement", "Share of test rows where the student's choice is the teacher's."), new("pgr_se", "Standard error of pgr."),
        new("pgr_low", "Lower end of its 95% interval."), new("pgr_high", "Upper end."),
        new("expected_gain", "The student's gain over the teacher that cross-fitting expects (recommend)."),
        new("recommended", "Share of splits that recommend this ridge."),
        new("regret", "What following the recommendation costs against the best ridge."),
        new("predicted_teacher_error", "By theory (predict)."),
        new("predicted_student_error", "By theory (predict)."),
        new("predicted_direct_error", "By theory, of the strong model trained at lambda_student on the teacher's true labels (predict)."),
        new("predicted_mixture_error", "By theory, of true and weak labels together, lambda_student in (1/N) sum w (y - x'b)^2 + lambda "
            + "|b|^2 over all N rows (predict)."),
        new("predicted_ceiling_error", "By theory, of the ceiling at lambda_student (predict)."),
        new("predicted_teacher_accuracy", "By theory (predict)."), new("predicted_student_accuracy", "By theory (predict)."),
        new("predicted_direct_accuracy", "By theory (predict)."), new("predicted_mixture_accuracy", "By theory (predict)."),
        new("predicted_ceiling_accuracy", "By theory (predict)."),
        new("predicted_mixture_weight", "The weight of a true row in that mixture, a weak row counting 1: that of least predicted error of "
            + "1/4, 1, 4, ..., 256 (predict)."),
        new("ceiling_lambda", "The ceiling's ridge."),
        new("direct_error", "Of the strong features on the few true labels; its ridge is chosen from these labels."),
        new("direct_accuracy", "Likewise."), new("direct_error_se", "Its standard error, like the teacher's."),
        new("direct_accuracy_se", "Likewise."), new("direct_lambda", "Its ridge, a mean over splits."),
        new("mixture_error", "Of the strong features on true and weak labels."), new("mixture_accuracy", "Likewise."),
        new("mixture_error_se", "Its standard error, like the teacher's."), new("mixture_accuracy_se", "Likewise."),
        new("mixture_weight", "Weight of a true label in it, a mean over splits; a weak one has 1."),
        new("mixture_lambda", "Its ridge, a mean over splits."),
        .. Models.SelectMany(model => (StudyColumn[])[
            new($"{model}_balanced_accuracy", $"Mean over classes of the share that the {model} classifies right (metrics)."),
            new($"{model}_auc", "Area under the ROC curve, one against the rest, mean over classes."),
            new($"{model}_log_loss", "Mean of -log of the true class's probability."),
            new($"{model}_ece", "Expected calibration error, 15 bins.")]),
        new("misfit", "Mean squared distance of the student's scores from the teacher's (metrics)."),
        new("weak_map", "The teacher's feature map."),
        new("strong_map", "The student's feature map."), new("n_teacher", "Rows of the split.", "n_t"),
        new("n_student", "Likewise.", "n_s"), new("n_test", "Likewise."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<StudyExample> Examples { get; } =
    [
        new("Hard labels, and which ridge to use.", ("repeats", "10"), ("pseudo_labels", "hard"), ("recommend", "true")),
        new("A larger data set.", ("dataset", "fashion-mnist"), ("pseudo_labels", "hard"), ("lambda_student", "1e-4:10:16")),
        new("Theory beside measurement.", ("weak_map", "identity"), ("strong_map", "identity"), ("predict", "true"), ("repeats", "10"),
            ("lambda_teacher", "3")),
        new("Your own files.", ("labels", "y.csv"), ("weak_features", "weak.npy"), ("strong_features", "strong.parquet"),
            ("split", "split.csv"),
            ("lambda_teacher", "0.1"), ("lambda_student", "0.01:10:16")),
    ];

    /// <inheritdoc/>
    public StudyChart? Chart { get; } = new("test error",
        [.. Models.Select(model => new StudySeries(model, $"{model}_accuracy", $"{model}_accuracy_se")),
            .. Models.Select(model => new StudySeries($"{model} error", $"{model}_error", $"{model}_error_se"))])
    { X = "lambda_student", Key = "lambda_teacher" };

    /// <inheritdoc/>
    public void Check(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (!arguments.Has(Labels))
        {
            if (OfFiles.FirstOrDefault(arguments.Has) is { } extra)
                throw InputException.About($"{extra} is given without {Labels}; it belongs to data from files");
        }
        else
        {
            if (arguments.Has(Known))
                throw InputException.About($"{Known} and {Labels} are both given; data are either known to the program or read from files");
            if (arguments.Has(GivenLabels) && arguments.Has(WeakFeatures))
                throw InputException.About($"{GivenLabels} and {WeakFeatures} are both given; weak labels are either given or a teacher's");
            if (arguments.Has(GivenLabels) && arguments.Has(WeakMap))
                throw InputException.About($"{WeakMap} is given with {GivenLabels}; there are then no weak features to map");
            foreach (Parameter<string> features in new[] { WeakFeatures, StrongFeatures }.Where(f => !arguments.Has(f)))
            {
                if (features != WeakFeatures || !arguments.Has(GivenLabels))
                    throw InputException.About($"{features} is missing; with {Labels} it must be {features.Allowed}");
            }
            if (arguments.Has(Split) && new Parameter[] { TeacherRows, StudentRows, TestRows }.FirstOrDefault(arguments.Has) is { } size)
                throw InputException.About($"{size} and {Split} are both given; a split is either read or drawn");
        }
        if (arguments.Find(Save, out string? folder) && File.Exists(folder))
            throw InputException.About($"{Save} is '{InputException.Shorten(folder!)}', which is a file; it must be {Save.Allowed}");
        if (arguments.Has(PriorWeight) && !arguments.Has(Prior))
            throw InputException.About($"{PriorWeight} is given without {Prior}; it is the weight of the prior's directions");
    }

    /// <inheritdoc/>
    public StudyOutcome Run(Arguments arguments, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        options ??= RunOptions.Default;
        Dataset data = Read(arguments, options);
        DataExperiment experiment = Experiment(arguments, data, options);
        DataResult result = experiment.Run(arguments.Get(Declare.OneSeed), options);
        if (arguments.Find(Save, out string? folder))
            result.Save(folder!, options);
        string[] saved = folder is null || result.Splits.Count == 1 ? []
            : [$"the models in '{InputException.Shorten(folder)}' are those of the first of {result.Splits.Count} splits"];
        string[] guessed = !arguments.Has(Labels) || TaskOf(arguments) is not null ? []
            : ["the labels are taken for "
                + $"{(data.Labels.IsClassification ? $"classification into {data.Labels.ClassNames.Count} classes" : "regression")}; the "
                + "task chooses"];
        return new StudyOutcome
        {
            Table = result.ToTable(),
            Remarks = [.. guessed, .. result.Warnings, .. saved],
            Answer = result.Summary(),
            Done = result.Splits.Count,
            Asked = experiment.Repeats,
            Unit = "splits",
        };
    }

    private static Dataset Read(Arguments arguments, RunOptions options)
    {
        if (arguments.Find(Labels, out string? labels))
        {
            var files = new DatasetFiles
            {
                Labels = labels!,
                WeakFeatures = arguments.Find(WeakFeatures, out string? weak) ? weak : null,
                WeakLabels = arguments.Find(GivenLabels, out string? given) ? given : null,
                StrongFeatures = arguments.Get(StrongFeatures),
                Split = arguments.Find(Split, out string? split) ? split : null,
                Memory = arguments.Find(Memory, out double gigabytes) ? (long)Math.Min(1e9 * gigabytes, long.MaxValue) : null,
            };
            return Dataset.FromFiles(files, Reading(arguments), options);
        }
        return (arguments.Find(Known, out string? known) ? known : "digits") switch
        {
            "fashion-mnist" => Dataset.FashionMnist(arguments.Find(DataDir, out string? folder) ? folder : null),
            "mail" => Dataset.Mail(),
            _ => Dataset.Digits(),
        };
    }

    private static DataExperiment Experiment(Arguments arguments, Dataset data, RunOptions options) => new()
    {
        Data = data,
        WeakMap = arguments.Find(WeakMap, out FeaturePipeline? weak) ? weak : null,
        StrongMap = arguments.Find(StrongMap, out FeaturePipeline? strong) ? strong : null,
        Sizes = new SplitSizes(
            arguments.Find(TeacherRows, out long teacher) ? (int)teacher : data.Sizes.Teacher,
            arguments.Find(StudentRows, out long student) ? (int)student : data.Sizes.Student,
            arguments.Find(TestRows, out long test) ? (int)test : data.Sizes.Test),
        LambdaTeacher = arguments.Find(LambdaTeacher, out Grid? teachers) ? teachers : null,
        LambdaStudent = arguments.Find(LambdaStudent, out Grid? students) ? students : null,
        Labels = arguments.Get(Pseudo),
        Prior = arguments.Find(Prior, out string? path)
            ? new PriorWeighting(FeatureFile.Read(path!, options).TakeAll().Matrix,
                arguments.Find(PriorWeight, out double weight) ? weight : null) : null,
        Repeats = (int)arguments.Get(Repeats),
        Recommend = arguments.Get(Recommend),
        Head = arguments.Get(Head),
        Confidence = arguments.Get(Confidence),
        Choices = true,
        Advise = !arguments.Get(NoAdvice),
        Metrics = arguments.Get(Metrics),
        KeepModels = arguments.Has(Save),
        Predict = arguments.Get(Predict),
    };

    private static LabelReading Reading(Arguments arguments) => new()
    {
        Task = TaskOf(arguments),
        Unlabelled = arguments.Find(Unlabelled, out string? mark) ? mark : null,
        Columns = new ColumnRoles
        {
            Label = arguments.Find(LabelColumn, out string? label) ? label : null,
            Id = arguments.Find(IdColumn, out string? id) ? id : null,
            Ignored = arguments.Find(IgnoreColumns, out string? names)
                ? names!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [],
        },
    };

    private static Parameter<string> Column(string name, string help, string valueName) =>
        Declare.Text(name, help, "text", static text => text.Length > 0 ? text : throw new FormatException(), static value => value, null,
            valueName);

    private static LearningTask? TaskOf(Arguments arguments) => arguments.Get(Task) switch
    {
        "regression" => LearningTask.Regression,
        "classification" => LearningTask.Classification,
        _ => null,
    };

    private static Parameter<FeaturePipeline> Map(string name, string help) =>
        Declare.Text(name, help, "feature maps joined by |", FeaturePipeline.Parse, map => map.ToString(), null, "MAPS");

    private static Parameter<Grid> Ridges(string name, string help) =>
        Declare.Text(name, help, "a grid: a value, a list a,b,c or a range low:high:count", Grid.Parse, grid => grid.ToString(), null,
            "GRID");
}
