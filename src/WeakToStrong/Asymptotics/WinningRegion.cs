namespace WeakToStrong.Asymptotics;

/// <summary>
/// Where in the plane of both ridges the student beats its teacher (Theorem 5, completed, and Theorem 8): for each teacher ridge an
/// interval of student ridges, up to the largest teacher ridge that can be beaten. Immutable.
/// </summary>
public sealed class WinningRegion
{
    private readonly double _gammaTeacher, _gammaStudent, _noise, _power, _alignment, _spike;

    /// <summary>The region of one setting.</summary>
    /// <param name="gammaTeacher">gamma_t; positive.</param>
    /// <param name="gammaStudent">gamma_s; positive.</param>
    /// <param name="noiseVariance">sigma^2; not negative.</param>
    /// <param name="signalPower">a^2; positive.</param>
    /// <param name="alignment">zeta, from 0 to 1.</param>
    /// <param name="spike">w; not negative, may be infinite.</param>
    public WinningRegion(
        double gammaTeacher, double gammaStudent, double noiseVariance, double signalPower = 1, double alignment = 0,
        double spike = double.PositiveInfinity)
    {
        _gammaTeacher = Require.Positive(gammaTeacher);
        _gammaStudent = Require.Positive(gammaStudent);
        _noise = Require.NonNegative(noiseVariance);
        _power = Require.Positive(signalPower);
        _alignment = Require.InUnitInterval(alignment);
        _spike = Require.NonNegativeOrInfinite(spike);
        LargestTeacherRidge = RidgeTeacher.LargestBeatableRidge(gammaTeacher, noiseVariance, gammaStudent, signalPower, alignment, spike);
    }

    /// <summary>The supremum of the teacher ridges that can be beaten: null when none can, infinity when every one can.</summary>
    public double? LargestTeacherRidge { get; }

    /// <summary>The student ridges that beat a teacher.</summary>
    /// <param name="lambdaTeacher">lambda_t; not negative.</param>
    public WinningWindow At(double lambdaTeacher) =>
        new RidgeStudent(new RidgeTeacher(_gammaTeacher, lambdaTeacher, _noise, _power), _gammaStudent, _alignment, _spike).Window;

    /// <summary>
    /// The curve L_s = L_t: out along the windows' upper ends and back along their lower ones. Points crowd toward the largest teacher
    /// ridge, where both meet. An end where every ridge wins is infinite. Empty when no teacher can be beaten.
    /// </summary>
    /// <param name="low">The least lambda_t wanted; positive.</param>
    /// <param name="high">The largest lambda_t wanted.</param>
    /// <param name="points">Points along each end; at least 2.</param>
    public (double[] LambdaTeacher, double[] LambdaStudent) Edge(double low, double high, int points = 160)
    {
        Require.Positive(low);
        Require.AtLeast(points, 2);
        double tip = Math.Min(LargestTeacherRidge ?? 0, high);
        if (tip <= low)
            return ([], []);
        var upper = new List<(double X, double Y)>();
        var lower = new List<(double X, double Y)>();
        for (int k = points; k >= 1; k--)
        {
            double u = k / (double)points;
            double lambda = tip * Math.Exp(-Math.Log(tip / low) * u * u);
            WinningWindow window = At(lambda);
            upper.Add((lambda, window.High));
            if (window.Low > 0)
                lower.Add((lambda, window.Low));
        }
        lower.Reverse();
        (double X, double Y)[] edge = [.. upper, .. lower];
        return ([.. edge.Select(v => v.X)], [.. edge.Select(v => v.Y)]);
    }
}
