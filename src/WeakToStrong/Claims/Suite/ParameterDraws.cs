using WeakToStrong.Asymptotics;
using WeakToStrong.Randomness;

namespace WeakToStrong.Claims.Suite;

/// <summary>A random teacher and the ratio of a student.</summary>
internal readonly record struct Setting(double GammaTeacher, double LambdaTeacher, double GammaStudent, double NoiseVariance,
    double SignalPower)
{
    public MarchenkoPastur TeacherResolvent => new(GammaTeacher, LambdaTeacher);

    public double OptimalRidge => RidgeTeacher.OptimalRidge(GammaTeacher, NoiseVariance, SignalPower);
}

/// <summary>
/// Random settings that visit the corners: gamma_t and gamma_s from 1/20 to 20, each exactly 1 now and then; lambda_t zero, optimal, or a
/// log-uniform share of the optimum on either side; noise and signal over two decades, so that teachers worse than predicting zero occur.
/// </summary>
internal sealed class ParameterDraws(ClaimTest test)
{
    private readonly RandomStream _random = test.Random();

    public Setting Next()
    {
        double gt = _random.NextInt(12) == 0 ? 1 : LogUniform(0.05, 20), gs = _random.NextInt(8) == 0 ? 1 : LogUniform(0.05, 20);
        double s2 = LogUniform(0.1, 10), a2 = LogUniform(0.3, 3), optimum = RidgeTeacher.OptimalRidge(gt, s2, a2);
        double lt = _random.NextInt(10) switch
        {
            0 => 0,
            1 => optimum,
            _ => optimum * LogUniform(1e-3, 3),
        };
        return new Setting(gt, lt, gs, s2, a2);
    }

    /// <summary>A log-uniform student ridge.</summary>
    public double Ridge() => LogUniform(1e-3, 1e3);

    /// <summary>A log-uniform number.</summary>
    public double LogUniform(double low, double high) => low * Math.Exp(_random.NextUniform() * Math.Log(high / low));
}
