using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Heads;

// Minimises  f(W) = sum_i w_i (cross-entropy of row i) + (lambda/2) ||W||^2  (intercepts free) over a falling sequence of lambda, each from
// the one before.
//
// Limited-memory BFGS whose first guess of the inverse curvature is M^-1, M = X' diag(mean_k p_k (1 - p_k)) X + lambda I: for two
// classes that is Newton's step, for more its block-diagonal mean. f is convex, so a step is good when the slope along it has shrunk
// enough; values of f, which round off long before its gradient does, are never compared. Along the direction only the scores change,
// so trial steps cost no products.
//
// The stopping rule bounds the probabilities: near the minimum  sum_i w_i |p_i - p_i*|^2
// <= g' H^-1 g  (curvature of a softmax is at most 1/2).

/// <summary>Penalised logistic regression along a path of ridges.</summary>
internal sealed class LogisticSolver
{
    private const int Memory = 100, MostIterations = 3000, Refresh = 40, Patience = 8;
    private const double Tolerance = 1e-7, Tolerable = 1e-7; // of every probability
    private const double SlopeShare = 0.9;
    private readonly LogisticDesign _design;
    private readonly LogisticLoss _loss;
    private readonly int _threads;
    private readonly Matrix<double> _weights, _gradient, _next, _direction, _columns;
    private readonly List<(Matrix<double> Step, Matrix<double> Change)> _pairs = [];
    private readonly double _enough, _tolerable;
    private Matrix<double> _metric;

    public LogisticSolver(LogisticDesign design, Matrix<double> targets, int threads)
    {
        _design = design;
        _threads = threads;
        _loss = new LogisticLoss(design, targets, threads);
        Matrix<double> Like() => new(NarrowProduct.Padded(targets.Columns), design.X.Columns);
        (_weights, _gradient, _next, _direction) = (Like(), Like(), Like(), Like());
        _columns = new Matrix<double>(design.X.Columns, targets.Columns);
        _metric = new Matrix<double>(0, 0);
        double least = TensorPrimitives.Min<double>(design.Weights);
        (_enough, _tolerable) = (Tolerance * Tolerance * least, Tolerable * Tolerable * least);
        _loss.Slope(0, _gradient);
    }

    /// <summary>Steps taken so far.</summary>
    public int Iterations { get; private set; }

    /// <summary>Coefficients at this ridge, one row a column of the design; a view that the next call changes.</summary>
    /// <param name="lambda">Above 0 and at most that of the call before.</param>
    /// <param name="previous">The ridge of the call before; at first the same as <paramref name="lambda"/>.</param>
    /// <returns>The coefficients, and whether they are as exact as asked.</returns>
    public (Matrix<double> Weights, bool Converged) Solve(double lambda, double previous)
    {
        Shift(lambda - previous);
        MakeMetric(lambda);
        double best = double.PositiveInfinity;
        for (int iteration = 1, sinceBest = 0; iteration <= MostIterations; iteration++)
        {
            double decrement = Aim();
            Iterations++;
            if (decrement <= _enough || (decrement <= _tolerable && sinceBest > Patience))
                return (_weights, true);
            sinceBest = decrement < 0.9 * best ? 0 : sinceBest + 1;
            best = Math.Min(best, decrement);
            double step = 1, slope = _loss.Aim(_direction, _next) + Penalty(lambda, 1);
            if (Math.Abs(slope) > SlopeShare * decrement)
            {
                step = Search(-decrement, slope, lambda);
                _loss.Slope(step, _next);
            }
            if (!Take(step, lambda))
                return (_weights, decrement <= _tolerable);
            if (iteration % Refresh == 0)
                MakeMetric(lambda);
        }
        return (_weights, false);
    }

    /// <summary>The penalty's part of gradient and curvature when lambda changes.</summary>
    private void Shift(double change)
    {
        if (change == 0)
            return;
        AddPenalty(change, _weights, _gradient);
        foreach ((Matrix<double> step, Matrix<double> difference) in _pairs)
            AddPenalty(change, step, difference);
        _pairs.RemoveAll(pair => !(TensorPrimitives.Dot<double>(pair.Step.Data, pair.Change.Data) > 0));
    }

    private void MakeMetric(double lambda)
    {
        int size = _design.X.Columns;
        var gram = new Matrix<double>(size, size);
        _loss.AddCurvature(gram);
        double trace = 0;
        for (int j = 0; j < size; j++)
            trace += gram[j, j];
        double noise = 1e-15 * (trace + lambda);
        for (int j = 0; j < size; j++)
            gram[j, j] += j == _design.Intercept ? noise : lambda + noise;
        if (Dense.TryCholesky(gram, _threads))
            _metric = gram;
    }

    /// <summary>The direction by the two-loop recursion; returns minus its slope, an estimate of g' H^-1 g.</summary>
    private double Aim()
    {
        Span<double> direction = _direction.Data;
        TensorPrimitives.Negate(_gradient.Data, direction);
        Span<double> alphas = stackalloc double[Memory];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            (Matrix<double> step, Matrix<double> change) = _pairs[i];
            alphas[i] = TensorPrimitives.Dot<double>(step.Data, direction) / TensorPrimitives.Dot<double>(step.Data, change.Data);
            TensorPrimitives.MultiplyAdd(change.Data, -alphas[i], direction, direction);
        }
        ApplyMetric(_direction);
        for (int i = 0; i < _pairs.Count; i++)
        {
            (Matrix<double> step, Matrix<double> change) = _pairs[i];
            double beta = TensorPrimitives.Dot<double>(change.Data, direction) / TensorPrimitives.Dot<double>(step.Data, change.Data);
            TensorPrimitives.MultiplyAdd(step.Data, alphas[i] - beta, direction, direction);
        }
        Balance(_direction);
        return -TensorPrimitives.Dot<double>(_gradient.Data, direction);
    }

    /// <summary>A step where the slope, which rises along the direction, has shrunk enough.</summary>
    private double Search(double slopeAtZero, double slopeAtOne, double lambda)
    {
        double low = 0, lowSlope = slopeAtZero, high = 1, highSlope = slopeAtOne;
        while (highSlope < 0 && high < 1e12 && Math.Abs(highSlope) > SlopeShare * -slopeAtZero)
        {
            (low, lowSlope) = (high, highSlope);
            high *= 4;
            highSlope = _loss.Slope(high) + Penalty(lambda, high);
        }
        if (Math.Abs(highSlope) <= SlopeShare * -slopeAtZero)
            return high;
        for (int i = 0; i < 60; i++)
        {
            double share = Math.Clamp(lowSlope / (lowSlope - highSlope), 0.1, 0.9), step = low + (share * (high - low));
            double slope = _loss.Slope(step) + Penalty(lambda, step);
            if (Math.Abs(slope) <= SlopeShare * -slopeAtZero)
                return step;
            if (slope < 0)
                (low, lowSlope) = (step, slope);
            else
                (high, highSlope) = (step, slope);
        }
        return low > 0 ? low : high;
    }

    /// <summary>Moves; false when rounding leaves nothing to gain.</summary>
    private bool Take(double step, double lambda)
    {
        _loss.Move(step);
        Matrix<double> taken = _pairs.Count == Memory ? _pairs[0].Step : new(_weights.Rows, _weights.Columns);
        Matrix<double> change = _pairs.Count == Memory ? _pairs[0].Change : new(_weights.Rows, _weights.Columns);
        if (_pairs.Count == Memory)
            _pairs.RemoveAt(0);
        TensorPrimitives.Multiply(_direction.Data, step, taken.Data);
        TensorPrimitives.Add(_weights.Data, taken.Data, _weights.Data);
        AddPenalty(lambda, _weights, _next);
        TensorPrimitives.Subtract(_next.Data, _gradient.Data, change.Data);
        _next.Data.CopyTo(_gradient.Data);
        bool curved = TensorPrimitives.Dot<double>(taken.Data, change.Data) > 0;
        if (curved)
            _pairs.Add((taken, change));
        return curved;
    }

    /// <summary>M^-1 on every output.</summary>
    private void ApplyMetric(Matrix<double> vectors)
    {
        for (int j = 0; j < _columns.Rows; j++)
        {
            for (int k = 0; k < _columns.Columns; k++)
                _columns[j, k] = vectors[k, j];
        }
        Dense.SolveLower(_metric, _columns, transpose: false, _threads);
        Dense.SolveLower(_metric, _columns, transpose: true, _threads);
        for (int j = 0; j < _columns.Rows; j++)
        {
            for (int k = 0; k < _columns.Columns; k++)
                vectors[k, j] = _columns[j, k];
        }
    }

    /// <summary>
    /// Makes several outputs sum to zero in every column. Adding the same to all outputs changes no probability, so gradients and
    /// directions of a penalised fit have none of it; what rounding adds would be the slowest direction of all.
    /// </summary>
    private void Balance(Matrix<double> vectors)
    {
        int outputs = _columns.Columns;
        for (int j = 0; outputs > 1 && j < vectors.Columns; j++)
        {
            double mean = 0;
            for (int k = 0; k < outputs; k++)
                mean += vectors[k, j];
            mean /= outputs;
            for (int k = 0; k < outputs; k++)
                vectors[k, j] -= mean;
        }
    }

    private double Penalty(double lambda, double step)
    {
        double slope = 0;
        for (int k = 0; k < _weights.Rows; k++)
        {
            double here = TensorPrimitives.Dot<double>(_weights.Row(k),
                _direction.Row(k)) - (_weights[k, _design.Intercept] * _direction[k, _design.Intercept]);
            double along = TensorPrimitives.Dot<double>(_direction.Row(k),
                _direction.Row(k)) - (_direction[k, _design.Intercept] * _direction[k, _design.Intercept]);
            slope += here + (step * along);
        }
        return lambda * slope;
    }

    private void AddPenalty(double lambda, Matrix<double> weights, Matrix<double> gradient)
    {
        for (int k = 0; k < weights.Rows; k++)
        {
            double intercept = gradient[k, _design.Intercept];
            TensorPrimitives.MultiplyAdd(weights.Row(k), lambda, gradient.Row(k), gradient.Row(k));
            gradient[k, _design.Intercept] = intercept;
        }
    }
}
