namespace WeakToStrong.Asymptotics;

/// <summary>
/// The ridge that minimises the test error of an isotropic or infinitely spiked student. The error is unimodal in lambda_s, and its
/// derivative vanishes where G(lambda_s) = l/(p S^2) equals w = kappa/(1 + kappa); G increases from 0 (1/4 at gamma_s = 1) to 1
/// (docs/derivations.md, section 5).
/// </summary>
internal static class BestStudentRidge
{
    private const int MostSteps = 200;

    /// <summary>Beyond these kappa (the second also of gamma) the first term of G, or of 1 - G, is all of it to the last bit.</summary>
    private const double Least = 1e-200, Most = 1e17;

    /// <summary>The best ridge; 0 when the error only grows with lambda_s, infinity when it only falls.</summary>
    /// <param name="kappa">kappa, or kappa_z for an aligned student; above -1, may be infinite.</param>
    /// <param name="gamma">gamma_s; positive.</param>
    public static double Find(double kappa, double gamma)
    {
        if (kappa <= 0 || (gamma == 1 && kappa <= 1.0 / 3))
            return 0;
        if (double.IsPositiveInfinity(kappa))
            return double.PositiveInfinity;
        // Eigenvalues of the student's rows are all gamma to the last bit: G = l/(l + g).
        if (gamma > Most)
            return kappa * gamma;
        // G = l max(1, g)/(1 - g)^2 for small l (gamma = 1 has ended above), 1 - G = (1 + g)/l for large.
        if (kappa < Least)
            return kappa * Math.Abs(1 - gamma) * (Math.Abs(1 - gamma) / Math.Max(1, gamma));
        if (kappa > Most)
            return kappa * (1 + gamma);
        // log G = log w below w = 1/2, log(1 - G) = log(1 - w) above: nearly straight lines in log lambda, so Newton's steps settle fast;
        // a bracket catches the plateau that G has near gamma = 1.
        bool upper = kappa > 1;
        double target = upper ? 1 / (1 + kappa) : kappa / (1 + kappa);
        double x = Math.Log(upper ? kappa * (1 + gamma) : kappa * Math.Max((1 - gamma) * (1 - gamma), 1e-6));
        double low = double.NegativeInfinity, high = double.PositiveInfinity;
        for (int step = 0; step < MostSteps; step++)
        {
            MarchenkoPastur s = MarchenkoPastur.Trusted(gamma, Math.Exp(x));
            double miss = Math.Log((upper ? s.OneMinusG : s.G) / target);
            double slope = upper ? -s.OneMinusGLogSlope : s.GLogSlope;
            double newton = -miss / slope;
            // Steps square their size: after one below 1e-9 nothing is left.
            if (Math.Abs(newton) < 1e-9 * Math.Min(1, slope * slope) || high - low <= 2e-16 * Math.Abs(x))
                return s.Lambda * (1 + newton);

            bool above = upper ? miss < 0 : miss > 0;
            (low, high) = above ? (low, x) : (x, high);
            double next = x + newton;
            if (!(next > low && next < high))
                next = double.IsInfinity(low) ? high - 5 : double.IsInfinity(high) ? low + 5 : 0.5 * (low + high);
            x = next;
        }
        return Math.Exp(x);
    }
}
