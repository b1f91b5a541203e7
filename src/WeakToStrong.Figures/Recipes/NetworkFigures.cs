using WeakToStrong.Functions;
using WeakToStrong.Networks;

namespace WeakToStrong.Figures.Recipes;

/// <summary>The figures of Section 3: one gradient step of two-layer networks.</summary>
internal static class NetworkFigures
{
    /// <summary>network-1 to network-4.</summary>
    public static IReadOnlyList<IFigureRecipe> All { get; } =
        [new NetworkOverlaps(), new NetworkReadouts(), new NetworkForgetting(), new NetworkSpectra()];

    /// <summary>ReLU networks of width d, identity and He_2 links, n = 4d.</summary>
    public static NetworkExperiment Experiment(int dimension) =>
        new(new MultiIndexTarget(Nonlinearity.Identity, Nonlinearity.HermitePolynomial(2)), new Activation(Nonlinearity.Relu), dimension);

    /// <summary>Trials that a request asks for.</summary>
    public static int Trials(FigureRequest request, long standard) => (int)Math.Min(request.Trials ?? standard, int.MaxValue);

    /// <summary>What all these figures have in common.</summary>
    public static IEnumerable<FigureParameter> Parameters(NetworkExperiment e, FigureRequest request, long trials)
    {
        yield return new("$d$, $p$", $"{e.Dimension}, {e.TeacherWidth}");
        yield return new("samples $n_t = n_s$", $"{e.TeacherSamples}");
        yield return new("activation, links", $"{e.Activation}; {e.Target.EasyLink} and {e.Target.HardLink}");
        yield return new("trials", $"{trials}");
        yield return new("seed", $"{request.Seed}");
    }
}
