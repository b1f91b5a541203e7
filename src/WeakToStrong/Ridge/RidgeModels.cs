using System.Buffers;
using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>Linear models b0 + B'x, one for each ridge of a grid; for logistic regression their outputs become probabilities.</summary>
public sealed class RidgeModels
{
    private readonly Centring _centre;
    private readonly Matrix<double> _coefficients;
    private readonly double[] _atCentre;
    private readonly int _vectors;

    /// <summary>Models.</summary>
    /// <param name="lambdas">The ridges.</param>
    /// <param name="link">From weighted sums to scores.</param>
    /// <param name="centre">What features are counted from.</param>
    /// <param name="coefficients">p rows; column l * vectors + k is vector k of ridge l.</param>
    /// <param name="atCentre">The weighted sums at the centre, one a column of the coefficients.</param>
    internal RidgeModels(Grid lambdas, Link link, Centring centre, Matrix<double> coefficients, double[] atCentre)
    {
        Require.SameLength(coefficients.Columns, atCentre.Length);
        Lambdas = lambdas;
        Link = link;
        _vectors = coefficients.Columns / lambdas.Count;
        Outputs = link == Link.Logistic ? 2 : _vectors;
        _centre = centre;
        _coefficients = coefficients;
        _atCentre = atCentre;
    }

    /// <summary>The ridges.</summary>
    public Grid Lambdas { get; }

    /// <summary>From weighted sums of features to scores.</summary>
    public Link Link { get; }

    /// <summary>Number of scores of a row.</summary>
    public int Outputs { get; }

    /// <summary>Coefficient of a feature for one ridge and output.</summary>
    /// <param name="lambda">Position of the ridge in <see cref="Lambdas"/>.</param>
    /// <param name="feature">Index of the feature.</param>
    /// <param name="output">Index of the output; with <see cref="Link.Logistic"/> there is one, the second class's.</param>
    public double Coefficient(int lambda, int feature, int output) => _coefficients[feature, (lambda * _vectors) + output];

    /// <summary>Intercept of one ridge and output.</summary>
    /// <param name="lambda">Position of the ridge in <see cref="Lambdas"/>.</param>
    /// <param name="output">Index of the output.</param>
    public double Intercept(int lambda, int output)
    {
        double value = _atCentre[(lambda * _vectors) + output];
        for (int j = 0; j < _centre.Means.Length; j++)
            value -= (_centre.Means[j] + (_centre.Lost?[j] ?? 0)) * Coefficient(lambda, j, output);
        return value;
    }

    /// <summary>These models of coordinates x' V for the rows x themselves.</summary>
    /// <param name="vectors">V, one row a feature.</param>
    /// <param name="centre">What features are counted from where all coordinates are 0.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    internal RidgeModels Rotate(Matrix<double> vectors, Centring centre, int threads)
    {
        var coefficients = new Matrix<double>(vectors.Rows, _coefficients.Columns);
        Dense.Multiply(vectors, _coefficients, coefficients, threads: threads);
        return new RidgeModels(Lambdas, Link, centre, coefficients, _atCentre);
    }

    /// <summary>The coefficients of the model of the first ridge: one row a feature.</summary>
    internal Matrix<double> Coefficients => At(0)._coefficients;

    /// <summary>What features are counted from: a number and what its rounding lost, one row each.</summary>
    internal Matrix<double> Centre => new(2, _centre.Means.Length, [.. _centre.Means, .. _centre.Lost ?? new double[_centre.Means.Length]]);

    /// <summary>The weighted sums of the first ridge's model at the centre.</summary>
    internal double[] AtCentre => _atCentre[.._vectors];

    /// <summary>The model of one ridge by itself.</summary>
    /// <param name="lambda">Position of the ridge in <see cref="Lambdas"/>.</param>
    public RidgeModels At(int lambda)
    {
        var part = new Matrix<double>(_coefficients.Rows, _vectors);
        for (int j = 0; j < part.Rows; j++)
            _coefficients.Row(j).Slice(lambda * _vectors, _vectors).CopyTo(part.Row(j));
        return new RidgeModels(Grid.Of(Lambdas[lambda]), Link, _centre, part, _atCentre[(lambda * _vectors)..((lambda + 1) * _vectors)]);
    }

    /// <summary>Models of one ridge each, of increasing ridges, as one; all from the same rows.</summary>
    internal static RidgeModels Join(IReadOnlyList<RidgeModels> models)
    {
        int vectors = models[0]._vectors;
        var coefficients = new Matrix<double>(models[0]._coefficients.Rows, models.Count * vectors);
        for (int l = 0; l < models.Count; l++)
        {
            for (int j = 0; j < coefficients.Rows; j++)
                models[l]._coefficients.Row(j).CopyTo(coefficients.Row(j)[(l * vectors)..]);
        }
        return new RidgeModels(
            Grid.Of([.. models.Select(m => m.Lambdas[0])]), models[0].Link, models[0]._centre, coefficients,
            [.. models.SelectMany(m => m._atCentre)]);
    }

    /// <summary>The same coefficients about another centre.</summary>
    internal RidgeModels MovedTo(Centring centre, ReadOnlySpan<double> atCentre)
    {
        var repeated = new double[_coefficients.Columns];
        for (int l = 0; l < Lambdas.Count; l++)
            atCentre.CopyTo(repeated.AsSpan(l * _vectors, _vectors));
        return new RidgeModels(Lambdas, Link, centre, _coefficients, repeated);
    }

    /// <summary>Predictions of the model of one ridge, one row a row and one column an output.</summary>
    /// <param name="rows">Rows with the features that the models were trained on.</param>
    /// <param name="lambda">Position of the ridge in <see cref="Lambdas"/>.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public Matrix<double> Predict(FeatureRows rows, int lambda = 0, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var model = new Matrix<double>(_coefficients.Rows, _vectors);
        for (int j = 0; j < model.Rows; j++)
            _coefficients.Row(j).Slice(lambda * _vectors, _vectors).CopyTo(model.Row(j));
        var predictions = new Matrix<double>(rows.Count, Outputs);
        rows.ForEachChunk(_centre, null, threads, (first, chunk) =>
        {
            var sums = new Matrix<double>(chunk.Rows, _vectors);
            Dense.Multiply(chunk, model, sums, threads: threads);
            for (int i = 0; i < chunk.Rows; i++)
                ToScores(sums.Row(i), lambda, predictions.Row(first + i));
        });
        return predictions;
    }

    /// <summary>The same for the first ridge and rows of one matrix, with as good as no memory of its own.</summary>
    internal void Predict(Matrix<double> rows, Matrix<double> predictions, int threads)
    {
        const int BlockRows = 256;
        Matrix<double> vectors = Coefficients.Transposed();
        FixedBlocks.Cut(rows.Rows, BlockRows, threads, (first, count) =>
        {
            double[] rented = ArrayPool<double>.Shared.Rent(rows.Columns + _vectors);
            Span<double> centred = rented.AsSpan(0, rows.Columns), sums = rented.AsSpan(rows.Columns, _vectors);
            for (int i = first; i < first + count; i++)
            {
                TensorPrimitives.Subtract(rows.Row(i), _centre.Means, centred);
                if (_centre.Lost is { } lost)
                    TensorPrimitives.Subtract(centred, lost, centred);
                for (int k = 0; k < _vectors; k++)
                    sums[k] = TensorPrimitives.Dot<double>(centred, vectors.Row(k));
                ToScores(sums, 0, predictions.Row(i));
            }
            ArrayPool<double>.Shared.Return(rented);
        });
    }

    /// <summary>Test error, accuracy and agreement of every ridge's model.</summary>
    /// <param name="rows">Test rows.</param>
    /// <param name="truth">Their true labels, in the same order.</param>
    /// <param name="reference">Predictions of another model to compare the choices with, or null.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public Evaluation[] Evaluate(FeatureRows rows, TrueLabels truth, Matrix<double>? reference = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return Summarise(Judge(rows, truth, threads, reference), truth.IsClassification);
    }

    /// <summary>Means over judged rows, one a model.</summary>
    internal static Evaluation[] Summarise(Judgement[,] judged, bool classification)
    {
        var tallies = new Tally[judged.GetLength(1)];
        AddTo(tallies, judged);
        return [.. tallies.Select(tally => tally.ToEvaluation(judged.GetLength(0), classification))];
    }

    /// <summary>Mean squared error of every output by itself, for the first ridge.</summary>
    internal double[] OutputErrors(FeatureRows rows, TrueLabels truth, int threads)
    {
        Matrix<double> targets = truth.Targets(), predicted = Predict(rows, 0, threads);
        var errors = new double[Outputs];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int c = 0; c < Outputs; c++)
                errors[c] += (predicted[i, c] - targets[i, c]) * (predicted[i, c] - targets[i, c]);
        }
        TensorPrimitives.Divide(errors, rows.Count, errors);
        return errors;
    }

    /// <summary>Losses of every row under every ridge's model, for paired comparisons.</summary>
    /// <param name="rows">Rows with true labels.</param>
    /// <param name="truth">These labels, in the same order.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    /// <param name="reference">Predictions of another model to compare the choices with, or null.</param>
    internal Judgement[,] Judge(FeatureRows rows, TrueLabels truth, int threads, Matrix<double>? reference = null)
    {
        var all = new Judgement[rows.Count, Lambdas.Count];
        ForEachJudgedChunk(rows, truth, reference, threads, (first, judged) =>
        {
            for (int i = 0; i < judged.GetLength(0); i++)
            {
                for (int l = 0; l < Lambdas.Count; l++)
                    all[first + i, l] = judged[i, l];
            }
        });
        return all;
    }

    private void ForEachJudgedChunk(FeatureRows rows, TrueLabels truth, Matrix<double>? reference, int threads,
        Action<int, Judgement[,]> use)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Require.SameLength(rows.Count, truth.Count, nameof(truth));
        var scratch = new Scratch();
        Judgement[,] judged = new Judgement[0, 0];
        rows.ForEachChunk(_centre, null, threads, (first, chunk) =>
        {
            Matrix<double> sums = scratch.Shaped(chunk.Rows, _coefficients.Columns);
            Dense.Multiply(chunk, _coefficients, sums, threads: threads);
            if (judged.GetLength(0) != chunk.Rows)
                judged = new Judgement[chunk.Rows, Lambdas.Count];
            FixedBlocks.Run(chunk.Rows, threads, i =>
            {
                Span<double> score = Outputs <= 64 ? stackalloc double[Outputs] : new double[Outputs];
                for (int l = 0; l < Lambdas.Count; l++)
                {
                    ToScores(sums.Row(i).Slice(l * _vectors, _vectors), l, score);
                    judged[i, l] = truth.Judge(first + i, score, reference is null ? [] : reference.Row(first + i));
                }
            });
            use(first, judged);
        });
    }

    private void ToScores(ReadOnlySpan<double> sums, int lambda, Span<double> scores)
    {
        Span<double> raw = scores[(scores.Length - _vectors)..];
        TensorPrimitives.Add(sums, _atCentre.AsSpan(lambda * _vectors, _vectors), raw);
        Link.Apply(scores);
    }

    private static void AddTo(Tally[] tallies, Judgement[,] judged)
    {
        for (int i = 0; i < judged.GetLength(0); i++)
        {
            for (int l = 0; l < tallies.Length; l++)
                tallies[l].Add(judged[i, l]);
        }
    }

    private struct Tally
    {
        private double _squared, _fourth;
        private long _right, _agreed;

        public void Add(Judgement judgement)
        {
            _squared += judgement.SquaredDistance;
            _fourth += judgement.SquaredDistance * judgement.SquaredDistance;
            _right += judgement.IsRight ? 1 : 0;
            _agreed += judgement.Agrees ? 1 : 0;
        }

        public readonly Evaluation ToEvaluation(int rows, bool classification)
        {
            double error = _squared / rows, right = (double)_right / rows;
            double perRow = rows > 1 ? 1.0 / (rows - 1) : double.NaN;
            // Two rows more that are right and two that are wrong (Agresti and Coull 1998): no model is known to be always right.
            double more = (_right + 2.0) / (rows + 4);
            return (classification ? new Evaluation(error, right, (double)_agreed / rows)
                : new Evaluation(error, double.NaN, double.NaN)) with
            {
                ErrorSe = Math.Sqrt(Math.Max(0, (_fourth / rows) - (error * error)) * perRow),
                AccuracySe = classification ? Math.Sqrt(more * (1 - more) / (rows + 4)) : double.NaN,
            };
        }
    }
}

/// <summary>How well a model does on test rows.</summary>
/// <param name="Error">Mean over rows of the squared distance between prediction and target, summed over outputs.</param>
/// <param name="Accuracy">Share of rows whose largest score is at the true class; NaN for regression.</param>
/// <param name="Agreement">Share of rows where the choice is the reference model's; NaN for regression, 0 without a reference.</param>
public readonly record struct Evaluation(double Error, double Accuracy, double Agreement)
{
    /// <summary>Nothing was measured.</summary>
    public static Evaluation None { get; } =
        new(double.NaN, double.NaN, double.NaN) { ErrorSe = double.NaN, AccuracySe = double.NaN };

    /// <summary>Standard error of <see cref="Error"/> over the test rows.</summary>
    public double ErrorSe { get; init; }

    /// <summary>Standard error of <see cref="Accuracy"/> over the test rows, by two rows more that are right and two that are wrong, so
    /// that it is not 0 where all are right; NaN for regression.</summary>
    public double AccuracySe { get; init; }
}

/// <summary>One prediction against the truth.</summary>
/// <param name="SquaredDistance">Squared distance to the target, summed over outputs.</param>
/// <param name="IsRight">Whether the largest score is at the true class; false for regression.</param>
/// <param name="Agrees">Whether the largest score is where the reference model's is; false without a reference.</param>
internal readonly record struct Judgement(double SquaredDistance, bool IsRight, bool Agrees);
