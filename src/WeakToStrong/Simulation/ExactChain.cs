using WeakToStrong.Randomness;
using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>One stage of an isotropic chain: ridge regression with Gamma = I to fresh rows, labelled by the truth or
/// an earlier stage.</summary>
/// <param name="Source">Index of the earlier stage that labels the rows; -1 for the truth.</param>
/// <param name="Samples">n, at least 1.</param>
/// <param name="Ridge">lambda of (1/n) sum of squares + lambda ||b||^2, not negative.</param>
/// <param name="NoiseVariance">Variance of the noise added to the labels, not negative.</param>
internal readonly record struct ExactStage(int Source, long Samples, double Ridge, double NoiseVariance);

/// <summary>
/// One thread's workspace for exact trials of a chain of any length with isotropic rows and penalties: each stage is the step of
/// <see cref="TeacherRecursion"/>, or of <see cref="PlainStudentRecursion"/> where its labels have no noise, with the labelling estimate in
/// the place of beta*. Only two numbers of an estimate matter to the stages that learn from it, its coordinate along beta* and the norm of
/// the rest, so all stages' errors have exactly the dense experiment's joint law.
/// </summary>
/// <param name="dimension">d, at least 1.</param>
/// <param name="signalNorm">||beta*||.</param>
/// <param name="stages">Each refers to earlier ones only.</param>
/// <param name="seed">Names the random numbers, together with the trial and the stage.</param>
internal sealed class ExactChain(long dimension, double signalNorm, IReadOnlyList<ExactStage> stages, ulong seed) : ITrialEngine
{
    private readonly BandRecursion[] _recursions = [.. stages.Select(s => Recursion(s, dimension))];
    private readonly TeacherFit[] _fits = new TeacherFit[stages.Count];
    private readonly RandomStream _random = new(0);

    /// <summary>Rows of a trial, as <see cref="TrialWatch"/> counts them.</summary>
    public static long Steps(long dimension, IReadOnlyList<ExactStage> stages) => stages.Sum(s => Recursion(s, dimension).Steps);

    /// <summary>Runs a trial: the first stage's excess error, then that of every stage.</summary>
    public bool TryRun(long trial, Span<double> values, TrialWatch watch)
    {
        Span<double> errors = values[1..];
        for (int i = 0; i < _fits.Length; i++)
        {
            if (!_recursions[i].TryRun(new BandName(seed, (ulong)trial, (ulong)i), watch))
                return false;
            ExactStage stage = stages[i];
            _random.Restart(seed, (ulong)trial, (ulong)i);
            double xi = _random.NextCosine(dimension - 1);
            TeacherFit source = stage.Source < 0 ? new TeacherFit(signalNorm, 0, 0) : _fits[stage.Source];
            _fits[i] = Turn(source, InSource(i, source.Norm), xi);
            errors[i] = _fits[i].ExcessError;
        }
        values[0] = errors[0];
        return true;
    }

    /// <summary>A stage's estimate relative to the coefficients, of this norm, that label its rows.</summary>
    private TeacherFit InSource(int stage, double norm)
    {
        if (_recursions[stage] is not TeacherRecursion noisy)
            return ((PlainStudentRecursion)_recursions[stage]).Fit(0, norm);
        noisy.Solve(LabelledRows.Draw(_random, stages[stage].Samples), norm, Math.Sqrt(stages[stage].NoiseVariance));
        return noisy.Fit(0);
    }

    private static BandRecursion Recursion(in ExactStage stage, long dimension) =>
        stage.NoiseVariance > 0
            ? new TeacherRecursion(stage.Samples, dimension, Grid.Of(stage.Ridge))
            : new PlainStudentRecursion(stage.Samples, dimension, Grid.Of(stage.Ridge));

    /// <summary>
    /// An estimate that is known relative to its source, seen from beta*. The source has the direction (cos, sin) in a plane with beta*;
    /// the estimate's part across the source meets that plane at a uniform angle, of cosine xi.
    /// </summary>
    private static TeacherFit Turn(TeacherFit source, TeacherFit estimate, double xi)
    {
        double cos = source.Norm > 0 ? source.Along / source.Norm : 1, sin = source.Norm > 0 ? Math.Sqrt(source.Across2) / source.Norm : 0;
        double across = Math.Sqrt(estimate.Across2), inPlane = (across * xi * cos) - (estimate.Along * sin);
        return new TeacherFit(
            source.SignalNorm,
            source.Shortfall + (estimate.Shortfall * cos) + (across * xi * sin),
            (inPlane * inPlane) + (estimate.Across2 * (1 - xi) * (1 + xi)));
    }
}
