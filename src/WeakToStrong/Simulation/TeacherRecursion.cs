using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>
/// Solves (B'B + mu I) c = B'(a B e1 + sigma z) for every teacher ridge, mu = n lambda, with B upper bidiagonal, as far as the error needs it:
/// c1 and ||c2..||^2. One pass over the rows from the last to the first, with a state of five numbers a ridge.
/// </summary>
/// <remarks>
/// For the trailing block that starts at row k, with F = (B'B + mu I)^-1, let u = F B'z and v = mu F e1. The state is
/// q = v1, u1 and, over the coordinates beyond the first, S = v'v, C = u'v, R = u'u. A row (alpha, beta) with noise z in front gives,
/// with D = mu + beta^2 q + alpha^2, g = (z - beta u1)/D, h = beta g, m = alpha beta/D and W = q^2 + S:
/// q &lt;- (mu + beta^2 q)/D, u1 &lt;- alpha g, S &lt;- m^2 W, C &lt;- -m (u1 q + C + h W), R &lt;- u1^2 + R + 2h (u1 q + C) + h^2 W.
/// Then c - a e1 = sigma u - a v. Nothing divides by mu, so that mu = 0 needs no case of its own.
/// </remarks>
internal sealed class TeacherRecursion
{
    private readonly BandedRows _rows;
    private readonly double _start;
    private readonly Vector512<double>[] _mu, _q, _u, _s, _c, _r;

    public TeacherRecursion(long n, long d, Grid lambdas)
    {
        _rows = new BandedRows(n, d, bandwidth: 1);
        _start = n < d ? 1 : 0; // below the last row F = I/mu; the value does not matter when there are no columns left
        _mu = Penalties.InLanes(lambdas, n);
        (_q, _u, _s) = (new Vector512<double>[_mu.Length], new Vector512<double>[_mu.Length], new Vector512<double>[_mu.Length]);
        (_c, _r) = (new Vector512<double>[_mu.Length], new Vector512<double>[_mu.Length]);
    }

    /// <summary>Draws B and z and solves. False when cancelled.</summary>
    public bool TryRun(RandomStream random, TrialWatch watch)
    {
        _rows.Restart();
        _q.AsSpan().Fill(Vector512.Create(_start));
        foreach (Vector512<double>[] state in (ReadOnlySpan<Vector512<double>[]>)[_u, _s, _c, _r])
            Array.Clear(state);
        while (_rows.TryDraw(random))
        {
            if (!watch.Continue(_rows.Count))
                return false;
            _rows.DrawRoots(random);
            for (int pair = 0; pair < _mu.Length; pair += 2)
                Advance(pair);
        }
        return true;
    }

    /// <summary>The fit at ridge number <paramref name="i"/>.</summary>
    /// <param name="i">Index in the grid.</param>
    /// <param name="norm">a = ||beta*||.</param>
    /// <param name="noise">sigma.</param>
    public TeacherFit Fit(int i, double norm, double noise)
    {
        double At(Vector512<double>[] state) => state[i / Lanes.Width][i % Lanes.Width];
        double rest2 = (noise * noise * At(_r)) + (norm * ((norm * At(_s)) - (2 * noise * At(_c))));
        return new TeacherFit(norm, (noise * At(_u)) - (norm * At(_q)), Math.Max(0, rest2));
    }

    /// <summary>Takes two vectors of ridges, whose latencies hide behind each other, through the block of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    private void Advance(int i)
    {
        ReadOnlySpan<double> diagonal = _rows.Diagonal, outer = _rows.Outer, noise = _rows.Normal;
        int j = i + 1;
        Vector512<double> mu1 = _mu[i], q1 = _q[i], u1 = _u[i], s1 = _s[i], c1 = _c[i], r1 = _r[i];
        Vector512<double> mu2 = _mu[j], q2 = _q[j], u2 = _u[j], s2 = _s[j], c2 = _c[j], r2 = _r[j];
        for (int row = 0; row < diagonal.Length; row++)
        {
            Step(diagonal[row], outer[row], noise[row], mu1, ref q1, ref u1, ref s1, ref c1, ref r1);
            Step(diagonal[row], outer[row], noise[row], mu2, ref q2, ref u2, ref s2, ref c2, ref r2);
        }
        (_q[i], _u[i], _s[i], _c[i], _r[i]) = (q1, u1, s1, c1, r1);
        (_q[j], _u[j], _s[j], _c[j], _r[j]) = (q2, u2, s2, c2, r2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        double diagonal, double outer, double noise, Vector512<double> mu,
        ref Vector512<double> q, ref Vector512<double> u, ref Vector512<double> s, ref Vector512<double> c, ref Vector512<double> r)
    {
        Vector512<double> alpha = Vector512.Create(diagonal), beta = Vector512.Create(outer);
        Vector512<double> lost = Vector512.FusedMultiplyAdd(beta * beta, q, mu);
        Vector512<double> inverse = Vector512<double>.One / Vector512.FusedMultiplyAdd(alpha, alpha, lost);
        Vector512<double> vv = Vector512.FusedMultiplyAdd(q, q, s), uv = Vector512.FusedMultiplyAdd(u, q, c), uu = Vector512.FusedMultiplyAdd(u, u, r);
        Vector512<double> g = Vector512.FusedMultiplyAdd(-beta, u, Vector512.Create(noise)) * inverse, h = beta * g, m = alpha * beta * inverse;
        Vector512<double> mixed = Vector512.FusedMultiplyAdd(h, vv, uv);
        q = lost * inverse;
        u = alpha * g;
        s = m * (m * vv);
        c = -(m * mixed);
        r = Vector512.FusedMultiplyAdd(h, uv + mixed, uu);
    }
}
