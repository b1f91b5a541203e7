using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>
/// What the labels of n rows and the direction that they carry have in common. In a basis of the rows that begins with the label vector y, y = (T X, 0, ..),
/// T^2 = a^2 + sigma^2, and the design's column along the labelling direction is ((a X + sigma g)/T, sigma C/T, 0, ..): all other columns
/// are independent of both (docs/simulation.md, section 2).
/// </summary>
/// <param name="Label">X ~ chi(n).</param>
/// <param name="Normal">g ~ N(0, 1).</param>
/// <param name="Rest">C ~ chi(n-1).</param>
internal readonly record struct LabelledRows(double Label, double Normal, double Rest)
{
    /// <summary>Draws the three numbers for n rows.</summary>
    public static LabelledRows Draw(RandomStream random, long n) =>
        new(Math.Sqrt(random.NextChiSquare(n)), random.NextNormal(), Math.Sqrt(random.NextChiSquare(n - 1)));
}
