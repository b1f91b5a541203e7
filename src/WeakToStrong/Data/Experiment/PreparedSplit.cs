using System.Globalization;
using WeakToStrong.Choices;
using WeakToStrong.Data.Decision;
using WeakToStrong.Data.Features;
using WeakToStrong.Heads;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Experiment;

/// <summary>The ridges of a run: given, or found on the first split for all others.</summary>
internal sealed record RidgeGrids(Grid Teacher, Grid Student);

/// <summary>One split with its features made and its designs factorised, from which every ridge is cheap.</summary>
internal sealed class PreparedSplit
{
    private const ulong SplitRole = 0, WeakRole = 1, StrongRole = 2, FoldRole = 3, ChoiceRole = 4, CurveRole = 5;
    private const int DefaultRidges = 25, DefaultLogisticRidges = 13;

    // Curves are averaged over splits; more of them cost much and tell little.
    private const int MostCurves = 3;

    private readonly DataExperiment _experiment;
    private readonly ulong _seed;
    private readonly int _repeat, _threads;
    private readonly RunOptions _options;
    private readonly RowSplit _split;
    private readonly PartedRows? _weak;
    private readonly PartedRows _strong;
    private readonly TrueLabels _taught;
    private readonly IHeadPath? _teacher;
    private readonly StrongDesign _design;
    private readonly Dictionary<ulong, FittedPipeline> _maps = [];
    private readonly List<SavedModel>? _kept;

    private PreparedSplit(
        DataExperiment experiment, ulong seed, int repeat, RowSplit split, TrueLabels taught, RidgeGrids? given,
        SplitStages stages, RunOptions options, List<string> warnings)
    {
        (_experiment, _seed, _repeat, _threads, _split, _taught) = (experiment, seed, repeat, options.Threads, split, taught);
        _options = options with { Progress = null };
        _kept = experiment.KeepModels && repeat == 0 ? [] : null;
        bool isFirst = given is null; // and so says what there is to say of the features
        (_weak, _strong) = MakeFeatures(isFirst, stages, options, warnings);
        // Raw rows and the split before are garbage now, of a size that would otherwise pile up beside the matrices to come.
        GC.Collect();
        stages.Next();
        IHeadDesign? design = _weak is null ? null : experiment.Head.Prepare(_weak.Teacher, null, _threads);
        _teacher = design?.Fit(taught.Targets(), _threads);
        Ridges = given ?? new RidgeGrids(
            _weak is null ? Grid.Of(0) : experiment.LambdaTeacher ?? BestTeacher(_weak),
            experiment.LambdaStudent ?? StandardGrid(_strong.Student));
        stages.OfTeachers(Ridges.Teacher.Count * (experiment.Choices ? 2 : 1));
        _design = new StrongDesign(experiment.Head, _strong.Teacher, _strong.Student, Ridges.Student, experiment.Confidence, _threads);
        if (isFirst)
        {
            warnings.AddRange(new[] { design?.Remark(Ridges.Teacher[0], "weak features"),
                _design.Student.Remark(Ridges.Student[0], "strong features") }
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
        RowSplit split = data.Split ?? RowSplit.Draw(data.Labels, experiment.SizesUsed, new RandomStream(seed, (ulong)repeat, SplitRole));
        int used = split.Teacher.Count + split.Student.Count + split.Test.Count;
        if (Streaming.Is(experiment, data.Strong, experiment.Strong, used)
            || (data.WeakLabels is null && Streaming.Is(experiment, data.Weak, experiment.Weak, used)))
            split = split.InOrder();
        TrueLabels taught = data.Labels.Select([.. split.Teacher]);
        return taught.DistinctLabels < 2 ? null
            : new PreparedSplit(experiment, seed, repeat, split, taught, given, stages, options, warnings);
    }

    /// <summary>Weak and strong features of all rows, with maps fitted to those that the student may see: what the theory
    /// is estimated from.</summary>
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
    /// <param name="stages">Told of every stage.</param>
    /// <param name="warnings">Takes sentences that the user should see.</param>
    public SplitOutcome Outcome(SplitStages stages, List<string> warnings)
    {
        (Grid teacherRidges, Grid studentRidges) = Ridges;
        var test = new TestRows(_experiment, _split, _weak?.Test, _strong.Test, _threads);
        test.Remark(warnings);
        (Measured ceiling, double ceilingLambda) = Ceiling(test, warnings);
        stages.Next();

        RidgeModels? teachers = _teacher?.At(teacherRidges, _threads);
        int count = teacherRidges.Count;
        var teacher = new Measured[count];
        var students = new Measured[count];
        var advice = new RidgeAdvice?[count];
        var looChoice = new int[count];
        List<SplitChoices> choices = [];
        for (int t = 0; t < count; t++)
        {
            (IWeakLabelSource source, IWeakLabels weak) = Source(teachers, t);
            UnlabelledTargets labels = _design.Targets(weak, _threads);
            Matrix<double> scores = test.TeacherScores(teachers, t);
            teacher[t] = test.MeasureTeacher(teachers, t, scores);
            RidgeModels models = _design.Students(labels, _threads);
            students[t] = test.Measure(models, scores);
            if (t == 0 && teachers is not null)
                Keep("teacher", teachers.At(0), WeakRole);
            if (_experiment.Recommend)
            {
                looChoice[t] = _design.Path(labels, _threads).Best(studentRidges, _threads);
                advice[t] = Advise(source);
            }
            stages.Next();
            if (!_experiment.Choices)
                continue;
            if (_taught.Count >= CrossFit.LeastRows)
                choices.Add(Choose(source, labels, models, test, isKept: t == 0));
            else
                warnings.Add($"{_taught.Count} labelled rows are too few to choose what to train; there must be at least "
                    + $"{CrossFit.LeastRows}");
            stages.Next();
        }
        bool metrics = _experiment.Metrics;
        return new SplitOutcome(
            [.. teacher.Select(m => m.Tests[0])], [.. students.Select(m => m.Tests)], ceiling.Tests[0], ceilingLambda, advice, looChoice)
        {
            Choices = choices,
            Kept = _kept is null ? null : (_kept, _split),
            Majority = test.Majority(_taught),
            LabelledMajority = TestRows.Commonest(_taught).Share,
            TestRows = test.Count,
            GapOverRows = double.IsNaN(ceilingLambda) || test.Count < 2 ? null
                : [.. students.Select((m, t) => m.GapsOver(teacher[t], ceiling, _taught.IsClassification))],
            Metrics = !metrics ? null : new SplitMetrics(
                [.. teacher.Select(m => m.Metrics[0])], [.. students.Select(m => m.Metrics)], ceiling.Metrics[0],
                [.. students.Select(m => m.Misfit)]),
        };
    }

    /// <summary>The student's model with true labels on the student's rows, as far as they have one.</summary>
    private (Measured Model, double Lambda) Ceiling(TestRows test, List<string> warnings)
    {
        Labels labels = _experiment.Data.Labels;
        int[] known = [.. Enumerable.Range(0, _split.Student.Count).Where(i => labels.IsLabelled(_split.Student[i]))];
        TrueLabels? truth = known.Length < 2 ? null : labels.Select([.. known.Select(i => _split.Student[i])]);
        if (truth is not { DistinctLabels: > 1 })
        {
            warnings.Add("the student's rows have no true labels, so there is no ceiling and no PGR");
            return (Measured.None(1), double.NaN);
        }
        if (known.Length < _split.Student.Count)
            warnings.Add($"the ceiling learns from the {known.Length} of {_split.Student.Count} student rows that have a true label");
        IHeadPath path = known.Length == _split.Student.Count ? _design.Path(truth, _threads)
            : _experiment.Head.Prepare(_strong.Student.Select(known), null, _threads).Fit(truth.Targets(), _threads);
        Grid best = Grid.Of(Ridges.Student[path.Best(Ridges.Student, _threads)]);
        RidgeModels model = path.At(best, _threads);
        Keep("ceiling", model, StrongRole);
        return (test.Measure(model, null), best[0]);
    }

    private void Keep(string name, RidgeModels model, ulong role)
    {
        bool strong = role == StrongRole;
        _kept?.Add(SavedModel.Of(name, _experiment.Head.Name, model, _maps[strong && !_experiment.SameFeatures ? StrongRole : WeakRole],
            strong ? _experiment.Prior : null, strong ? _experiment.Data.Strong : _experiment.Data.Weak, _experiment.Data.Labels));
    }

    private bool Hard => _experiment.Labels == PseudoLabels.Hard;

    /// <summary>Where weak labels come from, and those of all labelled rows.</summary>
    private (IWeakLabelSource Source, IWeakLabels Labels) Source(RidgeModels? teachers, int t)
    {
        if (teachers is not null)
        {
            var teacher = new TrainedTeacher(
                _experiment.Head, _weak!.Teacher, _taught, _weak.Student, teachers.Lambdas[t], Hard);
            return (teacher, teacher.Of(teachers.At(t)));
        }
        WeakLabels given = _experiment.Data.WeakLabels!;
        bool known = _split.Teacher.All(given.IsKnown);
        var labels = new GivenLabels(new GivenRows(given, [.. _split.Student], Hard),
            known ? given.Select([.. _split.Teacher], "the labelled rows") : null);
        return (labels, labels);
    }

    /// <summary>Chooses every ridge and the mixture's weight from labelled rows, and measures what they give.</summary>
    private SplitChoices Choose(IWeakLabelSource source, UnlabelledTargets labels, RidgeModels students, TestRows test, bool isKept)
    {
        int[] all = [.. Enumerable.Range(0, _taught.Count)];
        // Fits that go in rounds cost much, and further repetitions steady the choice little.
        int most = !_experiment.Head.TakesNumbers ? 1 : _experiment.Confidence > 0 ? 2 : int.MaxValue;
        int repeats = Math.Min(most, CrossFit.RepeatsFor(_taught.Count));
        CrossFit fit = CrossFit.Of(_design, source, _taught, all, repeats, new RandomStream(_seed, (ulong)_repeat, ChoiceRole), _options);
        var scores = ChoiceScores.Of(fit, _split.Teacher);
        int direct = fit.Chosen(TrainingChoice.Direct), mixture = fit.Chosen(TrainingChoice.Mixture);
        (int weight, int ridge) = Math.DivRem(mixture, _design.MixtureLambdas.Count);
        Grid lambda = Grid.Of(_design.MixtureLambdas[ridge]);
        RidgeModels directModel = _design.Direct(all, _taught, _threads).At(direct);
        RidgeModels mixtureModel = _design.Mixture(labels, all, _taught, _design.Weights[weight], lambda, _threads);
        if (isKept)
        {
            Keep("direct", directModel, StrongRole);
            Keep("student", students.At(fit.Chosen(TrainingChoice.Student)), StrongRole);
            Keep("mixture", mixtureModel, StrongRole);
        }
        return new SplitChoices(
            test.Measure(directModel, null).Chosen(Ridges.Student[direct]), test.Measure(mixtureModel, null).Chosen(lambda[0]),
            _design.Weights[weight], fit.Chosen(TrainingChoice.Student), scores)
        {
            Curve = _experiment.Advise && _repeat < MostCurves
                ? LearningCurve.Of(
                    _design, source, _taught, _split.Teacher, scores, new RandomStream(_seed, (ulong)_repeat, CurveRole), _options) : null,
            Crossing = _experiment.Advise && _repeat == 0 ? Crosses() : null,
        };
    }

    /// <summary>What theory says of the number of true labels, where the labelled rows give its moments.</summary>
    private Crossing? Crosses()
    {
        const int MostFeatures = 400;
        if (_weak is null || !_experiment.Head.TakesNumbers || _experiment.Prior is not null)
            return null;
        int features = Math.Max(_weak.Teacher.Columns, _strong.Teacher.Columns);
        bool all = !_taught.IsClassification
            || Enumerable.Range(0, _taught.Count).Select(_taught.ClassOf).Distinct().Count() == _taught.Outputs;
        // Moments of hardly more rows than features flatter by as much as they say.
        if (features > MostFeatures || _taught.Count < 2 * features || _taught.Count < features + 10 || !all)
            return null;
        try
        {
            return Crossing.Find(
                new ChoicePrediction(ChoiceForecast.Moments(_weak.Teacher, _strong.Teacher, _taught, _options)),
                _strong.Student.Count, Ridges.Teacher, _design.MixtureLambdas,
                _taught.IsClassification ? ChoiceMeasure.Accuracy : ChoiceMeasure.SquaredError, cancellation: _options.Cancellation);
        }
        catch (InputException)
        {
            return null; // labelled rows that are all alike give no moments, and theory has nothing to say
        }
    }

    /// <summary>Features of the used rows; a view when no map changes them.</summary>
    private (PartedRows? Weak, PartedRows Strong) MakeFeatures(bool isFirst, SplitStages stages, RunOptions options, List<string> warnings)
    {
        Dataset data = _experiment.Data;
        int[] used = [.. _split.Teacher, .. _split.Student, .. _split.Test];
        int[] unlabelled = [.. Enumerable.Range(_split.Teacher.Count, _split.Student.Count)];
        var sizes = new SplitSizes(_split.Teacher.Count, _split.Student.Count, _split.Test.Count);
        FeatureRows? withPrior = null;
        PartedRows Make(FeaturePipeline map, RawFeatures raw, ulong role)
        {
            List<FittedMap> steps = [];
            ulong[] path = [(ulong)_repeat, role];
            if (Streaming.Is(_experiment, raw, map, used.Length))
            {
                RowStream student = map.Transform(
                    raw.Stream([.. _split.Student]), raw.Shape.Image, _seed, path, options, warnings, steps);
                var fitted = _maps[role] = new FittedPipeline(map, raw.Shape, steps);
                FeatureRows Held(IReadOnlyList<int> rows) => fitted.Apply(raw.Take([.. rows], _threads), options);
                return new PartedRows(Held(_split.Teacher), new FeatureRows(student), Held(_split.Test));
            }
            FeatureRows made = map.Transform(
                raw.Take(used, _threads), raw.Shape.Image, unlabelled, _seed, path, options, warnings, steps);
            _maps[role] = new FittedPipeline(map, raw.Shape, steps);
            if (role == StrongRole || _experiment.SameFeatures)
                withPrior = _experiment.Prior?.Apply(made, _threads);
            return PartedRows.Of(made, sizes);
        }

        PartedRows? weak = data.WeakLabels is null ? Make(_experiment.Weak, data.Weak, WeakRole) : null;
        stages.Next();
        PartedRows strong = _experiment.SameFeatures ? weak! : Make(_experiment.Strong, data.Strong, StrongRole);
        if (withPrior is not null)
            strong = PartedRows.Of(withPrior, sizes);
        if (isFirst)
        {
            if (weak is not null)
                ConstantColumns.Warn("weak features", weak.Student, _threads, warnings);
            ConstantColumns.Warn("strong features", strong.Student, _threads, warnings);
        }
        return (weak, strong);
    }

    private RidgeAdvice Advise(IWeakLabelSource source)
    {
        const int Least = 4 * RidgeAdvice.Folds;
        if (_taught.Count < Least)
        {
            throw new InputException(
                $"the recommendation splits the teacher's {_taught.Count} labelled rows into {RidgeAdvice.Folds} folds; "
                + $"there must be at least {Least} rows");
        }
        if (!source.KnowsLabelledRows)
            throw new InputException("the recommendation compares the student with the weak labels on labelled rows, and some of these "
                + "rows have no weak label");
        return RidgeAdvice.Of(
            new CrossFitting(source, _design, _taught), new RandomStream(_seed, (ulong)_repeat, FoldRole), _threads);
    }

    private Grid BestTeacher(PartedRows weak)
    {
        Grid grid = StandardGrid(weak.Student);
        int best = _taught.IsClassification ? _teacher!.BestForClasses(grid, _threads) : _teacher!.Best(grid, _threads);
        return Grid.Of(grid[best]);
    }

    private Grid StandardGrid(FeatureRows rows) =>
        StandardGrid(rows, _threads, _experiment.Head.TakesNumbers ? DefaultRidges : DefaultLogisticRidges);

    /// <summary>Ridges from 1e-4 to 1e2 times the features' mean variance, rounded to a power of ten.</summary>
    public static Grid StandardGrid(FeatureRows rows, int threads, int count = DefaultRidges)
    {
        double variance = StandardiseMap.Variances(rows, rows.Means(threads), threads).Average();
        if (!(variance > 0))
            throw new InputException("all features are constant over the student's rows; there is nothing to learn from");
        double scale = Math.Pow(10, Math.Round(Math.Log10(variance)));
        return Grid.Of([.. Grid.Logarithmic(1e-4 * scale, 1e2 * scale, count).Select(ThreeDigits)]);
    }

    private static double ThreeDigits(double value) =>
        double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
