using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Experiment;

/// <summary>
/// The weighted student of the paper's Setting 2: ridge with the penalty lambda b' Gamma^-1 b, Gamma = I + w U U', where the
/// columns of U are directions in which large coefficients are expected. It is plain ridge on the features Gamma^(1/2) x, which
/// is how it is trained here.
/// </summary>
public sealed class PriorWeighting
{
    private readonly Matrix<double> _basis;
    private readonly double[] _gain;

    /// <summary>A prior.</summary>
    /// <param name="directions">U: one row a feature, one column a direction; columns need not be orthogonal.</param>
    /// <param name="weight">w, not negative; null: the number of features, as in the paper.</param>
    /// <exception cref="InputException">There are more directions than features.</exception>
    public PriorWeighting(Matrix<double> directions, double? weight = null)
    {
        ArgumentNullException.ThrowIfNull(directions);
        if (directions.Columns > directions.Rows)
            throw new InputException($"the prior has {directions.Columns} directions in {directions.Rows} dimensions; rows are features "
                + "and columns are directions");
        Weight = Require.NonNegative(weight ?? directions.Rows);

        // U'U = W diag(s) W' gives the orthonormal Q = U W diag(s)^-1/2 with Gamma^(1/2) = I + Q diag(sqrt(1 + w s) - 1) Q'.
        Matrix<double> rotation = Dense.Gram(directions);
        double[] squares = Dense.SymmetricEigen(rotation);
        _gain = new double[squares.Length];
        for (int k = 0; k < squares.Length; k++)
        {
            bool isNull = !(squares[k] > 1e-14 * squares[^1]);
            _gain[k] = isNull ? 0 : Math.Sqrt(1 + (Weight * squares[k])) - 1;
            for (int i = 0; i < rotation.Rows; i++)
                rotation[i, k] *= isNull ? 0 : 1 / Math.Sqrt(squares[k]);
        }
        _basis = new Matrix<double>(directions.Rows, directions.Columns);
        Dense.Multiply(directions, rotation, _basis);
    }

    /// <summary>w.</summary>
    public double Weight { get; }

    /// <summary>Number of features.</summary>
    public int Features => _basis.Rows;

    /// <summary>The features Gamma^(1/2) x of rows, in their order.</summary>
    /// <exception cref="InputException">The rows have another number of features than the prior.</exception>
    public FeatureRows Apply(FeatureRows rows, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Columns != Features)
            throw new InputException(
                $"the prior has {Features} rows, and the student has {rows.Columns} features; there must be one row for each");
        var weighted = new Matrix<double>(rows.Count, rows.Columns);
        rows.ForEachChunk(new double[rows.Columns], threads, (first, chunk) =>
        {
            var along = new Matrix<double>(chunk.Rows, _gain.Length);
            Dense.Multiply(chunk, _basis, along, threads: threads);
            for (int i = 0; i < along.Rows; i++)
                System.Numerics.Tensors.TensorPrimitives.Multiply(along.Row(i), _gain, along.Row(i));
            Dense.Multiply(along, _basis, chunk, transposeB: true, beta: 1, threads: threads);
            chunk.Data.CopyTo(weighted.RowBlock(first, chunk.Rows));
        });
        return FeatureRows.All(weighted);
    }
}
