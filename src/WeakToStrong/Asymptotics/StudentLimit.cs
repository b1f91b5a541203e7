namespace WeakToStrong.Asymptotics;

/// <summary>
/// The student of one teacher in the limit, for every student ridge: what <see cref="RidgeStudent"/> offers, as a value that tables
/// make by the million. No argument is checked here. Notation as in <see cref="RidgeFormulas"/>.
/// </summary>
internal readonly struct StudentLimit
{
    private readonly TeacherMoments _teacher;
    private readonly double _zeta, _across, _along;

    /// <summary>Prepares the student of a ridge teacher with excess error <paramref name="teacherExcess"/>.</summary>
    public StudentLimit(in MarchenkoPastur teacher, double teacherExcess, double s2, double a2, double gamma, double zeta, double spike)
        : this(TeacherMoments.Ridge(teacher, teacherExcess, s2, a2), gamma, zeta, spike)
    {
    }

    /// <summary>Prepares the student of any teacher.</summary>
    public StudentLimit(in TeacherMoments teacher, double gamma, double zeta, double spike)
    {
        _teacher = teacher;
        (_zeta, _across, _along) = (zeta, (1 - zeta) * (1 + zeta), zeta * zeta);
        (Gamma, Spike) = (gamma, spike);
    }

    /// <summary>gamma_s.</summary>
    public double Gamma { get; }

    /// <summary>w, may be infinite.</summary>
    public double Spike { get; }

    /// <summary>kappa of the teacher.</summary>
    public double Kappa => _teacher.Kappa;

    /// <summary>K = kappa + q_t.</summary>
    public double AlongKappa => _teacher.AlongKappa;

    /// <summary>
    /// kappa_z = (kappa + z^2 q_t)/(1 - z^2) = kappa + z^2 K/(1 - z^2), which takes kappa's place for an aligned student with an infinite
    /// spike. Infinite at z = 1, unless the teacher is perfect.
    /// </summary>
    public double AlignedKappa => _zeta == 0 || AlongKappa == 0 || double.IsPositiveInfinity(Kappa) ? Kappa : Kappa + (
        _along * AlongKappa / _across);

    /// <summary>Whether window and best ridge have no closed form.</summary>
    private bool IsNumerical => _zeta > 0 && Spike > 0 && double.IsFinite(Spike) && double.IsFinite(Kappa);

    private double EffectiveKappa => Spike == 0 ? Kappa : AlignedKappa;

    /// <summary>Which ridges beat the teacher.</summary>
    public WinningWindow Window() => IsNumerical ? FiniteSpike.Window(this, FiniteSpike.BestRidge(this)) : WinningWindow.Of(EffectiveKappa,
        Gamma);

    /// <summary>The ridge with the least error; 0 or infinity when it lies at an end.</summary>
    public double BestRidge() => IsNumerical ? FiniteSpike.BestRidge(this) : BestStudentRidge.Find(EffectiveKappa, Gamma);

    /// <summary>The student's resolvent at a ridge.</summary>
    public MarchenkoPastur At(double lambda) => MarchenkoPastur.Trusted(Gamma, lambda);

    /// <summary>
    /// E_s = a2 (1-z^2)(q_s + p_s q_t)^2 + a2 z^2 (q_t + theta q_s p_t)^2 + p_s^2 N + (g_s p_s q_s^2/S_s)(a2 p_t^2 (1-z^2 + theta^2 z^2) +
    /// N), where N is <see cref="TeacherMoments.Noise"/>.
    /// </summary>
    public double Excess(in MarchenkoPastur s)
    {
        double theta = RidgeFormulas.Theta(s, Spike), spread = RidgeFormulas.Spread(s);
        double across = s.Q + (s.P * _teacher.Lost), along = _teacher.Lost + (theta * s.Q * _teacher.Kept);
        double kept = _teacher.Kept * _teacher.Kept * (_across + (theta * theta * _along));
        double signal = _teacher.SignalPower * ((_across * across * across) + (_along * along * along) + (spread * kept));
        // At lambda_s = infinity p_s is 0 and nothing of the labels is left, however noisy they were.
        return !double.IsPositiveInfinity(_teacher.Noise) ? signal + (((s.P * s.P) + spread) * _teacher.Noise)
            : s.P == 0 ? signal : double.PositiveInfinity;
    }

    /// <summary>The three sums of <see cref="Excess"/>: what is missed in the mean, what the labels carry of the teacher's noise, and what
    /// the student's own rows add.</summary>
    public ErrorParts Parts(in MarchenkoPastur s)
    {
        double theta = RidgeFormulas.Theta(s, Spike), spread = RidgeFormulas.Spread(s);
        double across = s.Q + (s.P * _teacher.Lost), along = _teacher.Lost + (theta * s.Q * _teacher.Kept);
        double kept = _teacher.Kept * _teacher.Kept * (_across + (theta * theta * _along));
        double signal = _teacher.SignalPower * spread * kept;
        return new ErrorParts(
            _teacher.SignalPower * ((_across * across * across) + (_along * along * along)),
            s.P == 0 ? 0 : s.P * s.P * _teacher.Noise, spread == 0 ? signal : signal + (spread * _teacher.Noise));
    }

    /// <summary>
    /// The squared length |beta_s|^2, a sum of positive terms: the mean along and across the direction, inherited and own noise.
    /// </summary>
    public double SquaredNorm(in MarchenkoPastur s)
    {
        double theta = RidgeFormulas.Theta(s, Spike), spread = RidgeFormulas.Spread(s), keptAlong = KeptAlong(s, theta);
        double signal = _teacher.SignalPower * _teacher.Kept * _teacher.Kept
            * ((_across * ((s.P * s.P) + spread)) + (_along * ((keptAlong * keptAlong) + (spread * theta * theta))));
        double noise = s.P == 0 ? 0 : _teacher.Noise * ((s.P * s.P) + spread);
        return signal + noise;
    }

    /// <summary>Cosine between beta_s and beta*; NaN for beta_s = 0. beta_s'beta* = a2 p_t ((1 - z^2) p_s + z^2 (1 - theta q_s)).</summary>
    public double Cosine(in MarchenkoPastur s)
    {
        double theta = RidgeFormulas.Theta(s, Spike), keptAlong = KeptAlong(s, theta), squaredNorm = SquaredNorm(s);
        if (squaredNorm is > 1e-290 and < 1e290 || !(_teacher.Kept > 0))
            return Angle.Cosine(_teacher.SignalPower * _teacher.Kept * ((_across * s.P) + (_along * keptAlong)), squaredNorm,
                _teacher.SignalPower);

        // The length of beta_s leaves the range of numbers where its direction does not: in units of a p_t times the larger kept share.
        double unit = _along > 0 ? Math.Max(s.P, keptAlong) : s.P, across = s.P / unit, along = _along > 0 ? keptAlong / unit : 0;
        double own = s.Gamma * s.Q * s.Q / s.S / s.P, inherited = across == 0 ? 0 : _teacher.AlongKappa / _teacher.Kept;
        double square = (((_across + inherited) * across * across) * (1 + own))
            + (_along * ((along * along) + (across * across * own * theta * theta)));
        return Math.Clamp(((_across * across) + (_along * along)) / Math.Sqrt(square), 0, 1);
    }

    /// <summary>E_s - E_t = a2 p_t q_s B, the paper's Delta - zeta^2 Delta_Gamma without the factor that vanishes at both ends.</summary>
    public double Gap(in MarchenkoPastur s)
    {
        if (s.Q == 0)
            return 0;
        double scale = _teacher.SignalPower * _teacher.Kept;
        if (Kappa > RidgeFormulas.HugeKappa && double.IsFinite(Kappa))
        {
            bool weak = RidgeFormulas.Theta(s, Spike) > 0.5;
            double across = scale * Kappa, along = scale * AlongKappa;
            return -(weak ? across : (_across * across) + (_along * along)) * s.Q * (2 - s.R);
        }
        // Where kappa overflows but the errors do not, they are too far apart to cancel.
        return double.IsPositiveInfinity(Kappa) && double.IsFinite(_teacher.ExcessError)
            ? Excess(s) - _teacher.ExcessError
            : scale * s.Q * Bracket(s);
    }

    /// <summary>
    /// B = (1 - z^2)(r_s - kappa (2 - r_s)) + z^2 (theta (2 q_t + theta r_s p_t) - K (2 - r_s)): negative exactly where the student wins;
    /// minus infinity when the teacher's error is infinite. A weak spike (theta above 1/2) is the same sum told from the isotropic end:
    /// r_s - kappa (2 - r_s) - z^2 (1 - theta)(2 q_t + (1 + theta) r_s p_t).
    /// </summary>
    public double Bracket(in MarchenkoPastur s)
    {
        if (double.IsPositiveInfinity(Kappa))
            return double.NegativeInfinity;
        double theta = RidgeFormulas.Theta(s, Spike), isotropic = Math.FusedMultiplyAdd(-Kappa, 2 - s.R, s.R);
        if (theta > 0.5)
            return isotropic - (_along * Spike * s.P * theta * ((2 * _teacher.Lost) + ((1 + theta) * s.R * _teacher.Kept)));
        double along = (theta * ((2 * _teacher.Lost) + (theta * s.R * _teacher.Kept))) - (AlongKappa * (2 - s.R));
        return (_across * isotropic) + (_along * along);
    }

    /// <summary>
    /// A positive multiple of dE_s/dlambda_s for a finite spike, with G = l/(p S^2):
    /// (1 - z^2)(G - kappa (1 - G)) + z^2 (theta (q_t + theta p_t G) - K (1 - G) + w theta^2 (q_t q_s + theta p_t V_s)),
    /// for a weak spike told from the isotropic end as well.
    /// </summary>
    public double Slope(in MarchenkoPastur s)
    {
        double theta = RidgeFormulas.Theta(s, Spike), g = s.G, rest = s.OneMinusG;
        double isotropic = Math.FusedMultiplyAdd(-Kappa, rest, g);
        double drift = Spike * theta * theta * ((_teacher.Lost * s.Q) + (theta * _teacher.Kept * s.V));
        if (theta > 0.5)
            return isotropic + (_along * (drift - (Spike * s.P * theta * (_teacher.Lost + ((1 + theta) * _teacher.Kept * g)))));
        double along = (theta * (_teacher.Lost + (theta * _teacher.Kept * g))) - (AlongKappa * rest) + drift;
        return (_across * isotropic) + (_along * along);
    }

    /// <summary>1 - theta q_s, the share that is kept along the direction.</summary>
    private double KeptAlong(in MarchenkoPastur s, double theta) => double.IsPositiveInfinity(Spike) ? 1 : s.P * (1 + Spike) * theta;
}
