using WeakToStrong.Cli.Shell;
using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Chains.Specification;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s chain</c>: any covariance, any number of generations, mixed labels.</summary>
internal static class ChainCommand
{
    public static ShellCommand Create()
    {
        var specification = new ValueArgument("SPEC", "TOML file with the spectrum, the target and the stages; docs/beyond.md describes its keys.", "the path of a TOML file");
        var simulate = Options.OptionalWholeNumber("--simulate", "Also run this many trials of the dense experiment, and show mean, standard error and z of the test error.", 1);

        return new ShellCommand(
            "chain", "Beyond the paper: any spectrum, any number of generations, mixed labels.", Run, writesTable: true, [specification, simulate])
        {
            Examples = ["chain chain.toml", "chain chain.toml --simulate 200 --seed 1 --format csv"],
        };

        ExitStatus Run(CommandContext context)
        {
            ChainResult solved = ChainSpecification.Read(context.Get(specification)).Solve(context.Run);
            if (context.Get(simulate) is not { } trials)
            {
                context.Write(solved.ToTable());
                return ExitStatus.Done;
            }
            ChainSimulation simulation = ChainSimulation.Run(solved, trials, context.Seed, context.Run);
            context.Write(simulation.ToTable());
            return simulation.Interrupted ? context.Interrupted($"{simulation.Trials} of {trials} trials are finished and written") : ExitStatus.Done;
        }
    }
}
