using WeakToStrong.Cli.Shell;
using WeakToStrong.Simulation;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s simulate</c>: Monte Carlo on a grid of ridges, each cell beside its limit.</summary>
internal static class SimulateCommand
{
    private const long MostCells = 10_000_000;

    private static readonly Dictionary<string, ISimulator> Engines =
        new ISimulator[] { new ExactSimulator(), new DenseSimulator() }.ToDictionary(e => e.Name);

    private static readonly Dictionary<string, SignalLaw> Laws =
        new() { ["gaussian"] = SignalLaw.Gaussian, ["fixed"] = SignalLaw.Fixed };

    public static ShellCommand Create()
    {
        var dimension = Options.WholeNumber("--d", "d, number of features.", 1);
        var nTeacher = Options.WholeNumber("--n-teacher", "n_t, rows with true, noisy labels.", 1);
        var nStudent = Options.WholeNumber("--n-student", "n_s, fresh rows that the teacher labels.", 1);
        var noise = Options.Number("--noise-variance", "sigma^2, variance of the teacher's label noise.", NumberRange.NonNegative);
        var signal = Options.Number("--signal-power", "||beta*||^2, or its mean.", NumberRange.Positive, 1);
        var alignment = Options.Number("--alignment", "zeta, cosine between the student's direction and beta*.", NumberRange.UnitInterval, 0);
        var spike = Options.OptionalNumber("--spike", "w of the student's Gamma = I + w bh bh'. [default: d; at alignment 0: no spike]", NumberRange.NonNegativeOrInfinite);
        var lambdaTeacher = Options.Grid("--lambda-teacher", "lambda_t of (1/n_t) sum of squares + lambda_t ||b||^2.");
        var lambdaStudent = Options.Grid("--lambda-student", "lambda_s of (1/n_s) sum of squares + lambda_s b' Gamma^-1 b.");
        var trials = Options.WholeNumber("--trials", "Independent repetitions.", 1, 100);
        var engine = Options.Choice("--engine", "exact takes O(d) a trial; dense draws real design matrices. Both have the same law.", Engines, "exact");
        var law = Options.Choice("--signal", "beta* ~ N(0, ||beta*||^2 I/d), as in the paper, or of fixed norm.", Laws, "gaussian");

        return new ShellCommand(
            "simulate", "Monte Carlo on a (lambda_t, lambda_s) grid, beside the limits.", Run, writesTable: true,
            dimension, nTeacher, nStudent, noise, signal, alignment, spike, lambdaTeacher, lambdaStudent, trials, engine, law)
        {
            Examples =
            [
                "simulate --d 500 --n-teacher 2000 --n-student 416 --noise-variance 1 --lambda-teacher 0.05 --lambda-student 0.01:10:8 --trials 200",
                "simulate --d 60 --n-teacher 90 --n-student 40 --noise-variance 1 --lambda-teacher 0.1 --lambda-student 0.1 --engine dense --trials 50",
            ],
        };

        ExitStatus Run(CommandContext context)
        {
            Grid teachers = context.Get(lambdaTeacher), students = context.Get(lambdaStudent);
            if ((long)teachers.Count * students.Count > MostCells)
                throw new InputException($"--lambda-teacher and --lambda-student make {(long)teachers.Count * students.Count} cells; at most {MostCells} are allowed");
            if ((context.Get(alignment) > 0 || context.Get(spike) is not null) && context.Get(dimension) < 2)
                throw InputException.At("--d", "1", "at least 2 with a positive --alignment or a --spike");
            var experiment = new LinearExperiment(
                context.Get(dimension), context.Get(nTeacher), context.Get(nStudent), context.Get(noise), context.Get(signal),
                context.Get(alignment), context.Get(spike), context.Get(law));
            SimulationResult result = context.Get(engine).Run(experiment, teachers, students, context.Get(trials), context.Seed, context.Run);
            if (result.Trials == 0)
                return context.Interrupted("no trial was finished, and nothing is written");
            context.Write(SimulationTable.Of(result));
            return result.Interrupted ? context.Interrupted($"{result.Trials} of {context.Get(trials)} trials are finished and written") : ExitStatus.Done;
        }
    }
}
