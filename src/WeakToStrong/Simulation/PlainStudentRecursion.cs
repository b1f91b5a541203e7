using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>
/// Students with an isotropic penalty, in coordinates whose first axis is the teacher beta_t: x = N F B'B e1 = N (e1 - mu F e1) with
/// N = ||beta_t||, F = (B'B + mu I)^-1 and B upper bidiagonal. Only x1 and ||x2..|| matter, and both are known for every teacher at
/// once from q = mu F[1,1] and S = mu^2 sum_(j>1) F[1,j]^2.
/// </summary>
/// <remarks>The recursion is that of <see cref="TeacherRecursion"/> without noise: all terms positive.</remarks>
internal sealed class PlainStudentRecursion
{
    private readonly BandedRows _rows;
    private readonly double _start;
    private readonly Vector512<double>[] _mu, _q, _s, _rootS;

    public PlainStudentRecursion(long n, long d, Grid lambdas)
    {
        _rows = new BandedRows(n, d, bandwidth: 1);
        _start = n < d ? 1 : 0;
        _mu = Penalties.InLanes(lambdas, n);
        (_q, _s, _rootS) = (new Vector512<double>[_mu.Length], new Vector512<double>[_mu.Length], new Vector512<double>[_mu.Length]);
    }

    /// <summary>Draws B and solves. False when cancelled.</summary>
    public bool TryRun(RandomStream random, TrialWatch watch)
    {
        _rows.Restart();
        _q.AsSpan().Fill(Vector512.Create(_start));
        Array.Clear(_s);
        while (_rows.TryDraw(random))
        {
            if (!watch.Continue(_rows.Count))
                return false;
            for (int pair = 0; pair < _mu.Length; pair += 2)
                Advance(pair);
        }
        for (int j = 0; j < _s.Length; j++)
            _rootS[j] = Vector512.Sqrt(_s[j]);
        return true;
    }

    /// <summary>The excess errors of one teacher's students.</summary>
    /// <param name="teacher">Who labels.</param>
    /// <param name="xi">Cosine between x2.. and beta*'s part orthogonal to beta_t: a coordinate of a uniform unit vector in d - 1 dimensions.</param>
    /// <param name="errors">One for every ridge, in whole vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    public void Errors(in TeacherFit teacher, double xi, Span<double> errors)
    {
        Vector512<double> norm = Vector512.Create(teacher.Norm), along = Vector512.Create(teacher.MissAlong), across = Vector512.Create(-teacher.MissAcross);
        Vector512<double> cosine = Vector512.Create(xi), sine2 = Vector512.Create((1 - xi) * (1 + xi));
        Span<Vector512<double>> cells = MemoryMarshal.Cast<double, Vector512<double>>(errors);
        for (int j = 0; j < cells.Length; j++)
        {
            Vector512<double> rest = norm * _rootS[j];
            Vector512<double> x = Vector512.FusedMultiplyAdd(-norm, _q[j], along), y = Vector512.FusedMultiplyAdd(rest, cosine, across);
            cells[j] = Vector512.FusedMultiplyAdd(x, x, Vector512.FusedMultiplyAdd(y, y, rest * rest * sine2));
        }
    }

    /// <summary>Takes two vectors of ridges, whose latencies hide behind each other, through the block of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    private void Advance(int i)
    {
        ReadOnlySpan<double> diagonal2 = _rows.Diagonal2, outer2 = _rows.Outer2;
        int j = i + 1;
        Vector512<double> mu1 = _mu[i], q1 = _q[i], s1 = _s[i], mu2 = _mu[j], q2 = _q[j], s2 = _s[j];
        for (int row = 0; row < diagonal2.Length; row++)
        {
            Step(diagonal2[row], outer2[row], mu1, ref q1, ref s1);
            Step(diagonal2[row], outer2[row], mu2, ref q2, ref s2);
        }
        (_q[i], _s[i], _q[j], _s[j]) = (q1, s1, q2, s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(double diagonal2, double outer2, Vector512<double> mu, ref Vector512<double> q, ref Vector512<double> s)
    {
        Vector512<double> alpha2 = Vector512.Create(diagonal2), beta2 = Vector512.Create(outer2);
        Vector512<double> lost = Vector512.FusedMultiplyAdd(beta2, q, mu);
        Vector512<double> inverse = Vector512<double>.One / (lost + alpha2);
        s = alpha2 * inverse * (beta2 * inverse) * Vector512.FusedMultiplyAdd(q, q, s);
        q = lost * inverse;
    }
}
