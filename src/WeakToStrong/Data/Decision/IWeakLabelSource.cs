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

    /// <summary>The same, made chunk by chunk; always the same object.</summary>
    TargetStream Stream { get; }

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
        return Of(model);
    }

    /// <summary>The labels of a teacher that is trained already.</summary>
    public IWeakLabels Of(RidgeModels model) => new Taught(this, model);

    private sealed class Taught(TrainedTeacher teacher, RidgeModels model) : IWeakLabels
    {
        public TargetStream Stream { get; } = new TaughtRows(teacher, model);

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

    private sealed class TaughtRows(TrainedTeacher teacher, RidgeModels model)
        : TargetStream(teacher.Rows.Count, model.Outputs, teacher.Rows)
    {
        public override void Make(int first, Matrix<double>? inputs, Matrix<double> destination, int threads)
        {
            model.Predict(inputs!, destination, threads);
            if (teacher.Hard)
                TrueLabels.Harden(destination);
        }
    }
}

/// <summary>Weak labels that were given and depend on no true label.</summary>
/// <param name="Stream">Scores of the rows without true labels, as the student sees them.</param>
/// <param name="Labelled">Scores of the labelled rows, or null when some are not known.</param>
internal sealed record GivenLabels(TargetStream Stream, Matrix<double>? Labelled) : IWeakLabelSource, IWeakLabels
{
    private Matrix<double>? _held;

    /// <summary>Labels that are held.</summary>
    public GivenLabels(Matrix<double> rows, Matrix<double>? labelled)
        : this(new HeldRows(rows), labelled) => _held = rows;

    /// <inheritdoc/>
    public bool KnowsLabelledRows => Labelled is not null;

    /// <inheritdoc/>
    public IWeakLabels Learn(int[] kept, int threads) => this;

    /// <inheritdoc/>
    public Matrix<double> Unlabelled(int threads) => _held ??= Stream.Read(0, Stream.Count, threads);

    /// <inheritdoc/>
    public Judgement[] Judge(int[] held, TrueLabels truth, int threads) =>
        [.. held.Select((row, i) => truth.Judge(i, Labelled!.Row(row), []))];

    private sealed class HeldRows(Matrix<double> rows) : TargetStream(rows.Rows, rows.Columns, null)
    {
        public override void Make(int first, Matrix<double>? inputs, Matrix<double> destination, int threads) =>
            rows.RowBlock(first, destination.Rows).CopyTo(destination.Data);
    }
}

/// <summary>Some rows of weak labels that were given, copied only when they are needed.</summary>
/// <param name="given">All of them.</param>
/// <param name="rows">Which.</param>
/// <param name="hard">Whether the student sees choices only.</param>
internal sealed class GivenRows(WeakLabels given, int[] rows, bool hard) : TargetStream(rows.Length, given.Outputs, null)
{
    public override void Make(int first, Matrix<double>? inputs, Matrix<double> destination, int threads)
    {
        given.Select(rows.AsSpan(first, destination.Rows), "the student's rows").Data.CopyTo(destination.Data);
        if (hard)
            TrueLabels.Harden(destination);
    }
}
