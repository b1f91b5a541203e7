using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>
/// What the labels of n rows and the direction that they carry have in common. In a basis of the rows that begins with the label vector y,
/// y = (T X, 0, ..), T^2 = a^2 + sigma^2, and the design's column along the labelling direction is ((a X + sigma g)/T, sigma C/T, 0, ..):
/// all other columns are independent of both (docs/simulation.md, section 2).
/// </summary>
/// <param name="Label">X ~ chi(n).</param>
/// <param name="Normal">g ~ N(0, 1).</param>
/// <param name="Rest">C ~ chi(n-1).</param>
internal readonly record struct LabelledRows(double Label, double Normal, double Rest)
{
    /// <summary>Draws the three numbers for n rows.</summary>
    public static LabelledRows Draw(RandomStream random, long n) =>
        new(Math.Sqrt(random.NextChiSquare(n)), random.NextNormal(), Math.Sqrt(random.NextChiSquare(n - 1)));

    /// <summary>The column along the labelling direction and the noise, which is what the labels are beyond a times the column;
    /// all else is 0.</summary>
    /// <param name="norm">a, norm of the coefficients that label the rows.</param>
    /// <param name="noise">sigma, deviation of the labels' noise; not 0 where <paramref name="norm"/> is.</param>
    public LabelColumn Along(double norm, double noise)
    {
        double length = double.Hypot(norm, noise), cos = norm / length, sin = noise / length, second = sin * Rest;
        return new LabelColumn((cos * Label) + (sin * Normal), second, noise * ((sin * Label) - (cos * Normal)), -norm * second);
    }
}

/// <summary>First two coordinates, in the basis of <see cref="LabelledRows"/>, of the column along the labelling direction
/// and of the noise.</summary>
internal readonly record struct LabelColumn(double Column1, double Column2, double Noise1, double Noise2);
