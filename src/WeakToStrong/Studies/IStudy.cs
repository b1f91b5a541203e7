namespace WeakToStrong.Studies;

/// <summary>
/// Something that a user can run: named, with declared parameters and columns. It is declared here once; the command line, the page, Python
/// and sweeps only present it. Thread-safe and stateless.
/// </summary>
public interface IStudy
{
    /// <summary>The name, such as <c>limits</c>.</summary>
    string Name { get; }

    /// <summary>One sentence: what it answers.</summary>
    string Summary { get; }

    /// <summary>The inputs, in the order that users see; ridges last among the axes, so that the rows of a plane stand together.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Every column that a result may have, in order; which of them it has depends on the arguments.</summary>
    IReadOnlyList<StudyColumn> Columns { get; }

    /// <summary>Arguments worth trying, as names and texts.</summary>
    IReadOnlyList<StudyExample> Examples { get; }

    /// <summary>How its result is best drawn; null when it is not a picture.</summary>
    StudyChart? Chart => null;

    /// <summary>The same for particular arguments, where some of them give a table of another kind.</summary>
    StudyChart? ChartOf(Arguments arguments) => Chart;

    /// <summary>Changes whenever equal arguments no longer give equal results; a store of results is keyed by it.</summary>
    int LawVersion => 1;

    /// <summary>The most rows that axes may make.</summary>
    long MostCells => 10_000_000;

    /// <summary>Whether its result is a mean over trials, of which any range of whole blocks can be run and merged.</summary>
    bool HasTrials => false;

    /// <summary>Refuses values that are allowed one by one but do not go together.</summary>
    /// <exception cref="InputException">With the sentence for it.</exception>
    void Check(Arguments arguments)
    {
    }

    /// <summary>Runs it.</summary>
    /// <param name="arguments">Arguments of this study.</param>
    /// <param name="options">Threads, progress, cancellation. What is finished when it is cancelled is returned and counted; a study
    /// without a meaningful part result throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InputException">A file that the arguments name cannot be used, or the run is larger than this machine.</exception>
    StudyOutcome Run(Arguments arguments, RunOptions? options = null);
}

/// <summary>A column of a study's result.</summary>
/// <param name="Name">The contract name, in snake_case.</param>
/// <param name="Meaning">What it holds, with units and special values.</param>
/// <param name="Symbol">The field's symbol, such as L_t; empty when there is none.</param>
public sealed record StudyColumn(string Name, string Meaning, string Symbol = "");

/// <summary>Arguments worth trying.</summary>
/// <param name="Purpose">What they show.</param>
/// <param name="Arguments">Names and texts.</param>
public sealed record StudyExample(string Purpose, params (string Name, string Text)[] Arguments);
