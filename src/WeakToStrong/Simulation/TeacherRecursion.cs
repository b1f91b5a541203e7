using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong.Simulation;

/// <summary>
/// Ridge regressions on noisy labels, for a whole grid of ridges. Of the columns Z of the design that are independent of the labels, only
/// two 2x2 blocks matter, in a basis of the rows that begins as <see cref="LabelledRows"/> says: K = mu (ZZ' + mu I)^-1 and W = dK/dmu. Z'
/// is a Gaussian design of d - 1 rows and n columns with two fixed directions, so that it has a band of its own.
/// </summary>
/// <remarks>
/// With e = y - A a, A the labelling direction's column, the fit is off along it by delta = (A'Ke - mu a)/(A'KA + mu), and has across it
/// the squared norm r'Wr, r = e - A delta. With fewer rows than columns K vanishes with mu, and K/mu is carried in its place:
/// <see cref="_top"/> and <see cref="_scale"/> are mu and 1, or 1 and mu. A row (alpha, nu, beta) in front of a trailing block with Q = K
/// or K/mu and W gives, with p = (nu, beta), v = Q p, D = alpha^2 + scale (top + p'v), m = alpha/D and e = scale v1/D: Q11 &lt;- (top +
/// p'v)/D, Q12 &lt;- -m v1, Q22 &lt;- Q11 - e v1, and with w = W p, o = 1 + p'w: W11 &lt;- m^2 o, W12 &lt;- -m (w1 - e o), W22 &lt;- W11 -
/// e (2 w1 - e o). Nothing divides by mu.
/// </remarks>
internal sealed class TeacherRecursion : BandRecursion
{
    private readonly Vector512<double> _start;
    private readonly Vector512<double>[] _top, _scale, _shortfall, _across2;
    private readonly State[] _states;
    private double _norm;

    /// <summary>Teachers on n rows of d features.</summary>
    public TeacherRecursion(long n, long d, Grid lambdas, bool allRows = false)
        : base(new BandedRows(d - 1, n, bandwidth: 2), new RidgeLanes(lambdas, n, d - 1, n, bandwidth: 2, allRows))
    {
        bool wide = n < d;
        Vector512<double>[] ones = new Vector512<double>[Ridges.Mu.Length];
        ones.AsSpan().Fill(Vector512<double>.One);
        (_top, _scale) = wide ? (ones, Ridges.Mu) : (Ridges.Mu, ones);
        _start = Vector512.Create(wide ? 0 : 1.0); // below the last row K = I; the value does not matter when there are no columns left
        _states = new State[Ridges.Mu.Length];
        (_shortfall, _across2) = (new Vector512<double>[_states.Length], new Vector512<double>[_states.Length]);
    }

    /// <summary>Fits the labels at every ridge, for <see cref="Fit"/>.</summary>
    /// <param name="rows">The labels.</param>
    /// <param name="norm">a, norm of the coefficients that label the rows.</param>
    /// <param name="noise">sigma, deviation of the labels' noise.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    public void Solve(in LabelledRows rows, double norm, double noise)
    {
        _norm = norm;
        if (norm == 0 && noise == 0)
        {
            Array.Clear(_shortfall);
            Array.Clear(_across2);
            return;
        }
        LabelColumn column = rows.Along(norm, noise);
        Vector512<double> a1 = Vector512.Create(column.Column1), a2 = Vector512.Create(column.Column2);
        Vector512<double> e1 = Vector512.Create(column.Noise1), e2 = Vector512.Create(column.Noise2), a = Vector512.Create(norm);
        for (int i = 0; i < _states.Length; i++)
        {
            ref readonly State state = ref _states[i];
            Vector512<double> k1 = Dot(a1, a2, state.Q11, state.Q12), k2 = Dot(a1, a2, state.Q12, state.Q22);
            Vector512<double> shortfall = Vector512.FusedMultiplyAdd(-_top[i], a, Dot(k1, k2, e1, e2)) / (_top[i] + Dot(k1, k2, a1, a2));
            Vector512<double> r1 = Vector512.FusedMultiplyAdd(-a1, shortfall, e1), r2 = Vector512.FusedMultiplyAdd(-a2, shortfall, e2);
            _shortfall[i] = shortfall;
            _across2[i] = Vector512.Max(Vector512<double>.Zero,
                Dot(r1, r2, Dot(r1, r2, state.W11, state.W12), Dot(r1, r2, state.W12, state.W22)));
        }
    }

    /// <summary>The fit at ridge number <paramref name="i"/>.</summary>
    public TeacherFit Fit(int i) => new(_norm, Lanes.Flat(_shortfall)[i], Lanes.Flat(_across2)[i]);

    protected override void Start() => _states.AsSpan().Fill(new State { Q11 = _start, Q22 = _start });

    protected override void Draw(in BandName name, long block)
    {
        Band.Draw(name, block);
        Band.DrawRoots();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    protected override void Advance(int pair)
    {
        ReadOnlySpan<double> diagonal = Band.Diagonal, inner = Band.Inner, outer = Band.Outer;
        int i = pair, j = pair + 1;
        Vector512<double> top1 = _top[i], scale1 = _scale[i], top2 = _top[j], scale2 = _scale[j];
        State state1 = _states[i], state2 = _states[j];
        for (long end = Math.Min(Ridges.Deepest(pair), Band.End); end > Band.First; end = LeadingBlock.StepBefore(end))
        {
            Begin(Ridges.Reaches(i, end), ref state1);
            Begin(Ridges.Reaches(j, end), ref state2);
            (int first, int last) = Band.Range(LeadingBlock.StepBefore(end), end);
            for (int row = first; row < last; row++)
            {
                Step(diagonal[row], inner[row], outer[row], top1, scale1, ref state1);
                Step(diagonal[row], inner[row], outer[row], top2, scale2, ref state2);
            }
        }
        (_states[i], _states[j]) = (state1, state2);
    }

    /// <summary>Keeps the ridges that have begun, and sets the others to the state below their last row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin(Vector512<double> begun, ref State state)
    {
        (state.Q11, state.Q22) = (Vector512.ConditionalSelect(begun, state.Q11, _start),
            Vector512.ConditionalSelect(begun, state.Q22, _start));
        (state.Q12, state.W11, state.W12, state.W22) = (state.Q12 & begun, state.W11 & begun, state.W12 & begun, state.W22 & begun);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(double diagonal, double inner, double outer, Vector512<double> top, Vector512<double> scale, ref State state)
    {
        Vector512<double> alpha = Vector512.Create(diagonal), nu = Vector512.Create(inner), beta = Vector512.Create(outer);
        Vector512<double> v1 = Dot(nu, beta, state.Q11, state.Q12), v2 = Dot(nu, beta, state.Q12, state.Q22);
        Vector512<double> w1 = Dot(nu, beta, state.W11, state.W12), w2 = Dot(nu, beta, state.W12, state.W22);
        Vector512<double> lost = top + Dot(nu, beta, v1, v2), o = Vector512<double>.One + Dot(nu, beta, w1, w2);
        Vector512<double> inverse = Vector512<double>.One / Vector512.FusedMultiplyAdd(alpha, alpha, scale * lost);
        Vector512<double> m = alpha * inverse, e = scale * (v1 * inverse), left = Vector512.FusedMultiplyAdd(-e, o, w1);
        (state.Q11, state.Q12, state.Q22) = (lost * inverse, -(m * v1), Vector512.FusedMultiplyAdd(-e, v1, state.Q11));
        (state.W11, state.W12, state.W22) = (m * (m * o), -(m * left), Vector512.FusedMultiplyAdd(-e, w1 + left, state.W11));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Dot(Vector512<double> nu, Vector512<double> beta, Vector512<double> x, Vector512<double> y) =>
        Vector512.FusedMultiplyAdd(nu, x, beta * y);

    private struct State
    {
        public Vector512<double> Q11, Q12, Q22, W11, W12, W22;
    }
}
