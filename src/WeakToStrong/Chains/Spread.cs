using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>
/// A covariance in signal coordinates: a diagonal (padded with zeros) as long as every penalty shares the eigen-directions of the features,
/// otherwise a full matrix. Never written after it is handed out.
/// </summary>
internal sealed class Spread
{
    private readonly Matrix<double>? _full;

    public Spread(double[] diagonal) => Diagonal = diagonal;

    public Spread(Matrix<double> full)
    {
        _full = full;
        var diagonal = new double[full.Rows];
        for (int j = 0; j < diagonal.Length; j++)
            diagonal[j] = full[j, j];
        Diagonal = SpectralSums.Pad(diagonal);
    }

    public double[] Diagonal { get; }

    public Spread Transposed()
    {
        if (_full is null)
            return this;
        var transposed = new Matrix<double>(_full.Rows, _full.Rows);
        for (int i = 0; i < _full.Rows; i++)
        {
            for (int j = 0; j < _full.Rows; j++)
                transposed[i, j] = _full[j, i];
        }
        return new Spread(transposed);
    }

    /// <summary>total + factor * term, where null is zero.</summary>
    public static Spread? Add(Spread? total, Spread? term, double factor)
    {
        if (term is null)
            return total;
        if (term._full is null && total?._full is null)
        {
            double[] sum = total is null ? new double[term.Diagonal.Length] : (double[])total.Diagonal.Clone();
            for (int j = 0; j < sum.Length; j++)
                sum[j] += factor * term.Diagonal[j];
            return new Spread(sum);
        }
        int d = (term._full ?? total!._full)!.Rows;
        Matrix<double> result = total is null ? new Matrix<double>(d, d) : total.ToMatrix(d).Copy();
        Span<double> to = result.Data, from = term.ToMatrix(d).Data;
        for (int i = 0; i < to.Length; i++)
            to[i] += factor * from[i];
        return new Spread(result);
    }

    /// <summary>The same covariance in the directions of a basis, Turn' C Turn.</summary>
    public Spread Into(PenaltyBasis basis) => basis.Turn is null ? this : new Spread(Sandwich(basis.Turn, transposeFirst: true));

    /// <summary>Back from the directions of a basis, Turn C Turn'.</summary>
    public Spread OutOf(PenaltyBasis basis) => basis.Turn is null ? this : new Spread(Sandwich(basis.Turn, transposeFirst: false));

    /// <summary>H C H + fresh H^2 with H = diag(h), in the directions of the basis that h belongs to.</summary>
    public static Spread Filtered(Spread? inherited, ReadOnlySpan<double> h, double fresh)
    {
        if (inherited?._full is not { } full)
        {
            var diagonal = new double[h.Length];
            for (int j = 0; j < diagonal.Length; j++)
                diagonal[j] = h[j] * h[j] * ((inherited is null ? 0 : inherited.Diagonal[j]) + fresh);
            return new Spread(diagonal);
        }
        Matrix<double> result = full.Copy();
        for (int i = 0; i < result.Rows; i++)
        {
            for (int j = 0; j < result.Rows; j++)
                result[i, j] *= h[i] * h[j];
            result[i, i] += fresh * h[i] * h[i];
        }
        return new Spread(result);
    }

    /// <summary>H C for the filter H = Turn diag(h) Turn' of a basis.</summary>
    public Spread FilteredLeft(PenaltyBasis basis, double kappa)
    {
        double[] h = Filter(basis.Spectrum, kappa);
        if (basis.Turn is null && _full is null)
        {
            var diagonal = new double[h.Length];
            for (int j = 0; j < h.Length; j++)
                diagonal[j] = h[j] * Diagonal[j];
            return new Spread(diagonal);
        }
        Matrix<double> c = ToMatrix(basis.Spectrum.Dimension).Copy();
        if (basis.Turn is { } turn)
        {
            var turned = new Matrix<double>(c.Rows, c.Rows);
            Dense.Multiply(turn, c, turned, transposeA: true);
            ScaleRows(turned, h);
            Dense.Multiply(turn, turned, c);
        }
        else
        {
            ScaleRows(c, h);
        }
        return new Spread(c);
    }

    /// <summary>The filter h_j = s_j/(s_j + kappa), padded with zeros.</summary>
    public static double[] Filter(Spectrum spectrum, double kappa)
    {
        var h = new double[spectrum.Padded.Length];
        for (int j = 0; j < h.Length; j++)
        {
            double s = spectrum.Padded[j];
            h[j] = s == 0 ? 0 : s / (s + kappa);
        }
        return h;
    }

    private static void ScaleRows(Matrix<double> matrix, double[] factors)
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            foreach (ref double value in matrix.Row(i))
                value *= factors[i];
        }
    }

    private Matrix<double> Sandwich(Matrix<double> turn, bool transposeFirst)
    {
        Matrix<double> half = new(turn.Rows, turn.Rows), result = new(turn.Rows, turn.Rows);
        Dense.Multiply(turn, ToMatrix(turn.Rows), half, transposeA: transposeFirst);
        Dense.Multiply(half, turn, result, transposeB: !transposeFirst);
        return result;
    }

    private Matrix<double> ToMatrix(int dimension)
    {
        if (_full is not null)
            return _full;
        var matrix = new Matrix<double>(dimension, dimension);
        for (int j = 0; j < dimension; j++)
            matrix[j, j] = Diagonal[j];
        return matrix;
    }
}
