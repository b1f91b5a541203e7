using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

/// <summary>
/// Many rows with weak labels and a few with true ones, prepared for fits to both together, with any of the few rows and any weight:
/// (1/N) (sum of losses on weak labels + w sum of losses on true labels) + penalty, N all rows that are used.
/// </summary>
public interface IMixtureDesign
{
    /// <summary>Takes the weak labels.</summary>
    /// <param name="weakTargets">One row a row of the many, one column an output.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    IMixtureFit Fit(Matrix<double> weakTargets, int threads = 1);
}

/// <summary>A mixture whose weak labels are known.</summary>
public interface IMixtureFit
{
    /// <summary>The fitted models.</summary>
    /// <param name="kept">Which of the few rows take part; at least one.</param>
    /// <param name="trueTargets">Targets of all the few rows.</param>
    /// <param name="weight">w, positive.</param>
    /// <param name="lambdas">Ridges.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    RidgeModels At(int[] kept, Matrix<double> trueTargets, double weight, Grid lambdas, int threads = 1);
}

/// <summary>A mixture that is cheaper to fit for the few rows alone, in coordinates of its own: for the many fits of cross-fitting, whose
/// models are judged on a few rows and then forgotten.</summary>
internal interface IMixtureInCoordinates : IMixtureFit
{
    /// <summary>The few rows in these coordinates.</summary>
    FeatureRows Few { get; }

    /// <summary>The models of <see cref="IMixtureFit.At"/> for rows in these coordinates.</summary>
    /// <param name="kept">Which of the few rows take part; at least one.</param>
    /// <param name="trueTargets">Targets of all the few rows.</param>
    /// <param name="weight">Weight of a true label, positive.</param>
    /// <param name="lambdas">Ridges.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    RidgeModels InCoordinates(int[] kept, Matrix<double> trueTargets, double weight, Grid lambdas, int threads = 1);
}
