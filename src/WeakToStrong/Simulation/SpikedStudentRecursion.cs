using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong.Simulation;

/// <summary>
/// Students with the penalty b' Gamma^-1 b, Gamma = I + w bh bh', in coordinates whose first two axes span beta_t and bh. B has two
/// bands above its diagonal, and everything follows from 2x2 blocks of F = (B'B + mu I)^-1: Q = mu F[12,12], P = I - Q, and
/// S = the same block of mu^2 F^2 with the first two coordinates left out of the sum.
/// </summary>
/// <remarks>
/// A row (alpha, r), r = (nu, beta, 0, ..), in front of a trailing block with Q, S gives, with v = Q r, G = S + Q[.,2] Q[2,.],
/// D = mu + r'v + alpha^2, m = alpha/D and e = v1/D: Q11 &lt;- (mu + r'v)/D, Q12 &lt;- -m v1, Q22 &lt;- Q11 - e v1, S11 &lt;- m^2 r'G r,
/// S12 &lt;- -m ((G r)1 - e r'G r), S22 &lt;- G11 - 2 e (G r)1 + e^2 r'G r. P's diagonal is kept beside Q's, for it is small when mu is
/// large. With the coordinates (w1, w2) of bh, the student of a teacher of norm N is x = N (e1 - mu F z) with
/// z = e1 - o (w1, w2), o = (P11 w1 + P12 w2)/(1/w + (w1, w2) P (w1, w2)'), by Sherman and Morrison (1950): its first two coordinates
/// are N (e1 - Q z) and the rest has squared norm N^2 z'S z.
/// </remarks>
internal sealed class SpikedStudentRecursion : BandRecursion
{
    private readonly double _inverseSpike;
    private readonly State _start;
    private readonly State[] _states;

    /// <summary>Students on n rows of d features.</summary>
    public SpikedStudentRecursion(long n, long d, double spike, Grid lambdas, bool allRows = false)
        : base(new BandedRows(n, d, bandwidth: 2), new RidgeLanes(lambdas, n, n, d, bandwidth: 2, allRows))
    {
        _inverseSpike = 1 / spike;
        Vector512<double> start = Vector512.Create(n < d ? 1.0 : 0);
        _start = new State { Q11 = start, Q22 = start, P11 = Vector512<double>.One - start };
        _states = new State[Ridges.Mu.Length];
    }

    /// <summary>The excess errors of one teacher's students.</summary>
    /// <param name="teacher">The plane of beta_t and bh, and beta* in it.</param>
    /// <param name="xi">Cosine between x3.. and beta*'s part orthogonal to the plane: a coordinate of a uniform unit vector in
    /// d - 2 dimensions.</param>
    /// <param name="errors">One for every ridge, in whole vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    public void Errors(in TeacherPlane teacher, double xi, Span<double> errors)
    {
        Vector512<double> norm = Vector512.Create(teacher.Norm), w1 = Vector512.Create(teacher.Direction1),
            w2 = Vector512.Create(teacher.Direction2);
        Vector512<double> miss1 = Vector512.Create(teacher.Miss1), miss2 = Vector512.Create(teacher.Miss2),
            across = Vector512.Create(-teacher.MissAcross);
        Vector512<double> cosine = Vector512.Create(xi), sine2 = Vector512.Create((1 - xi) * (1 + xi));
        Span<Vector512<double>> cells = MemoryMarshal.Cast<double, Vector512<double>>(errors);
        for (int j = 0; j < cells.Length; j++)
        {
            ref readonly State k = ref _states[j];
            Vector512<double> p1 = (w1 * k.P11) - (w2 * k.Q12), p2 = (w2 * k.P22) - (w1 * k.Q12);
            Vector512<double> o = p1 / (Vector512.Create(_inverseSpike) + Vector512.FusedMultiplyAdd(w1, p1, w2 * p2));
            Vector512<double> z1 = Vector512<double>.One - (o * w1), z2 = -(o * w2);
            Vector512<double> x = miss1 - (norm * ((k.Q11 * z1) + (k.Q12 * z2))), y = miss2 - (norm * ((k.Q12 * z1) + (k.Q22 * z2)));
            Vector512<double> rest2 = (z1 * ((z1 * k.S11) + (z2 * k.S12))) + (z2 * ((z1 * k.S12) + (z2 * k.S22)));
            Vector512<double> rest = norm * Vector512.Sqrt(Vector512.Max(rest2, Vector512<double>.Zero));
            Vector512<double> t = Vector512.FusedMultiplyAdd(rest, cosine, across);
            cells[j] = Vector512.FusedMultiplyAdd(x, x, y * y) + Vector512.FusedMultiplyAdd(t, t, rest * rest * sine2);
        }
    }

    protected override void Start() => _states.AsSpan().Fill(_start);

    protected override void Draw(in BandName name, long block)
    {
        Band.Draw(name, block);
        Band.DrawRoots();
    }

    protected override void Advance(int pair)
    {
        Advance(pair, Ridges.Deepest(pair), ref _states[pair]);
        Advance(pair + 1, Ridges.Deepest(pair), ref _states[pair + 1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    private void Advance(int vector, long deepest, ref State state)
    {
        ReadOnlySpan<double> diagonal = Band.Diagonal, inner = Band.Inner, outer = Band.Outer;
        Vector512<double> mu = Ridges.Mu[vector];
        Vector512<double> q11 = state.Q11, q12 = state.Q12, q22 = state.Q22, s11 = state.S11, s12 = state.S12, s22 = state.S22;
        Vector512<double> p11 = state.P11, p22 = state.P22;
        for (long end = Math.Min(deepest, Band.End); end > Band.First; end = LeadingBlock.StepBefore(end))
        {
            Vector512<double> begun = Ridges.Reaches(vector, end);
            (q11, q22) = (Vector512.ConditionalSelect(begun, q11, _start.Q11), Vector512.ConditionalSelect(begun, q22, _start.Q22));
            (p11, p22) = (Vector512.ConditionalSelect(begun, p11, _start.P11), Vector512.ConditionalSelect(begun, p22, _start.P22));
            (q12, s11, s12, s22) = (q12 & begun, s11 & begun, s12 & begun, s22 & begun);
            (int first, int last) = Band.Range(LeadingBlock.StepBefore(end), end);
            for (int row = first; row < last; row++)
            {
                Vector512<double> alpha = Vector512.Create(diagonal[row]), nu = Vector512.Create(inner[row]),
                    beta = Vector512.Create(outer[row]);
                Vector512<double> v1 = Dot(nu, beta, q11, q12), v2 = Dot(nu, beta, q12, q22);
                Vector512<double> lost = mu + Dot(nu, beta, v1, v2);
                Vector512<double> g11 = Vector512.FusedMultiplyAdd(q12, q12, s11), g12 = Vector512.FusedMultiplyAdd(q12, q22, s12),
                    g22 = Vector512.FusedMultiplyAdd(q22, q22, s22);
                Vector512<double> r1 = Dot(nu, beta, g11, g12), rr = Dot(nu, beta, r1, Dot(nu, beta, g12, g22));
                Vector512<double> inverse = Vector512<double>.One / Vector512.FusedMultiplyAdd(alpha, alpha, lost);
                Vector512<double> m = alpha * inverse, e = v1 * inverse;
                (q11, q22, q12) = (lost * inverse, Vector512.FusedMultiplyAdd(-e, v1, q11), -(m * v1));
                (p11, p22) = (alpha * m, Vector512.FusedMultiplyAdd(e, v1, p11));
                Vector512<double> left = Vector512.FusedMultiplyAdd(-e, rr, r1);
                s11 = m * (m * rr);
                s12 = -(m * left);
                s22 = Vector512.FusedMultiplyAdd(-e, r1 + left, g11);
            }
        }
        (state.Q11, state.Q12, state.Q22) = (q11, q12, q22);
        (state.S11, state.S12, state.S22) = (s11, s12, s22);
        (state.P11, state.P22) = (p11, p22);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Dot(Vector512<double> nu, Vector512<double> beta, Vector512<double> x, Vector512<double> y) =>
        Vector512.FusedMultiplyAdd(nu, x, beta * y);

    private struct State
    {
        public Vector512<double> Q11, Q12, Q22, S11, S12, S22, P11, P22;
    }
}
