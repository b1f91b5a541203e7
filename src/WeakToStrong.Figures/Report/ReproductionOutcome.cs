using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Recipes;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Report;

/// <summary>What a reproduction did.</summary>
/// <param name="Manifest">Everything that now lies in the folder.</param>
/// <param name="Made">Figures made in this run.</param>
/// <param name="Kept">Figures kept from an earlier one.</param>
/// <param name="Missing">Figures that were asked for and not made because the run was interrupted.</param>
public sealed record ReproductionOutcome(
    ReproductionManifest Manifest, IReadOnlyList<string> Made, IReadOnlyList<string> Kept, IReadOnlyList<string> Missing)
{
    /// <summary>Whether the run was stopped early, in a figure or in a claim.</summary>
    public bool Interrupted { get; init; }

    /// <summary>
    /// One row a comparison of simulation and theory, at least one row a figure: figure, status (made, kept or missing), compared, cells,
    /// share_within_2, median_z, largest_z, median_shift, largest_shift.
    /// </summary>
    public ResultTable ToTable()
    {
        var table = new SeriesTable(
            ["figure", "status", "compared"], ["cells", "share_within_2", "median_z", "largest_z", "median_shift", "largest_shift"]);
        foreach (FigureRecord figure in Manifest.Figures.Where(f => Made.Contains(f.Id) || Kept.Contains(f.Id)))
        {
            string status = Made.Contains(figure.Id) ? "made" : "kept";
            foreach (AgreementRecord a in figure.Agreement)
                table.Add([figure.Id, status, MathText.Plain(a.Where)], a.Cells, a.ShareWithinTwo, a.MedianZ, a.LargestZ, a.MedianShift,
                    a.LargestShift);
            if (figure.Agreement.Count == 0)
                table.Add([figure.Id, status, "nothing simulated"], 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }
        foreach (string id in Missing)
            table.Add([id, "missing", ""], 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        return table.ToTable();
    }
}
