using MathNet.Numerics.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Simulation;
using Vector = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace WeakToStrong.Tests.Simulation;

/// <summary>
/// The recursions against solves with the very same banded matrix B, written out in full: every ridge of a wide grid, to ten digits,
/// so that no cancellation hides at small or large ridges.
/// </summary>
public class RecursionTests
{
    private const double Norm = 1.3, Noise = 0.6;

    private static readonly Grid Ridges = Grid.Of(1e-6, 1e-3, 0.1, 3, 1e3, 1e6);

    public static TheoryData<int, int> Shapes => new() { { 40, 30 }, { 30, 30 }, { 20, 30 }, { 29, 30 }, { 1, 5 }, { 5, 1 }, { 2, 2 }, { 70, 60 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Teacher_matches_a_full_solve(int n, int d)
    {
        var recursion = new TeacherRecursion(n, d, Ridges);
        Assert.True(recursion.TryRun(new RandomStream(5), Watch()));
        (Matrix<double> b, Vector noise) = Banded(n, d, 1);
        Vector y = (Norm * b.Column(0)) + (Noise * noise);
        for (int i = 0; i < Ridges.Count; i++)
        {
            TeacherFit fit = recursion.Fit(i, Norm, Noise);
            Vector c = Solve(b, b.Transpose() * y, n * Ridges[i]);
            double across = d > 1 ? c.SubVector(1, d - 1).L2Norm() : 0;
            Near(c[0] - Norm, fit.Along - Norm, Norm);
            Near(across * across, fit.Across2, Norm * Norm);
            Near(Math.Pow(c[0] - Norm, 2) + (across * across), fit.ExcessError, 0);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Plain_students_match_full_solves(int n, int d)
    {
        var recursion = new PlainStudentRecursion(n, d, Ridges);
        Assert.True(recursion.TryRun(new RandomStream(5), Watch()));
        Matrix<double> b = Banded(n, d, 1, roots: false).B;
        var teacher = new TeacherFit(Norm, 0.2, d > 1 ? 0.3 : 0);
        const double Xi = 0.25;
        var errors = new double[Lanes.Width];
        recursion.Errors(teacher, Xi, errors);
        for (int j = 0; j < Ridges.Count; j++)
        {
            Vector x = Solve(b, b.Transpose() * (b.Column(0) * teacher.Norm), n * Ridges[j]);
            double rest = d > 1 ? x.SubVector(1, d - 1).L2Norm() : 0, along = Norm * teacher.Along / teacher.Norm;
            double across = Math.Sqrt(Math.Max(0, (Norm * Norm) - (along * along)));
            Near((Norm * Norm) - (2 * ((along * x[0]) + (across * rest * Xi))) + (x[0] * x[0]) + (rest * rest), errors[j], 0);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Spiked_students_match_full_solves(int n, int d)
    {
        if (d < 2)
            return;
        foreach (double spike in (ReadOnlySpan<double>)[0.5, d, 1e3])
        {
            var recursion = new SpikedStudentRecursion(n, d, spike, Ridges);
            Assert.True(recursion.TryRun(new RandomStream(5), Watch()));
            Matrix<double> b = Banded(n, d, 2).B;
            const double Xi = 0.25;
            double zeta = 0.7, xi2 = d > 2 ? -0.4 : 0;
            var fit = new TeacherFit(Norm, 0.2, 0.3);
            var errors = new double[Lanes.Width];
            recursion.Errors(new TeacherPlane(fit, zeta, d > 2 ? Xi : 1), xi2, errors);

            // The frame by Gram-Schmidt from coordinates (beta*, bh across it, the rest of beta_t).
            double t = Math.Sqrt(0.3) * (d > 2 ? Xi : 1), s = Math.Sqrt(Math.Max(0, 0.3 - (t * t)));
            Vector teacher = Vector.Build.DenseOfArray([Norm + 0.2, t, s]), direction = Vector.Build.DenseOfArray([zeta, Math.Sqrt(1 - (zeta * zeta)), 0]);
            Vector truth = Vector.Build.DenseOfArray([Norm, 0, 0]);
            Vector e1 = teacher.Normalize(2), e2 = (direction - (e1 * (e1 * direction))).Normalize(2);
            double b1 = e1 * truth, b2 = e2 * truth, rho = Math.Sqrt(Math.Max(0, (Norm * Norm) - (b1 * b1) - (b2 * b2)));
            Vector h = Vector.Build.Dense(d);
            (h[0], h[1]) = (e1 * direction, e2 * direction);
            Matrix<double> gamma = Matrix<double>.Build.DenseIdentity(d) + (spike * h.OuterProduct(h));
            for (int j = 0; j < Ridges.Count; j++)
            {
                // In the features X Gamma^(1/2), as Remark 6 has it.
                double root = Math.Sqrt(1 + spike) - 1;
                Matrix<double> half = Matrix<double>.Build.DenseIdentity(d) + (root * h.OuterProduct(h)), design = b * half;
                Vector x = half * Solve(design, design.Transpose() * (b.Column(0) * teacher.L2Norm()), n * Ridges[j]);
                double rest = d > 2 ? x.SubVector(2, d - 2).L2Norm() : 0;
                double expected = Math.Pow(x[0] - b1, 2) + Math.Pow(x[1] - b2, 2) + (rest * rest) + (rho * rho) - (2 * rho * rest * xi2);
                Near(expected, errors[j], 0);
            }
        }
    }

    /// <summary>B and the normal numbers beside it, drawn as the recursions draw them.</summary>
    private static (Matrix<double> B, Vector Normal) Banded(int n, int d, int bandwidth, bool roots = true)
    {
        var rows = new BandedRows(n, d, bandwidth);
        var random = new RandomStream(5);
        int rank = Math.Min(n, d), row = rank;
        Matrix<double> b = Matrix<double>.Build.Dense(rank, d);
        Vector normal = Vector.Build.Dense(rank);
        rows.Restart();
        while (rows.TryDraw(random))
        {
            if (roots)
                rows.DrawRoots(random);
            for (int k = 0; k < rows.Count; k++)
            {
                row--;
                b[row, row] = Math.Sqrt(rows.Diagonal2[k]);
                if (row + bandwidth < d)
                    b[row, row + bandwidth] = Math.Sqrt(rows.Outer2[k]);
                else
                    Assert.Equal(0, rows.Outer2[k]);
                if (roots)
                    normal[row] = rows.Normal[k];
                if (bandwidth == 2 && row + 1 < d)
                    b[row, row + 1] = rows.Normal[k];
            }
        }
        return (b, normal);
    }

    /// <summary>(B'B + mu I)^-1 rhs by the singular values of B, for a right side B'y: accurate for every mu.</summary>
    private static Vector Solve(Matrix<double> b, Vector rightSide, double mu)
    {
        var svd = b.Svd();
        Matrix<double> v = svd.VT.Transpose();
        Vector rotated = svd.VT * rightSide;
        for (int k = 0; k < rotated.Count; k++)
            rotated[k] = k < svd.S.Count ? rotated[k] / ((svd.S[k] * svd.S[k]) + mu) : 0;
        return v * rotated;
    }

    private static void Near(double expected, double actual, double scale) =>
        Assert.InRange(Math.Abs(actual - expected), 0, 1e-9 * Math.Max(Math.Abs(expected), scale));

    private static TrialWatch Watch() => new(new RunWatch(RunOptions.Default, 1, 1));
}
