using WeakToStrong.Randomness;
using WeakToStrong.Rules;
using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>
/// One thread's workspace for exact trials of any training rules. Rules that are smooth on the spectrum need a leading block whose size
/// does not grow with d;
/// a jump needs all rows.
/// </summary>
internal sealed class ExactRuleTrial : ITrialEngine
{
    private readonly RuleExperiment _rules;
    private readonly LinearExperiment _experiment;
    private readonly ulong _seed;
    private readonly RuleBand _teachers;
    private readonly RuleBand? _students;
    private readonly SpikedStudentRecursion? _spiked;
    private readonly int[] _ridgeOf = [];
    private readonly double[] _spikedErrors = [];
    private readonly (double LostAlong, double Across2)[] _followed;
    private readonly RandomStream _random = new(0);

    public ExactRuleTrial(RuleExperiment rules, ulong seed)
    {
        (_rules, _experiment, _seed) = (rules, rules.Setting, seed);
        long d = _experiment.Dimension, nTeacher = _experiment.TeacherSamples, nStudent = _experiment.StudentSamples;
        TrainingRule[] onLabels = [.. rules.Teachers], following = [.. rules.Students.Where(s => s is not Shrinkage)];
        if (rules.SameRows is not null)
        {
            onLabels = [.. onLabels, .. onLabels.SelectMany((_, i) => rules.Students.Select((_, j) => rules.Joint(i, j)))];
        }
        else if (_experiment.HasSpike)
        {
            double[] ridges = [.. rules.Students.Select(s => ((RidgeRegression)s).Lambda)];
            Grid grid = Grid.Of([.. ridges.Distinct().Order()]);
            _ridgeOf = [.. ridges.Select(l => grid.Values.IndexOf(l))];
            _spiked = new SpikedStudentRecursion(nStudent, d, _experiment.Spike, grid);
            _spikedErrors = new double[Lanes.VectorsFor(grid.Count) * Lanes.Width];
        }
        else if (following.Length > 0)
        {
            _students = new RuleBand(nStudent, d, noisy: false, following.Max(r => FilterDegree.Of(r, nStudent, d)));
        }
        _teachers = new RuleBand(nTeacher, d, noisy: true, onLabels.Max(r => FilterDegree.Of(r, nTeacher, d)));
        _followed = new (double, double)[rules.Students.Count];
    }

    /// <summary>Rows of a trial, as <see cref="TrialWatch"/> counts them.</summary>
    public long Steps => _teachers.Size + (_students?.Size ?? _spiked?.Steps ?? 0);

    public bool TryRun(long trial, Span<double> values, TrialWatch watch)
    {
        Span<double> teacher = values[.._rules.Teachers.Count], student = values[_rules.Teachers.Count..];
        TrialNumbers numbers = TrialNumbers.Draw(_experiment, _seed, trial, _random);
        if (_spiked?.TryRun(TrialNumbers.StudentBand(_seed, trial), watch) == false || !FollowTeachers(trial, watch))
            return false;
        _teachers.Draw(TrialNumbers.TeacherBand(_seed, trial), numbers.Rows, numbers.SignalNorm, Math.Sqrt(_experiment.NoiseVariance));
        if (!watch.Continue(_teachers.Size))
            return false;
        int stride = student.Length / teacher.Length;
        for (int i = 0; i < teacher.Length; i++)
        {
            TeacherFit fit = Fit(_rules.Teachers[i], numbers.SignalNorm);
            teacher[i] = fit.ExcessError;
            Errors(fit, i, numbers, student.Slice(i * stride, _followed.Length));
        }
        return true;
    }

    private bool FollowTeachers(long trial, TrialWatch watch)
    {
        if (_students is null)
            return true;
        _students.Draw(TrialNumbers.StudentBand(_seed, trial));
        for (int j = 0; j < _followed.Length; j++)
            _followed[j] = _rules.Students[j] is Shrinkage ? default : _students.Follow(_rules.Students[j]);
        return watch.Continue(_students.Size);
    }

    private void Errors(in TeacherFit fit, int i, in TrialNumbers numbers, Span<double> errors)
    {
        _spiked?.Errors(new TeacherPlane(fit, _experiment.Alignment, numbers.Xi1), numbers.Xi2, _spikedErrors);
        for (int j = 0; j < errors.Length; j++)
        {
            errors[j] = _spiked is not null ? _spikedErrors[_ridgeOf[j]]
                : _rules.SameRows is null ? StudentError(fit, i, j, numbers.Xi1)
                : Fit(_rules.Joint(i, j), numbers.SignalNorm).ExcessError;
        }
    }

    private TeacherFit Fit(TrainingRule rule, double norm)
    {
        (double along, double square) = _teachers.Fit(rule);
        return new TeacherFit(norm, along - norm, Math.Max(0, square - (along * along)));
    }

    private double StudentError(in TeacherFit fit, int i, int j, double xi)
    {
        if (_rules.Students[j] is Shrinkage)
        {
            double factor = _rules.BestFactor(i), shortfall = (factor * fit.Along) - fit.SignalNorm;
            return (shortfall * shortfall) + (factor * factor * fit.Across2);
        }
        // In a frame that begins with beta_t: beta_s = N (1 - lost, rest), beta* = (N - missAlong, missAcross in a uniform direction).
        double along = fit.MissAlong - (fit.Norm * _followed[j].LostAlong), miss = fit.MissAcross;
        double rest = fit.Norm * Math.Sqrt(_followed[j].Across2);
        return (along * along) + (rest * rest) + (miss * miss) - (2 * rest * miss * xi);
    }
}
