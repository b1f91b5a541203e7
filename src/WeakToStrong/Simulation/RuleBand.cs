using WeakToStrong.LinearAlgebra;
using WeakToStrong.Rules;

namespace WeakToStrong.Simulation;

/// <summary>
/// The leading block of a random band A, as the spectrum of A'A/n (or AA'/n, with fewer rows than columns) with weights of its first
/// directions: every rule's estimate is a sum over it. One thread's workspace.
/// </summary>
/// <remarks>
/// Teacher: the columns of the design that are independent of the labels are the transposed band of <see cref="TeacherRecursion"/>, behind
/// the column of
/// <see cref="LabelledRows"/>; so column i has entries in rows i-1, i, i+1. Student: the band of <see cref="PlainStudentRecursion"/>, rows
/// i-1 and i. The random
/// numbers are those of the ridge engine (docs/simulation.md).
/// </remarks>
internal sealed class RuleBand
{
    private readonly long _n;
    private readonly int _size;
    private readonly bool _tall, _noisy;
    private readonly BandedRows _band;
    private readonly double[] _above, _diagonal, _below; // entries of A by column, in rows i-1, i and i+1
    private readonly double[] _eigenvalues, _scratch;
    private readonly Matrix<double> _weights;
    private double _label;

    /// <summary>A band for rules of at most this degree.</summary>
    public RuleBand(long n, long d, bool noisy, double degree)
    {
        (_n, _noisy, _tall) = (n, noisy, n >= d);
        long all = Math.Min(n, d);
        double needed = (noisy ? degree : degree / 2) + 4;
        if (needed >= all && all > DenseSimulator.LargestDimension)
        {
            throw new InputException($"the training rules need all {all} leading rows of n = {n}, d = {d}; "
                + $"the exact engine takes at most {DenseSimulator.LargestDimension}: make the rules smoother or d smaller");
        }
        _size = (int)Math.Min(Math.Ceiling(needed), all);
        _band = noisy ? new BandedRows(d - 1, n, bandwidth: 2) : new BandedRows(n, d, bandwidth: 1);
        // One column more than a tall band needs, and than there may be: what does not exist is 0.
        (_above, _diagonal, _below) = (new double[_size + 2], new double[_size + 2], new double[_size + 2]);
        (_eigenvalues, _scratch) = (new double[_size], new double[_size]);
        _weights = new Matrix<double>(_size, noisy ? 2 : 1);
    }

    /// <summary>Rows of the block.</summary>
    public int Size => _size;

    /// <summary>Draws a teacher's band and decomposes it.</summary>
    /// <param name="name">Which band.</param>
    /// <param name="rows">The labels.</param>
    /// <param name="norm">a, norm of the coefficients that label the rows; positive.</param>
    /// <param name="noise">sigma.</param>
    public void Draw(in BandName name, in LabelledRows rows, double norm, double noise)
    {
        LabelColumn first = rows.Along(norm, noise);
        _label = double.Hypot(norm, noise) * rows.Label;
        int count = (int)Math.Min(_size, _band.All);
        _band.ReadLeading(name, _above.AsSpan(1, count), _diagonal.AsSpan(1, count), _below.AsSpan(1, count));
        (_diagonal[0], _below[0]) = (first.Column1, first.Column2);
        Decompose();
    }

    /// <summary>Draws a student's band and decomposes it.</summary>
    public void Draw(in BandName name)
    {
        _band.ReadLeading(name, _diagonal.AsSpan(0, _size), [], _above.AsSpan(1, _size));
        Decompose();
    }

    private void Decompose()
    {
        var gram = new Matrix<double>(_size, _size);
        for (int i = 0; i < _size; i++)
        {
            for (int j = Math.Max(0, i - 2); j <= i; j++)
                gram[i, j] = Product(i, j) / _n;
        }
        _weights.Data.Clear();
        _weights[0, 0] = 1;
        if (_noisy)
        {
            // Tall: A'y beside e_0. Wide: y is along e_0, and A e_0 is what reads the estimate's first coordinate.
            _weights[0, 1] = _diagonal[0];
            if (!_tall && _size > 1)
                _weights[1, 1] = _below[0];
            if (_tall && _size > 1)
                _weights[1, 1] = _above[1];
        }
        Tridiagonalisation tridiagonal = Dense.Tridiagonalise(gram);
        tridiagonal.Apply(_weights, transpose: true);
        tridiagonal.Diagonal.CopyTo(_eigenvalues);
        tridiagonal.OffDiagonal.CopyTo(_scratch);
        TridiagonalQl.Solve(_eigenvalues, _scratch, _weights.AsBlock());
    }

    /// <summary>The estimate of a rule on noisy labels: its coordinate along beta* and its squared norm.</summary>
    public (double Along, double SquaredNorm) Fit(TrainingRule rule)
    {
        double along = 0, square = 0;
        for (int k = 0; k < _size; k++)
        {
            double s = Math.Max(0, _eigenvalues[k]), f = rule.Gain(s), w0 = _weights[k, 0], w1 = _weights[k, 1];
            along += f * w0 * w1;
            square += f * f * (_tall ? w1 * w1 : s * w0 * w0 * _n);
        }
        double scale = _label / _n;
        return (scale * along, scale * scale * square);
    }

    /// <summary>
    /// A student of noiseless labels, per unit of the teacher's norm: what is lost along the teacher, and the squared norm of the rest.
    /// </summary>
    public (double LostAlong, double Across2) Follow(TrainingRule rule)
    {
        double lost = 0, kept = 0, square = 0, first = _diagonal[0] * _diagonal[0] / _n;
        for (int k = 0; k < _size; k++)
        {
            double s = Math.Max(0, _eigenvalues[k]), weight = _weights[k, 0] * _weights[k, 0], f = rule.Gain(s);
            if (_tall)
            {
                double h = rule.Kept(s);
                lost += weight * rule.Lost(s);
                kept += weight * h;
                square += weight * h * h;
            }
            else
            {
                kept += first * weight * f;
                square += first * weight * s * f * f;
            }
        }
        return (_tall ? lost : 1 - kept, Math.Max(0, square - (kept * kept)));
    }

    /// <summary>Entry (i, j), j at most i, of A'A for tall and of AA' for wide bands.</summary>
    private double Product(int i, int j) => _tall
        ? (i - j) switch
        {
            0 => (_above[i] * _above[i]) + (_diagonal[i] * _diagonal[i]) + (_below[i] * _below[i]),
            1 => (_above[i] * _diagonal[j]) + (_diagonal[i] * _below[j]),
            _ => _above[i] * _below[j],
        }
        : (i - j) switch
        {
            // Row r holds below[r-1], diagonal[r], above[r+1].
            0 => Square(i > 0 ? _below[i - 1] : 0) + Square(_diagonal[i]) + Square(_above[i + 1]),
            1 => (_below[j] * _diagonal[j]) + (_diagonal[i] * _above[j + 1]),
            _ => _below[j + 1] * _above[j + 1],
        };

    private static double Square(double x) => x * x;
}
