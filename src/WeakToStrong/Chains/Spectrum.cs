namespace WeakToStrong.Chains;

/// <summary>
/// The eigenvalues s_1, ..., s_d of a feature covariance Sigma (or of Sigma measured against a penalty): finite, not negative, not
/// all zero, in any order. Immutable and safe to share between threads.
/// </summary>
public sealed class Spectrum
{
    private readonly double[] _padded;

    private Spectrum(double[] padded, int dimension)
    {
        _padded = padded;
        Dimension = dimension;
        Smallest = double.PositiveInfinity;
        foreach (double value in Values)
        {
            Trace += value;
            Largest = Math.Max(Largest, value);
            if (value > 0)
            {
                Rank++;
                Smallest = Math.Min(Smallest, value);
            }
        }
    }

    /// <summary>Number of features d.</summary>
    public int Dimension { get; }

    /// <summary>Number of positive eigenvalues.</summary>
    public int Rank { get; }

    /// <summary>Sum of the eigenvalues.</summary>
    public double Trace { get; }

    /// <summary>The largest eigenvalue.</summary>
    public double Largest { get; }

    /// <summary>The smallest positive eigenvalue.</summary>
    public double Smallest { get; }

    /// <summary>True when all eigenvalues are equal, as in the paper.</summary>
    public bool IsIsotropic => Rank == Dimension && Smallest == Largest;

    /// <summary>The eigenvalues, in the order given.</summary>
    public ReadOnlySpan<double> Values => _padded.AsSpan(0, Dimension);

    /// <summary>The eigenvalues, followed by zeros up to a multiple of <see cref="SpectralSums.VectorWidth"/>; a zero adds
    /// nothing to any sum.</summary>
    internal double[] Padded => _padded;

    /// <summary>
    /// Whole numbers at which to sample a function of y = log kappa: all within <paramref name="near"/> of the logarithm of an eigenvalue,
    /// and the even ones in the gaps and, down to the smallest normal number, below.
    /// </summary>
    internal IEnumerable<int> SampleExponents(int near)
    {
        const int Lowest = -708;
        int highest = (int)Math.Ceiling(Math.Log(Largest)) + near;
        var close = new bool[highest - Lowest + 1];
        double last = double.NaN;
        foreach (double value in Values)
        {
            if (value == last || value <= 0)
                continue;
            last = value;
            double log = Math.Log(value);
            for (int y = Math.Max((int)Math.Floor(log) - near, Lowest); y <= (int)Math.Ceiling(log) + near; y++)
                close[y - Lowest] = true;
        }
        for (int y = Lowest; y <= highest; y++)
        {
            if (close[y - Lowest] || y % 2 == 0)
                yield return y;
        }
    }

    /// <summary>A spectrum of the given eigenvalues.</summary>
    /// <exception cref="ArgumentException">A value is negative or not finite (the message names its index), or
    /// none is positive.</exception>
    public static Spectrum Of(params ReadOnlySpan<double> values)
    {
        bool positive = false;
        for (int j = 0; j < values.Length; j++)
        {
            if (!(values[j] >= 0 && double.IsFinite(values[j])))
                throw new ArgumentException(FormattableString.Invariant(
                    $"eigenvalue {j + 1} is {values[j]}; must be a finite number that is not negative"), nameof(values));
            positive |= values[j] > 0;
        }
        if (!positive)
            throw new ArgumentException("no eigenvalue is positive", nameof(values));
        return new Spectrum(SpectralSums.Pad(values), values.Length);
    }

    /// <summary>All eigenvalues 1: the paper's isotropic features.</summary>
    /// <param name="dimension">d, at least 1.</param>
    public static Spectrum Isotropic(int dimension) => PowerLaw(dimension, 0);

    /// <summary>s_j = j^-exponent, j = 1, ..., d.</summary>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="exponent">Not negative; 0 is isotropic.</param>
    public static Spectrum PowerLaw(int dimension, double exponent)
    {
        Require.NonNegative(exponent);
        var values = new double[Require.AtLeast(dimension, 1)];
        for (int j = 0; j < values.Length; j++)
            values[j] = exponent == 0 ? 1 : Math.Pow(j + 1, -exponent);
        return Of(values);
    }

    /// <summary>The spiked covariance: the given eigenvalues first, then ones.</summary>
    /// <param name="dimension">d, at least the number of spikes.</param>
    /// <param name="spikes">The leading eigenvalues, not negative.</param>
    public static Spectrum Spiked(int dimension, params ReadOnlySpan<double> spikes)
    {
        var values = new double[Require.AtLeast(dimension, Math.Max(1, spikes.Length))];
        Array.Fill(values, 1);
        spikes.CopyTo(values);
        return Of(values);
    }
}
