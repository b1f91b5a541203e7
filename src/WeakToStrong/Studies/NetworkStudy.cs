using WeakToStrong.Functions;
using WeakToStrong.Networks;
using WeakToStrong.Tables;

namespace WeakToStrong.Studies;

/// <summary>What the studies of Section 3's networks share: the setting. Each measures something else of it.</summary>
public abstract class NetworkStudy : PlaneStudy
{
    // Errors of one trial, and what the paper or the theory does not say.
    private static readonly string[] UnknownByNature = ["se", "z", "predicted", "printed"];

    private const string Functions = "relu, tanh, erf, softplus, gelu, identity, he0 to he10 or hermite:c0,c1,...";
    private const long MostSize = 100_000_000;
    private static readonly string[] Names = ["relu", "tanh", "erf", "softplus", "gelu", "identity"];

    private static readonly AxisParameter<long> Dimension = Declare.WholeAxis("d", "d, number of features.", 2, 1_000_000, 1000);
    private static readonly AxisParameter<long> TeacherWidth = Size("width_teacher", "p_t, hidden units of the teacher.", 1);
    private static readonly AxisParameter<long> StudentWidth = Size("width_student", "p_s, hidden units of the student.", 1);
    private static readonly AxisParameter<long> TeacherSamples = Size("n_teacher", "n_t, samples of the target for a step of the teacher.",
        4);
    private static readonly AxisParameter<long> StudentSamples = Size("n_student",
        "n_s, samples labelled by the teacher for a step of the student.", 4);
    private static readonly Parameter<Activation> Activation = Declare.Text(
        "activation", "Activation of both networks: relu, tanh, erf, softplus, gelu, identity or hermite:c0,c1,...", Functions,
        text => new Activation(Nonlinearity.Parse(text)), value => value.Function.Name, "relu", "NAME", words: Names);
    private static readonly Parameter<Nonlinearity> EasyLink = Link(
        "easy_link", "Easy link, information exponent 1; named like activations, or he1 to he10.", "identity",
        MultiIndexTarget.EasyLinkProblem);
    private static readonly Parameter<Nonlinearity> HardLink = Link(
        "hard_link", "Hard link, information exponent above 1.", "he2", MultiIndexTarget.HardLinkProblem);
    private static readonly AxisParameter<double> TeacherRate = Declare.Axis("eta_teacher", "eta_t, step size of the teacher.",
        NumberRange.NonNegative, 1);
    private static readonly AxisParameter<double> StudentRate = Declare.Axis("eta_student", "eta_s, step size of the student.",
        NumberRange.NonNegative, 1);
    private static readonly AxisParameter<double> Spike = Declare.Axis("spike", "tau, strength of the student's pre-trained spike.",
        NumberRange.NonNegative, 1);
    private static readonly AxisParameter<long> TeacherSteps = Declare.WholeAxis("teacher_steps", "Gradient steps of the teacher.", 0,
        100_000, 1);
    private static readonly Parameter<bool> Fresh = Declare.Flag("fresh",
        "Draw new samples for every further step instead of seeing the first ones again.");
    private static readonly AxisParameter<double> Decay = Declare.Axis(
        "weight_decay", "w; a step first multiplies the weights by 1 - eta w.", NumberRange.NonNegative, 0);
    private static readonly AxisParameter<double> Noise = Declare.Axis("noise_variance", "Variance of the target's label noise.",
        NumberRange.NonNegative, 0);

    private static readonly Parameter<long> Trials = Declare.Trials(10, "Independent repetitions; spectrum shows one.", int.MaxValue);
    private protected static readonly AxisParameter<long> TrueLabels = Declare.WholeAxis(
        "true_labels", "Labels of the target for a probe (readouts, forgetting), the held-out fifth included.", 10, 1_000_000, 1000);

    private readonly AxisParameter<long> _steps;
    private readonly Parameter<TrainingLoss> _loss;

    /// <summary>A study with its own defaults.</summary>
    /// <param name="standardSteps">Steps of the student when none are given.</param>
    /// <param name="standardLoss">The loss when none is named; null when each is then tried.</param>
    private protected NetworkStudy(long standardSteps = 1, string? standardLoss = "correlation")
    {
        _loss = Declare.Word(
            "loss", "-(1/n) sum y f, or half the mean squared error; forgetting shows both unless one is named.", standardLoss,
            ("correlation", TrainingLoss.Correlation), ("squared", TrainingLoss.Squared));
        _steps = Declare.WholeAxis("steps", "Gradient steps of the student.", 0, 100_000, standardSteps, inWords: "1; forgetting: 10");
        Parameters =
        [
            Dimension, TeacherWidth, StudentWidth, TeacherSamples, StudentSamples, Activation, EasyLink, HardLink, TeacherRate, StudentRate,
            Spike, _steps,
            TeacherSteps, Fresh, _loss, Decay, Noise, TrueLabels, Declare.Seed, Trials,
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override long TrialsOf(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Get(Trials);
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<StudyColumn> Columns =>
        [.. Parameters.Where(p => p != Trials).Select(p => new StudyColumn(p.Name, "Input.")), .. Found];

    /// <summary>The columns that it measures.</summary>
    private protected abstract IReadOnlyList<StudyColumn> Found { get; }

    /// <summary>Whether true labels are used, and so named in each row.</summary>
    private protected virtual bool UsesTrueLabels => false;

    /// <summary>The fewest samples of the student: with readouts fitted to the teacher's labels, two to fit and one to choose the
    /// ridge.</summary>
    private protected virtual long FewestStudentSamples => 1;

    private protected override void CheckPlane(Arguments plane)
    {
        if (plane.Single(StudentSamples) is var samples && samples < FewestStudentSamples)
            throw InputException.About($"{StudentSamples} is '{samples}'; it must be at least {FewestStudentSamples} here");
        long d = plane.Single(Dimension), width = Math.Max(plane.Single(TeacherWidth), plane.Single(StudentWidth));
        if (d * width > Array.MaxLength)
            throw InputException.About(
                $"{Dimension} {d} with a width of {width} makes {d * width} weights; at most {Array.MaxLength} are allowed");
    }

    /// <summary>The experiment of a plane.</summary>
    private protected NetworkExperiment Experiment(Arguments plane) =>
        new(new MultiIndexTarget(plane.Get(EasyLink), plane.Get(HardLink), plane.Single(Noise)), plane.Get(Activation),
            (int)plane.Single(Dimension))
        {
            TeacherWidth = (int)plane.Single(TeacherWidth),
            StudentWidth = (int)plane.Single(StudentWidth),
            TeacherSamples = (int)plane.Single(TeacherSamples),
            StudentSamples = (int)plane.Single(StudentSamples),
            TeacherRate = plane.Single(TeacherRate),
            StudentRate = plane.Single(StudentRate),
            Spike = plane.Single(Spike),
            TeacherSteps = (int)plane.Single(TeacherSteps),
            StudentSteps = (int)plane.Single(_steps),
            FreshSamples = plane.Get(Fresh),
            Loss = plane.Find(_loss, out TrainingLoss loss) ? loss : default,
            WeightDecay = plane.Single(Decay),
        };

    /// <summary>A table with what a reader should know: the experiment's warnings, and why a number is none.</summary>
    private protected static StudyOutcome Told(ResultTable table, NetworkExperiment experiment)
    {
        string[] lost = [.. table.Columns.OfType<NumberColumn>()
            .Where(c => !UnknownByNature.Contains(c.Name) && !c.Name.EndsWith("_se", StringComparison.Ordinal))
            .Where(c => Array.Exists(c.Values, double.IsNaN)).Select(c => c.Name)];
        return new StudyOutcome
        {
            Table = table,
            Remarks = lost.Length == 0 ? experiment.Warnings
                : [.. experiment.Warnings, $"{string.Join(", ", lost)} is nan where a trial has no such number: a direction that is 0 has "
                    + "no cosine, and weights are kept in single precision, from 1e-38 to 3e38, which steps and spikes must not leave"],
        };
    }

    private protected override IEnumerable<ResultColumn> Inputs(Arguments plane, int rows)
    {
        foreach (AxisParameter<long> axis in (AxisParameter<long>[])[Dimension, TeacherWidth, StudentWidth, TeacherSamples, StudentSamples])
            yield return InputColumn.Of(plane, axis, rows);
        yield return InputColumn.Of(plane, Activation, rows);
        yield return InputColumn.Of(plane, EasyLink, rows);
        yield return InputColumn.Of(plane, HardLink, rows);
        foreach (AxisParameter<double> axis in (AxisParameter<double>[])[TeacherRate, StudentRate, Spike])
            yield return InputColumn.Of(plane, axis, rows);
        yield return InputColumn.Of(plane, _steps, rows);
        yield return InputColumn.Of(plane, TeacherSteps, rows);
        yield return InputColumn.Of(plane, Fresh, rows);
        if (_loss.Default is not null)
            yield return InputColumn.Of(plane, _loss, rows);
        yield return InputColumn.Of(plane, Decay, rows);
        yield return InputColumn.Of(plane, Noise, rows);
        if (UsesTrueLabels)
            yield return InputColumn.Of(plane, TrueLabels, rows);
        yield return InputColumn.Of(plane, Declare.Seed, rows);
    }

    /// <summary>The losses to try: the one that is named, or all.</summary>
    private protected IReadOnlyList<TrainingLoss> Losses(Arguments plane) =>
        plane.Find(_loss, out TrainingLoss loss) ? [loss] : [TrainingLoss.Correlation, TrainingLoss.Squared];

    private static AxisParameter<long> Size(string name, string help, long perFeature) => Declare.WholeAxis(
        name, help, 1, MostSize, from: plane => perFeature * plane.Single(Dimension), inWords: perFeature == 1 ? "d" : $"{perFeature}d");

    private static Parameter<Nonlinearity> Link(string name, string help, string standard, Func<Nonlinearity, string?> problemOf)
    {
        return Declare.Text(name, help, Functions, Read, value => value.Name, standard, "NAME", words: [.. Names, "he1", "he2", "he3"]);

        Nonlinearity Read(string text)
        {
            Nonlinearity link = Nonlinearity.Parse(text);
            return problemOf(link) is { } problem ? throw new InputException(problem) : link;
        }
    }
}
