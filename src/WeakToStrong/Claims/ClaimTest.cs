using WeakToStrong.Randomness;
using WeakToStrong.Simulation;

namespace WeakToStrong.Claims;

/// <summary>What a claim's test is given: its random numbers, how to run, its share of false alarms, and which
/// formula to believe.</summary>
public sealed class ClaimTest
{
    /// <summary>
    /// The probability that a whole run refutes any true claim by chance. It is divided equally among <see cref="MostClaims"/> claims, and
    /// by each claim among its comparisons (Bonferroni), so it holds for any selection of claims.
    /// </summary>
    public const double FalseAlarmRateOfRun = 1e-3;

    /// <summary>No suite holds more claims than this, so that adding one does not move the others' thresholds.</summary>
    public const int MostClaims = 50;

    private readonly int? _wrong;
    private ulong _simulations;

    internal ClaimTest(string id, ulong seed, RunOptions options, int? wrong)
    {
        // FNV-1a: the claim's name names its random numbers, whichever claims run beside it.
        ulong name = 14695981039346656037;
        foreach (char c in id)
            name = (name ^ c) * 1099511628211;
        Seed = new RandomStream(seed, name).NextBits();
        Options = options;
        _wrong = wrong;
    }

    /// <summary>This claim's own seed.</summary>
    public ulong Seed { get; }

    /// <summary>Threads and cancellation.</summary>
    public RunOptions Options { get; }

    /// <summary>The probability with which chance alone may refute this claim: its share of <see cref="FalseAlarmRateOfRun"/>.</summary>
    public double FalseAlarmRate { get; } = FalseAlarmRateOfRun / MostClaims;

    /// <summary>The formula under test: the right one, or in a self-test one of the claim's falsifications.</summary>
    /// <param name="right">What the claim says.</param>
    /// <param name="wrong">One wrong formula for each falsification of the claim, in its order.</param>
    public T Formula<T>(T right, params ReadOnlySpan<T> wrong) => _wrong is { } index ? wrong[index] : right;

    /// <summary>A stream of random numbers of this claim.</summary>
    public RandomStream Random(params ReadOnlySpan<ulong> path) => new(Seed, path);

    /// <summary>Simulates one pair of ridges with the exact engine.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before all trials were done.</exception>
    public SimulationResult Simulate(LinearExperiment experiment, double lambdaTeacher, double lambdaStudent, long trials) =>
        Simulate(experiment, Grid.Of(lambdaTeacher), Grid.Of(lambdaStudent), trials);

    /// <summary>Simulates a grid with the exact engine; each simulation of a claim has random numbers of its own.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before all trials were done.</exception>
    public SimulationResult Simulate(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, long trials)
    {
        SimulationResult result = new ExactSimulator().Run(experiment, lambdaTeacher, lambdaStudent, trials, Random(_simulations++)
            .NextBits(), Options);
        Options.Cancellation.ThrowIfCancellationRequested();
        return result;
    }
}
