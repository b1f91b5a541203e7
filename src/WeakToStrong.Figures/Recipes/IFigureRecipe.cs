using WeakToStrong.Figures.Model;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>
/// How to make one figure: a small declarative description of its parameters, quantities, axes and overlays. Everything a
/// figure shows is in <see cref="FigureOutcome.Data"/>, so a front end can draw it in its own way.
/// </summary>
public interface IFigureRecipe
{
    /// <summary>Its name on the command line and in files: "1" to "9" for the paper's figures, otherwise such as "network-1".</summary>
    string Id { get; }

    /// <summary>One line: what it shows.</summary>
    string Title { get; }

    /// <summary>Trials that are run when the request does not say; 0 when nothing is simulated.</summary>
    long DefaultTrials { get; }

    /// <summary>Computes the figure. Same request, same bytes of data, for any number of threads.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted; a figure is whole or not there.</exception>
    FigureOutcome Make(FigureRequest request, RunOptions options);
}

/// <summary>What a user asks of a recipe.</summary>
/// <param name="Seed">Seed of all random numbers.</param>
/// <param name="Trials">Simulated trials a point; null: the recipe's own number (the paper's).</param>
public sealed record FigureRequest(ulong Seed = 0, long? Trials = null);

/// <summary>A computed figure: the picture, its data, and what to say about it.</summary>
/// <param name="Figure">The picture.</param>
/// <param name="Data">Every number that is drawn.</param>
/// <param name="Caption">What is seen, in plain sentences; mathematics between dollar signs.</param>
/// <param name="Parameters">What it was made with, in reading order.</param>
/// <param name="Agreement">How simulation and theory agree, where both are shown.</param>
public sealed record FigureOutcome(
    Figure Figure, ResultTable Data, string Caption, IReadOnlyList<FigureParameter> Parameters, IReadOnlyList<Agreement> Agreement);

/// <summary>One parameter of a figure.</summary>
/// <param name="Name">Its symbol or name, such as <c>$γ_s$</c>.</param>
/// <param name="Value">Its value, as shown.</param>
public sealed record FigureParameter(string Name, string Value);
