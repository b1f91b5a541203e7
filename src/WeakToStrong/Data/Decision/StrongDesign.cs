using WeakToStrong.Heads;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Decision;

/// <summary>The strong features of a split and how models are trained on them: prepared once, used by every fold. Safe
/// for many threads.</summary>
internal sealed class StrongDesign
{
    // Shares of the training set's weight that the true labels have.
    private static readonly double[] TrueShares = [0.1, 0.3, 0.6, 0.85, 0.97];

    // A mixture costs a solution of its own for every ridge, and neighbours differ little.
    private const int RidgesOfMixture = 9, LogisticRidgesOfMixture = 4;

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
        MixtureLambdas = Thin(lambdas, head.TakesNumbers ? RidgesOfMixture : LogisticRidgesOfMixture);
        _mixture = new(() => head.Mix(unlabelled, labelled, MixtureLambdas, threads));
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

    /// <summary>Those among which a mixture chooses.</summary>
    public Grid MixtureLambdas { get; }

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

    /// <summary>Models of true and weak labels together: for each weight, those of all ridges. With confidence, weak rows carry the targets
    /// at which the student of the same ridge settled.</summary>
    public IReadOnlyList<RidgeModels> Mixtures(
        Matrix<double> labels, int[] kept, TrueLabels truth, IReadOnlyList<double> weights, Grid lambdas, int threads)
    {
        Matrix<double> targets = truth.Targets();
        if (Confidence == 0)
        {
            IMixtureFit fit = _mixture.Value.Fit(labels, threads);
            return [.. weights.Select(weight => fit.At(kept, targets, weight, lambdas, threads))];
        }
        RidgeModels[][] models = [.. lambdas.Select(lambda => Grid.Of(lambda)).Select(lambda =>
        {
            Matrix<double> settled = ConfidentLearning.Settle(Student, labels, lambda, Confidence, threads).Targets;
            IMixtureFit fit = _mixture.Value.Fit(settled, threads);
            return (RidgeModels[])[.. weights.Select(weight => fit.At(kept, targets, weight, lambda, threads))];
        })];
        return [.. weights.Select((_, w) => RidgeModels.Join([.. models.Select(ofRidge => ofRidge[w])]))];
    }

    /// <summary>Does on many threads what every fold needs.</summary>
    public void Warm(int threads)
    {
        var none = new Matrix<double>(Unlabelled.Count, 1);
        if (Head.TakesNumbers)
            Student.Fit(none, threads).At(Lambdas, threads);
        _ = _mixture.Value;
    }

    /// <summary>At most so many of the ridges, evenly, both ends among them.</summary>
    private static Grid Thin(Grid grid, int most) => grid.Count <= most ? grid
        : Grid.Of([.. Enumerable.Range(0, most).Select(i => grid[(int)Math.Round(i * (grid.Count - 1.0) / (most - 1))])]);

    private static double TwoDigits(double value) => double.Parse(
        value.ToString("G2", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
