using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

/// <summary>
/// A model before it is trained: what it will err by and how often it will choose the right class, averaged over the draw of its training rows. Immutable and
/// safe to share between threads.
/// </summary>
public sealed class PredictedModel
{
    private readonly PairMoments _moments;
    private readonly PairSide _side;
    private readonly Lazy<double> _accuracy;
    private readonly Lazy<LabelSource> _labels;
    private readonly LabelSource? _source;

    internal PredictedModel(PairMoments moments, PairSide side, LabelSource? source, in StageOutcome outcome)
    {
        _moments = moments;
        _side = side;
        _source = source;
        Ridge = outcome.Ridge;
        Kappa = outcome.Kappa;
        SquaredError = outcome.SquaredError;
        Mean = outcome.Mean;
        Filter = outcome.Filter;
        Fresh = outcome.Fresh;
        SourceTrust = outcome.SourceTrust;
        InterceptError = outcome.InterceptError;
        _accuracy = new Lazy<double>(FindAccuracy);
        _labels = new Lazy<LabelSource>(() => new LabelSource(this, moments));
    }

    /// <summary>lambda.</summary>
    public double Ridge { get; }

    /// <summary>The effective ridge.</summary>
    public double Kappa { get; }

    /// <summary>Mean squared error on new rows, summed over outputs; what is not linear in the model's features included.</summary>
    public double SquaredError { get; }

    /// <summary>
    /// Share of new rows whose class is chosen rightly, the scores taken as Gaussian within each class; NaN without classes. For a student or a mixture the first
    /// use costs a matrix product a teacher and then O(p^2) a class and model; for the others O(p^2) a class.
    /// </summary>
    public double Accuracy => _accuracy.Value;

    /// <summary>Mean coefficients in the view's signal coordinates, one row an output.</summary>
    internal Matrix<double> Mean { get; }

    /// <summary>h_j, padded.</summary>
    internal double[] Filter { get; }

    /// <summary>The variance that the model's own rows give: coefficient j of outputs k and l has covariance Fresh_kl h_j^2.</summary>
    internal Matrix<double> Fresh { get; }

    /// <summary>Share of the teacher's labels in the mean.</summary>
    internal double SourceTrust { get; }

    /// <summary>Covariance of the errors of the intercepts.</summary>
    internal Matrix<double> InterceptError { get; }

    /// <summary>This teacher's labels as the strong features see them.</summary>
    internal LabelSource Labels => _labels.Value;

    private double FindAccuracy() => _moments.Choice is { } choice ? choice.Accuracy(Scores) : double.NaN;

    /// <summary>Mean and covariance of the scores of a class, over its rows and over training sets.</summary>
    private (double[] Mean, double[] Covariance) Scores(int one)
    {
        ClassSide side = _side.Classes[one];
        int outputs = Mean.Rows, p = side.Mean.Length;
        double fresh = 0, inherited = _source is null ? 0 : SourceTrust * SourceTrust * side.Through(_source.Spread, Filter);
        for (int j = 0; j < p; j++)
            fresh += Filter[j] * Filter[j] * side.Diagonal[j];
        var mean = new double[outputs];
        for (int k = 0; k < outputs; k++)
            mean[k] = TensorPrimitives.Dot(Mean.Row(k)[..p], side.Mean);
        var covariance = new double[outputs * outputs];
        for (int k = 0; k < outputs; k++)
        {
            for (int l = 0; l <= k; l++)
            {
                double value = side.Product(Mean.Row(k), Mean.Row(l)) - (mean[k] * mean[l]) + (fresh * Fresh[k, l]) + InterceptError[k, l];
                if (_source is not null)
                    value += inherited * _source.Scale[k, l];
                covariance[(k * outputs) + l] = covariance[(l * outputs) + k] = value;
            }
        }
        return (mean, covariance);
    }
}
