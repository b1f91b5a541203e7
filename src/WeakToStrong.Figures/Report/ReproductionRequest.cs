using WeakToStrong.Claims;
using WeakToStrong.Figures.Recipes;

namespace WeakToStrong.Figures.Report;

/// <summary>What to reproduce, and where to.</summary>
/// <param name="Recipes">The figures.</param>
/// <param name="Figure">Seed and trials.</param>
/// <param name="Folder">Where the files go; made if it does not exist.</param>
public sealed record ReproductionRequest(IReadOnlyList<IFigureRecipe> Recipes, FigureRequest Figure, string Folder)
{
    /// <summary>Claims to judge after the figures.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    /// <summary>Whether whole figures of an earlier run with the same build, seed and trials are kept.</summary>
    public bool Resume { get; init; }
}
