using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>One thread's workspace for exact trials.</summary>
internal sealed class ExactTrial(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, ulong seed) : ITrialEngine
{
    private readonly long _d = experiment.Dimension;
    private readonly double _zeta = experiment.Alignment, _zetaRest = Math.Sqrt((1 - experiment.Alignment) * (1 + experiment.Alignment));

    public bool TryRun(long trial, Span<double> teacher, Span<double> student, CancellationToken cancellation)
    {
        var random = new RandomStream(seed, (ulong)trial, 0);
        var studentRandom = new RandomStream(seed, (ulong)trial, 1);
        double a2 = experiment.SignalPower * (experiment.SignalLaw == SignalLaw.Fixed ? 1 : Chi2(random, _d) / _d);
        double a = Math.Sqrt(a2), xi = Cosine(random, _d - 1);
        var fits = TeacherFits(random, a);
        if (!experiment.HasSpike)
            PlainStudents(studentRandom, a, xi, fits, teacher, student);
        else
            SpikedStudents(studentRandom, a, xi, Cosine(random, _d - 2), fits, teacher, student);
        return !cancellation.IsCancellationRequested;
    }

    private (double Delta, double R2)[] TeacherFits(RandomStream random, double a)
    {
        long n = experiment.TeacherSamples;
        double sigma = Math.Sqrt(experiment.NoiseVariance);
        int count = lambdaTeacher.Count;
        double[] q = new double[count], u = new double[count], s = new double[count], c = new double[count], r = new double[count];
        q.AsSpan().Fill(n < _d ? 1 : 0);
        for (long row = Math.Min(n, _d); row >= 1; row--)
        {
            double alpha2 = Chi2(random, n - row + 1), beta2 = Chi2(random, _d - row), y = sigma * random.NextNormal();
            double alpha = Math.Sqrt(alpha2), beta = Math.Sqrt(beta2);
            for (int i = 0; i < count; i++)
            {
                double t = n * lambdaTeacher[i] + beta2 * q[i], inv = 1 / (t + alpha2);
                double w = q[i] * q[i] + s[i], cc = u[i] * q[i] + c[i], nn = u[i] * u[i] + r[i];
                double g = (y - beta * u[i]) * inv, h = beta * g, m = alpha * beta * inv, v = h * w + cc;
                r[i] = nn + h * (cc + v);
                c[i] = -m * v;
                s[i] = m * m * w;
                q[i] = t * inv;
                u[i] = alpha * g;
            }
        }
        var fits = new (double, double)[count];
        for (int i = 0; i < count; i++)
            fits[i] = (u[i] - a * q[i], Math.Max(0, r[i] + a * (a * s[i] - 2 * c[i])));
        return fits;
    }

    private void PlainStudents(RandomStream random, double a, double xi, (double Delta, double R2)[] fits, Span<double> teacher, Span<double> student)
    {
        long n = experiment.StudentSamples;
        int count = lambdaStudent.Count;
        double[] q = new double[count], s = new double[count];
        q.AsSpan().Fill(n < _d ? 1 : 0);
        for (long row = Math.Min(n, _d); row >= 1; row--)
        {
            double alpha2 = Chi2(random, n - row + 1), beta2 = Chi2(random, _d - row);
            for (int j = 0; j < count; j++)
            {
                double t = n * lambdaStudent[j] + beta2 * q[j], inv = 1 / (t + alpha2);
                s[j] = alpha2 * beta2 * inv * inv * (q[j] * q[j] + s[j]);
                q[j] = t * inv;
            }
        }
        for (int i = 0; i < fits.Length; i++)
        {
            (double delta, double r2) = fits[i];
            double c1 = a + delta, norm = Math.Sqrt(c1 * c1 + r2);
            double miss = (c1 * delta + r2) / norm, rho = a * Math.Sqrt(r2) / norm;
            teacher[i] = delta * delta + r2;
            for (int j = 0; j < count; j++)
            {
                double rest = norm * Math.Sqrt(s[j]), along = miss - norm * q[j], across = rest * xi - rho;
                student[i * count + j] = along * along + across * across + rest * rest * (1 - xi) * (1 + xi);
            }
        }
    }

    private void SpikedStudents(RandomStream random, double a, double xi1, double xi2, (double Delta, double R2)[] fits, Span<double> teacher, Span<double> student)
    {
        long n = experiment.StudentSamples;
        int count = lambdaStudent.Count;
        double start = n < _d ? 1 : 0;
        var k = new (double Q11, double Q12, double Q22, double S11, double S12, double S22, double P11, double P22)[count];
        k.AsSpan().Fill((start, 0, start, 0, 0, 0, 1 - start, 1 - start));
        for (long row = Math.Min(n, _d); row >= 1; row--)
        {
            double alpha2 = Chi2(random, n - row + 1), nu = row < _d ? random.NextNormal() : 0, beta2 = Chi2(random, _d - 1 - row);
            double alpha = Math.Sqrt(alpha2), beta = Math.Sqrt(beta2);
            for (int j = 0; j < count; j++)
            {
                var (q11, q12, q22, s11, s12, s22, p11, _) = k[j];
                double v1 = nu * q11 + beta * q12, v2 = nu * q12 + beta * q22, tau = nu * v1 + beta * v2;
                double t = n * lambdaStudent[j] + tau, inv = 1 / (t + alpha2);
                double g11 = q12 * q12 + s11, g12 = q12 * q22 + s12, g22 = q22 * q22 + s22;
                double f1v = nu * g11 + beta * g12, f2v = nu * g12 + beta * g22, vv = nu * f1v + beta * f2v;
                double e = inv * v1, ai = alpha * inv;
                k[j] = (t * inv, -ai * v1, q11 - e * v1, ai * ai * vv, ai * (e * vv - f1v), g11 - e * (2 * f1v - e * vv), alpha2 * inv, p11 + e * v1);
            }
        }
        for (int i = 0; i < fits.Length; i++)
        {
            (double delta, double r2) = fits[i];
            double c1 = a + delta, norm = Math.Sqrt(c1 * c1 + r2);
            double t2 = Math.Sqrt(r2) * xi1, t3Squared = r2 * (1 - xi1) * (1 + xi1), kk = c1 * _zetaRest - t2 * _zeta;
            double cross = Math.Sqrt(t3Squared + kk * kk), w1 = (_zeta * c1 + _zetaRest * t2) / norm, w2 = cross / norm;
            double miss1 = (c1 * delta + r2) / norm, b2 = a * (_zeta * t3Squared - t2 * kk) / (norm * cross);
            double rho = a * Math.Sqrt(t3Squared) * _zetaRest / cross;
            teacher[i] = delta * delta + r2;
            for (int j = 0; j < count; j++)
            {
                var (q11, q12, q22, s11, s12, s22, p11, p22) = k[j];
                double pe = w1 * p11 - w2 * q12, ww = w1 * w1 * p11 - 2 * w1 * w2 * q12 + w2 * w2 * p22;
                double omega = pe / (1 / experiment.Spike + ww), z1 = 1 - omega * w1, z2 = -omega * w2;
                double x1 = miss1 - norm * (q11 * z1 + q12 * z2), x2 = -norm * (q12 * z1 + q22 * z2) - b2;
                double rest = norm * Math.Sqrt(Math.Max(0, z1 * z1 * s11 + 2 * z1 * z2 * s12 + z2 * z2 * s22)), across = rest * xi2 - rho;
                student[i * count + j] = x1 * x1 + x2 * x2 + across * across + rest * rest * (1 - xi2) * (1 + xi2);
            }
        }
    }

    private static double Cosine(RandomStream random, long dimension)
    {
        double x = random.NextNormal();
        return dimension < 1 ? 0 : x / Math.Sqrt(x * x + Chi2(random, dimension - 1));
    }

    private static double Chi2(RandomStream random, long degrees)
    {
        if (degrees <= 0)
            return 0;
        if (degrees == 1)
            return Math.Pow(random.NextNormal(), 2);
        double d = (degrees / 2.0) - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.NextNormal(), v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(random.NextUniform()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return 2 * d * v;
        }
    }
}
