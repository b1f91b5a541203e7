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
    private readonly StreamedRidge? _streamed;

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
        MixtureLambdas = Thin(lambdas, head.TakesNumbers ? RidgesOfMixture : LogisticRidgesOfMixture);
        _mixture = new(() => head.Mix(Student!, labelled, MixtureLambdas, threads));
        if (unlabelled.IsHeld)
        {
            Student = head.Prepare(unlabelled, null, threads);
        }
        else
        {
            _streamed = new StreamedRidge(unlabelled, labelled, MixtureLambdas[0], threads);
            Student = RidgeHead.Of(_streamed.Design);
        }
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

    /// <summary>Whether the rows with weak labels are in memory.</summary>
    public bool IsHeld => _streamed is null;

    /// <summary>Says which weak labels will be asked for: one pass over rows that are not held serves all of them.</summary>
    public void Expect(IReadOnlyList<IWeakLabels> labels, int threads) => _streamed?.Expect(labels.Select(weak => weak.Stream), threads);

    /// <summary>Says that they will not be asked for any more.</summary>
    public void Forget(IReadOnlyList<IWeakLabels> labels) => _streamed?.Forget(labels.Select(weak => weak.Stream));

    /// <summary>Weak labels as targets of this design.</summary>
    public UnlabelledTargets Targets(IWeakLabels labels, int threads) => new(labels, IsHeld ? labels.Unlabelled(threads) : null);

    /// <summary>Students of these weak labels.</summary>
    public RidgeModels Students(UnlabelledTargets labels, int threads) => labels.Held is { } held
        ? ConfidentLearning.Fit(Student, held, Lambdas, Confidence, threads) : Path(labels, threads).At(Lambdas, threads);

    /// <summary>Fits to these weak labels, without confidence.</summary>
    public IHeadPath Path(UnlabelledTargets labels, int threads) => labels.Held is { } held ? Student.Fit(held, threads)
        : RidgeHead.Of(_streamed!.Fit(labels.Source.Stream, threads));

    /// <summary>Fits to true labels of the rows with weak labels.</summary>
    public IHeadPath Path(TrueLabels truth, int threads) => IsHeld ? Student.Fit(truth.Targets(), threads)
        : RidgeHead.Of(_streamed!.Fit(new TrueRows(truth), threads));

    /// <summary>Models of the labelled rows alone.</summary>
    public RidgeModels Direct(int[] kept, TrueLabels truth, int threads) =>
        Head.Prepare(Labelled.Select(kept), null, threads).Fit(truth.Select(kept).Targets(), threads).At(Lambdas, threads);

    /// <summary>Models of true and weak labels together, for all ridges. With confidence, weak rows carry the targets at which the student
    /// of the same ridge settled.</summary>
    public RidgeModels Mixture(UnlabelledTargets labels, int[] kept, TrueLabels truth, double weight, Grid lambdas, int threads)
    {
        Matrix<double> targets = truth.Targets();
        RidgeModels[] models = [.. Fits(labels, lambdas, threads).Select(fit => fit.Fit.At(kept, targets, weight, fit.Lambdas, threads))];
        return models.Length == 1 ? models[0] : RidgeModels.Join(models);
    }

    /// <summary>Judges the mixtures of all weights and <see cref="MixtureLambdas"/> on labelled rows that they did not learn
    /// from.</summary>
    /// <param name="labels">Weak labels.</param>
    /// <param name="kept">Labelled rows to learn from.</param>
    /// <param name="truth">Their labels, and those of all labelled rows.</param>
    /// <param name="held">Labelled rows to judge.</param>
    /// <param name="take">Takes rows of results, and the number weight x ridges + ridge of the first.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public void JudgeMixtures(
        UnlabelledTargets labels, int[] kept, TrueLabels truth, int[] held, Action<Judgement[,], int> take, int threads)
    {
        Matrix<double> targets = truth.Targets();
        TrueLabels heldTruth = truth.Select(held);
        int ridge = 0;
        foreach ((IMixtureFit fit, Grid lambdas) in Fits(labels, MixtureLambdas, threads))
        {
            var cheap = fit as IMixtureInCoordinates;
            FeatureRows rows = (cheap?.Few ?? Labelled).Select(held);
            for (int w = 0; w < Weights.Count; w++)
            {
                RidgeModels models = cheap is null ? fit.At(kept, targets, Weights[w], lambdas, threads)
                    : cheap.InCoordinates(kept, targets, Weights[w], lambdas, threads);
                take(models.Judge(rows, heldTruth, threads), (w * MixtureLambdas.Count) + ridge);
            }
            ridge += lambdas.Count;
        }
    }

    private IEnumerable<(IMixtureFit Fit, Grid Lambdas)> Fits(UnlabelledTargets labels, Grid lambdas, int threads)
    {
        if (Confidence == 0)
        {
            return [(labels.Held is { } weak ? _mixture.Value.Fit(weak, threads) : _streamed!.Mixture(labels.Source.Stream, threads),
                lambdas)];
        }
        return lambdas.Select(lambda => Grid.Of(lambda)).Select(lambda => (_mixture.Value.Fit(
            ConfidentLearning.Settle(Student, labels.Held!, lambda, Confidence, threads).Targets, threads), lambda));
    }

    /// <summary>Does on many threads what every fold needs.</summary>
    public void Warm(int threads)
    {
        if (!IsHeld)
            return; // the pass over the expected labels does
        var none = new Matrix<double>(Unlabelled.Count, 1);
        if (Head.TakesNumbers)
            Student.Fit(none, threads).At(Lambdas, threads);
        _ = _mixture.Value;
    }

    private sealed class TrueRows(TrueLabels truth) : TargetStream(truth.Count, truth.Outputs, null)
    {
        public override void Make(int first, Matrix<double>? inputs, Matrix<double> destination, int threads) =>
            truth.Select([.. Enumerable.Range(first, destination.Rows)]).Targets().Data.CopyTo(destination.Data);
    }

    /// <summary>At most so many of the ridges, evenly, both ends among them.</summary>
    private static Grid Thin(Grid grid, int most) => grid.Count <= most ? grid
        : Grid.Of([.. Enumerable.Range(0, most).Select(i => grid[(int)Math.Round(i * (grid.Count - 1.0) / (most - 1))])]);

    private static double TwoDigits(double value) => double.Parse(
        value.ToString("G2", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Weak labels of the rows without true ones: held, or to be made in passes.</summary>
/// <param name="Source">The labels.</param>
/// <param name="Held">All of them, where the rows are held.</param>
internal sealed record UnlabelledTargets(IWeakLabels Source, Matrix<double>? Held);
