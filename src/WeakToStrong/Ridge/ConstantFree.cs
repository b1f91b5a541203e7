using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Coordinates for vectors over n rows that are orthogonal to the constant: a reflection that turns the constant vector into the first
/// axis, which is then left out. So a null direction that is known to be there is not left to rounding.
/// </summary>
internal static class ConstantFree
{
    /// <summary>The n - 1 coordinates of centred columns; overwrites its argument.</summary>
    public static Matrix<double> Reduce(Matrix<double> centred)
    {
        int n = centred.Rows;
        double root = 1 / Math.Sqrt(n);
        var along = new double[centred.Columns];
        for (int i = 0; i < n; i++)
            TensorPrimitives.MultiplyAdd(centred.Row(i), root, along, along);
        TensorPrimitives.Subtract(along, centred.Row(0), along);
        var reduced = new Matrix<double>(n - 1, centred.Columns);
        for (int i = 1; i < n; i++)
            TensorPrimitives.MultiplyAdd(along, -root / (1 - root), centred.Row(i), reduced.Row(i - 1));
        return reduced;
    }

    /// <summary>The columns of which these are the coordinates.</summary>
    public static Matrix<double> Expand(Matrix<double> reduced)
    {
        int n = reduced.Rows + 1;
        double root = 1 / Math.Sqrt(n);
        var along = new double[reduced.Columns];
        for (int i = 0; i < reduced.Rows; i++)
            TensorPrimitives.MultiplyAdd(reduced.Row(i), root, along, along);
        var columns = new Matrix<double>(n, reduced.Columns);
        along.CopyTo(columns.Row(0));
        for (int i = 1; i < n; i++)
            TensorPrimitives.MultiplyAdd(along, -root / (1 - root), reduced.Row(i - 1), columns.Row(i));
        return columns;
    }
}
