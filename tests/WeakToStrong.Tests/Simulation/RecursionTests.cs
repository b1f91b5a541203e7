using MathNet.Numerics.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Simulation;
using WeakToStrong.Trials;
using Vector = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace WeakToStrong.Tests.Simulation;

/// <summary>
/// The recursions against solves with the very same band, written out in full by singular values, for every shape up to 20 x 20 and some
/// larger ones, at every ridge of a wide grid, so that no cancellation hides at small or large ridges.
/// </summary>
public class RecursionTests
{
    private const double Norm = 1.3, Noise = 0.6;
    private const ulong Seed = 5;

    private static readonly Grid Ridges = Grid.Of(0, 1e-6, 1e-3, 0.1, 3, 1e3, 1e6);

    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int> { { 140, 130 }, { 130, 140 }, { 129, 130 }, { 64, 200 }, { 200, 65 } };
            for (int n = 1; n <= 20; n++)
            {
                for (int d = 1; d <= 20; d++)
                    shapes.Add(n, d);
            }
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public void Teacher_matches_a_full_solve(int n, int d)
    {
        var recursion = new TeacherRecursion(n, d, Ridges);
        Assert.True(recursion.TryRun(Name, Watch()));
        LabelledRows rows = LabelledRows.Draw(new RandomStream(7), n);
        double length = Math.Sqrt((Norm * Norm) + (Noise * Noise));
        Matrix<double> a = Matrix<double>.Build.Dense(n, d), band = Banded(d - 1, n, 2);
        a[0, 0] = ((Norm * rows.Label) + (Noise * rows.Normal)) / length;
        if (n > 1)
            a[1, 0] = Noise * rows.Rest / length;
        a.SetSubMatrix(0, 1, band.Transpose());
        Vector y = Vector.Build.Dense(n);
        y[0] = length * rows.Label;
        foreach (double noise in (ReadOnlySpan<double>)[Noise, 0])
        {
            if (noise == 0)
            {
                (a[0, 0], y[0]) = (rows.Label, Norm * rows.Label);
                if (n > 1)
                    a[1, 0] = 0;
            }
            recursion.Solve(rows, Norm, noise);
            for (int i = 0; i < Ridges.Count; i++)
            {
                if (Ridges[i] == 0 && n == d)
                    continue; // a square system without a ridge: its condition has no bound
                TeacherFit fit = recursion.Fit(i);
                Vector c = Solve(a, a.Transpose() * y, n * Ridges[i]);
                double across = d > 1 ? c.SubVector(1, d - 1).L2Norm() : 0;
                Near(c[0] - Norm, fit.Shortfall, Norm);
                Near(across * across, fit.Across2, Norm * Norm);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public void Plain_students_match_full_solves(int n, int d)
    {
        var recursion = new PlainStudentRecursion(n, d, Ridges);
        Assert.True(recursion.TryRun(Name, Watch()));
        Matrix<double> b = Banded(n, d, 1);
        var teacher = new TeacherFit(Norm, 0.2, d > 1 ? 0.3 : 0);
        const double Xi = 0.25;
        var errors = new double[Lanes.Width];
        recursion.Errors(teacher, Xi, errors);
        for (int j = 0; j < Ridges.Count; j++)
        {
            Vector x = Solve(b, b.Transpose() * (b.Column(0) * teacher.Norm), n * Ridges[j]);
            double rest = d > 1 ? x.SubVector(1, d - 1).L2Norm() : 0, along = Norm * teacher.Along / teacher.Norm;
            double across = Math.Sqrt(Math.Max(0, (Norm * Norm) - (along * along)));
            Near((Norm * Norm) - (2 * ((along * x[0]) + (across * rest * Xi))) + (x[0] * x[0]) + (rest * rest), errors[j], 0.1);
            TeacherFit fit = recursion.Fit(j, teacher.Norm);
            Near(x[0] - teacher.Norm, fit.Shortfall, 0.1);
            Near(rest * rest, fit.Across2, 0.1);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public void Spiked_students_match_full_solves(int n, int d)
    {
        if (d < 2)
            return;
        Matrix<double> b = Banded(n, d, 2);
        foreach (double spike in (ReadOnlySpan<double>)[0.5, d, 1e3])
        {
            var recursion = new SpikedStudentRecursion(n, d, spike, Ridges);
            Assert.True(recursion.TryRun(Name, Watch()));
            const double Xi = 0.25;
            double xi2 = d > 2 ? -0.4 : 0;
            foreach (double zeta in (ReadOnlySpan<double>)[0, 0.7])
            {
                var fit = new TeacherFit(Norm, 0.2, 0.3);
                var errors = new double[Lanes.Width];
                recursion.Errors(new TeacherPlane(fit, zeta, d > 2 ? Xi : 1), xi2, errors);

                // The frame by Gram-Schmidt from coordinates (beta*, bh across it, the rest of beta_t).
                double t = Math.Sqrt(0.3) * (d > 2 ? Xi : 1), s = Math.Sqrt(Math.Max(0, 0.3 - (t * t)));
                Vector teacher = Vector.Build.DenseOfArray([Norm + 0.2, t, s]),
                    direction = Vector.Build.DenseOfArray([zeta, Math.Sqrt(1 - (zeta * zeta)), 0]);
                Vector truth = Vector.Build.DenseOfArray([Norm, 0, 0]);
                Vector e1 = teacher.Normalize(2), e2 = (direction - (e1 * (e1 * direction))).Normalize(2);
                double b1 = e1 * truth, b2 = e2 * truth, rho = Math.Sqrt(Math.Max(0, (Norm * Norm) - (b1 * b1) - (b2 * b2)));
                Vector h = Vector.Build.Dense(d);
                (h[0], h[1]) = (e1 * direction, e2 * direction);

                // In the features X Gamma^(1/2), as Remark 6 has it.
                Matrix<double> half = Matrix<double>.Build.DenseIdentity(d) + ((Math.Sqrt(1 + spike) - 1) * h.OuterProduct(h)),
                    design = b * half;
                var solved = new DampedSolve(design);
                Vector moment = design.Transpose() * (b.Column(0) * teacher.L2Norm());
                for (int j = Ridges[0] == 0 && n == d ? 1 : 0; j < Ridges.Count; j++)
                {
                    Vector x = half * solved.Solve(moment, n * Ridges[j]);
                    double rest = d > 2 ? x.SubVector(2, d - 2).L2Norm() : 0;
                    double expected = Math.Pow(x[0] - b1, 2) + Math.Pow(x[1] - b2, 2) + (rest * rest)
                        + (rho * rho) - (2 * rho * rest * xi2);
                    Near(expected, errors[j], 0.1);
                }
            }
        }
    }

    private static BandName Name => new(Seed, 3, 1);

    /// <summary>The band that the recursions draw.</summary>
    private static Matrix<double> Banded(int n, int d, int bandwidth)
    {
        var rows = new BandedRows(n, d, bandwidth);
        int rank = Math.Min(n, d);
        double[] diagonal = new double[rank], inner = new double[rank], outer = new double[rank];
        rows.ReadLeading(Name, diagonal, inner, outer);
        Matrix<double> b = Matrix<double>.Build.Dense(n, d);
        for (int row = 0; row < rank; row++)
        {
            b[row, row] = diagonal[row];
            if (row + bandwidth < d)
                b[row, row + bandwidth] = outer[row];
            else
                Assert.Equal(0, outer[row]);
            if (bandwidth == 2 && row + 1 < d)
                b[row, row + 1] = inner[row];
        }
        return b;
    }

    private static Vector Solve(Matrix<double> b, Vector rightSide, double mu) => new DampedSolve(b).Solve(rightSide, mu);

    private static void Near(double expected, double actual, double scale) =>
        Assert.InRange(Math.Abs(actual - expected), 0, 1e-9 * Math.Max(Math.Abs(expected), scale));

    private static TrialWatch Watch() => TrialWatch.Nobody;

    /// <summary>(B'B + mu I)^-1 rhs by the singular values of B, for a right side B'y: accurate for every mu.</summary>
    private sealed class DampedSolve(Matrix<double> b)
    {
        private readonly MathNet.Numerics.LinearAlgebra.Factorization.Svd<double> _svd = b.Svd();

        public Vector Solve(Vector rightSide, double mu)
        {
            Vector rotated = _svd.VT * rightSide;
            for (int k = 0; k < rotated.Count; k++)
                rotated[k] = k < _svd.S.Count ? rotated[k] / ((_svd.S[k] * _svd.S[k]) + mu) : 0;
            return _svd.VT.Transpose() * rotated;
        }
    }
}
