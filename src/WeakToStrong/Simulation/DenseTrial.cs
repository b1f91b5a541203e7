using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>
/// One thread's workspace for dense trials. Each design matrix X is drawn in blocks of rows that are added to the Gram matrix X'X
/// and to X'y; one eigendecomposition X'X = V diag(e) V' then serves every ridge.
/// </summary>
internal sealed class DenseTrial : ITrialEngine
{
    private const int RowsInBlock = 256;

    private readonly LinearExperiment _experiment;
    private readonly Grid _lambdaTeacher, _lambdaStudent;
    private readonly ulong _seed;
    private readonly int _d, _nTeacher, _nStudent, _threads;
    private readonly double[] _gram, _rows, _labels, _truth, _direction, _moment, _rotated, _eigenvalues;
    private readonly double[] _teachers, _teachersRotated, _kept, _lost;

    public DenseTrial(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, ulong seed, int threads = 1)
    {
        _experiment = experiment;
        _lambdaTeacher = lambdaTeacher;
        _lambdaStudent = lambdaStudent;
        _seed = seed;
        _threads = threads;
        _d = (int)experiment.Dimension;
        _nTeacher = (int)experiment.TeacherSamples;
        _nStudent = (int)experiment.StudentSamples;
        _gram = new double[_d * _d];
        _rows = new double[RowsInBlock * _d];
        _labels = new double[RowsInBlock];
        (_truth, _direction, _moment, _rotated) = (new double[_d], new double[_d], new double[_d], new double[2 * _d]);
        (_eigenvalues, _kept, _lost) = (new double[_d], new double[_d], new double[_d]);
        _teachers = new double[lambdaTeacher.Count * _d];
        _teachersRotated = new double[lambdaTeacher.Count * _d];
    }

    private static IDenseKernels Kernels => DenseKernels.Current;

    public bool TryRun(long trial, Span<double> teacher, Span<double> student, TrialWatch watch)
    {
        var random = new RandomStream(_seed, (ulong)trial);
        DrawTruth(random);
        DrawDesign(random, _nTeacher, Math.Sqrt(_experiment.NoiseVariance), withLabels: true);
        if (!watch.Continue(_nTeacher))
            return false;
        Decompose(_nTeacher);
        FitTeachers(teacher);
        if (!watch.Continue(_d))
            return false;
        DrawDesign(random, _nStudent, 0, withLabels: false);
        if (!watch.Continue(_nStudent))
            return false;
        Decompose(_nStudent);
        FitStudents(student);
        watch.Continue(_d);
        return true;
    }

    /// <summary>beta* and the student's direction bh = zeta beta*/||beta*|| + sqrt(1 - zeta^2) (a unit vector orthogonal to beta*).</summary>
    private void DrawTruth(RandomStream random)
    {
        random.FillNormal(_truth);
        double norm = TensorPrimitives.Norm<double>(_truth);
        double length = _experiment.SignalLaw == SignalLaw.Fixed ? 1 / norm : 1 / Math.Sqrt(_d);
        if (_experiment.HasSpike)
        {
            double zeta = _experiment.Alignment;
            random.FillNormal(_direction);
            double along = TensorPrimitives.Dot<double>(_truth, _direction) / (norm * norm);
            TensorPrimitives.MultiplyAdd(_truth, -along, _direction, _direction);
            TensorPrimitives.Multiply(_direction, Math.Sqrt((1 - zeta) * (1 + zeta)) / TensorPrimitives.Norm<double>(_direction), _direction);
            TensorPrimitives.MultiplyAdd(_truth, zeta / norm, _direction, _direction);
        }
        TensorPrimitives.Multiply(_truth, Math.Sqrt(_experiment.SignalPower) * length, _truth);
    }

    /// <summary>Draws X (n x d) and labels y = X beta* + noise; leaves X'X (lower triangle) and X'y.</summary>
    private void DrawDesign(RandomStream random, int n, double noise, bool withLabels)
    {
        Array.Clear(_moment);
        for (int first = 0; first < n; first += RowsInBlock)
        {
            int count = Math.Min(RowsInBlock, n - first);
            Span<double> rows = _rows.AsSpan(0, count * _d);
            random.FillNormal(rows);
            Kernels.GramLower(transpose: false, _d, count, 1, rows, _d, first == 0 ? 0 : 1, _gram, _d);
            if (!withLabels)
                continue;
            Span<double> labels = _labels.AsSpan(0, count);
            random.FillNormal(labels);
            TensorPrimitives.Multiply(labels, noise, labels);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> row = rows.Slice(i * _d, _d);
                labels[i] += TensorPrimitives.Dot(row, _truth);
                TensorPrimitives.MultiplyAdd(row, labels[i], _moment, _moment);
            }
        }
    }

    /// <summary>Eigenvectors into the Gram buffer. With n below d the d - n smallest eigenvalues are zero, and made exactly so.</summary>
    private void Decompose(int n)
    {
        Dense.SymmetricEigen(new Matrix<double>(_d, _d, _gram), _threads).CopyTo(_eigenvalues, 0);
        if (n < _d)
            _eigenvalues.AsSpan(0, _d - n).Clear();
    }

    /// <summary>
    /// b = V (e + n lambda)^-1 V'X'y for every lambda_t, one in each row. X'y has no part where e = 0; what rounding leaves there, a tiny ridge
    /// would blow up.
    /// </summary>
    private void FitTeachers(Span<double> errors)
    {
        Span<double> rotated = _rotated.AsSpan(0, _d);
        Kernels.Multiply(false, false, 1, _d, _d, 1, _moment, _d, _gram, _d, 0, rotated, _d);
        for (int i = 0; i < _lambdaTeacher.Count; i++)
        {
            double mu = _nTeacher * _lambdaTeacher[i];
            for (int k = 0; k < _d; k++)
                _teachersRotated[(i * _d) + k] = _eigenvalues[k] > 0 ? rotated[k] / (_eigenvalues[k] + mu) : 0;
        }
        Kernels.Multiply(false, true, _lambdaTeacher.Count, _d, _d, 1, _teachersRotated, _d, _gram, _d, 0, _teachers, _d);
        for (int i = 0; i < errors.Length; i++)
        {
            double distance = TensorPrimitives.Distance(_teachers.AsSpan(i * _d, _d), _truth);
            errors[i] = distance * distance;
        }
    }

    /// <summary>
    /// In the eigenbasis of X'X, with h = e/(e + n lambda_s) kept and g = 1 - h lost, the plain student of teacher t is h t. The
    /// spiked penalty adds a multiple of g bh (Sherman and Morrison 1950):
    /// h t + g bh (bh'h t)/(1/w + bh'h bh).
    /// </summary>
    private void FitStudents(Span<double> errors)
    {
        int students = _lambdaStudent.Count, stride = errors.Length / _lambdaTeacher.Count;
        Span<double> truth = _rotated.AsSpan(0, _d), direction = _rotated.AsSpan(_d, _d);
        Kernels.Multiply(false, false, 1, _d, _d, 1, _truth, _d, _gram, _d, 0, truth, _d);
        Kernels.Multiply(false, false, 1, _d, _d, 1, _direction, _d, _gram, _d, 0, direction, _d);
        Kernels.Multiply(false, false, _lambdaTeacher.Count, _d, _d, 1, _teachers, _d, _gram, _d, 0, _teachersRotated, _d);
        for (int j = 0; j < students; j++)
        {
            double mu = _nStudent * _lambdaStudent[j], keptAlong = 0;
            for (int k = 0; k < _d; k++)
            {
                double sum = _eigenvalues[k] + mu;
                _kept[k] = sum > 0 ? _eigenvalues[k] / sum : 0;
                _lost[k] = sum > 0 ? mu / sum : 1;
                keptAlong += direction[k] * direction[k] * _kept[k];
            }
            for (int i = 0; i < _lambdaTeacher.Count; i++)
                errors[(i * stride) + j] = StudentError(_teachersRotated.AsSpan(i * _d, _d), truth, direction, keptAlong);
        }
    }

    private double StudentError(ReadOnlySpan<double> teacher, ReadOnlySpan<double> truth, ReadOnlySpan<double> direction, double keptAlong)
    {
        double shift = 0, error = 0;
        if (_experiment.HasSpike)
        {
            for (int k = 0; k < _d; k++)
                shift += direction[k] * _kept[k] * teacher[k];
            shift /= (1 / _experiment.Spike) + keptAlong;
        }
        for (int k = 0; k < _d; k++)
        {
            double miss = (_kept[k] * teacher[k]) + (_lost[k] * direction[k] * shift) - truth[k];
            error += miss * miss;
        }
        return error;
    }
}
