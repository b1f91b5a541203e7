using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Neighbours;

/// <summary>
/// Dong, Li, Li, Lee and Lei (2025): least squares of a student on another teacher's labels inherits only the noise in the directions that
/// both see. With Gaussian rows the variances are exactly s2 d_w/(n_t - d_w - 1) and s2 (d_o + (d_w - d_o) d_s/(n_s - d_s - 1))/(n_t - d_w
/// - 1).
/// </summary>
/// <param name="TeacherRows">n_t, above WeakDimension + 1.</param>
/// <param name="StudentRows">n_s, above StrongDimension + 1.</param>
/// <param name="WeakDimension">d_w, white features of the teacher.</param>
/// <param name="StrongDimension">d_s, white features of the student.</param>
/// <param name="SharedDimension">d_o, features that both see.</param>
/// <param name="Noise">s2, noise variance of true labels.</param>
public sealed record Discrepancy(int TeacherRows, int StudentRows, int WeakDimension, int StrongDimension, int SharedDimension,
    double Noise = 1)
{
    /// <summary>Their setting here: 120 and 400 rows, 30 and 50 features, 10 of them shared.</summary>
    public static Discrepancy Example { get; } = new(120, 400, 30, 50, 10);

    /// <summary>The teacher's variance.</summary>
    public double TeacherVariance => Noise * WeakDimension / (TeacherRows - WeakDimension - 1);

    /// <summary>The student's.</summary>
    public double StudentVariance =>
        Noise * (SharedDimension + ((WeakDimension - SharedDimension) * (double)StrongDimension / (StudentRows - StrongDimension - 1))) / (
            TeacherRows - WeakDimension - 1);

    /// <summary>The same experiment as a chain on two views: labels that are noise alone.</summary>
    public Chain ToChain()
    {
        Matrix<double> weak = Identity(WeakDimension), strong = Identity(StrongDimension), cross = new(WeakDimension, StrongDimension);
        for (int j = 0; j < SharedDimension; j++)
            cross[j, j] = 1;
        var views = new Views(
            Noise,
            [new ViewMoments("weak", weak, new double[WeakDimension]), new ViewMoments("strong", strong, new double[StrongDimension])],
            [new CrossMoments("weak", "strong", cross)]);
        return new Chain(views,
        [
            new StagePlan("teacher", Chain.Truth, TeacherRows, RidgeRule.Of(0)) { View = "weak" },
            new StagePlan("student", "teacher", StudentRows, RidgeRule.Of(0)) { View = "strong" },
        ]);
    }

    private static Matrix<double> Identity(int order)
    {
        var identity = new Matrix<double>(order, order);
        for (int j = 0; j < order; j++)
            identity[j, j] = 1;
        return identity;
    }
}
