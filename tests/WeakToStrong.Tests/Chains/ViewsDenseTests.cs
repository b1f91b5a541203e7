using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Chains;

/// <summary>
/// Teacher and student on two views, trained here from rows of a latent vector z: u = A z + noise, v = B z + noise, y = b'z + noise. Only
/// the moments are shared with the library. 2 x 6 comparisons within 3 standard errors plus the stated shift of finite size: for random
/// seeds 3% of all runs would fail. Without the noise that a student's labels carry, the theory is refused.
/// </summary>
public class ViewsDenseTests
{
    private const int Trials = 150;

    private static readonly (string Name, int Latent, int Weak, int Strong, double Noise, int TeacherRows, int StudentRows,
        double TeacherRidge, double StudentRidge)[] Settings =
    [
        ("singular: 24 latent directions behind 30 and 40 features", 24, 30, 40, 0, 60, 90, 0.05, 0.02),
        ("more features than rows on both sides", 120, 60, 90, 0.02, 40, 50, 0.1, 0.05),
        ("shared: half of the features are the same", 60, 30, 40, 0.01, 80, 120, 0.02, 0.02),
        ("hard: the weak view hardly sees the target", 60, 25, 40, 0.01, 60, 150, 0.3, 0.02),
        ("hard: the student sees less than its teacher", 60, 40, 12, 0.01, 100, 80, 0.02, 0.02),
        ("hardly a ridge, three rows a feature", 50, 20, 30, 0.05, 60, 90, 1e-4, 1e-4),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Settings.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Own_dense_trials_agree(int number)
    {
        var s = Settings[number];
        Problem problem = new(number, s.Latent, s.Weak, s.Strong, s.Noise);
        ChainResult limit = new Chain(problem.ToViews(),
        [
            new StagePlan("teacher", Chain.Truth, s.TeacherRows, RidgeRule.Of(s.TeacherRidge)) { View = "weak" },
            new StagePlan("student", "teacher", s.StudentRows, RidgeRule.Of(s.StudentRidge)) { View = "strong" },
        ]).Solve();
        double[] teacher = new double[Trials], student = new double[Trials];
        var random = new RandomStream(100, (ulong)number);
        for (int trial = 0; trial < Trials; trial++)
        {
            Rows t = problem.Draw(random, s.TeacherRows), x = problem.Draw(random, s.StudentRows);
            double[] weak = Ridge(t.Weak, t.Target, s.TeacherRidge);
            double[] labels = [.. Enumerable.Range(0, s.StudentRows).Select(i => Dot(x.Weak.Row(i), weak))];
            (teacher[trial], student[trial]) = (problem.Error(problem.A, weak), problem.Error(problem.B,
                Ridge(x.Strong, labels, s.StudentRidge)));
        }
        // The shift of finite size is of order 1/n: a teacher's of its own rows, a student's of both.
        double shift = 0.7 / s.TeacherRows;
        Agree(Estimate.Of(teacher), limit.TestError(0), shift, s.Name);
        Agree(Estimate.Of(student), limit.TestError(1), shift + (0.7 / s.StudentRows), s.Name);
    }

    private static void Agree(Estimate measured, double limit, double shift, string name) =>
        Assert.True(Math.Abs(measured.Mean - limit) < (3 * measured.StandardError) + (shift * limit),
            $"{name}: {measured.Mean} +- {measured.StandardError}, limit {limit}, shift {(measured.Mean / limit) - 1}");

    /// <summary>(X'X/n + ridge) b = X'y/n by another library.</summary>
    private static double[] Ridge(Matrix<double> x, double[] y, double ridge)
    {
        var rows = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(x.Rows, x.Columns, (i, j) => x[i, j]);
        var normal = (rows.TransposeThisAndMultiply(rows) / x.Rows)
            + (ridge * MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(x.Columns));
        return [.. normal.Cholesky().Solve(
            rows.TransposeThisAndMultiply(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(y)) / x.Rows)];
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => System.Numerics.Tensors.TensorPrimitives.Dot(x, y);

    private sealed record Rows(Matrix<double> Weak, Matrix<double> Strong, double[] Target);

    /// <summary>Latent variances j^-.7, target coefficients j^-.8 with noise of variance 0.3; random maps A and B.</summary>
    private sealed class Problem
    {
        private const double TargetNoise = 0.3;
        private readonly double[] _scale, _target;
        private readonly double _noise;

        public Problem(int number, int latent, int weak, int strong, double noise)
        {
            var random = new RandomStream(7, (ulong)number);
            _noise = noise;
            _scale = [.. Enumerable.Range(1, latent).Select(j => Math.Pow(j, -0.35))];
            _target = [.. Enumerable.Range(1, latent).Select(j => Math.Pow(j, -0.8))];
            (A, B) = (Map(random, weak, latent), Map(random, strong, latent));
            if (number == 2)
                A.RowBlock(0, weak / 2).CopyTo(B.RowBlock(0, weak / 2));
            if (number == 3)
            {
                // The first ten latent directions carry nearly all of the target, and the weak view does not see them.
                for (int i = 0; i < weak; i++)
                    A.Row(i)[..10].Clear();
            }
        }

        public Matrix<double> A { get; }

        public Matrix<double> B { get; }

        public Views ToViews() => new(
            TargetNoise + Enumerable.Range(0, _scale.Length).Sum(j => Math.Pow(_scale[j] * _target[j], 2)),
            [new ViewMoments("weak", Moments(A, A, _noise), Times(A)), new ViewMoments("strong", Moments(B, B, _noise), Times(B))],
            [new CrossMoments("weak", "strong", Moments(A, B, 0))]);

        public Rows Draw(RandomStream random, int count)
        {
            Matrix<double> z = new(count, _scale.Length), u = new(count, A.Rows), v = new(count, B.Rows);
            random.FillNormal(z.Data);
            random.FillNormal(u.Data);
            random.FillNormal(v.Data);
            var y = new double[count];
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < _scale.Length; j++)
                    z[i, j] *= _scale[j];
                y[i] = Dot(z.Row(i), _target) + (Math.Sqrt(TargetNoise) * random.NextNormal());
                See(A, z.Row(i), u.Row(i));
                See(B, z.Row(i), v.Row(i));
            }
            return new Rows(u, v, y);
        }

        /// <summary>The mean squared error of x'b on new rows, x = M z + noise: |b|^2 noise + |scale (target - M'b)|^2 +
        /// the target's own.</summary>
        public double Error(Matrix<double> map, double[] b)
        {
            double error = TargetNoise + (_noise * Dot(b, b));
            for (int j = 0; j < _scale.Length; j++)
            {
                double kept = 0;
                for (int i = 0; i < b.Length; i++)
                    kept += map[i, j] * b[i];
                error += Math.Pow(_scale[j] * (_target[j] - kept), 2);
            }
            return error;
        }

        private void See(Matrix<double> map, ReadOnlySpan<double> z, Span<double> x)
        {
            for (int i = 0; i < x.Length; i++)
                x[i] = Dot(map.Row(i), z) + (Math.Sqrt(_noise) * x[i]);
        }

        private static Matrix<double> Map(RandomStream random, int rows, int columns)
        {
            var map = new Matrix<double>(rows, columns);
            random.FillNormal(map.Data);
            System.Numerics.Tensors.TensorPrimitives.Divide(map.Data, Math.Sqrt(columns), map.Data);
            return map;
        }

        private Matrix<double> Moments(Matrix<double> a, Matrix<double> b, double noise)
        {
            var moments = new Matrix<double>(a.Rows, b.Rows);
            for (int i = 0; i < a.Rows; i++)
            {
                for (int k = 0; k < b.Rows; k++)
                {
                    for (int j = 0; j < _scale.Length; j++)
                        moments[i, k] += a[i, j] * _scale[j] * _scale[j] * b[k, j];
                }
                if (noise > 0)
                    moments[i, i] += noise;
            }
            return moments;
        }

        private double[] Times(Matrix<double> a) => [.. Enumerable.Range(0, a.Rows).Select(i =>
            Enumerable.Range(0, _scale.Length).Sum(j => a[i, j] * _scale[j] * _scale[j] * _target[j]))];
    }
}
