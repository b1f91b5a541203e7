using WeakToStrong.Randomness;
using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>One thread's workspace for exact trials: a teacher's recursion and a student's.</summary>
internal sealed class ExactTrial : ITrialEngine
{
    private readonly LinearExperiment _experiment;
    private readonly ulong _seed;
    private readonly double _noise;
    private readonly int _teacherRidges;
    private readonly TeacherRecursion _teachers;
    private readonly BandRecursion _student;
    private readonly RandomStream _random = new(0);

    public ExactTrial(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, ulong seed, bool allRows = false)
    {
        _experiment = experiment;
        _seed = seed;
        _teacherRidges = lambdaTeacher.Count;
        _noise = Math.Sqrt(experiment.NoiseVariance);
        _teachers = new TeacherRecursion(experiment.TeacherSamples, experiment.Dimension, lambdaTeacher, allRows);
        _student = experiment.HasSpike
            ? new SpikedStudentRecursion(experiment.StudentSamples, experiment.Dimension, experiment.Spike, lambdaStudent, allRows)
            : new PlainStudentRecursion(experiment.StudentSamples, experiment.Dimension, lambdaStudent, allRows);
    }

    /// <summary>Rows of a trial, as <see cref="TrialWatch"/> counts them.</summary>
    public long Steps => _teachers.Steps + _student.Steps;

    public bool TryRun(long trial, Span<double> values, TrialWatch watch)
    {
        Span<double> teacher = values[.._teacherRidges], student = values[_teacherRidges..];
        TrialNumbers numbers = TrialNumbers.Draw(_experiment, _seed, trial, _random);
        if (!_teachers.TryRun(TrialNumbers.TeacherBand(_seed, trial), watch)
            || !_student.TryRun(TrialNumbers.StudentBand(_seed, trial), watch))
            return false;
        _teachers.Solve(numbers.Rows, numbers.SignalNorm, _noise);
        int stride = student.Length / teacher.Length;
        for (int i = 0; i < teacher.Length; i++)
        {
            TeacherFit fit = _teachers.Fit(i);
            teacher[i] = fit.ExcessError;
            Span<double> errors = student.Slice(i * stride, stride);
            if (_student is SpikedStudentRecursion spiked)
                spiked.Errors(new TeacherPlane(fit, _experiment.Alignment, numbers.Xi1), numbers.Xi2, errors);
            else
                ((PlainStudentRecursion)_student).Errors(fit, numbers.Xi1, errors);
        }
        return true;
    }
}
