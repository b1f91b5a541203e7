using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong.Simulation;

/// <summary>
/// Students with an isotropic penalty, in coordinates whose first axis is the teacher beta_t: x = N F B'B e1 = N (e1 - mu F e1) with
/// N = ||beta_t||, F = (B'B + mu I)^-1 and B upper bidiagonal. Only x1 and ||x2..|| matter, and both are known for every teacher at
/// once from q = mu F[1,1] and S = mu^2 sum_(j>1) F[1,j]^2.
/// </summary>
/// <remarks>
/// A row (alpha, beta) in front of a trailing block with q, S gives, with D = mu + beta^2 q + alpha^2, q &lt;- (mu + beta^2 q)/D and
/// S &lt;- (alpha beta/D)^2 (q^2 + S). All terms are positive, and nothing divides by mu, so that mu = 0 needs no case of its own.
/// </remarks>
internal sealed class PlainStudentRecursion : BandRecursion
{
    private readonly Vector512<double> _start;
    private readonly Vector512<double>[] _q, _s, _rootS;

    /// <summary>Students on n rows of d features.</summary>
    public PlainStudentRecursion(long n, long d, Grid lambdas, bool allRows = false)
        : base(new BandedRows(n, d, bandwidth: 1), new RidgeLanes(lambdas, n, n, d, bandwidth: 1, allRows))
    {
        _start = Vector512.Create(n < d ? 1.0 : 0); // below the last row F = I/mu; the value does not matter when there are no columns left
        int vectors = Ridges.Mu.Length;
        (_q, _s, _rootS) = (new Vector512<double>[vectors], new Vector512<double>[vectors], new Vector512<double>[vectors]);
    }

    /// <summary>The fit at ridge number <paramref name="i"/>, relative to the coefficients, of this norm, that label the rows.</summary>
    public TeacherFit Fit(int i, double norm) =>
        new(norm, -norm * _q[i / Lanes.Width][i % Lanes.Width], norm * norm * _s[i / Lanes.Width][i % Lanes.Width]);

    /// <summary>The excess errors of one teacher's students.</summary>
    /// <param name="teacher">Who labels.</param>
    /// <param name="xi">Cosine between x2.. and beta*'s part orthogonal to beta_t: a coordinate of a uniform unit vector in
    /// d - 1 dimensions.</param>
    /// <param name="errors">One for every ridge, in whole vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    public void Errors(in TeacherFit teacher, double xi, Span<double> errors)
    {
        Vector512<double> norm = Vector512.Create(teacher.Norm), along = Vector512.Create(teacher.MissAlong),
            across = Vector512.Create(-teacher.MissAcross);
        Vector512<double> cosine = Vector512.Create(xi), sine2 = Vector512.Create((1 - xi) * (1 + xi));
        Span<Vector512<double>> cells = MemoryMarshal.Cast<double, Vector512<double>>(errors);
        for (int j = 0; j < cells.Length; j++)
        {
            Vector512<double> rest = norm * _rootS[j];
            Vector512<double> x = Vector512.FusedMultiplyAdd(-norm, _q[j], along), y = Vector512.FusedMultiplyAdd(rest, cosine, across);
            cells[j] = Vector512.FusedMultiplyAdd(x, x, Vector512.FusedMultiplyAdd(y, y, rest * rest * sine2));
        }
    }

    protected override void Start()
    {
        _q.AsSpan().Fill(_start);
        Array.Clear(_s);
    }

    protected override void Draw(in BandName name, long block) => Band.Draw(name, block);

    protected override void Finish()
    {
        for (int j = 0; j < _s.Length; j++)
            _rootS[j] = Vector512.Sqrt(_s[j]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    protected override void Advance(int pair)
    {
        ReadOnlySpan<double> diagonal2 = Band.Diagonal2, outer2 = Band.Outer2;
        int i = pair, j = pair + 1;
        Vector512<double> mu1 = Ridges.Mu[i], q1 = _q[i], s1 = _s[i], mu2 = Ridges.Mu[j], q2 = _q[j], s2 = _s[j];
        for (long end = Math.Min(Ridges.Deepest(pair), Band.End); end > Band.First; end = LeadingBlock.StepBefore(end))
        {
            Vector512<double> begun1 = Ridges.Reaches(i, end), begun2 = Ridges.Reaches(j, end);
            (q1, s1) = (Vector512.ConditionalSelect(begun1, q1, _start), s1 & begun1);
            (q2, s2) = (Vector512.ConditionalSelect(begun2, q2, _start), s2 & begun2);
            (int first, int last) = Band.Range(LeadingBlock.StepBefore(end), end);
            for (int row = first; row < last; row++)
            {
                Step(diagonal2[row], outer2[row], mu1, ref q1, ref s1);
                Step(diagonal2[row], outer2[row], mu2, ref q2, ref s2);
            }
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
