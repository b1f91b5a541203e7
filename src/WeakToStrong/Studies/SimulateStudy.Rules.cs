using WeakToStrong.Asymptotics;
using WeakToStrong.Rules;
using WeakToStrong.Simulation;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>The part that trains by other rules than ridge, or on the teacher's own rows. Rules, like ridges, share their trials, and so
/// do the settings that differ in xi alone.</summary>
public sealed partial class SimulateStudy
{
    private static void CheckRules(Arguments arguments)
    {
        bool sameRows = arguments.Has(RuleParameters.SameRows);
        RuleParameters.Check(arguments, LambdaTeacher, LambdaStudent, Alignment,
            arguments.Has(Spike) || arguments.Get(Alignment).Any(a => a > 0));
        CheckRidge(LambdaTeacher, RuleParameters.Teacher);
        CheckRidge(LambdaStudent, RuleParameters.Student);
        if (sameRows && arguments.Find(LambdaStudent, out AxisValues<RidgeChoice>? ridge) && ridge![0].IsFound)
            throw InputException.About($"{LambdaStudent} is 'best'; with {RuleParameters.SameRows} it must be a number or a grid");

        void CheckRidge(Parameter ridge, AxisParameter<RuleChoice> rule)
        {
            if (RuleParameters.TakesRidge(arguments, rule) && !arguments.Has(ridge))
                throw InputException.About($"{ridge} is missing; unless {rule} is one without a ridge it must be {ridge.Allowed}");
        }
    }

    /// <summary>Refuses a bad plane before any is run.</summary>
    private static void CheckRulePlane(Arguments plane)
    {
        LinearExperiment setting = Experiment(plane);
        if (plane.Has(RuleParameters.SameRows) && setting.StudentSamples != setting.TeacherSamples)
        {
            throw InputException.About(
                $"{StudentSamples} and {TeacherSamples} differ; with {RuleParameters.SameRows} the rows are the same");
        }
        // Rules that do not go together are refused when they are made.
        foreach (RuleExperiment _ in RuleExperiments(plane))
        {
        }
    }

    /// <summary>What is simulated in a plane; a number that each cell finds for itself makes an experiment of one teacher.</summary>
    private static IEnumerable<RuleExperiment> RuleExperiments(Arguments plane)
    {
        LinearExperiment setting = Experiment(plane);
        TrainingRule[] teachers = Rules(plane, RuleParameters.Teacher, LambdaTeacher,
            RidgeTeacher.OptimalRidge(setting.GammaTeacher, setting.NoiseVariance, setting.SignalPower));
        bool best = plane.Find(LambdaStudent, out AxisValues<RidgeChoice>? ridge) && ridge![0].IsFound;
        TrainingRule[] students = best ? [] : Rules(plane, RuleParameters.Student, LambdaStudent, double.NaN);
        if (best)
            return teachers.Select(t => new RuleExperiment(setting, [t], [new RidgeRegression(BestStudent(setting, t))]));
        if (!plane.Has(RuleParameters.SameRows))
            return [new RuleExperiment(setting, teachers, students)];
        RidgeChoice mixing = plane.Single(RuleParameters.SameRows);
        return mixing.IsFound
            ? teachers.SelectMany(_ => students, (t, s) => new RuleExperiment(setting, [t], [s], BestMixing(setting, t, s)))
            : [new RuleExperiment(setting, teachers, students, mixing.Value)];
    }

    private static TrainingRule[] Rules(Arguments plane, AxisParameter<RuleChoice> rule, AxisParameter<RidgeChoice> ridge, double found) =>
        RuleParameters.TakesRidge(plane, rule)
            ? [.. plane.Get(ridge).Select(r => new RidgeRegression(r.IsFound ? found : r.Value))]
            : [.. plane.Get(rule).Select(r => r.Rule!)];

    private static double BestStudent(LinearExperiment setting, TrainingRule teacher) => Finite(
        new RuleStudent(TeacherOf(setting, teacher), setting.GammaStudent, setting.Alignment, setting.Spike).BestRidge);

    private static double BestMixing(LinearExperiment setting, TrainingRule teacher, TrainingRule student) =>
        new SameRowStudent(TeacherOf(setting, teacher), student).BestMixing;

    private static RuleTeacher TeacherOf(LinearExperiment setting, TrainingRule rule) =>
        new(setting.GammaTeacher, rule, setting.NoiseVariance, setting.SignalPower);

    private static TrialPart RulePart(RuleExperiment rules, ISimulator engine, ulong seed) => new(
        (trials, options) => engine.Run(rules, trials, seed, options).Moments,
        state => RuleSimulationResult.FromState(rules, state).Moments);

    private static ResultTable RuleTable(Arguments plane, IReadOnlyList<TrialState> states) =>
        ResultTable.Stacked([.. RuleExperiments(plane).Zip(states, (rules, state) =>
            RuleSimulationTable.Of(RuleSimulationResult.FromState(rules, state)))]);
}
