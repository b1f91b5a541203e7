using WeakToStrong.Explorer.Serving;
using WeakToStrong.Studies;

namespace WeakToStrong.Explorer.Running;

/// <summary>How large a run of the page may be; the command line has no such bounds.</summary>
internal static class Bounds
{
    /// <summary>The largest side of a matrix that a run holds in memory.</summary>
    public const long MostDense = 3000;

    /// <summary>The most features or rows of a run that holds no matrix.</summary>
    public const long MostExact = 10_000_000;

    private static readonly string[] Sizes = ["d", "n_teacher", "n_student", "n_test", "width_teacher", "width_student", "true_labels"];

    /// <summary>Refuses a run that is too large.</summary>
    public static void Check(Arguments arguments, int mostRows)
    {
        if (arguments.Cells > mostRows)
            throw new Refusal(400, $"the grids make {arguments.Cells} rows; the page allows {mostRows}, and the command line more");
        if (arguments.Study.Name == "data")
            return; // its sizes are those of its data
        long most = HoldsMatrices(arguments) ? MostDense : MostExact;
        foreach (Parameter parameter in arguments.Study.Parameters.Where(p => Sizes.Contains(p.Name)))
        {
            if (Largest(arguments, parameter) is { } size && size > most)
            {
                throw new Refusal(400, $"{parameter.Name} is {size}; the page allows {most} here, and the command line more");
            }
        }
    }

    // Networks have weights, and so does a simulation that draws real design matrices or any rule but ridge.
    private static bool HoldsMatrices(Arguments arguments) => arguments.Study.Name.StartsWith("network", StringComparison.Ordinal)
        || arguments.Given.Any(pair => (pair.Key.Name == "engine" && pair.Value != "exact")
            || pair.Key.Name.EndsWith("_rule", StringComparison.Ordinal) || pair.Key.Name == "same_rows");

    private static long? Largest(Arguments arguments, Parameter parameter) => parameter switch
    {
        AxisParameter<long> axis when arguments.Find(axis, out AxisValues<long>? values) => values!.Max(),
        Parameter<long> one when arguments.Find(one, out long value) => value,
        _ => null,
    };
}
