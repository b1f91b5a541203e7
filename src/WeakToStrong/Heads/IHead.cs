using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

/// <summary>
/// A kind of linear model with an L2 penalty on features: what is trained on top of a representation. In four steps, each of which serves
/// many of the next: a head prepares rows (<see cref="IHeadDesign"/>), these are fitted to targets (<see cref="IHeadPath"/>), and give
/// models at ridges (<see cref="RidgeModels"/>). Stateless and safe for many threads, as are designs and paths.
/// </summary>
public interface IHead
{
    /// <summary>The name, such as <c>ridge</c>.</summary>
    string Name { get; }

    /// <summary>Whether it can learn real numbers; otherwise targets are one probability a class.</summary>
    bool TakesNumbers { get; }

    /// <summary>Prepares training rows.</summary>
    /// <param name="rows">At least two rows.</param>
    /// <param name="weights">A positive weight for each row in the sum of losses; null for 1.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    /// <exception cref="InputException">The rows need more memory than there is.</exception>
    IHeadDesign Prepare(FeatureRows rows, double[]? weights = null, int threads = 1);

    /// <summary>Prepares rows for weak labels together with rows for true ones.</summary>
    /// <param name="many">Rows that will have weak labels, prepared by this head without weights.</param>
    /// <param name="few">Rows with true labels.</param>
    /// <param name="lambdas">Ridges that will be asked for.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    IMixtureDesign Mix(IHeadDesign many, FeatureRows few, Grid lambdas, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(many);
        return new StackedMixture(this, many.Rows, few);
    }
}

/// <summary>Training rows, prepared for any targets.</summary>
public interface IHeadDesign
{
    /// <summary>The rows.</summary>
    FeatureRows Rows { get; }

    /// <summary>Fits to targets at any ridges.</summary>
    /// <param name="targets">One row a training row, one column an output.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    IHeadPath Fit(Matrix<double> targets, int threads = 1);

    /// <summary>What a caller should be told about a ridge of this design; null when there is nothing to tell.</summary>
    /// <param name="lambda">The ridge.</param>
    /// <param name="what">What the columns are called, such as "strong features".</param>
    string? Remark(double lambda, string what) => null;
}

/// <summary>Fits of one design to one set of targets.</summary>
public interface IHeadPath
{
    /// <summary>The fitted models.</summary>
    /// <param name="lambdas">Ridges, normalised by the number of rows: (1/n) sum of losses + lambda ||b||^2, or lambda/2
    /// for logistic regression.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    RidgeModels At(Grid lambdas, int threads = 1);

    /// <summary>The ridge of a grid that predicts rows best that it did not learn from, judged by the head's own loss on the
    /// training rows alone.</summary>
    /// <returns>Its position in the grid.</returns>
    int Best(Grid lambdas, int threads = 1);

    /// <summary>The same for targets that are classes, where a score beyond 0 and 1 is no error: one row far from the others
    /// would otherwise decide.</summary>
    /// <returns>Its position in the grid.</returns>
    int BestForClasses(Grid lambdas, int threads = 1) => Best(lambdas, threads);
}
