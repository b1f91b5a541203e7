using WeakToStrong.Cli.Shell;
using WeakToStrong.Functions;
using WeakToStrong.Networks;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s network</c>: Section 3, one gradient step from teacher to student, and what comes of it.</summary>
internal static class NetworkCommand
{
    private const int ForgettingSteps = 10;
    private const string Functions = "relu, tanh, erf, softplus, gelu, identity, he0 to he10 or hermite:c0,c1,...";

    private static readonly Dictionary<string, TrainingLoss> Losses =
        new() { ["correlation"] = TrainingLoss.Correlation, ["squared"] = TrainingLoss.Squared };

    private static readonly string[] Measures = ["updates", "readouts", "forgetting", "spectrum"];

    public static ShellCommand Create()
    {
        var dimension = Options.WholeNumber("--d", "d, number of features.", 2, 1000, 1_000_000);
        var widthTeacher = Size("--width-teacher", "p_t, hidden units of the teacher. [default: d]");
        var widthStudent = Size("--width-student", "p_s, hidden units of the student. [default: d]");
        var nTeacher = Size("--n-teacher", "n_t, samples of the target for a step of the teacher. [default: 4d]");
        var nStudent = Size("--n-student", "n_s, samples labelled by the teacher for a step of the student. [default: 4d]");
        var activation = Options.Parsed("--activation", "Activation of both networks: relu, tanh, erf, softplus, gelu, identity or hermite:c0,c1,... [default: relu]", Functions, ReadActivation, new Activation(Nonlinearity.Relu), "NAME");
        var easy = Options.Parsed("--easy-link", "Easy link, information exponent 1; named like activations, or he1 to he10. [default: identity]", Functions, Read(MultiIndexTarget.EasyLinkProblem), Nonlinearity.Identity, "NAME");
        var hard = Options.Parsed("--hard-link", "Hard link, information exponent above 1. [default: he2]", Functions, Read(MultiIndexTarget.HardLinkProblem), Nonlinearity.HermitePolynomial(2), "NAME");
        var etaTeacher = Options.Number("--eta-teacher", "eta_t, step size of the teacher.", NumberRange.NonNegative, 1);
        var etaStudent = Options.Number("--eta-student", "eta_s, step size of the student.", NumberRange.NonNegative, 1);
        var spike = Options.Number("--spike", "tau, strength of the student's pre-trained spike.", NumberRange.NonNegative, 1);
        var steps = Options.OptionalWholeNumber("--steps", $"Gradient steps of the student. [default: 1; forgetting: {ForgettingSteps}]", 0, 100_000);
        var teacherSteps = Options.WholeNumber("--teacher-steps", "Gradient steps of the teacher.", 0, 1, 100_000);
        var fresh = new FlagOption("--fresh", "Draw new samples for every further step instead of seeing the first ones again.");
        var loss = Options.Choice("--loss", "-(1/n) sum y f, or half the mean squared error; forgetting shows both unless one is named.", Losses, "correlation");
        var decay = Options.Number("--weight-decay", "w; a step first multiplies the weights by 1 - eta w.", NumberRange.NonNegative, 0);
        var noise = Options.Number("--noise-variance", "Variance of the target's label noise.", NumberRange.NonNegative, 0);
        var trials = Options.WholeNumber("--trials", "Independent repetitions; spectrum shows one.", 1, 10, int.MaxValue);
        var measure = Options.Choice("--measure", "updates: the step beside its limits; readouts: who wins in test error; forgetting: over steps; spectrum: singular values.", Measures, "updates");
        var trueLabels = Options.WholeNumber("--true-labels", "Labels of the target for a probe (readouts, forgetting), the held-out fifth included.", 10, 1000, 1_000_000);

        return new ShellCommand(
            "network", "Section 3: one gradient step, teacher to student.", Run, writesTable: true,
            dimension, widthTeacher, widthStudent, nTeacher, nStudent, activation, easy, hard, etaTeacher, etaStudent, spike, steps, teacherSteps,
            fresh, loss, decay, noise, trials, measure, trueLabels)
        {
            Examples =
            [
                "network --d 1000 --trials 20",
                "network --d 1000 --activation erf --hard-link he3",
                "network --measure readouts --d 1000 --eta-teacher 2 --eta-student 2 --spike 10",
                "network --measure forgetting --d 500 --eta-teacher 2 --eta-student 4 --spike 5 --steps 12 --trials 5",
            ],
        };

        ExitStatus Run(CommandContext context)
        {
            NetworkExperiment experiment = Experiment(context);
            foreach (string warning in experiment.Warnings)
                context.Note(warning);
            int count = (int)context.Get(trials), labels = (int)context.Get(trueLabels);
            switch (context.Get(measure))
            {
                case "readouts":
                    ReadoutResult readouts = new ReadoutComparison(experiment, labels).Run(count, context.Seed, context.Run);
                    return Finish(context, readouts.Trials, count, readouts.ToTable);
                case "forgetting":
                    Forgetting[] runs = [.. (context.IsGiven(loss) ? [experiment.Loss] : Losses.Values.ToArray())
                        .Select(l => Forgetting.Run(experiment with { Loss = l }, labels, count, context.Seed, context.Run))];
                    return Finish(context, runs.Min(r => r.Trials), count, () => Forgetting.ToTable(runs));
                case "spectrum":
                    context.Write(new SpectrumComparison(experiment, context.Seed, context.Run).ToTable());
                    return ExitStatus.Done;
                default:
                    NetworkResult updates = NetworkSimulator.Run(experiment, count, context.Seed, context.Run);
                    return Finish(context, updates.Trials, count, updates.ToTable);
            }
        }

        NetworkExperiment Experiment(CommandContext context)
        {
            long d = context.Get(dimension);
            long pt = context.Get(widthTeacher) ?? d, ps = context.Get(widthStudent) ?? d;
            if (d * Math.Max(pt, ps) > Array.MaxLength)
                throw new InputException($"--d {d} with a width of {Math.Max(pt, ps)} makes {d * Math.Max(pt, ps)} weights; at most {Array.MaxLength} are allowed");
            int studentSteps = (int)(context.Get(steps) ?? (context.Get(measure) == "forgetting" ? ForgettingSteps : 1));
            return new NetworkExperiment(new MultiIndexTarget(context.Get(easy), context.Get(hard), context.Get(noise)), context.Get(activation), (int)d)
            {
                TeacherWidth = (int)pt,
                StudentWidth = (int)ps,
                TeacherSamples = (int)(context.Get(nTeacher) ?? (4 * d)),
                StudentSamples = (int)(context.Get(nStudent) ?? (4 * d)),
                TeacherRate = context.Get(etaTeacher),
                StudentRate = context.Get(etaStudent),
                Spike = context.Get(spike),
                TeacherSteps = (int)context.Get(teacherSteps),
                StudentSteps = studentSteps,
                FreshSamples = context.Has(fresh),
                Loss = context.Get(loss),
                WeightDecay = context.Get(decay),
            };
        }
    }

    private static ExitStatus Finish(CommandContext context, int done, int asked, Func<ResultTable> table)
    {
        if (done == 0)
            return context.Interrupted("no trial was finished, and nothing is written");
        context.Write(table());
        return done < asked ? context.Interrupted($"{done} of {asked} trials are finished and written") : ExitStatus.Done;
    }

    private static ValueOption<long?> Size(string name, string description) => Options.OptionalWholeNumber(name, description, 1, 100_000_000);

    private static string? ReadActivation(string text, out Activation? value)
    {
        value = null;
        try
        {
            value = new Activation(Nonlinearity.Parse(text));
            return null;
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }

    private static TextReader<Nonlinearity> Read(Func<Nonlinearity, string?> problemOf) => (string text, out Nonlinearity? value) =>
    {
        value = null;
        try
        {
            value = Nonlinearity.Parse(text);
            return problemOf(value);
        }
        catch (InputException e)
        {
            return e.Message;
        }
    };
}
