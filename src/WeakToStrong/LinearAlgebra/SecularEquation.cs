using System.Numerics;
using System.Runtime.CompilerServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// The eigenvalues of diag(d) + rho z z' with rho > 0 and d increasing are the roots of 1/rho + sum z_i^2 / (d_i - x) = 0, one right of
/// each d_i. Each is found as a distance from the pole next to it, so that differences x - d_i keep all their digits.
/// Rational interpolation by two poles (Li 1993), inside a bracket that halves when that fails.
/// </summary>
internal static unsafe class SecularEquation
{
    private const int MostSteps = 100;
    private const double Unit = 1.1102230246251565e-16;

    /// <summary>Root <paramref name="j"/>, with d_i - root for every i in <paramref name="gaps"/>.</summary>
    /// <param name="j">Which root, from 0.</param>
    /// <param name="n">Number of poles.</param>
    /// <param name="d">Poles, strictly increasing.</param>
    /// <param name="z">Weights, none zero.</param>
    /// <param name="rho">The factor, positive.</param>
    /// <param name="squares">Sum of z_i^2.</param>
    /// <param name="gaps">Receives n differences.</param>
    public static double Root(int j, int n, double* d, double* z, double rho, double squares, double* gaps)
    {
        if (n == 1)
        {
            gaps[0] = -rho * squares;
            return d[0] - gaps[0];
        }
        bool isLast = j == n - 1;
        // The two poles of the interpolation, and the interval relative to one of them, the origin.
        int left = isLast ? n - 2 : j, right = left + 1;
        double width = isLast ? rho * squares : d[right] - d[left];
        int origin = isLast ? right : left;
        double low = 0, high = width, shift = width / 2;
        Values at = Evaluate(j, n, d, z, d[origin], shift, 1 / rho, gaps);
        if (!isLast)
        {
            if (at.Sum < 0)
                (origin, low, high) = (right, -width / 2, 0);
            else
                high = width / 2;
            double rest = at.Sum - (z[left] * z[left] / gaps[left]) - (z[right] * z[right] / gaps[right]);
            shift = FirstGuess(rest, z[left] * z[left], z[right] * z[right], width, origin == left, low, high);
            at = Evaluate(j, n, d, z, d[origin], shift, 1 / rho, gaps);
        }
        for (int step = 0; step < MostSteps; step++)
        {
            if (Math.Abs(at.Sum) <= Unit * ((4 * at.Magnitude) + (Math.Abs(shift) * at.Slope)))
                break;
            if (at.Sum < 0)
                low = shift;
            else
                high = shift;
            double next = shift + Step(at, gaps[left], gaps[right], isLast);
            if (!(next > low && next < high))
                next = low + ((high - low) / 2);
            if (next == shift || next <= low || next >= high)
                break;
            shift = next;
            at = Evaluate(j, n, d, z, d[origin], shift, 1 / rho, gaps);
        }
        return d[origin] + shift;
    }

    // c + z_l^2 / (d_l - x) + z_r^2 / (d_r - x) = 0 with the rest c of the sum frozen.
    private static double FirstGuess(double rest, double leftSquare, double rightSquare, double width, bool fromLeft, double low,
        double high)
    {
        double a = fromLeft ? (rest * width) + leftSquare + rightSquare : leftSquare + rightSquare - (rest * width);
        double b = fromLeft ? leftSquare * width : -rightSquare * width;
        double root = Math.Sqrt(Math.Max(0, (a * a) - (4 * b * rest)));
        double guess = a > 0 ? 2 * b / (a + root) : (a - root) / (2 * rest);
        return guess > low && guess < high ? guess : low + ((high - low) / 2);
    }

    // The "middle way": both halves of the sum are interpolated by their nearest pole and a constant.
    private static double Step(in Values at, double leftGap, double rightGap, bool isLast)
    {
        double product = leftGap * rightGap, leftSlope = at.LeftSlope, rightSlope = at.Slope - at.LeftSlope;
        double c = at.Sum - (leftGap * leftSlope) - (rightGap * rightSlope);
        double a = ((leftGap + rightGap) * at.Sum) - (product * at.Slope), b = product * at.Sum;
        double root = Math.Sqrt(Math.Abs((a * a) - (4 * b * c)));
        double step = isLast
            ? (a >= 0 ? (a + root) / (2 * c) : 2 * b / (a - root))
            : (a <= 0 ? (a - root) / (2 * c) : 2 * b / (a + root));
        // The sum increases with x: a step must go against its sign, otherwise Newton's does.
        return step * at.Sum < 0 ? step : -at.Sum / at.Slope;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Values Evaluate(int j, int n, double* d, double* z, double origin, double shift, double constant, double* gaps)
    {
        // For the last root the left half ends before the last pole, for the others it includes pole j.
        int split = j == n - 1 ? n - 1 : j + 1;
        var (left, leftSlope) = Sum(0, split, d, z, origin, shift, gaps);
        var (right, rightSlope) = Sum(split, n, d, z, origin, shift, gaps);
        return new(constant + left + right, constant + Math.Abs(left) + Math.Abs(right), leftSlope + rightSlope, leftSlope);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Slope) Sum(int from, int to, double* d, double* z, double origin, double shift, double* gaps)
    {
        int width = Vector<double>.Count, i = from;
        Vector<double> sums = default, slopes = default, o = new(origin), s = new(shift);
        for (; i + width <= to; i += width)
        {
            Vector<double> gap = Vector.Load(d + i) - o - s, weight = Vector.Load(z + i), ratio = weight / gap;
            Vector.Store(gap, gaps + i);
            sums += weight * ratio;
            slopes += ratio * ratio;
        }
        double sum = Vector.Sum(sums), slope = Vector.Sum(slopes);
        for (; i < to; i++)
        {
            double gap = gaps[i] = d[i] - origin - shift, ratio = z[i] / gap;
            sum += z[i] * ratio;
            slope += ratio * ratio;
        }
        return (sum, slope);
    }

    private readonly record struct Values(double Sum, double Magnitude, double Slope, double LeftSlope);
}
