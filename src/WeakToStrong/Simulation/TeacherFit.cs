namespace WeakToStrong.Simulation;

/// <summary>What a student needs to know of its teacher beta_t: where it lies relative to beta*.</summary>
/// <param name="signalNorm">a = ||beta*||.</param>
/// <param name="shortfall">beta_t's coordinate along beta*, less a.</param>
/// <param name="across2">Squared norm of beta_t's part orthogonal to beta*.</param>
internal readonly struct TeacherFit(double signalNorm, double shortfall, double across2)
{
    /// <summary>||beta_t - beta*||^2.</summary>
    public double ExcessError => (shortfall * shortfall) + across2;

    /// <summary>beta_t's coordinate along beta*, less a.</summary>
    public double Shortfall => shortfall;

    /// <summary>beta_t's coordinate along beta*.</summary>
    public double Along => signalNorm + shortfall;

    /// <summary>Squared norm of beta_t's part orthogonal to beta*.</summary>
    public double Across2 => across2;

    /// <summary>a = ||beta*||.</summary>
    public double SignalNorm => signalNorm;

    /// <summary>||beta_t||.</summary>
    public double Norm { get; } = Math.Sqrt(((signalNorm + shortfall) * (signalNorm + shortfall)) + across2);

    /// <summary>||beta_t|| - beta*.beta_t/||beta_t||, what a student that copies the teacher misses in the teacher's own
    /// direction; without cancellation.</summary>
    public double MissAlong => Norm > 0 ? ((Along * shortfall) + across2) / Norm : -signalNorm;

    /// <summary>Norm of beta*'s part orthogonal to beta_t.</summary>
    public double MissAcross => Norm > 0 ? signalNorm * Math.Sqrt(across2) / Norm : 0;
}
