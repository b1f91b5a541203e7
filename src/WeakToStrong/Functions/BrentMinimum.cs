namespace WeakToStrong.Functions;

/// <summary>Minimum of a function of one variable by golden section and parabolas (Brent 1973, chapter 5).</summary>
internal static class BrentMinimum
{
    private const double Golden = 0.3819660112501051;

    /// <summary>The minimiser in [low, high], to <paramref name="tolerance"/> or to <paramref name="most"/> evaluations.</summary>
    public static double Search(Func<double, double> function, double low, double high, double tolerance, int most)
    {
        double x = low + (Golden * (high - low)), w = x, v = x, fx = function(x), fw = fx, fv = fx, step = 0, before = 0;
        for (int used = 1; used < most; used++)
        {
            double middle = 0.5 * (low + high);
            if (Math.Abs(x - middle) <= (2 * tolerance) - (0.5 * (high - low)))
                break;
            double r = (x - w) * (fx - fv), q = (x - v) * (fx - fw), p = ((x - v) * q) - ((x - w) * r);
            q = 2 * (q - r);
            p = q > 0 ? -p : p;
            q = Math.Abs(q);
            if (Math.Abs(before) > tolerance && Math.Abs(p) < Math.Abs(0.5 * q * before) && p > q * (low - x) && p < q * (high - x))
            {
                before = step;
                step = p / q;
                double u0 = x + step;
                if (u0 - low < 2 * tolerance || high - u0 < 2 * tolerance)
                    step = x < middle ? tolerance : -tolerance;
            }
            else
            {
                before = x < middle ? high - x : low - x;
                step = Golden * before;
            }
            double u = x + (Math.Abs(step) >= tolerance ? step : Math.CopySign(tolerance, step)), fu = function(u);
            if (fu <= fx)
            {
                if (u < x)
                    high = x;
                else
                    low = x;
                (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu);
            }
            else
            {
                if (u < x)
                    low = u;
                else
                    high = u;
                if (fu <= fw || w == x)
                    (v, fv, w, fw) = (w, fw, u, fu);
                else if (fu <= fv || v == x || v == w)
                    (v, fv) = (u, fu);
            }
        }
        return x;
    }
}
