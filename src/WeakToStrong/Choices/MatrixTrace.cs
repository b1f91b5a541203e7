using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

internal static class MatrixTrace
{
    /// <summary>Sum of the diagonal.</summary>
    public static double Trace(this Matrix<double> matrix)
    {
        double sum = 0;
        for (int i = 0; i < matrix.Rows; i++)
            sum += matrix[i, i];
        return sum;
    }
}
