using System.Globalization;
using WeakToStrong.Data.Features;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Experiment;

/// <summary>The ridges of a run: given, or found on the first split for all others.</summary>
internal sealed record RidgeGrids(Grid Teacher, Grid Student);

/// <summary>One split with its features made and its designs factorised, from which every ridge is cheap.</summary>
internal sealed class PreparedSplit
{
    private const ulong SplitRole = 0, WeakRole = 1, StrongRole = 2, FoldRole = 3;
    private const int DefaultRidges = 25;

    private readonly DataExperiment _experiment;
    private readonly ulong _seed;
    private readonly int _repeat, _threads;
    private readonly RowSplit _split;
    private readonly PartedRows _weak, _strong;
    private readonly RidgePath _teacher;
    private readonly RidgeFactorisation _student;

    private PreparedSplit(
        DataExperiment experiment, ulong seed, int repeat, RowSplit split, TrueLabels taught, RidgeGrids? given,
        SplitStages stages, RunOptions options, List<string> warnings)
    {
        (_experiment, _seed, _repeat, _threads, _split) = (experiment, seed, repeat, options.Threads, split);
        bool isFirst = given is null; // and so says what there is to say of the features
        (_weak, _strong) = MakeFeatures(isFirst, stages, options, warnings);
        // Raw rows and the split before are garbage now, of a size that would otherwise pile up beside the matrices to come.
        GC.Collect();
        stages.Next();
        RidgeFactorisation design = RidgeFactorisation.Of(_weak.Teacher, _threads);
        _teacher = design.Fit(taught.Targets(), _threads);
        Ridges = given ?? new RidgeGrids(experiment.LambdaTeacher ?? BestTeacher(), experiment.LambdaStudent ?? StandardGrid(_strong.Student, _threads));
        stages.Teachers(Ridges.Teacher.Count);
        _student = RidgeFactorisation.Of(_strong.Student, _threads);
        if (isFirst)
        {
            warnings.AddRange(new[] { design.Remark(Ridges.Teacher[0], "weak features"),
                _student.Remark(Ridges.Student[0], "strong features") }
                .OfType<string>());
        }
        stages.Next();
    }

    /// <summary>The ridges: those given, or those that this split settles.</summary>
    public RidgeGrids Ridges { get; }

    /// <summary>Makes features and factorises; null when the teacher's labels are all the same, and there is nothing
    /// to tell apart.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="seed">Seed of splits, maps and folds.</param>
    /// <param name="repeat">Number of the split, from 0.</param>
    /// <param name="given">The ridges, once a split has settled them.</param>
    /// <param name="stages">Told of every stage.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="warnings">Takes sentences that the user should see.</param>
    public static PreparedSplit? Of(
        DataExperiment experiment, ulong seed, int repeat, RidgeGrids? given, SplitStages stages, RunOptions options, List<string> warnings)
    {
        Dataset data = experiment.Data;
        RowSplit split = data.Split ?? RowSplit.Draw(data.Count, experiment.SizesUsed, new RandomStream(seed, (ulong)repeat, SplitRole));
        TrueLabels taught = data.Labels.Select([.. split.Teacher]);
        return taught.DistinctLabels < 2 ? null
            : new PreparedSplit(experiment, seed, repeat, split, taught, given, stages, options, warnings);
    }

    /// <summary>Weak and strong features of all rows, with maps fitted to those that the student may see: what the theory is estimated
    /// from.</summary>
    public static (FeatureRows Weak, FeatureRows Strong) AllRows(
        DataExperiment experiment, ulong seed, RunOptions options, List<string> warnings)
    {
        Dataset data = experiment.Data;
        int[] learn = data.Split is null ? [.. Enumerable.Range(0, data.Count)] : [.. data.Split.Student];
        FeatureRows Make(FeaturePipeline map, RawFeatures raw, ulong role) =>
            map.Transform(raw.TakeAll(options.Threads), raw.Shape.Image, learn, seed, [0UL, role], options, warnings);

        FeatureRows weak = Make(experiment.Weak, data.Weak, WeakRole);
        return (weak, experiment.SameFeatures ? weak : Make(experiment.Strong, data.Strong, StrongRole));
    }

    /// <summary>Trains and measures every model.</summary>
    public SplitOutcome Outcome(SplitStages stages)
    {
        (Grid teacherRidges, Grid studentRidges) = Ridges;
        TrueLabels test = _experiment.Data.Labels.Select([.. _split.Test]);
        RidgePath truth = _student.Fit(_experiment.Data.Labels.Select([.. _split.Student]).Targets(), _threads);
        Grid best = Grid.Of(studentRidges[truth.BestByLeaveOneOut(studentRidges, _threads)]);
        Evaluation ceiling = truth.At(best, _threads).Evaluate(_strong.Test, test, null, _threads)[0];
        stages.Next();

        RidgeModels teachers = _teacher.At(teacherRidges, _threads);
        Evaluation[] floor = teachers.Evaluate(_weak.Test, test, null, _threads);
        var students = new Evaluation[teacherRidges.Count][];
        var advice = new RidgeAdvice?[teacherRidges.Count];
        var looChoice = new int[teacherRidges.Count];
        for (int t = 0; t < teacherRidges.Count; t++)
        {
            Matrix<double> labels = teachers.Predict(_weak.Student, t, _threads);
            if (_experiment.Labels == PseudoLabels.Hard)
                TrueLabels.Harden(labels);
            RidgePath path = _student.Fit(labels, _threads);
            students[t] = path.At(studentRidges, _threads).Evaluate(_strong.Test, test, teachers.Predict(_weak.Test, t, _threads),
                _threads);
            if (_experiment.Recommend)
            {
                looChoice[t] = path.BestByLeaveOneOut(studentRidges, _threads);
                advice[t] = Advise(teacherRidges[t], studentRidges);
            }
            stages.Next();
        }
        return new SplitOutcome(floor, students, ceiling, best[0], advice, looChoice);
    }

    /// <summary>Features of the used rows; a view when no map changes them.</summary>
    private (PartedRows Weak, PartedRows Strong) MakeFeatures(bool isFirst, SplitStages stages, RunOptions options, List<string> warnings)
    {
        Dataset data = _experiment.Data;
        int[] used = [.. _split.Teacher, .. _split.Student, .. _split.Test];
        int[] unlabelled = [.. Enumerable.Range(_split.Teacher.Count, _split.Student.Count)];
        FeatureRows Make(FeaturePipeline map, RawFeatures raw, ulong role) => map.Transform(
            raw.Take(used, _threads), raw.Shape.Image, unlabelled, _seed, [(ulong)_repeat, role], options, warnings);

        FeatureRows weak = Make(_experiment.Weak, data.Weak, WeakRole);
        stages.Next();
        FeatureRows strong = _experiment.SameFeatures ? weak : Make(_experiment.Strong, data.Strong, StrongRole);
        if (_experiment.Prior is not null)
            strong = _experiment.Prior.Apply(strong, _threads);
        if (isFirst)
        {
            ConstantColumns.Warn("weak features", weak.Select(unlabelled), _threads, warnings);
            ConstantColumns.Warn("strong features", strong.Select(unlabelled), _threads, warnings);
        }
        var sizes = new SplitSizes(_split.Teacher.Count, _split.Student.Count, _split.Test.Count);
        return (PartedRows.Of(weak, sizes), PartedRows.Of(strong, sizes));
    }

    private RidgeAdvice Advise(double lambdaTeacher, Grid lambdaStudent)
    {
        TrueLabels labelled = _experiment.Data.Labels.Select([.. _split.Teacher]);
        const int Least = 4 * RidgeAdvice.Folds;
        if (labelled.Count < Least)
        {
            throw new InputException(
                $"the recommendation splits the teacher's {labelled.Count} labelled rows into {RidgeAdvice.Folds} folds; "
                + $"there must be at least {Least} rows");
        }
        var problem = new CrossFitting(
            _weak.Teacher, _strong.Teacher, labelled, _weak.Student, _student, _experiment.Labels, lambdaTeacher, lambdaStudent);
        return RidgeAdvice.Of(problem, new RandomStream(_seed, (ulong)_repeat, FoldRole), _threads);
    }

    private Grid BestTeacher()
    {
        Grid grid = StandardGrid(_weak.Student, _threads);
        return Grid.Of(grid[_teacher.BestByLeaveOneOut(grid, _threads)]);
    }

    /// <summary>25 ridges from 1e-4 to 1e2 times the features' mean variance, rounded to a power of ten.</summary>
    public static Grid StandardGrid(FeatureRows rows, int threads)
    {
        double variance = StandardiseMap.Variances(rows, rows.Means(threads), threads).Average();
        if (!(variance > 0))
            throw new InputException("all features are constant over the student's rows; there is nothing to learn from");
        double scale = Math.Pow(10, Math.Round(Math.Log10(variance)));
        return Grid.Of([.. Grid.Logarithmic(1e-4 * scale, 1e2 * scale, DefaultRidges).Select(ThreeDigits)]);
    }

    private static double ThreeDigits(double value) =>
        double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
