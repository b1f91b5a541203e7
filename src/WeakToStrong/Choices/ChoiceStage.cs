using System.Numerics.Tensors;
using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

/// <summary>What a stage gives at one ridge; the fields are those of <see cref="PredictedModel"/>.</summary>
internal readonly record struct StageOutcome(
    double Ridge, double Kappa, double SquaredError, Matrix<double> Mean, double[] Filter, Matrix<double> Fresh, double SourceTrust,
    Matrix<double> InterceptError)
{
    /// <summary>What turns the mean square of residuals of true labels into <see cref="Fresh"/>; 0 without true labels.</summary>
    public double TrueScale { get; init; }

    /// <summary>Covariance of intercepts and coefficients in the same unit.</summary>
    public double TrueCross { get; init; }

    /// <summary>Share of the teacher's labels in the intercepts.</summary>
    public double SourcePart { get; init; }
}

/// <summary>
/// The training stage of docs/beyond.md for several outputs that share features, rows and ridge: true labels, a teacher's labels, or both.
/// Numbers about labels become K x K matrices over outputs; everything else is as for one.
/// </summary>
internal sealed class ChoiceStage
{
    private readonly PairSide _side;
    private readonly LabelSource? _source;
    private readonly double[] _rows, _weights;
    private readonly GroupBalance _balance;
    private readonly bool _intercept;
    private readonly int _outputs;

    /// <summary>A stage. A group without rows is left out.</summary>
    /// <param name="side">The features.</param>
    /// <param name="trueRows">Rows with true labels, each of weight <paramref name="trueWeight"/>.</param>
    /// <param name="trueWeight">Positive.</param>
    /// <param name="source">The teacher of the other rows, or null.</param>
    /// <param name="sourceRows">Rows with its labels, each of weight 1.</param>
    /// <param name="intercept">Whether the model has an intercept that is not penalised.</param>
    public ChoiceStage(PairSide side, long trueRows, double trueWeight, LabelSource? source, long sourceRows, bool intercept)
    {
        _side = side;
        _source = source;
        _intercept = intercept;
        _outputs = side.Truth.Rows;
        _rows = source is null ? [trueRows] : trueRows == 0 ? [sourceRows] : [trueRows, sourceRows];
        _weights = source is null ? [trueWeight] : trueRows == 0 ? [1] : [trueWeight, 1];
        // Centring at the training means leaves the law of one row less.
        double kept = intercept ? 1 - (1 / _rows.Sum()) : 1;
        _balance = new GroupBalance([.. _rows.Select(n => n * kept)], _weights);
    }

    private bool TruthAlone => _source is null;

    private bool SourceAlone => _source is not null && _rows.Length == 1;

    /// <summary>The stage at one ridge, in the normalisation (1/N) sum w (y - x'b)^2 + lambda |b|^2.</summary>
    public StageOutcome At(double ridge)
    {
        (double kappa, double z) = _balance.Settle(_side.Basis.Spectrum, _intercept ? ridge * (_rows.Sum() / _balance.Rows) : ridge);
        Span<double> trust = stackalloc double[2];
        double unspent = _balance.Trust(z, trust[.._rows.Length]);
        double truth = SourceAlone ? 0 : trust[0], taught = TruthAlone ? 0 : trust[_rows.Length - 1];
        double[] spectrum = _side.Basis.Spectrum.Padded, h = new double[spectrum.Length], g = new double[spectrum.Length];
        double df2 = 0, slope = 0;
        for (int j = 0; j < h.Length; j++)
        {
            h[j] = spectrum[j] == 0 ? 0 : spectrum[j] / (spectrum[j] + kappa);
            g[j] = spectrum[j] == 0 ? 0 : kappa / (spectrum[j] + kappa);
            df2 += h[j] * h[j];
            slope += g[j] * h[j];
        }
        Matrix<double> mean = new(_outputs, h.Length), off = new(_outputs, h.Length), miss = new(_outputs, h.Length);
        for (int k = 0; k < _outputs; k++)
            Mix(k, h, g, truth, taught, mean.Row(k), off.Row(k), miss.Row(k));
        (double inherited, double truthSpread, double sourceSpread) = Inherited(h, g, truth, taught);

        double perRow = 0;
        Matrix<double> fresh = new(_outputs, _outputs), trueResidual = Residual(off, _side.Residual, truthSpread),
            taughtResidual = new(_outputs, _outputs);
        if (_source is not null)
            taughtResidual = Residual(miss, _source.Unexplained, sourceSpread);
        for (int i = 0; i < _rows.Length; i++)
        {
            double share = trust[i] * trust[i] / (_rows[i] * (_balance.Rows / _rows.Sum()));
            perRow += share;
            Add(fresh, i == 0 && !SourceAlone ? trueResidual : taughtResidual, share);
        }
        double stability = unspent + (slope * perRow);
        for (int i = 0; i < fresh.Data.Length; i++)
            fresh.Data[i] = fresh.Data[i] == 0 ? 0 : fresh.Data[i] / stability;

        Matrix<double> intercept = Intercept(trueResidual, taughtResidual, fresh, df2);
        double error = _side.Residual.Trace() + TensorPrimitives.SumOfSquares<double>(off.Data) + (fresh.Trace() * df2) + intercept.Trace();
        if (_source is not null)
            error += inherited * _source.Scale.Trace();
        return new StageOutcome(ridge, kappa, error, mean, h, fresh, taught, intercept)
        {
            TrueScale = SourceAlone ? 0 : trust[0] * trust[0] / _rows[0] / stability,
            TrueCross = SourceAlone || !_intercept ? 0 : trust[0] * Part(0) / _rows[0],
            SourcePart = TruthAlone || !_intercept ? 0 : Part(_rows.Length - 1),
        };
    }

    /// <summary>An output's mean, what it lacks of the truth, and what it misses of the teacher's labels.</summary>
    private void Mix(int k, double[] h, double[] g, double truth, double taught, Span<double> mean, Span<double> off, Span<double> miss)
    {
        ReadOnlySpan<double> b = _side.Truth.Row(k), c = _source is null ? b : _source.Mean.Row(k);
        for (int j = 0; j < h.Length; j++)
        {
            double apart = b[j] - c[j];
            mean[j] = h[j] * ((truth * b[j]) + (taught * c[j]));
            off[j] = (g[j] * b[j]) + (h[j] * taught * apart);
            miss[j] = (g[j] * c[j]) - (h[j] * truth * apart);
        }
    }

    /// <summary>The spread that comes from the teacher, in units of its scale: in the model, in its misses of true labels, in its misses
    /// of the teacher's.</summary>
    private (double Model, double Truth, double Source) Inherited(double[] h, double[] g, double truth, double taught)
    {
        if (_source is null)
            return default;
        double model = 0, source = 0;
        for (int j = 0; j < h.Length; j++)
        {
            double own = taught * h[j], left = g[j] + (h[j] * truth);
            model += own * own * _source.Variance[j];
            source += left * left * _source.Variance[j];
        }
        return (model, model, source);
    }

    private Matrix<double> Residual(Matrix<double> misses, Matrix<double> noise, double spread)
    {
        var residual = new Matrix<double>(_outputs, _outputs);
        for (int k = 0; k < _outputs; k++)
        {
            for (int l = 0; l < _outputs; l++)
                residual[k, l] = noise[k, l] + TensorPrimitives.Dot<double>(misses.Row(k), misses.Row(l))
                    + (_source is null ? 0 : spread * _source.Scale[k, l]);
        }
        return residual;
    }

    /// <summary>An intercept is the weighted mean of the residuals of the rows, each of which misses as a new row would, and hands on
    /// the teacher's own.</summary>
    private Matrix<double> Intercept(Matrix<double> trueResidual, Matrix<double> taughtResidual, Matrix<double> fresh, double df2)
    {
        var error = new Matrix<double>(_outputs, _outputs);
        if (!_intercept)
            return error;
        for (int i = 0; i < _rows.Length; i++)
        {
            double part = Part(i);
            bool taught = SourceAlone || i == 1;
            Add(error, taught ? taughtResidual : trueResidual, part * part / _rows[i]);
            Add(error, fresh, part * part * df2 / _rows[i]);
            if (taught)
                Add(error, _source!.InterceptError, part * part);
        }
        return error;
    }

    /// <summary>Share of a group in the intercepts.</summary>
    private double Part(int group)
    {
        double total = 0;
        for (int i = 0; i < _rows.Length; i++)
            total += _rows[i] * _weights[i];
        return _rows[group] * _weights[group] / total;
    }

    private static void Add(Matrix<double> total, Matrix<double> term, double factor) =>
        TensorPrimitives.MultiplyAdd<double>(term.Data, factor, total.Data, total.Data);
}
