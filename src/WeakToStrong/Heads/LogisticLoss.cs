using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

/// <summary>
/// The data part of the penalised cross-entropy, sum_i w_i (-sum_k q_ik log p_ik), with p the softmax of K scores, or the logistic
/// function of one score for two classes. It keeps the scores of the current coefficients and of a direction, so that a step along the
/// direction costs no product with the features. Work is cut into blocks of rows of fixed size, each summed by itself: the same bits
/// for any number of threads.
/// </summary>
/// <remarks>Coefficients, directions and gradients have one row an output, filled up to <see cref="NarrowProduct.Padded"/> rows
/// that stay zero.</remarks>
internal sealed class LogisticLoss
{
    private const int BlockRows = 512, TileRows = 64, CurvatureRows = 8192;
    private readonly LogisticDesign _design;
    private readonly Matrix<double> _targets, _scores, _along, _residuals, _partial;
    private readonly double[] _slopes;
    private readonly int _blocks, _outputs, _padded, _threads;

    /// <summary>At coefficients zero.</summary>
    /// <param name="design">The rows.</param>
    /// <param name="targets">Their target probabilities: K columns, or for two classes one, the second class's.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public LogisticLoss(LogisticDesign design, Matrix<double> targets, int threads)
    {
        (_design, _threads, _outputs, _padded) = (design, threads, targets.Columns, NarrowProduct.Padded(targets.Columns));
        int rows = design.X.Rows;
        _blocks = FixedBlocks.Count(rows, BlockRows);
        (_targets, _scores, _along, _residuals) = (new(rows, _padded), new(rows, _padded), new(rows, _padded), new(rows, _padded));
        for (int i = 0; i < rows; i++)
            targets.Row(i).CopyTo(_targets.Row(i));
        _partial = new Matrix<double>(_blocks, design.X.Columns * _padded);
        _slopes = new double[_blocks];
    }

    /// <summary>Takes a new direction, and makes its slope and gradient at a step of 1.</summary>
    public double Aim(Matrix<double> direction, Matrix<double> gradient) => Run(direction, 1, gradient);

    /// <summary>The slope along the direction after a step from the current scores.</summary>
    public double Slope(double step) => Run(null, step, null);

    /// <summary>Slope and gradient after a step along the direction.</summary>
    public double Slope(double step, Matrix<double> gradient) => Run(null, step, gradient);

    /// <summary>Moves the current scores along the direction.</summary>
    public void Move(double step) => TensorPrimitives.MultiplyAdd(_along.Data, step, _scores.Data, _scores.Data);

    /// <summary>
    /// Adds X' diag(c) X to the lower triangle of a matrix, where c_i is w_i times the mean over outputs of p (1 - p) at the current
    /// scores: the second derivative for one output, the mean of its diagonal blocks for several.
    /// </summary>
    public void AddCurvature(Matrix<double> gram)
    {
        Matrix<double> x = _design.X, scaled = new(Math.Min(x.Rows, CurvatureRows), x.Columns);
        for (int first = 0; first < x.Rows; first += scaled.Rows)
        {
            int count = Math.Min(scaled.Rows, x.Rows - first), start = first;
            FixedBlocks.Run(count, _threads, i =>
                TensorPrimitives.Multiply(x.Row(start + i), Math.Sqrt(Curvature(start + i)), scaled.Row(i)));
            Dense.AddGram(scaled.FirstRows(count), gram, 1, _threads);
        }
    }

    private double Curvature(int row)
    {
        Span<double> p = _residuals.Row(row); // free between runs
        _scores.Row(row).CopyTo(p);
        ToProbabilities(p);
        double sum = 0;
        foreach (double probability in p)
            sum += probability * (1 - probability);
        return _design.Weights[row] * sum / _outputs;
    }

    private double Run(Matrix<double>? direction, double step, Matrix<double>? gradient)
    {
        FixedBlocks.Run(_blocks, _threads, new Sweep(this, direction, step, gradient is not null));
        if (gradient is not null)
        {
            gradient.Data.Clear();
            for (int block = 0; block < _blocks; block++)
                TensorPrimitives.Add(gradient.Data, _partial.Row(block), gradient.Data);
        }
        double slope = 0;
        foreach (double part in _slopes)
            slope += part;
        return slope;
    }

    private void ToProbabilities(Span<double> scores)
    {
        if (_outputs == 1)
            LinkFunctions.Logistic(scores);
        else
            LinkFunctions.Softmax(scores, _outputs, _padded);
    }

    /// <summary>One block of rows: scores along the direction when it is new, residuals, their slope, and their part
    /// of the gradient.</summary>
    private readonly struct Sweep(LogisticLoss loss, Matrix<double>? direction, double step, bool withGradient) : IBlockWork
    {
        public void Run(int block)
        {
            int end = Math.Min(loss._design.X.Rows, (block + 1) * BlockRows), stride = loss._padded, features = loss._design.X.Columns;
            Span<double> part = loss._partial.Row(block);
            part.Clear();
            double slope = 0;
            for (int first = block * BlockRows; first < end; first += TileRows)
            {
                int rows = Math.Min(TileRows, end - first);
                ReadOnlySpan<double> x = loss._design.X.RowBlock(first, rows);
                Span<double> along = loss._along.RowBlock(first, rows), residuals = loss._residuals.RowBlock(first, rows);
                if (direction is not null)
                    NarrowProduct.Along(rows, features, stride, x, direction.Data, along);
                TensorPrimitives.MultiplyAdd(along, step, loss._scores.RowBlock(first, rows), residuals);
                loss.ToProbabilities(residuals);
                TensorPrimitives.Subtract(residuals, loss._targets.RowBlock(first, rows), residuals);
                for (int i = 0; i < rows; i++)
                {
                    double weight = loss._design.Weights[first + i];
                    foreach (ref double residual in residuals.Slice(i * stride, stride))
                        residual *= weight;
                }
                slope += TensorPrimitives.Dot<double>(residuals, along);
                if (withGradient)
                    NarrowProduct.Across(rows, features, stride, x, residuals, part);
            }
            loss._slopes[block] = slope;
        }
    }
}
