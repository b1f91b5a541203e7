namespace WeakToStrong.Chains;

/// <summary>
/// Self-distillation on the same rows: after a ridge regression on n rows with noisy labels y, the same rows train the same ridge
/// regression once more, with labels (1 - xi) y + xi (the first one's fitted values). xi may be negative. The error is a quadratic in xi
/// whose coefficients have limits for any covariance: the teacher's excess error R, that of the student of its fitted values alone P, and
/// their cross term C (Dang, Patil and Rinaldo 2026). Prepared once for every xi. Immutable.
/// </summary>
public sealed class SelfDistillation
{
    private readonly double[] _spectrum, _theta;

    private SelfDistillation(double[] spectrum, double[] theta, in StageErrors teacher, double slope)
    {
        _spectrum = spectrum;
        _theta = theta;
        Teacher = teacher;
        Slope = slope;
    }

    /// <summary>The first regression.</summary>
    public StageErrors Teacher { get; }

    /// <summary>C: E (beta_t - b)' Sigma (beta_p - b), with beta_p the student of the fitted values alone.</summary>
    public double Cross { get; private init; }

    /// <summary>P: excess error of the student of the fitted values alone, xi = 1.</summary>
    public double Pure { get; private init; }

    /// <summary>The xi of least error.</summary>
    public double BestMixing => (Teacher.ExcessError - Cross) / Curvature;

    /// <summary>d kappa/d lambda.</summary>
    private double Slope { get; }

    private double Curvature => Teacher.ExcessError + Pure - (2 * Cross);

    /// <summary>Prepares the pair.</summary>
    /// <param name="population">What is learned.</param>
    /// <param name="rows">n, at least 1.</param>
    /// <param name="ridge">lambda of both regressions; positive (at 0 the fitted values would teach nothing).</param>
    /// <param name="noise">Variance of the noise in the labels; not negative.</param>
    /// <param name="penalty">Omega; null is the identity.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public static SelfDistillation Of(Population population, long rows, double ridge, double noise, Penalty? penalty = null,
        int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(population);
        Require.Positive(ridge);
        var stage = new TrainingStage([new RowGroup(population.Truth, rows, noise)], penalty);
        StageErrors teacher = stage.At(ridge, threads);
        double[] s = stage.Spectrum.Padded, theta = StageSource.Turn(population.Truth.Mean, population.Basis(penalty ?? Penalty.Identity),
            back: false);
        double k = teacher.Kappa, l = ridge, n = rows, tau = noise + population.ResidualVariance;
        Span<double> t = stackalloc double[5], q = stackalloc double[5];
        for (int j = 0; j < s.Length; j++)
        {
            if (s[j] == 0)
                continue;
            double g = 1 / (s[j] + k), power = g;
            for (int i = 2; i <= 4; i++)
            {
                power *= g;
                t[i] += s[j] * s[j] * power / n;
                q[i] += theta[j] * theta[j] * power;
            }
        }
        // 1 - t2 without the difference: l/k + (k/n) sum s G^2.
        double b = 1 / StageStability(s, k, l, n), b2 = b * b, e = k - (b * l) + (b2 * k * l * t[3]);
        double u2 = t[2] * b, u3 = t[3] * b2 * b, u4 = (t[4] * b2 * b2) + (2 * t[3] * t[3] * b2 * b2 * b);
        double e2 = (b * e * e) + (b2 * b2 * k * k * l * l * t[4]) + (b2 * b2 * b * k * k * l * l * t[3] * t[3]), e3 = 2 * b2 * k * l * e,
            e4 = b2 * b * k * k * l * l;
        double cross = (2 * k * k * b * q[2]) - ((k * b * e * q[2]) + (k * k * b2 * l * q[3])) + (tau * (u2 - (l * u3)));
        double pure = (4 * k * k * b * q[2]) - (2 * ((2 * k * b * e * q[2]) + (2 * k * k * b2 * l * q[3])))
            + (e2 * q[2]) + (e3 * q[3]) + (e4 * q[4]) + (tau * (u2 - (2 * l * u3) + (l * l * u4)));
        // Directions without variance never learn: their part of the target has none either.
        return new SelfDistillation(s, theta, teacher, b) { Cross = cross, Pure = pure };
    }

    /// <summary>The errors at one mixing weight.</summary>
    /// <param name="mixing">xi, any finite number: 0 is the teacher again.</param>
    public StageErrors At(double mixing)
    {
        double r = Teacher.ExcessError, excess = r + (Require.Finite(mixing) * ((-2 * (r - Cross)) + (mixing * Curvature))), bias = 0;
        for (int j = 0; j < _spectrum.Length; j++)
        {
            double g = _spectrum[j] == 0 ? 0 : 1 / (_spectrum[j] + Teacher.Kappa), h = _spectrum[j] * g;
            // The mean of 1 - l A and of its square, A the resolvent: h and h (1 - l k' G).
            double left = _spectrum[j] == 0 ? 0 : (Teacher.Kappa * g) + (mixing * h * Teacher.Ridge * Slope * g);
            bias += left * left * _theta[j] * _theta[j];
        }
        return Teacher with { Bias = bias, Variance = excess - bias, Misfit = double.NaN };
    }

    private static double StageStability(double[] s, double k, double l, double n)
    {
        double sum = 0;
        foreach (double x in s)
            sum += x / ((x + k) * (x + k));
        return (l / k) + (k / n * sum);
    }
}
