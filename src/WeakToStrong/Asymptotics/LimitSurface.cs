using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WeakToStrong.Asymptotics;

/// <summary>
/// Limiting test errors on a whole (lambda_t, lambda_s) grid. Prepared once for the two grids; each evaluation is one vectorised pass of
/// about ten operations a cell that allocates nothing. Immutable and thread-safe.
/// </summary>
public sealed class LimitSurface
{
    private readonly double _noiseVariance;
    private readonly TeacherRow[] _rows;
    private readonly StudentColumns _columns;

    /// <summary>Prepares a surface.</summary>
    /// <param name="gammaTeacher">gamma_t = d/n_t; positive.</param>
    /// <param name="gammaStudent">gamma_s = d/n_s; positive.</param>
    /// <param name="noiseVariance">sigma^2; not negative.</param>
    /// <param name="lambdaTeacher">Teacher ridges, the rows.</param>
    /// <param name="lambdaStudent">Student ridges, the columns.</param>
    /// <param name="signalPower">a^2 = |beta*|^2; positive.</param>
    /// <param name="alignment">zeta, from 0 to 1.</param>
    /// <param name="spike">w of Gamma = I + w h h'; not negative, may be infinite (Theorem 8).</param>
    /// <exception cref="ArgumentException">An argument is outside its range, or there are more cells than an array holds.</exception>
    public LimitSurface(double gammaTeacher, double gammaStudent, double noiseVariance, Grid lambdaTeacher, Grid lambdaStudent,
        double signalPower = 1, double alignment = 0, double spike = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(lambdaTeacher);
        ArgumentNullException.ThrowIfNull(lambdaStudent);
        _ = new RidgeTeacher(gammaTeacher, lambdaTeacher[0], noiseVariance, signalPower);
        Require.Positive(gammaStudent);
        Require.InUnitInterval(alignment);
        Require.NonNegativeOrInfinite(spike);
        if ((long)lambdaTeacher.Count * lambdaStudent.Count > Array.MaxLength)
            throw new ArgumentException($"{lambdaTeacher.Count} teacher ridges and {lambdaStudent.Count} student ridges make more than the "
                + $"largest surface of {Array.MaxLength} cells", nameof(lambdaStudent));
        LambdaTeacher = lambdaTeacher;
        LambdaStudent = lambdaStudent;
        _noiseVariance = noiseVariance;
        _rows = new TeacherRow[lambdaTeacher.Count];
        for (int i = 0; i < _rows.Length; i++)
        {
            MarchenkoPastur t = MarchenkoPastur.Trusted(gammaTeacher, lambdaTeacher[i]);
            _rows[i] = new TeacherRow(t, noiseVariance, signalPower, alignment);
        }
        _columns = new StudentColumns(lambdaStudent, gammaStudent, alignment, spike);
    }

    /// <summary>Teacher ridges, the rows of the surface.</summary>
    public Grid LambdaTeacher { get; }

    /// <summary>Student ridges, the columns of the surface.</summary>
    public Grid LambdaStudent { get; }

    /// <summary>Number of cells: rows times columns, the length of a surface.</summary>
    public int CellCount => _rows.Length * LambdaStudent.Count;

    /// <summary>L_t for the teacher ridge of row <paramref name="i"/>.</summary>
    public double TeacherTestError(int i) => _noiseVariance + _rows[i].Excess;

    /// <summary>Fills L_s of every cell, row-major (one row a teacher ridge).</summary>
    /// <param name="destination">Length <see cref="CellCount"/>.</param>
    public void StudentTestErrors(Span<double> destination)
    {
        Require.SameLength(CellCount, destination.Length);
        int width = LambdaStudent.Count;
        for (int i = 0; i < _rows.Length; i++)
            _columns.TestErrors(_rows[i], _noiseVariance, destination.Slice(i * width, width));
    }

    /// <summary>Fills L_s - L_t of every cell, row-major, in the form that stays accurate where the two errors nearly agree.</summary>
    /// <param name="destination">Length <see cref="CellCount"/>.</param>
    public void Gaps(Span<double> destination)
    {
        Require.SameLength(CellCount, destination.Length);
        int width = LambdaStudent.Count;
        for (int i = 0; i < _rows.Length; i++)
            _columns.Gaps(_rows[i], destination.Slice(i * width, width));
    }

    /// <summary>What a cell needs to know of its teacher: constants of a row.</summary>
    private readonly struct TeacherRow(MarchenkoPastur t, double s2, double a2, double zeta)
    {
        public readonly double P = t.P, Q = t.Q;
        public readonly double Excess = RidgeFormulas.TeacherExcess(t, s2, a2);
        public readonly double Kappa = RidgeFormulas.Kappa(t, s2, a2), AlongKappa = RidgeFormulas.AlongKappa(t, s2, a2);
        public readonly double Labels = RidgeFormulas.LabelVariance(t, s2, RidgeFormulas.TeacherExcess(t, s2, a2));
        public readonly double AcrossPower = a2 * (1 - zeta) * (1 + zeta), AlongPower = a2 * zeta * zeta;
        public readonly double KeptPower = a2 * t.P * t.P, GapScale = a2 * t.P;
    }

    /// <summary>What a cell needs to know of its student: one array a coefficient, padded so that every row is whole vectors.</summary>
    private sealed class StudentColumns
    {
        private readonly int _width;
        private readonly double[] _p, _q, _r, _along, _labels, _kept, _isotropic, _alongQ, _alongR, _alongKappa;

        public StudentColumns(Grid lambdas, double gamma, double zeta, double spike)
        {
            _width = lambdas.Count;
            int padded = (_width + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
            double[] New() => new double[padded];
            (_p, _q, _r, _along, _labels, _kept) = (New(), New(), New(), New(), New(), New());
            (_isotropic, _alongQ, _alongR, _alongKappa) = (New(), New(), New(), New());
            double across = (1 - zeta) * (1 + zeta), on = zeta * zeta;
            for (int j = 0; j < _width; j++)
            {
                MarchenkoPastur s = MarchenkoPastur.Trusted(gamma, lambdas[j]);
                double theta = RidgeFormulas.Theta(s, spike);
                double spread = RidgeFormulas.Spread(s);
                (_p[j], _q[j], _r[j], _along[j]) = (s.P, s.Q, s.R, theta * s.Q);
                _labels[j] = (s.P * s.P) + spread;
                _kept[j] = spread * (across + (theta * theta * on));
                // The two forms of StudentLimit.Bracket.
                double weak = on * spike * s.P * theta;
                (_isotropic[j], _alongQ[j], _alongR[j], _alongKappa[j]) = theta > 0.5
                    ? (1, -2 * weak, -weak * (1 + theta) * s.R, 0)
                    : (across, 2 * on * theta, on * theta * theta * s.R, on);
            }
        }

        /// <summary>One row of sigma^2 + E_s, in the all-positive form of <see cref="StudentLimit.Excess"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void TestErrors(in TeacherRow t, double noiseVariance, Span<double> row)
        {
            if (double.IsPositiveInfinity(t.Labels))
            {
                row.Fill(double.PositiveInfinity);
                return;
            }
            Vector<double> tp = new(t.P), tq = new(t.Q), across = new(t.AcrossPower), alongPower = new(t.AlongPower);
            Vector<double> labels = new(t.Labels), kept = new(t.KeptPower), noise = new(noiseVariance);
            for (int j = 0; j < _width; j += Vector<double>.Count)
            {
                Vector<double> a = Vector.FusedMultiplyAdd(Load(_p, j), tq, Load(_q, j));
                Vector<double> b = Vector.FusedMultiplyAdd(Load(_along, j), tp, tq);
                Vector<double> error = Vector.FusedMultiplyAdd(across * a, a, noise);
                error = Vector.FusedMultiplyAdd(alongPower * b, b, error);
                error = Vector.FusedMultiplyAdd(Load(_labels, j), labels, error);
                Store(Vector.FusedMultiplyAdd(Load(_kept, j), kept, error), row, j);
            }
        }

        /// <summary>One row of <see cref="StudentLimit.Gap"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Gaps(in TeacherRow t, Span<double> row)
        {
            if (double.IsPositiveInfinity(t.Kappa))
            {
                TestErrors(t, 0, row);
                for (int j = 0; j < _width; j++)
                    row[j] = _q[j] == 0 ? 0 : double.IsPositiveInfinity(t.Excess) ? double.NegativeInfinity : row[j] - t.Excess;
                return;
            }
            if (t.Kappa > RidgeFormulas.HugeKappa)
            {
                double kept = t.GapScale * t.Kappa, keptAlong = t.GapScale * t.AlongKappa;
                for (int j = 0; j < _width; j++)
                    row[j] = -((_isotropic[j] * kept) + (_alongKappa[j] * keptAlong)) * _q[j] * (2 - _r[j]);
                return;
            }
            Vector<double> tp = new(t.P), tq = new(t.Q), scale = new(t.GapScale), two = new(2.0);
            Vector<double> kappa = new(t.Kappa), alongKappa = new(t.AlongKappa);
            for (int j = 0; j < _width; j += Vector<double>.Count)
            {
                Vector<double> r = Load(_r, j), rest = two - r;
                Vector<double> along = Vector.FusedMultiplyAdd(Load(_alongR, j), tp,
                    (Load(_alongQ, j) * tq) - (Load(_alongKappa, j) * alongKappa * rest));
                Vector<double> bracket = Vector.FusedMultiplyAdd(Load(_isotropic, j), Vector.FusedMultiplyAdd(-kappa, rest, r), along);
                Store(scale * Load(_q, j) * bracket, row, j);
            }
        }

        private static Vector<double> Load(double[] column, int j) =>
            Vector.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)j);

        private static void Store(Vector<double> values, Span<double> row, int j)
        {
            Span<double> rest = row[j..];
            if (rest.Length >= Vector<double>.Count)
            {
                values.CopyTo(rest);
                return;
            }
            for (int k = 0; k < rest.Length; k++)
                rest[k] = values[k];
        }
    }
}
