using WeakToStrong.Heads;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Decision;

/// <summary>Where weak labels come from. Rows are positions within the labelled rows of a split.</summary>
internal interface IWeakLabelSource
{
    /// <summary>Whether the scores of labelled rows are known, so that the teacher can be judged on them.</summary>
    bool KnowsLabelledRows { get; }

    /// <summary>Learns from some labelled rows; one model for each ridge of the source.</summary>
    IWeakLabels Learn(int[] kept, int threads);
}

/// <summary>Weak labels that depend on the labelled rows that were kept.</summary>
internal interface IWeakLabels
{
    /// <summary>Scores of the rows without labels, one column an output, as the student sees them.</summary>
    Matrix<double> Unlabelled(int threads);

    /// <summary>Judges the teacher on labelled rows.</summary>
    Judgement[] Judge(int[] held, TrueLabels truth, int threads);
}

/// <summary>A teacher that is trained on weak features.</summary>
/// <param name="Head">Its kind of model.</param>
/// <param name="Labelled">Weak features of the labelled rows.</param>
/// <param name="Truth">Their true labels.</param>
/// <param name="Rows">Weak features of the rows without.</param>
/// <param name="Lambda">Its ridge.</param>
/// <param name="Hard">Whether the student sees its choices only.</param>
internal sealed record TrainedTeacher(IHead Head, FeatureRows Labelled, TrueLabels Truth, FeatureRows Rows, double Lambda, bool Hard)
    : IWeakLabelSource
{
    /// <inheritdoc/>
    public bool KnowsLabelledRows => true;

    /// <inheritdoc/>
    public IWeakLabels Learn(int[] kept, int threads)
    {
        RidgeModels model = Head.Prepare(Labelled.Select(kept), null, threads).Fit(Truth.Select(kept).Targets(), threads)
            .At(Grid.Of(Lambda), threads);
        return new Taught(this, model);
    }

    private sealed class Taught(TrainedTeacher teacher, RidgeModels model) : IWeakLabels
    {
        public Matrix<double> Unlabelled(int threads)
        {
            Matrix<double> labels = model.Predict(teacher.Rows, 0, threads);
            if (teacher.Hard)
                TrueLabels.Harden(labels);
            return labels;
        }

        public Judgement[] Judge(int[] held, TrueLabels truth, int threads)
        {
            Judgement[,] judged = model.Judge(teacher.Labelled.Select(held), truth, threads);
            return [.. Enumerable.Range(0, held.Length).Select(i => judged[i, 0])];
        }
    }
}

/// <summary>Weak labels that were given and depend on no true label.</summary>
/// <param name="Rows">Scores of the rows without true labels, as the student sees them.</param>
/// <param name="Labelled">Scores of the labelled rows, or null when some are not known.</param>
internal sealed record GivenLabels(Matrix<double> Rows, Matrix<double>? Labelled) : IWeakLabelSource, IWeakLabels
{
    /// <inheritdoc/>
    public bool KnowsLabelledRows => Labelled is not null;

    /// <inheritdoc/>
    public IWeakLabels Learn(int[] kept, int threads) => this;

    /// <inheritdoc/>
    public Matrix<double> Unlabelled(int threads) => Rows;

    /// <inheritdoc/>
    public Judgement[] Judge(int[] held, TrueLabels truth, int threads) =>
        [.. held.Select((row, i) => truth.Judge(i, Labelled!.Row(row), []))];
}
