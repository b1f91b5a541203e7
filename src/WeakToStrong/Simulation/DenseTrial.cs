using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Rules;
using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>
/// One thread's workspace for dense trials. Each design matrix X is drawn in blocks of rows that are added to the Gram matrix X'X
/// and to X'y; one eigendecomposition X'X = V diag(e) V' then serves every ridge.
/// </summary>
internal sealed class DenseTrial : ITrialEngine
{
    private const int RowsInBlock = 256;

    private readonly RuleExperiment _rules;
    private readonly LinearExperiment _experiment;
    private readonly ulong _seed;
    private readonly int _d, _nTeacher, _nStudent, _threads;
    private readonly double[] _gram, _rows, _labels, _truth, _direction, _moment, _rotated, _eigenvalues;
    private readonly double[] _teachers, _teachersRotated, _kept, _keptAlong, _lostAlong, _miss;

    /// <summary>Ridges, as the exact engine has them.</summary>
    public DenseTrial(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, ulong seed, int threads = 1)
        : this(new RuleExperiment(experiment, RuleList.Ridges(lambdaTeacher), RuleList.Ridges(lambdaStudent)), seed, threads)
    {
    }

    public DenseTrial(RuleExperiment rules, ulong seed, int threads = 1)
    {
        _rules = rules;
        _experiment = rules.Setting;
        _seed = seed;
        _threads = threads;
        _d = (int)_experiment.Dimension;
        _nTeacher = (int)_experiment.TeacherSamples;
        _nStudent = (int)_experiment.StudentSamples;
        _gram = new double[_d * _d];
        _rows = new double[RowsInBlock * _d];
        _labels = new double[RowsInBlock];
        (_truth, _direction, _moment, _rotated) = (new double[_d], new double[_d], new double[_d], new double[2 * _d]);
        (_eigenvalues, _kept, _miss) = (new double[_d], new double[_d], new double[_d]);
        (_keptAlong, _lostAlong) = (new double[_d], new double[_d]);
        _teachers = new double[rules.Teachers.Count * _d];
        _teachersRotated = new double[rules.Teachers.Count * _d];
    }

    private static IDenseKernels Kernels => DenseKernels.Current;

    public bool TryRun(long trial, Span<double> values, TrialWatch watch)
    {
        Span<double> teacher = values[.._rules.Teachers.Count], student = values[_rules.Teachers.Count..];
        var random = new RandomStream(_seed, (ulong)trial);
        DrawTruth(random);
        DrawDesign(random, _nTeacher, Math.Sqrt(_experiment.NoiseVariance), withLabels: true);
        if (!watch.Continue(_nTeacher))
            return false;
        Decompose(_nTeacher);
        FitTeachers(teacher);
        if (!watch.Continue(_d))
            return false;
        if (_rules.SameRows is not null)
        {
            FitOnSameRows(student);
            return true;
        }
        DrawDesign(random, _nStudent, 0, withLabels: false);
        if (!watch.Continue(_nStudent))
            return false;
        Decompose(_nStudent);
        FitStudents(student);
        watch.Continue(_d);
        return true;
    }

    /// <summary>beta* and the student's direction bh = zeta beta*/||beta*|| + sqrt(1 - zeta^2) (a unit vector
    /// orthogonal to beta*).</summary>
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
            TensorPrimitives.Multiply(_direction, Math.Sqrt((1 - zeta) * (1 + zeta)) / TensorPrimitives.Norm<double>(_direction),
                _direction);
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

    /// <summary>
    /// Eigenvectors into the Gram buffer, eigenvalues of X'X/n. With n below d the d - n smallest are zero, and made exactly so.
    /// </summary>
    private void Decompose(int n)
    {
        Dense.SymmetricEigen(new Matrix<double>(_d, _d, _gram), _threads).CopyTo(_eigenvalues, 0);
        for (int k = 0; k < _d; k++)
            _eigenvalues[k] = k < _d - n ? 0 : Math.Max(0, _eigenvalues[k] / n);
    }

    /// <summary>
    /// b = V f(s) V'X'y/n for every rule, one in each row. X'y has no part where s = 0; what rounding leaves there, a
    /// tiny ridge would blow up.
    /// </summary>
    private void FitTeachers(Span<double> errors)
    {
        Span<double> rotated = _rotated.AsSpan(0, _d);
        Rotate(_moment, rotated);
        for (int k = 0; k < _d; k++)
            rotated[k] = _eigenvalues[k] > 0 ? rotated[k] / _nTeacher : 0;
        for (int i = 0; i < errors.Length; i++)
        {
            TrainingRule rule = _rules.Teachers[i];
            for (int k = 0; k < _d; k++)
                _teachersRotated[(i * _d) + k] = rotated[k] * rule.Gain(_eigenvalues[k]);
        }
        Kernels.Multiply(false, true, errors.Length, _d, _d, 1, _teachersRotated, _d, _gram, _d, 0, _teachers, _d);
        for (int i = 0; i < errors.Length; i++)
        {
            double distance = TensorPrimitives.Distance(_teachers.AsSpan(i * _d, _d), _truth);
            errors[i] = distance * distance;
        }
    }

    /// <summary>The students of the same rows, from the teachers' decomposition and moment.</summary>
    private void FitOnSameRows(Span<double> errors)
    {
        Span<double> moment = _rotated.AsSpan(0, _d), truth = _rotated.AsSpan(_d, _d);
        Rotate(_truth, truth);
        int stride = errors.Length / _rules.Teachers.Count;
        for (int i = 0; i < _rules.Teachers.Count; i++)
        {
            for (int j = 0; j < _rules.Students.Count; j++)
            {
                TrainingRule joint = _rules.Joint(i, j);
                double error = 0;
                for (int k = 0; k < _d; k++)
                {
                    double miss = (moment[k] * joint.Gain(_eigenvalues[k])) - truth[k];
                    error += miss * miss;
                }
                errors[(i * stride) + j] = error;
            }
        }
    }

    /// <summary>
    /// In the eigenbasis of X'X/n, with h = h(s) kept and g = 1 - h lost, the plain student of teacher t is h t. The spiked penalty, which
    /// only ridge has, adds a multiple of g bh (Sherman and Morrison 1950): h t + g bh (bh'h t)/(1/w + bh'h bh).
    /// </summary>
    private void FitStudents(Span<double> errors)
    {
        int teachers = _rules.Teachers.Count, students = _rules.Students.Count, stride = errors.Length / teachers;
        Span<double> truth = _rotated.AsSpan(0, _d), direction = _rotated.AsSpan(_d, _d);
        Rotate(_truth, truth);
        Rotate(_direction, direction);
        Kernels.Multiply(false, false, teachers, _d, _d, 1, _teachers, _d, _gram, _d, 0, _teachersRotated, _d);
        for (int j = 0; j < students; j++)
        {
            TrainingRule rule = _rules.Students[j];
            for (int k = 0; rule is not Shrinkage && k < _d; k++)
            {
                _kept[k] = rule.Kept(_eigenvalues[k]);
                _lostAlong[k] = _experiment.HasSpike ? rule.Lost(_eigenvalues[k]) * direction[k] : 0;
            }
            TensorPrimitives.Multiply(_kept, direction, _keptAlong);
            double stiffness = (1 / _experiment.Spike) + TensorPrimitives.Dot(_keptAlong, direction);
            for (int i = 0; i < teachers; i++)
            {
                if (rule is Shrinkage)
                    _kept.AsSpan().Fill(_rules.BestFactor(i));
                errors[(i * stride) + j] = StudentError(_teachersRotated.AsSpan(i * _d, _d), truth, stiffness);
            }
        }
    }

    /// <summary>A vector in the eigenbasis.</summary>
    private void Rotate(double[] vector, Span<double> rotated) =>
        Kernels.Multiply(false, false, 1, _d, _d, 1, vector, _d, _gram, _d, 0, rotated, _d);

    private double StudentError(ReadOnlySpan<double> teacher, ReadOnlySpan<double> truth, double stiffness)
    {
        TensorPrimitives.Multiply(_kept, teacher, _miss);
        TensorPrimitives.Subtract(_miss, truth, _miss);
        if (_experiment.HasSpike)
        {
            double shift = TensorPrimitives.Dot<double>(_keptAlong, teacher) / stiffness;
            TensorPrimitives.MultiplyAdd(_lostAlong, shift, _miss, _miss);
        }
        return TensorPrimitives.SumOfSquares<double>(_miss);
    }
}
