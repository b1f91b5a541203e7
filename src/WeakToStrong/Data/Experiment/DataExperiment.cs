using System.Globalization;
using WeakToStrong.Data.Features;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Experiment;

/// <summary>
/// The weak-to-strong experiment on real data. A teacher learns from few true labels on weak features; it labels the student's rows; the student learns from
/// these labels on strong features, with every ridge of a grid; the ceiling is the student's model with true labels on the same rows, its ridge chosen by
/// leave-one-out. All of it is repeated over random splits.
/// </summary>
public sealed record DataExperiment
{
    private const int DefaultRidges = 25;

    /// <summary>The data.</summary>
    public required Dataset Data { get; init; }

    /// <summary>From raw to weak features. Default: the dataset's own map.</summary>
    public FeaturePipeline? WeakMap { get; init; }

    /// <summary>From raw to strong features. Default: the dataset's own map.</summary>
    public FeaturePipeline? StrongMap { get; init; }

    /// <summary>Sizes of the drawn splits. Default: the dataset's own; of no effect when the data come with a split.</summary>
    public SplitSizes? Sizes { get; init; }

    /// <summary>
    /// The teacher's ridges, in the normalisation (1/n_t) sum of squares + lambda ||b||^2. Default: the one ridge of the standard grid that leave-one-out on the
    /// labelled rows of the first split prefers.
    /// </summary>
    public Grid? LambdaTeacher { get; init; }

    /// <summary>
    /// The student's ridges, in the normalisation (1/n_s) sum of squares + lambda ||b||^2 (b' Gamma^-1 b with a prior). Default: 25 from 1e-4 to 1e2 times the
    /// features' mean variance, rounded to a power of ten.
    /// </summary>
    public Grid? LambdaStudent { get; init; }

    /// <summary>What the student learns from. Default: the teacher's scores.</summary>
    public PseudoLabels Labels { get; init; }

    /// <summary>The student's prior knowledge, or null for plain ridge.</summary>
    public PriorWeighting? Prior { get; init; }

    /// <summary>Number of random splits, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Repeats { get; init => field = Require.AtLeast(value, 1); } = 1;

    /// <summary>Whether to recommend a student ridge from the labelled rows alone.</summary>
    public bool Recommend { get; init; }

    /// <summary>Whether to predict both errors by theory; weak and strong features must then be the same, and labels soft.</summary>
    public bool Predict { get; init; }

    private FeaturePipeline Weak => WeakMap ?? Data.WeakMap;

    private FeaturePipeline Strong => StrongMap ?? Data.StrongMap;

    private bool SameFeatures => ReferenceEquals(Data.Weak, Data.Strong) && Weak.ToString() == Strong.ToString();

    /// <summary>Runs the experiment.</summary>
    /// <param name="seed">Seed of splits, maps and folds.</param>
    /// <param name="options">Threads, progress and cancellation; when cancelled, the splits that are finished are returned.</param>
    /// <exception cref="InputException">Something does not fit together; the message says what.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the first split was finished.</exception>
    public DataResult Run(ulong seed, RunOptions? options = null)
    {
        options ??= RunOptions.Default;
        Check();
        List<string> warnings = [.. Data.Remarks];
        List<SplitOutcome> outcomes = [];
        var plan = new Plan { Experiment = this, Seed = seed, Options = options, Warnings = warnings, Lambdas = LambdaTeacher is { } t && LambdaStudent is { } s ? (t, s) : null };
        bool interrupted = false;
        int unusable = 0;
        for (int repeat = 0; repeat < Repeats && !interrupted; repeat++)
        {
            try
            {
                if (plan.RunSplit(repeat) is { } outcome)
                    outcomes.Add(outcome);
                else
                    unusable++;
            }
            catch (OperationCanceledException) when (outcomes.Count > 0)
            {
                interrupted = true;
            }
        }
        if (outcomes.Count == 0)
            throw new InputException($"the teacher's labelled rows all have the same label{(Repeats > 1 ? $" in each of {Repeats} splits" : string.Empty)}; they must have at least two");
        if (unusable > 0)
            warnings.Add($"{unusable} of {Repeats} splits are left out: their teacher's labelled rows all have the same label");
        (Grid teacher, Grid student) = plan.Lambdas!.Value;
        ErrorPrediction? prediction = Predict ? plan.Theory(teacher, student) : null;
        return new DataResult(this, Weak, Strong, plan.SizesUsed, teacher, student, outcomes, prediction, [.. warnings.Distinct()], interrupted);
    }

    private void Check()
    {
        if (Data.Split is not null && Repeats > 1)
            throw new InputException($"{Repeats} repeats are asked for, and the split comes from a file; there must then be one");
        if (Data.Split is null)
            (Sizes ?? Data.Sizes).Check(Data.Count);
        if (Labels == PseudoLabels.Hard && !Data.Labels.IsClassification)
            throw new InputException("hard pseudo-labels are asked for, and the task is regression; they must then be soft");
        FeatureShape strong = Strong.Output(Data.Strong.Shape);
        _ = Weak.Output(Data.Weak.Shape);
        if (Prior is not null && Prior.Features != strong.Columns)
            throw new InputException($"the prior has {Prior.Features} rows, and the student has {strong.Columns} features; there must be one row for each");
        if (Predict && (!SameFeatures || Labels != PseudoLabels.Soft || Prior is not null))
            throw new InputException("--predict needs the same features for teacher and student, soft pseudo-labels and no prior; give both the same file and map");
    }

    /// <summary>The state of one run: what the first split settles for all others.</summary>
    private sealed class Plan
    {
        private const ulong SplitRole = 0, WeakRole = 1, StrongRole = 2, FoldRole = 3;
        private int _done;

        // Whether the first split that could be used has said what there is to say of the features.
        private bool _told;

        public required DataExperiment Experiment { get; init; }

        public required ulong Seed { get; init; }

        public required RunOptions Options { get; init; }

        public required List<string> Warnings { get; init; }

        public (Grid Teacher, Grid Student)? Lambdas { get; set; }

        public SplitSizes SizesUsed { get; private set; }

        private Dataset Data => Experiment.Data;

        private int Threads => Options.Threads;

        /// <summary>Runs one split; null when the teacher has nothing to tell apart.</summary>
        public SplitOutcome? RunSplit(int repeat)
        {
            RowSplit split = Data.Split ?? RowSplit.Draw(Data.Count, Experiment.Sizes ?? Data.Sizes, new RandomStream(Seed, (ulong)repeat, SplitRole));
            SizesUsed = new SplitSizes(split.Teacher.Count, split.Student.Count, split.Test.Count);
            TrueLabels taught = Data.Labels.Select([.. split.Teacher]);
            if (taught.DistinctLabels < 2)
                return null;

            (FeatureRows weak, FeatureRows strong) = Features(split, repeat);
            // Raw rows and the split before are garbage now, of a size that would otherwise pile up beside the matrices to come.
            GC.Collect();
            Step();
            RidgeFactorisation design = RidgeFactorisation.Of(Part(weak, 0), Threads);
            RidgePath teacher = design.Fit(taught.Targets(), Threads);
            Lambdas ??= (Experiment.LambdaTeacher ?? DefaultTeacher(teacher, weak), Experiment.LambdaStudent ?? DefaultGrid(strong));
            RidgeFactorisation student = RidgeFactorisation.Of(Part(strong, 1), Threads);
            if (!_told)
                Warnings.AddRange(new[] { design.Remark(Lambdas.Value.Teacher[0], "weak features"), student.Remark(Lambdas.Value.Student[0], "strong features") }.OfType<string>());
            _told = true;
            Step();
            return new SplitRun(this, repeat, weak, strong, split, teacher, student).Outcome();
        }

        public ErrorPrediction Theory(Grid teacher, Grid student)
        {
            int[] learn = Data.Split is null ? [.. Enumerable.Range(0, Data.Count)] : [.. Data.Split.Student];
            FeatureRows all = Experiment.Strong.Transform(Data.Strong.TakeAll(Threads), Data.Strong.Shape.Image, learn, Seed, [0UL, WeakRole], Options, Warnings);
            var theory = SameFeaturePrediction.Estimate(all, Data.Labels.All(), Threads);
            return new ErrorPrediction(
                [.. teacher.Select(lambda => theory.TeacherError(SizesUsed.Teacher, lambda))],
                [.. teacher.Select(lambda => theory.StudentErrors(SizesUsed.Teacher, lambda, SizesUsed.Student, student))]);
        }

        /// <summary>Features of the used rows in the order teacher, student, test; a view when no map changes them.</summary>
        private (FeatureRows Weak, FeatureRows Strong) Features(RowSplit split, int repeat)
        {
            int[] used = [.. split.Teacher, .. split.Student, .. split.Test];
            int[] unlabelled = [.. Enumerable.Range(split.Teacher.Count, split.Student.Count)];
            FeatureRows weak = Experiment.Weak.Transform(Data.Weak.Take(used, Threads), Data.Weak.Shape.Image, unlabelled, Seed, [(ulong)repeat, WeakRole], Options, Warnings);
            Step();
            FeatureRows strong = Experiment.SameFeatures ? weak
                : Experiment.Strong.Transform(Data.Strong.Take(used, Threads), Data.Strong.Shape.Image, unlabelled, Seed, [(ulong)repeat, StrongRole], Options, Warnings);
            if (Experiment.Prior is not null)
                strong = Experiment.Prior.Apply(strong, Threads);
            if (!_told)
            {
                ConstantColumns.Warn("weak features", weak.Select(unlabelled), Threads, Warnings);
                ConstantColumns.Warn("strong features", strong.Select(unlabelled), Threads, Warnings);
            }
            return (weak, strong);
        }

        public void Step()
        {
            Options.Cancellation.ThrowIfCancellationRequested();
            int steps = Lambdas is { } lambdas ? 4 + lambdas.Teacher.Count : 5;
            Options.Progress?.Report(new RunProgress("splits", Math.Min(++_done, (long)steps * Experiment.Repeats), (long)steps * Experiment.Repeats));
        }

        /// <summary>Rows of one part: 0 the teacher's, 1 the student's, 2 the test's.</summary>
        public FeatureRows Part(FeatureRows rows, int part)
        {
            (int first, int count) = part switch
            {
                0 => (0, SizesUsed.Teacher),
                1 => (SizesUsed.Teacher, SizesUsed.Student),
                _ => (SizesUsed.Teacher + SizesUsed.Student, SizesUsed.Test),
            };
            return rows.Select([.. Enumerable.Range(first, count)]);
        }

        public RandomStream Folds(int repeat) => new(Seed, (ulong)repeat, FoldRole);

        private Grid DefaultTeacher(RidgePath teacher, FeatureRows weak)
        {
            Grid grid = DefaultGrid(weak);
            return Grid.Of(grid[teacher.BestByLeaveOneOut(grid, Threads)]);
        }

        private Grid DefaultGrid(FeatureRows rows)
        {
            FeatureRows student = Part(rows, 1);
            double variance = StandardiseMap.Variances(student, student.Means(Threads), Threads).Average();
            if (!(variance > 0))
                throw new InputException("all features are constant over the student's rows; there is nothing to learn from");
            double scale = Math.Pow(10, Math.Round(Math.Log10(variance)));
            return Grid.Of([.. Grid.Logarithmic(1e-4 * scale, 1e2 * scale, DefaultRidges).Select(ThreeDigits)]);
        }

        private static double ThreeDigits(double value) => double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>One split: features made and designs factorised.</summary>
    private sealed class SplitRun(Plan plan, int repeat, FeatureRows weak, FeatureRows strong, RowSplit split, RidgePath teacher, RidgeFactorisation student)
    {
        private readonly int _threads = plan.Options.Threads;
        private readonly TrueLabels _test = plan.Experiment.Data.Labels.Select([.. split.Test]);
        private readonly FeatureRows _weakTest = plan.Part(weak, 2), _strongTest = plan.Part(strong, 2), _unlabelled = plan.Part(weak, 1);

        public SplitOutcome Outcome()
        {
            (Grid lambdaTeacher, Grid lambdaStudent) = plan.Lambdas!.Value;
            RidgePath truth = student.Fit(plan.Experiment.Data.Labels.Select([.. split.Student]).Targets(), _threads);
            Grid best = Grid.Of(lambdaStudent[truth.BestByLeaveOneOut(lambdaStudent, _threads)]);
            Evaluation ceiling = truth.At(best, _threads).Evaluate(_strongTest, _test, null, _threads)[0];
            plan.Step();

            RidgeModels teachers = teacher.At(lambdaTeacher, _threads);
            Evaluation[] floor = teachers.Evaluate(_weakTest, _test, null, _threads);
            var students = new Evaluation[lambdaTeacher.Count][];
            var advice = new RidgeAdvice?[lambdaTeacher.Count];
            var looChoice = new int[lambdaTeacher.Count];
            for (int t = 0; t < lambdaTeacher.Count; t++)
            {
                Matrix<double> labels = teachers.Predict(_unlabelled, t, _threads);
                if (plan.Experiment.Labels == PseudoLabels.Hard)
                    TrueLabels.Harden(labels);
                RidgePath path = student.Fit(labels, _threads);
                students[t] = path.At(lambdaStudent, _threads).Evaluate(_strongTest, _test, teachers.Predict(_weakTest, t, _threads), _threads);
                if (plan.Experiment.Recommend)
                {
                    looChoice[t] = path.BestByLeaveOneOut(lambdaStudent, _threads);
                    advice[t] = Advise(lambdaTeacher[t], lambdaStudent);
                }
                plan.Step();
            }
            return new SplitOutcome(floor, students, ceiling, best[0], advice, looChoice);
        }

        private RidgeAdvice Advise(double lambdaTeacher, Grid lambdaStudent)
        {
            TrueLabels labelled = plan.Experiment.Data.Labels.Select([.. split.Teacher]);
            if (labelled.Count < 4 * RidgeAdvice.Folds)
                throw new InputException($"the recommendation splits the teacher's {labelled.Count} labelled rows into {RidgeAdvice.Folds} folds; there must be at least {4 * RidgeAdvice.Folds} rows");
            var problem = new CrossFitting(plan.Part(weak, 0), plan.Part(strong, 0), labelled, _unlabelled, student, plan.Experiment.Labels, lambdaTeacher, lambdaStudent);
            return RidgeAdvice.Of(problem, plan.Folds(repeat), _threads);
        }
    }
}
