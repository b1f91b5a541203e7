namespace WeakToStrong.Simulation;

/// <summary>How the true coefficients beta* are drawn in each trial.</summary>
public enum SignalLaw
{
    /// <summary>beta* ~ N(0, a2 I/d), the paper's choice: ||beta*||^2 is a2 on average and varies by O(d^-1/2).</summary>
    Gaussian,

    /// <summary>beta* has norm exactly sqrt(a2): the same limit, less variance.</summary>
    Fixed,
}
