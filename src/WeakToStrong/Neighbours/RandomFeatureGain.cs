using WeakToStrong.Functions;

namespace WeakToStrong.Neighbours;

/// <summary>
/// Medvedev, Lyu, Li and Srebro (2025): a student of a random-feature teacher that is stopped in time errs by nearly the square of the
/// teacher's error. The target is one direction of the features' covariance; the teacher is least squares on M random features of
/// infinitely many rows, the student gradient flow (or ridge) on the teacher's labels, at its best time. Eigenvalues come with
/// multiplicities, so that the spectra of kernels cost nothing. Derived in docs/views.md.
/// </summary>
public sealed class RandomFeatureGain
{
    private readonly double[] _s, _count;
    private readonly int _target;
    private readonly double _kappa, _noise;

    /// <summary>A problem.</summary>
    /// <param name="eigenvalues">Distinct eigenvalues of the covariance, positive.</param>
    /// <param name="multiplicities">How often each occurs; at least 1 for the target's.</param>
    /// <param name="target">Index of the eigenvalue in whose space the target lies, with unit variance.</param>
    /// <param name="features">M, below the number of directions.</param>
    public RandomFeatureGain(IReadOnlyList<double> eigenvalues, IReadOnlyList<double> multiplicities, int target, double features)
    {
        ArgumentNullException.ThrowIfNull(eigenvalues);
        ArgumentNullException.ThrowIfNull(multiplicities);
        Require.SameLength(eigenvalues.Count, multiplicities.Count, nameof(multiplicities));
        (_s, _count, _target) = ([.. eigenvalues], [.. multiplicities], target);
        Require.Positive(features);
        if (!(features < _count.Sum()))
            throw new ArgumentOutOfRangeException(nameof(features), features,
                FormattableString.Invariant($"must be below the {_count.Sum()} directions"));
        _kappa = Solve(features);
        double g = _kappa / (_s[target] + _kappa), slope = 0;
        for (int j = 0; j < _s.Length; j++)
            slope += _count[j] * _s[j] * _kappa / ((_s[j] + _kappa) * (_s[j] + _kappa));
        TeacherError = g;
        _noise = _s[target] * g * g / slope;
    }

    /// <summary>The distinct eigenvalues.</summary>
    public IReadOnlyList<double> Eigenvalues => _s;

    /// <summary>The teacher's excess error, of a target of unit variance.</summary>
    public double TeacherError { get; }

    /// <summary>The least excess error of a student by gradient flow, over all times.</summary>
    public double FlowError => Least(logTime => StudentError(s => 1 - Math.Exp(-Math.Exp(logTime) * s)));

    /// <summary>The least excess error of a student by ridge, over all ridges.</summary>
    public double RidgeError => Least(logTime => StudentError(s => s / (s + Math.Exp(-logTime))));

    /// <summary>log(student)/log(teacher) for gradient flow: 2 is the best that is possible.</summary>
    public double Exponent => Math.Log(FlowError) / Math.Log(TeacherError);

    /// <summary>Their Gaussian example: the target along one direction of eigenvalue 1, and M^1.5 directions of eigenvalue 1/M.</summary>
    /// <param name="features">M.</param>
    public static RandomFeatureGain Linear(int features) =>
        new([1, 1.0 / Require.AtLeast(features, 2)], [1, Math.Round(Math.Pow(features, 1.5))], 0, features);

    /// <summary>ReLU features of points on the sphere in d dimensions and a linear target: by the theorem of Funk and Hecke the
    /// eigenvalue of degree k is the square of the ReLU's mean against the k-th Gegenbauer polynomial, and occurs as often as
    /// there are harmonics.</summary>
    /// <param name="dimension">d, at least 3.</param>
    /// <param name="features">M.</param>
    /// <param name="degrees">Harmonics above this degree are left out; their part of the kernel falls slowly.</param>
    public static RandomFeatureGain ReluOnSphere(int dimension, int features, int degrees = 30)
    {
        List<double> eigenvalues = [], multiplicities = [];
        int target = 0;
        for (int k = 0; k <= degrees; k++)
        {
            // Odd degrees above 1 have no part in a ReLU.
            if (k > 1 && k % 2 == 1)
                continue;
            double mean = SphereMean(Require.AtLeast(dimension, 3), k);
            if (k == 1)
                target = eigenvalues.Count;
            eigenvalues.Add(mean * mean);
            multiplicities.Add(Harmonics(dimension, k));
        }
        return new RandomFeatureGain(eigenvalues, multiplicities, target, features);
    }

    /// <summary>The student's excess error for a filter h of the eigenvalues.</summary>
    public double StudentError(Func<double, double> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        double g = _kappa / (_s[_target] + _kappa), left = 1 - (filter(_s[_target]) * (1 - g)), error = left * left;
        for (int j = 0; j < _s.Length; j++)
        {
            double h = filter(_s[j]);
            error += _count[j] * h * h * _noise * _s[j] / ((_s[j] + _kappa) * (_s[j] + _kappa));
        }
        return error;
    }

    private static double Least(Func<double, double> error)
    {
        // One valley near 1/s of the target, found on a grid first.
        double best = Enumerable.Range(-20, 120).Select(i => 0.5 * i).MinBy(error);
        return error(BrentMinimum.Search(error, best - 1, best + 1, 1e-10, 200));
    }

    private double Solve(double features)
    {
        double low = 1e-300, high = _s.Zip(_count, (s, n) => s * n).Sum() / features;
        for (int i = 0; i < 2000 && high > low * (1 + 1e-15); i++)
        {
            double middle = Math.Sqrt(low) * Math.Sqrt(high), sum = 0;
            for (int j = 0; j < _s.Length; j++)
                sum += _count[j] * _s[j] / (_s[j] + middle);
            if (sum > features)
                low = middle;
            else
                high = middle;
        }
        return high;
    }

    /// <summary>E max(t, 0) P_k(t) for a coordinate t of a uniform point on the sphere, by Simpson's rule in its angle.</summary>
    private static double SphereMean(int d, int k)
    {
        const int Steps = 20_000;
        double sum = 0, norm = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double angle = 0.5 * Math.PI * i / Steps, weight = (i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Pow(Math.Cos(angle),
                d - 2), t = Math.Sin(angle);
            double before = 1, value = t;
            for (int n = 1; n < k; n++)
                (before, value) = (value, ((((2 * n) + d - 2) * t * value) - (n * before)) / (n + d - 2));
            sum += weight * t * (k == 0 ? 1 : value);
            norm += 2 * weight;
        }
        return sum / norm;
    }

    /// <summary>Number of independent harmonics of degree k.</summary>
    private static double Harmonics(int d, int k)
    {
        double count = 1;
        for (int i = 1; i <= k; i++)
            count *= (d - 2.0 + i) / i;
        return k == 0 ? 1 : count * ((2.0 * k) + d - 2) / (k + d - 2);
    }
}
