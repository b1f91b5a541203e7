using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

/// <summary>
/// A model before it is trained: what it will err by and how often it will choose the right class, averaged over the draw of its training
/// rows. Immutable and safe to share between threads.
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
        ClassNoises = moments.Choice is null ? [] : FindClassNoises(outcome);
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
    /// Share of new rows whose class is chosen rightly, at a cost of O(p) a sampled row when first asked for; NaN without classes. A row's
    /// scores are taken as Gaussian over the draw of the training rows, the part of their variance that comes from a teacher as the same
    /// for all rows.
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

    /// <summary>Noise that knows the classes; none without classes.</summary>
    internal IReadOnlyList<ClassNoise> ClassNoises { get; }

    /// <summary>This teacher's labels as the strong features see them.</summary>
    internal LabelSource Labels => _labels.Value;

    private double FindAccuracy()
    {
        if (_moments.Choice is not { } choice)
            return double.NaN;
        Matrix<double> common = InterceptError.Copy();
        if (_source is not null)
        {
            double inherited = 0;
            for (int j = 0; j < Filter.Length; j++)
                inherited += Filter[j] * Filter[j] * _source.Variance[j];
            TensorPrimitives.MultiplyAdd<double>(_source.Scale.Data, SourceTrust * SourceTrust * inherited, common.Data, common.Data);
        }
        RowSample sample = _side.Sample!;
        return choice.Accuracy(sample.Times(Mean), sample.Spread(Filter), Fresh, common,
            [.. ClassNoises.Select(noise => (noise, sample.Times(noise.Directions)))]);
    }

    private List<ClassNoise> FindClassNoises(in StageOutcome outcome)
    {
        List<ClassNoise> noises = [];
        if (outcome.TrueScale > 0)
            noises.Add(ClassNoise.Own(_side.Sample!.ClassMeans, _moments.Choice!.Targets, Mean, Filter, outcome.TrueScale,
                outcome.TrueCross));
        if (_source is null)
            return noises;
        var trusted = new double[Filter.Length];
        TensorPrimitives.Multiply(Filter, SourceTrust, trusted);
        foreach ((ClassNoise noise, Matrix<double> seen) in _source.ClassNoises)
            noises.Add(noise.HandedOn(seen, trusted, outcome.SourcePart));
        return noises;
    }
}
