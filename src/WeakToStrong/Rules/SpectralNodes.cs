namespace WeakToStrong.Rules;

/// <summary>
/// Quadrature over the continuous part of the Marchenko-Pastur law (eigenvalues s of X'X/n, d/n = gamma), between two of its eigenvalues:
/// <c>foreach (var (s, weight) in nodes)</c> gives the integral of f as the sum of weight f(s), to rounding.
/// </summary>
/// <remarks>
/// s = low + (high - low)/(1 + e^-v), and the trapezoid rule in v. Everything that a training rule or the law itself can do badly happens
/// at real s outside the interval - the edges, the atom at 0, the poles s = -lambda of ridge - and all of these lie on the lines Im v =
/// +-pi, however close to the interval they are; the lines Im v = +-pi/2 are mapped to the circle over the interval, where exponentials and
/// powers are bounded by their values on the interval. So the error falls like exp(-pi^2/step) at gamma = 1 and for ridges of 1e-300 as for
/// any other (docs/rules.md).
/// </remarks>
internal readonly struct SpectralNodes
{
    // exp(-pi^2/0.2) = 4e-22: what is left are the constants of functions that oscillate on the circle.
    private const double Step = 0.2;

    // Near an end the integrand falls at least like the square root of the distance: e^-80 leaves e^-40 = 4e-18.
    private const double Reach = 80;

    private readonly double _gamma, _low, _high, _belowLow, _aboveHigh, _first, _last;

    /// <summary>Nodes on the whole continuous part.</summary>
    public SpectralNodes(in SpectralEdges edges, double finest, double finestAbove)
        : this(edges, 0, double.PositiveInfinity, finest, finestAbove)
    {
    }

    /// <summary>Nodes on a part, which is cut to the support.</summary>
    /// <param name="edges">The law.</param>
    /// <param name="from">Lower end.</param>
    /// <param name="to">Upper end.</param>
    /// <param name="finest">The smallest scale on which f varies above the lower end; positive.</param>
    /// <param name="finestAbove">The smallest scale on which f varies below the upper end; positive.</param>
    public SpectralNodes(in SpectralEdges edges, double from, double to, double finest, double finestAbove)
    {
        _gamma = edges.Gamma;
        (_low, _high) = (Math.Max(from, edges.Low), Math.Min(to, edges.High));
        (_belowLow, _aboveHigh) = (_low - edges.Low, edges.High - _high);
        double width = _high - _low;
        _first = Step * Math.Floor((Math.Log(Math.Min(1, Math.Max(finest, _low) / width)) - Reach) / Step);
        _last = Step * Math.Ceiling((Reach - Math.Log(Math.Min(1, finestAbove / width))) / Step);
        if (!(width > 0))
            _last = _first - 1;
    }

    /// <summary>From the lowest node to the highest.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks over the nodes.</summary>
    public struct Enumerator
    {
        private readonly SpectralNodes _nodes;
        private readonly double _width, _lowest;
        private int _index = -1;

        public Enumerator(SpectralNodes nodes)
        {
            _nodes = nodes;
            _width = nodes._high - nodes._low;
            // A node must not be rounded onto a jump at the lower end.
            _lowest = Math.BitIncrement(nodes._low);
        }

        public (double S, double Weight) Current { get; private set; }

        public bool MoveNext()
        {
            while (true)
            {
                double v = _nodes._first + (++_index * Step);
                if (!(v <= _nodes._last))
                    return false;
                double e = Math.Exp(-Math.Abs(v)), near = e / (1 + e), far = 1 / (1 + e);
                (double below, double above) = v < 0 ? (_width * near, _width * far) : (_width * far, _width * near);
                double s = v < 0 ? Math.Max(_nodes._low + below, _lowest) : _nodes._high - above;
                double root = Math.Sqrt(_nodes._belowLow + below) * Math.Sqrt(_nodes._aboveHigh + above);
                double weight = root / (2 * Math.PI * _nodes._gamma * s) * _width * near * far * Step;
                if (weight > 0)
                {
                    Current = (s, weight);
                    return true;
                }
            }
        }
    }
}

/// <summary>Where the Marchenko-Pastur law of one ratio lives.</summary>
/// <param name="gamma">d/n, positive.</param>
internal readonly struct SpectralEdges(double gamma)
{
    /// <summary>d/n.</summary>
    public double Gamma => gamma;

    /// <summary>The smallest positive eigenvalue, (1 - sqrt gamma)^2.</summary>
    public double Low { get; } = Square((1 - gamma) / (1 + Math.Sqrt(gamma)));

    /// <summary>The largest eigenvalue, (1 + sqrt gamma)^2.</summary>
    public double High { get; } = Square(1 + Math.Sqrt(gamma));

    /// <summary>Mass of the eigenvalue 0: 1 - 1/gamma above gamma = 1.</summary>
    public double Atom => gamma > 1 ? (gamma - 1) / gamma : 0;

    private static double Square(double x) => x * x;
}
