namespace WeakToStrong.Functions;

/// <summary>
/// The least value of a function of one variable that may have several valleys: it is sampled at points close enough that no valley lies
/// between two of them, and every valley that the samples show is refined by <see cref="BrentMinimum"/>.
/// </summary>
internal sealed class ValleySearch(Func<double, double> function)
{
    /// <summary>Samples that agree to this are one level: rounding makes no valleys.</summary>
    private const double Level = 1e-12;

    private readonly List<(double X, double Value)> _samples = [];

    /// <summary>Samples one more point; returns whether the function is lower there than at the point sampled before.</summary>
    public bool Sample(double x)
    {
        double value = function(x), before = _samples.Count == 0 ? double.PositiveInfinity : _samples[^1].Value;
        _samples.Add((x, value));
        return value < before && !IsLevel(value, before);
    }

    /// <summary>Refines every valley between the samples; the function sees all points that are tried.</summary>
    public void Refine(double tolerance, int most)
    {
        (double X, double Value)[] s = [.. _samples.OrderBy(sample => sample.X)];
        for (int first = 0, last; first < s.Length; first = last + 1)
        {
            last = first;
            while (last + 1 < s.Length && IsLevel(s[last].Value, s[last + 1].Value))
                last++;
            bool falls = first == 0 || s[first - 1].Value > s[first].Value,
                rises = last == s.Length - 1 || s[last + 1].Value > s[last].Value;
            if (falls && rises)
                BrentMinimum.Search(function, s[Math.Max(first - 1, 0)].X, s[Math.Min(last + 1, s.Length - 1)].X, tolerance, most);
        }
    }

    private static bool IsLevel(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= Level * Math.Min(Math.Abs(a), Math.Abs(b));
}
