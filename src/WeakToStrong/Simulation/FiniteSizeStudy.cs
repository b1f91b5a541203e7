using WeakToStrong.Asymptotics;
using WeakToStrong.Randomness;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Simulation;

/// <summary>
/// How far teacher, student and gap are from their limits at finite size: one pair of ridges at several dimensions with the same ratios d/n,
/// simulated independently of each other, and the shift c/d fitted to them.
/// </summary>
public sealed class FiniteSizeStudy
{
    private FiniteSizeStudy(IReadOnlyList<SimulationResult> results)
    {
        Results = results;
        TeacherPoints = [.. results.Select(r => new FiniteSizePoint(r.Experiment.Dimension, r.Teacher(0), Limits(r).Teacher))];
        StudentPoints = [.. results.Select(r => new FiniteSizePoint(r.Experiment.Dimension, r.Student(0, 0), Limits(r).Student))];
        GapPoints = [.. results.Select(r => new FiniteSizePoint(r.Experiment.Dimension, r.Gap(0, 0), Limits(r).Gap))];
    }

    /// <summary>The simulations, one a size.</summary>
    public IReadOnlyList<SimulationResult> Results { get; }

    /// <summary>L_t at each size.</summary>
    public IReadOnlyList<FiniteSizePoint> TeacherPoints { get; }

    /// <summary>L_s at each size.</summary>
    public IReadOnlyList<FiniteSizePoint> StudentPoints { get; }

    /// <summary>L_s - L_t at each size.</summary>
    public IReadOnlyList<FiniteSizePoint> GapPoints { get; }

    /// <summary>Simulates the sizes with the exact engine. Each has random numbers of its own, named by its dimension.</summary>
    /// <param name="sizes">The same experiment at several dimensions.</param>
    /// <param name="lambdaTeacher">lambda_t, in the objective (1/n_t) sum of squares + lambda_t ||b||^2.</param>
    /// <param name="lambdaStudent">lambda_s, in (1/n_s) sum of squares + lambda_s b' Gamma^-1 b.</param>
    /// <param name="trials">How many at each size: the same everywhere, or in proportion to something.</param>
    /// <param name="seed">The same seed gives the same bits for any number of threads.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">There are fewer than two sizes, or a mean is infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public static FiniteSizeStudy Run(
        IReadOnlyList<LinearExperiment> sizes, double lambdaTeacher, double lambdaStudent, Func<LinearExperiment, long> trials, ulong seed, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(trials);
        options ??= RunOptions.Default;
        var results = new List<SimulationResult>();
        foreach (LinearExperiment size in sizes)
        {
            ulong own = new RandomStream(seed, (ulong)size.Dimension).NextBits();
            results.Add(new ExactSimulator().Run(size, Grid.Of(lambdaTeacher), Grid.Of(lambdaStudent), trials(size), own, options));
            options.Cancellation.ThrowIfCancellationRequested();
        }
        return Of(results);
    }

    /// <summary>The study of simulations that were run elsewhere, each of one pair of ridges and independent of the others.</summary>
    public static FiniteSizeStudy Of(IReadOnlyList<SimulationResult> results) => new(results);

    /// <summary>The limits of a simulated experiment at its own d/n and spike (Proposition 3, Theorems 4 and 8).</summary>
    public static (double Teacher, double Student, double Gap) Limits(SimulationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        LinearExperiment e = result.Experiment;
        var teacher = new RidgeTeacher(e.GammaTeacher, result.LambdaTeacher[0], e.NoiseVariance, e.SignalPower);
        var student = new RidgeStudent(teacher, e.GammaStudent, e.Alignment, e.Spike);
        double ridge = result.LambdaStudent[0];
        return (teacher.TestError, student.TestError(ridge), student.Gap(ridge));
    }

    /// <summary>Three rows, teacher, student and gap: quantity, limit, shift_times_d, shift_times_d_se, chi2_per_dof.</summary>
    /// <exception cref="InputException">There are fewer than two sizes.</exception>
    public ResultTable ToTable()
    {
        FiniteSizeShift[] fits = [FiniteSizeShift.Fit(TeacherPoints), FiniteSizeShift.Fit(StudentPoints), FiniteSizeShift.Fit(GapPoints)];
        return new ResultTable(
            ResultColumn.Of("quantity", ["teacher", "student", "gap"]),
            ResultColumn.Of("limit", [.. fits.Select(f => f.Limit)]),
            ResultColumn.Of("shift_times_d", [.. fits.Select(f => f.TimesDimension)]),
            ResultColumn.Of("shift_times_d_se", [.. fits.Select(f => f.StandardError)]),
            ResultColumn.Of("chi2_per_dof", [.. fits.Select(f => f.ChiSquarePerDegree)]));
    }
}
