using WeakToStrong.Rules;

namespace WeakToStrong.Studies;

/// <summary>The inputs that choose training rules, shared by studies of the linear theory.</summary>
internal static class RuleParameters
{
    private const string ShortForms = "flow:TIME, descent:STEPS:RATE, components:THRESHOLD or ridgeless";

    public static AxisParameter<RuleChoice> Teacher { get; } = Declare.Rule(
        "teacher_rule", $"How the teacher is trained: ridge, which takes lambda_teacher, or {ShortForms}. TIME and so on may be grids.",
        $"ridge, ridge:LAMBDA, {ShortForms}");

    public static AxisParameter<RuleChoice> Student { get; } = Declare.Rule(
        "student_rule",
        $"How the student is trained: ridge, which takes lambda_student, {ShortForms}; or shrink, the best multiple of the teacher.",
        $"{RuleList.Allowed}, or ridge:LAMBDA");

    public static AxisParameter<RidgeChoice> SameRows { get; } = new(
        "same_rows", ParameterKind.Number,
        "xi: the student learns from the teacher's own rows, with labels (1-xi) y + xi (the teacher's predictions). Without it, from "
        + "fresh rows.",
        $"{NumberRange.Finite.Allowed}, a list of such numbers, or best", AxisReader.Ridges(NumberRange.Finite, "best"))
    { Range = NumberRange.Finite, ValueName = "XI", Words = ["best"] };

    /// <summary>Whether any of them is given.</summary>
    public static bool AreGiven(Arguments arguments) => arguments.Has(Teacher) || arguments.Has(Student) || arguments.Has(SameRows);

    /// <summary>Whether a model takes its number from the ridge parameter.</summary>
    public static bool TakesRidge(Arguments arguments, AxisParameter<RuleChoice> rule) => arguments.Get(rule)[0].Rule is null;

    /// <summary>
    /// Refuses what does not go together: ridges for rules that have none, shrink where there is nothing to shrink,
    /// directions without a penalty.
    /// </summary>
    public static void Check(Arguments arguments, Parameter lambdaTeacher, Parameter lambdaStudent, Parameter alignment, bool aligned)
    {
        CheckRidge(arguments, Teacher, lambdaTeacher);
        CheckRidge(arguments, Student, lambdaStudent);
        RuleChoice teacher = arguments.Get(Teacher)[0], student = arguments.Get(Student)[0];
        if (teacher.Rule is Shrinkage)
            throw InputException.About($"{Teacher} is 'shrink'; it must be {Teacher.Allowed}");
        bool sameRows = arguments.Has(SameRows);
        if (sameRows && student.Rule is Shrinkage)
            throw InputException.About($"{Student} is 'shrink'; with {SameRows} it must be {Teacher.Allowed}");
        if (aligned && (sameRows || student.Rule is not (null or RidgeRegression)))
        {
            throw InputException.About(
                $"{alignment} is positive or a spike is given; the direction is a penalty, so {Student} must be ridge, {SameRows} absent");
        }
    }

    private static void CheckRidge(Arguments arguments, AxisParameter<RuleChoice> rule, Parameter ridge)
    {
        if (!TakesRidge(arguments, rule) && arguments.Has(ridge))
            throw InputException.About($"{ridge} and {rule} {arguments.Get(rule).Text} are both given; only {rule} ridge takes a ridge");
    }
}
