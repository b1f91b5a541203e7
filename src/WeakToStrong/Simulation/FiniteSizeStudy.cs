using WeakToStrong.Asymptotics;
using WeakToStrong.Randomness;
using WeakToStrong.Tables;

namespace WeakToStrong.Simulation;

/// <summary>
/// How far teacher, student and gap are from their limits at finite size: one pair of ridges at several dimensions with the same ratios
/// d/n, simulated independently of each other, and the shift c/d fitted to them.
/// </summary>
public sealed class FiniteSizeStudy
{
    private FiniteSizeStudy(IReadOnlyList<SimulationResult> results, int i, int j)
    {
        Results = results;
        TeacherPoints = [.. results.Select(r => new FiniteSizePoint(r.Experiment.Dimension, r.Teacher(i), Limits(r, i, j).Teacher))];
        StudentPoints = [.. results.Select(r => new FiniteSizePoint(r.Experiment.Dimension, r.Student(i, j), Limits(r, i, j).Student))];
        GapPoints = [.. results.Select(r => new FiniteSizePoint(r.Experiment.Dimension, r.Gap(i, j), Limits(r, i, j).Gap))];
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
        IReadOnlyList<LinearExperiment> sizes, double lambdaTeacher, double lambdaStudent, Func<LinearExperiment, long> trials, ulong seed,
        RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(trials);
        options ??= RunOptions.Default;
        var results = new List<SimulationResult>();
        foreach (LinearExperiment size in sizes)
        {
            results.Add(new ExactSimulator().Run(size, Grid.Of(lambdaTeacher), Grid.Of(lambdaStudent), trials(size),
                SeedOf(seed, size.Dimension), options));
            options.Cancellation.ThrowIfCancellationRequested();
        }
        return Of(results);
    }

    /// <summary>The study of one pair of ridges of simulations that were run elsewhere, independently of each other.</summary>
    /// <param name="results">One a size.</param>
    /// <param name="i">Number of lambda_t in their grids.</param>
    /// <param name="j">Number of lambda_s.</param>
    public static FiniteSizeStudy Of(IReadOnlyList<SimulationResult> results, int i = 0, int j = 0)
    {
        ArgumentNullException.ThrowIfNull(results);
        return new FiniteSizeStudy(results, i, j);
    }

    /// <summary>A size's own seed: simulations of one seed would share random numbers, and their means would not be independent.</summary>
    public static ulong SeedOf(ulong seed, long dimension) => new RandomStream(seed, (ulong)dimension).NextBits();

    /// <summary>The limits of a simulated experiment at its own d/n and spike (Proposition 3, Theorems 4 and 8).</summary>
    private static (double Teacher, double Student, double Gap) Limits(SimulationResult result, int i, int j)
    {
        LinearExperiment e = result.Experiment;
        var teacher = new RidgeTeacher(e.GammaTeacher, result.LambdaTeacher[i], e.NoiseVariance, e.SignalPower);
        var student = new RidgeStudent(teacher, e.GammaStudent, e.Alignment, e.Spike);
        double ridge = result.LambdaStudent[j];
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
