using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>One thread's workspace for exact trials: a teacher's recursion, a student's, and two streams of random numbers.</summary>
internal sealed class ExactTrial : ITrialEngine
{
    private readonly LinearExperiment _experiment;
    private readonly ulong _seed;
    private readonly double _noise;
    private readonly TeacherRecursion _teachers;
    private readonly PlainStudentRecursion? _plain;
    private readonly SpikedStudentRecursion? _spiked;
    private readonly RandomStream _teacherRandom = new(0), _studentRandom = new(0);

    public ExactTrial(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, ulong seed)
    {
        _experiment = experiment;
        _seed = seed;
        _noise = Math.Sqrt(experiment.NoiseVariance);
        _teachers = new TeacherRecursion(experiment.TeacherSamples, experiment.Dimension, lambdaTeacher);
        if (experiment.HasSpike)
            _spiked = new SpikedStudentRecursion(experiment.StudentSamples, experiment.Dimension, experiment.Spike, lambdaStudent);
        else
            _plain = new PlainStudentRecursion(experiment.StudentSamples, experiment.Dimension, lambdaStudent);
    }

    public bool TryRun(long trial, Span<double> teacher, Span<double> student, TrialWatch watch)
    {
        _teacherRandom.Restart(_seed, (ulong)trial, 0);
        _studentRandom.Restart(_seed, (ulong)trial, 1);
        double norm = DrawSignalNorm();
        double xi1 = _studentRandom.NextCosine(_experiment.Dimension - 1), xi2 = _studentRandom.NextCosine(_experiment.Dimension - 2);
        bool finished = _teachers.TryRun(_teacherRandom, watch)
            && (_plain?.TryRun(_studentRandom, watch) ?? _spiked!.TryRun(_studentRandom, watch));
        if (!finished)
            return false;
        int stride = student.Length / teacher.Length;
        for (int i = 0; i < teacher.Length; i++)
        {
            TeacherFit fit = _teachers.Fit(i, norm, _noise);
            teacher[i] = fit.ExcessError;
            Span<double> errors = student.Slice(i * stride, stride);
            _plain?.Errors(fit, xi1, errors);
            _spiked?.Errors(new TeacherPlane(fit, _experiment.Alignment, xi1), xi2, errors);
        }
        return true;
    }

    /// <summary>||beta*||.</summary>
    private double DrawSignalNorm()
    {
        double d = _experiment.Dimension;
        return Math.Sqrt(_experiment.SignalPower * (_experiment.SignalLaw == SignalLaw.Fixed ? 1 : _studentRandom.NextChiSquare(d) / d));
    }
}
