using WeakToStrong.Simulation;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>The part that fits how the limits are reached (<see cref="FiniteSizeStudy"/>). Planes of different d have random
/// numbers of their own.</summary>
public sealed partial class SimulateStudy
{
    /// <inheritdoc/>
    public override StudyChart? ChartOf(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Get(FiniteSize) ? null : Chart;
    }

    /// <inheritdoc/>
    public override StudyOutcome Run(Arguments arguments, TrialRange trials, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Get(FiniteSize) && arguments.Get(Dimension).Count < 2)
            throw InputException.About(
                $"{Dimension} is '{arguments.Get(Dimension).Text}'; with {FiniteSize} it must be a grid of at least two numbers");
        return base.Run(arguments, trials, options);
    }

    /// <inheritdoc/>
    public override Arguments TrialsOnly(Arguments plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        return plane.With(FiniteSize, null);
    }

    private static void CheckFiniteSize(Arguments arguments)
    {
        if (arguments.Has(TeacherSamples))
            throw InputException.About($"{TeacherSamples} is given; {FiniteSize} fits sizes of the same ratios and takes {GammaTeacher}");
        if (arguments.Has(StudentSamples))
            throw InputException.About($"{StudentSamples} is given; {FiniteSize} fits sizes of the same ratios and takes {GammaStudent}");
        if (RuleParameters.AreGiven(arguments))
        {
            Parameter[] rules = [RuleParameters.Teacher, RuleParameters.Student, RuleParameters.SameRows];
            Parameter given = rules.First(arguments.Has);
            throw InputException.About($"{FiniteSize} is for ridge on fresh rows; {given} does not go with it");
        }
        if (arguments.Get(Trials) < 2)
            throw InputException.About($"{Trials} is '{arguments.Get(Trials)}'; with {FiniteSize} it must be at least 2");
    }

    /// <summary>One fit for every cell of all axes but d, where at least two sizes have at least two trials.</summary>
    private protected override ResultTable Together(IReadOnlyList<(Arguments Plane, IReadOnlyList<TrialState> States)> planes,
        IReadOnlyList<ResultTable> tables)
    {
        if (planes.Count == 0 || !planes[0].Plane.Get(FiniteSize))
            return base.Together(planes, tables);
        var fits = new List<ResultTable>();
        foreach (var sizes in planes.GroupBy(p => p.Plane.With(Dimension, "2").Canonical, StringComparer.Ordinal))
        {
            SimulationResult[][] results = [.. sizes.Select(p => Results(p.Plane, p.States)).Where(parts => parts.All(r => r.Trials > 1))];
            if (results.Length > 1)
                fits.AddRange(Fits(sizes.Last().Plane, results));
        }
        return base.Together(planes, fits);
    }

    private static SimulationResult[] Results(Arguments plane, IReadOnlyList<TrialState> states)
    {
        LinearExperiment experiment = Experiment(plane);
        return [.. Grids(plane, experiment).Zip(states, (grid, state) =>
            SimulationResult.FromState(experiment, grid.Teachers, grid.Students, state))];
    }

    /// <summary>Three rows for every pair of ridges, with the inputs that the sizes share.</summary>
    private static IEnumerable<ResultTable> Fits(Arguments plane, SimulationResult[][] sizes)
    {
        string dimensions = string.Join(' ', sizes.Select(s => s[0].Experiment.Dimension));
        for (int part = 0; part < sizes[^1].Length; part++)
        {
            SimulationResult largest = sizes[^1][part];
            for (int cell = 0; cell < largest.LambdaTeacher.Count * largest.LambdaStudent.Count; cell++)
            {
                (int i, int j) = Math.DivRem(cell, largest.LambdaStudent.Count);
                ResultTable fit = FiniteSizeStudy.Of([.. sizes.Select(s => s[part])], i, j).ToTable();
                yield return new ResultTable(
                [
                    .. Shared(plane, dimensions, fit.RowCount), InputColumn.Of(LambdaTeacher, largest.LambdaTeacher[i], fit.RowCount),
                    InputColumn.Of(LambdaStudent, largest.LambdaStudent[j], fit.RowCount),
                    InputColumn.Of(Trials, sizes.Min(s => s[part].Trials), fit.RowCount), .. fit.Columns,
                ]);
            }
        }
    }

    private static IEnumerable<ResultColumn> Shared(Arguments plane, string dimensions, int rows)
    {
        string spike = plane.Has(Spike) ? plane.Get(Spike).Text : plane.Single(Alignment) > 0 ? "d" : "0";
        return
        [
            ResultColumn.Of(Dimension.Name, [.. Enumerable.Repeat(dimensions, rows)]), InputColumn.Of(plane, GammaTeacher, rows),
            InputColumn.Of(plane, GammaStudent, rows),
            InputColumn.Of(plane, NoiseVariance, rows), InputColumn.Of(plane, SignalPower, rows), InputColumn.Of(plane, Alignment, rows),
            ResultColumn.Of(Spike.Name, [.. Enumerable.Repeat(spike, rows)]), InputColumn.Of(plane, Engine, rows),
            InputColumn.Of(plane, Signal, rows),
            InputColumn.Of(plane, Declare.Seed, rows),
        ];
    }
}
