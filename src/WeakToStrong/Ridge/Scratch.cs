using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>A matrix that is made again only when its shape changes: the buffer of a loop over chunks.</summary>
internal sealed class Scratch
{
    private Matrix<double>? _matrix;

    /// <summary>A matrix of this shape with arbitrary contents.</summary>
    public Matrix<double> Shaped(int rows, int columns)
    {
        if (_matrix?.Rows != rows || _matrix.Columns != columns)
            _matrix = new Matrix<double>(rows, columns);
        return _matrix;
    }
}
