namespace WeakToStrong.Figures.Recipes;

/// <summary>The findings of docs/beyond.md.</summary>
internal static class ChainFigures
{
    public static IReadOnlyList<IFigureRecipe> All { get; } = [new AnisotropicStudent(), new Generations(), new MixedLabels()];
}
