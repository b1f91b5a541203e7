using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>
/// A covariance in signal coordinates: a diagonal (padded with zeros) as long as every stage is diagonal in the eigen-directions of one
/// view, otherwise a full matrix, of which the diagonal is known at once and the rest is made when somebody asks for it: a later stage on
/// the same view never does. Between estimators of two views it is rectangular and has no diagonal. Never written after it is handed out.
/// </summary>
internal sealed class Spread
{
    private readonly Lazy<Matrix<double>>? _full;

    public Spread(double[] diagonal) => Diagonal = diagonal;

    public Spread(Matrix<double> full)
        : this(DiagonalOf(full), () => full)
    {
    }

    private Spread(double[] diagonal, Func<Matrix<double>> full)
    {
        Diagonal = diagonal;
        _full = new Lazy<Matrix<double>>(full);
    }

    public double[] Diagonal { get; }

    public Spread Transposed() => _full is null ? this : new Spread(Diagonal, () => _full.Value.Transposed());

    /// <summary>total + factor * term, where null is zero.</summary>
    public static Spread? Add(Spread? total, Spread? term, double factor)
    {
        if (term is null)
            return total;
        double[] sum = total is null ? new double[term.Diagonal.Length] : (double[])total.Diagonal.Clone();
        for (int j = 0; j < sum.Length; j++)
            sum[j] += factor * term.Diagonal[j];
        if (term._full is null && total?._full is null)
            return new Spread(sum);
        return new Spread(sum, () =>
        {
            Matrix<double> shape = (term._full ?? total!._full)!.Value;
            Matrix<double> result = total is null ? new Matrix<double>(shape.Rows, shape.Columns) : total.ToMatrix(shape.Rows).Copy();
            TensorPrimitives.MultiplyAdd<double>(term.ToMatrix(shape.Rows).Data, factor, result.Data, result.Data);
            return result;
        });
    }

    /// <summary>The same covariance in the directions of a basis, Turn' C Turn.</summary>
    public Spread Into(PenaltyBasis basis) => basis.Turn is null ? this : new Spread(Sandwich(basis.Turn, transposeFirst: true));

    /// <summary>Back from the directions of a basis, Turn C Turn'.</summary>
    public Spread OutOf(PenaltyBasis basis) => basis.Turn is null ? this : new Spread(Sandwich(basis.Turn, transposeFirst: false));

    /// <summary>K C L': what another view sees of the first estimator, and of the second; null where the view is its own.</summary>
    public Spread Across(CrossMap? first, CrossMap? second, int padded)
    {
        if (first is null && second is null)
            return this;
        if (_full is null && ReferenceEquals(first, second))
        {
            var diagonal = new double[padded];
            first!.Variance(Diagonal, diagonal);
            return new Spread(diagonal, () => Product(Columns(first.Map, Diagonal), first.Map));
        }
        Matrix<double> left = _full is null
            ? first is null ? ToMatrix(second!.Map.Columns) : Columns(first.Map, Diagonal)
            : first is null ? _full.Value : first.Times(_full.Value);
        if (second is null)
            return new Spread(left);
        var own = new double[padded];
        for (int i = 0; i < Math.Min(left.Rows, second.Map.Rows); i++)
            own[i] = TensorPrimitives.Dot<double>(left.Row(i), second.Map.Row(i));
        return new Spread(own, () => Product(left, second.Map));
    }

    /// <summary>H C H + fresh H^2 with H = diag(h), in the directions of the basis that h belongs to.</summary>
    public static Spread Filtered(Spread? inherited, double[] h, double fresh)
    {
        var diagonal = new double[h.Length];
        for (int j = 0; j < diagonal.Length; j++)
            diagonal[j] = h[j] * h[j] * ((inherited is null ? 0 : inherited.Diagonal[j]) + fresh);
        if (inherited?._full is not { } full)
            return new Spread(diagonal);
        return new Spread(diagonal, () =>
        {
            Matrix<double> result = full.Value.Copy();
            for (int i = 0; i < result.Rows; i++)
            {
                for (int j = 0; j < result.Rows; j++)
                    result[i, j] *= h[i] * h[j];
                result[i, i] += fresh * h[i] * h[i];
            }
            return result;
        });
    }

    /// <summary>H C for the filter H = Turn diag(h) Turn' of a basis; rows are in its coordinates.</summary>
    public Spread FilteredLeft(PenaltyBasis basis, double[] h)
    {
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
            var turned = new Matrix<double>(c.Rows, c.Columns);
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

    private static void ScaleRows(Matrix<double> matrix, double[] factors)
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            foreach (ref double value in matrix.Row(i))
                value *= factors[i];
        }
    }

    /// <summary>A diag(d).</summary>
    private static Matrix<double> Columns(Matrix<double> a, double[] d)
    {
        var scaled = new Matrix<double>(a.Rows, a.Columns);
        for (int i = 0; i < a.Rows; i++)
            TensorPrimitives.Multiply(a.Row(i), d.AsSpan(0, a.Columns), scaled.Row(i));
        return scaled;
    }

    /// <summary>A B'.</summary>
    private static Matrix<double> Product(Matrix<double> a, Matrix<double> b)
    {
        var product = new Matrix<double>(a.Rows, b.Rows);
        Dense.Multiply(a, b, product, transposeB: true);
        return product;
    }

    private static double[] DiagonalOf(Matrix<double> full)
    {
        if (full.Rows != full.Columns)
            return [];
        var diagonal = new double[full.Rows];
        for (int j = 0; j < diagonal.Length; j++)
            diagonal[j] = full[j, j];
        return SpectralSums.Pad(diagonal);
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
            return _full.Value;
        var matrix = new Matrix<double>(dimension, dimension);
        for (int j = 0; j < dimension; j++)
            matrix[j, j] = Diagonal[j];
        return matrix;
    }
}
