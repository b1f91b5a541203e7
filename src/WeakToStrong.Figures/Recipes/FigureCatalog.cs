namespace WeakToStrong.Figures.Recipes;

/// <summary>Every figure that this project can make, in the order in which a report shows them.</summary>
public static class FigureCatalog
{
    /// <summary>The nine figures of Moniri and Hassani (2025).</summary>
    public static IReadOnlyList<IFigureRecipe> Paper { get; } = PaperFigures.All;

    /// <summary>All recipes: the paper's figures, then those that go beyond it. A new family is one more line here.</summary>
    public static IReadOnlyList<IFigureRecipe> All { get; } =
    [
        .. Paper,
        .. NetworkFigures.All,
        .. ChainFigures.All,
        .. NeighbourFigures.All,
        .. FiniteSize.All,
        .. RealDataFigures.All,
    ];

    /// <summary>
    /// Finds figures by a list of names separated by commas: "all" for the paper's nine, "everything" for those and all others, a family
    /// such as "network", or ids such as "1,2".
    /// </summary>
    /// <exception cref="InputException">A name is unknown; the message lists those that exist.</exception>
    public static IReadOnlyList<IFigureRecipe> Find(string names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] asked = names.Split(',', StringSplitOptions.TrimEntries);
        foreach (string name in asked)
        {
            if (!All.Any(r => Matches(r, name)))
                throw new InputException($"'{InputException.Shorten(name)}' is not a figure; allowed are all, everything, "
                    + $"{string.Join(", ", All.Select(r => r.Id))}");
        }
        return [.. All.Where(r => asked.Any(name => Matches(r, name)))];
    }

    private static bool Matches(IFigureRecipe recipe, string name) => name switch
    {
        "all" => Paper.Contains(recipe),
        "everything" => true,
        _ => recipe.Id == name || (name.Length > 0 && recipe.Id.StartsWith(name + "-", StringComparison.Ordinal)),
    };
}
