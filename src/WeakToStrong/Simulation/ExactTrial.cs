using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>One thread's workspace for exact trials: a teacher's recursion and a student's.</summary>
internal sealed class ExactTrial : ITrialEngine
{
    private const ulong Teacher = 0, Student = 1; // roles, in the names of random numbers

    private readonly LinearExperiment _experiment;
    private readonly ulong _seed;
    private readonly double _noise;
    private readonly TeacherRecursion _teachers;
    private readonly BandRecursion _student;
    private readonly RandomStream _random = new(0);

    public ExactTrial(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, ulong seed, bool allRows = false)
    {
        _experiment = experiment;
        _seed = seed;
        _noise = Math.Sqrt(experiment.NoiseVariance);
        _teachers = new TeacherRecursion(experiment.TeacherSamples, experiment.Dimension, lambdaTeacher, allRows);
        _student = experiment.HasSpike
            ? new SpikedStudentRecursion(experiment.StudentSamples, experiment.Dimension, experiment.Spike, lambdaStudent, allRows)
            : new PlainStudentRecursion(experiment.StudentSamples, experiment.Dimension, lambdaStudent, allRows);
    }

    /// <summary>Rows of a trial, as <see cref="TrialWatch"/> counts them.</summary>
    public long Steps => _teachers.Steps + _student.Steps;

    public bool TryRun(long trial, Span<double> teacher, Span<double> student, TrialWatch watch)
    {
        _random.Restart(_seed, (ulong)trial, Teacher);
        LabelledRows rows = LabelledRows.Draw(_random, _experiment.TeacherSamples);
        _random.Restart(_seed, (ulong)trial, Student);
        double norm = DrawSignalNorm();
        double xi1 = _random.NextCosine(_experiment.Dimension - 1), xi2 = _random.NextCosine(_experiment.Dimension - 2);
        if (!_teachers.TryRun(new BandName(_seed, (ulong)trial, Teacher), watch) || !_student.TryRun(new BandName(_seed, (ulong)trial, Student), watch))
            return false;
        int stride = student.Length / teacher.Length;
        for (int i = 0; i < teacher.Length; i++)
        {
            TeacherFit fit = _teachers.Fit(i, rows, norm, _noise);
            teacher[i] = fit.ExcessError;
            Span<double> errors = student.Slice(i * stride, stride);
            if (_student is SpikedStudentRecursion spiked)
                spiked.Errors(new TeacherPlane(fit, _experiment.Alignment, xi1), xi2, errors);
            else
                ((PlainStudentRecursion)_student).Errors(fit, xi1, errors);
        }
        return true;
    }

    /// <summary>||beta*||.</summary>
    private double DrawSignalNorm()
    {
        double d = _experiment.Dimension;
        return Math.Sqrt(_experiment.SignalPower * (_experiment.SignalLaw == SignalLaw.Fixed ? 1 : _random.NextChiSquare(d) / d));
    }
}
