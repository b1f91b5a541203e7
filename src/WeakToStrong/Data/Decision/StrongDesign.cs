using WeakToStrong.Heads;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Decision;

/// <summary>The strong features of a split and how models are trained on them: prepared once, used by every fold. Safe
/// for many threads.</summary>
internal sealed class StrongDesign
{
    // Shares of the training set's weight that the true labels have.
    private static readonly double[] TrueShares = [0.1, 0.3, 0.6, 0.85];

    private readonly Lazy<IMixtureDesign> _mixture;

    /// <summary>Prepares the rows.</summary>
    /// <param name="head">The kind of model.</param>
    /// <param name="labelled">Strong features of the labelled rows.</param>
    /// <param name="unlabelled">Strong features of the rows with weak labels.</param>
    /// <param name="lambdas">The ridges to choose from.</param>
    /// <param name="confidence">Weight of the student's own choices.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public StrongDesign(IHead head, FeatureRows labelled, FeatureRows unlabelled, Grid lambdas, double confidence, int threads)
    {
        (Head, Labelled, Unlabelled, Lambdas, Confidence) = (head, labelled, unlabelled, lambdas, confidence);
        Student = head.Prepare(unlabelled, null, threads);
        _mixture = new(() => head.Mix(unlabelled, labelled, lambdas, threads));
        Weights = [.. TrueShares.Select(share => TwoDigits(share / (1 - share) * unlabelled.Count / labelled.Count))];
    }

    /// <summary>The kind of model.</summary>
    public IHead Head { get; }

    /// <summary>Strong features of the labelled rows.</summary>
    public FeatureRows Labelled { get; }

    /// <summary>Strong features of the rows with weak labels.</summary>
    public FeatureRows Unlabelled { get; }

    /// <summary>The ridges to choose from.</summary>
    public Grid Lambdas { get; }

    /// <summary>Weight of the student's own choices.</summary>
    public double Confidence { get; }

    /// <summary>Weights of a true label to choose from, a weak one having weight 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The prepared rows of students and ceilings.</summary>
    public IHeadDesign Student { get; }

    /// <summary>Students of these weak labels.</summary>
    public RidgeModels Students(Matrix<double> labels, int threads) => ConfidentLearning.Fit(Student, labels, Lambdas, Confidence, threads);

    /// <summary>Models of the labelled rows alone.</summary>
    public RidgeModels Direct(int[] kept, TrueLabels truth, int threads) =>
        Head.Prepare(Labelled.Select(kept), null, threads).Fit(truth.Select(kept).Targets(), threads).At(Lambdas, threads);

    /// <summary>For fits of mixtures with these weak labels.</summary>
    public IMixtureFit Mixtures(Matrix<double> labels, int threads) => _mixture.Value.Fit(labels, threads);

    /// <summary>Does on many threads what every fold needs.</summary>
    public void Warm(int threads)
    {
        var none = new Matrix<double>(Unlabelled.Count, 1);
        if (Head.TakesNumbers)
            Student.Fit(none, threads).At(Lambdas, threads);
        _ = _mixture.Value;
    }

    private static double TwoDigits(double value)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Round(value / unit) * unit;
    }
}
