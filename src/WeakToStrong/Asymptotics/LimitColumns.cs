namespace WeakToStrong.Asymptotics;

/// <summary>The columns of many points of the linear theory, by name and of equal length: what <see cref="LimitPoints"/> checks
/// and copies. Columns that are left out have the paper's setting in every row.</summary>
public sealed record LimitColumns
{
    /// <summary>gamma_t = d/n_t; positive.</summary>
    public required IReadOnlyList<double> GammaTeacher { get; init; }

    /// <summary>gamma_s = d/n_s; positive.</summary>
    public required IReadOnlyList<double> GammaStudent { get; init; }

    /// <summary>lambda_t; not negative.</summary>
    public required IReadOnlyList<double> LambdaTeacher { get; init; }

    /// <summary>lambda_s; not negative.</summary>
    public required IReadOnlyList<double> LambdaStudent { get; init; }

    /// <summary>sigma^2; not negative.</summary>
    public required IReadOnlyList<double> NoiseVariance { get; init; }

    /// <summary>a^2 = ||beta*||^2; positive. Default: 1.</summary>
    public IReadOnlyList<double>? SignalPower { get; init; }

    /// <summary>zeta, the cosine of beta* and the student's direction, from 0 to 1. Default: 0.</summary>
    public IReadOnlyList<double>? Alignment { get; init; }

    /// <summary>w of the student's Gamma = I + w bh bh'; not negative, may be infinite. Default: infinite.</summary>
    public IReadOnlyList<double>? Spike { get; init; }
}
