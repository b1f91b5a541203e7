using System.Globalization;
using WeakToStrong.Simulation;

namespace WeakToStrong.Tests.Simulation;

/// <summary>
/// Both engines against tests/oracles/simulation_oracle.py, which simulates the definitions in plain NumPy: mean, variance and covariance
/// of teacher's and student's errors at twenty settings, one or two rows and n = d among them. 400 numbers an engine, each a z of two
/// independent estimates, normal to good approximation: |z| &lt; 5 for all has a false-alarm rate of 2.3e-4 an engine. Seeds are fixed.
/// </summary>
public class OracleTests
{
    private const double Threshold = 5;

    private static readonly Grid Teachers = Grid.Of(0.05, 0.8), Students = Grid.Of(0.02, 0.5);

    public static TheoryData<string> Experiments =>
        [.. Rows().Select(r => string.Join(',', r[..8])).Distinct()];

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Exact_engine_agrees_with_NumPy(string experiment) =>
        Assert.InRange(LargestZ(new ExactSimulator(), experiment, exact: true), 0, Threshold);

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Dense_engine_agrees_with_NumPy(string experiment) =>
        Assert.InRange(LargestZ(new DenseSimulator(), experiment, exact: false), 0, Threshold);

    [Theory]
    [InlineData("6,12,18,0.5,2.0,0.0,none,gaussian", "6,13,18,0.5,2.0,0.0,none,gaussian")] // the teacher's degrees of freedom off by one
    [InlineData("6,12,4,0.5,2.0,0.0,none,fixed", "6,12,5,0.5,2.0,0.0,none,fixed")] // the student's
    [InlineData("6,12,4,0.5,2.0,0.0,none,fixed",
        "6,12,4,0.5,2.0,0.0,none,gaussian")] // the other law of beta*: the same means, another variance
    [InlineData("6,6,9,1.5,1.0,0.7,6.0,gaussian", "6,6,9,1.5,1.0,0.7,4.0,gaussian")] // the spike
    [InlineData("60,120,40,1.0,1.0,0.8,60.0,fixed", "60,120,40,1.0,1.0,0.78,60.0,fixed")] // the alignment
    [InlineData("5,8,10,1.0,1.0,0.0,5.0,gaussian", "5,8,10,1.0,1.0,0.0,none,gaussian")] // no spike
    public void A_wrong_simulation_is_noticed(string experiment, string wrong) =>
        Assert.True(LargestZ(new ExactSimulator(), experiment, exact: true, wrong) > Threshold);

    private static double LargestZ(ISimulator simulator, string key, bool exact, string? simulated = null)
    {
        string[] e = (simulated ?? key).Split(',');
        double Number(int i) => double.Parse(e[i], CultureInfo.InvariantCulture);
        SignalLaw law = e[7] == "fixed" ? SignalLaw.Fixed : SignalLaw.Gaussian;
        var experiment = new LinearExperiment((long)Number(0), (long)Number(1), (long)Number(2), Number(3), Number(4), Number(5),
            e[6] == "none" ? null : Number(6), law);
        long trials = experiment.Dimension > 10 ? (exact ? 10_000 : 500) : (exact ? 100_000 : 20_000);
        SimulationResult result = simulator.Run(experiment, Teachers, Students, trials, 7);

        double largest = 0;
        foreach (string[] row in Rows().Where(r => string.Join(',', r[..8]) == key))
        {
            double Oracle(int i) => double.Parse(row[i], CultureInfo.InvariantCulture);
            int i = Teachers.ToList().IndexOf(Oracle(9)), j = Students.ToList().IndexOf(Oracle(10));
            double ratio = Math.Sqrt(Oracle(8) / trials); // a sample moment's standard error goes with 1/sqrt(trials)
            double noise = experiment.NoiseVariance;
            ReadOnlySpan<double> ours =
            [
                result.Teacher(i).Mean - noise, result.Student(i, j).Mean - noise,
                result.TeacherVariance(i), result.StudentVariance(i, j), result.Covariance(i, j),
            ];
            for (int k = 0; k < ours.Length; k++)
            {
                double theirs = Oracle(11 + (2 * k)), error = Oracle(12 + (2 * k));
                largest = Math.Max(largest, Math.Abs(ours[k] - theirs) / double.Hypot(error, error * ratio));
            }
        }
        return largest;
    }

    private static IEnumerable<string[]> Rows() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "oracles", "simulation_oracle.csv")).Skip(1).Select(line => line.Split(','));
}
