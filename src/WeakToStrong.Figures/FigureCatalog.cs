namespace WeakToStrong.Figures;

/// <summary>Every figure that this project can make, in the order in which a report shows them.</summary>
public static class FigureCatalog
{
    /// <summary>All recipes: the paper's figures, then those that go beyond it.</summary>
    public static IReadOnlyList<IFigureRecipe> All { get; } =
    [
    ];
}
