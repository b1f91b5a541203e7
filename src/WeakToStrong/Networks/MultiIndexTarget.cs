using WeakToStrong.Functions;

namespace WeakToStrong.Networks;

/// <summary>
/// The multi-index model y = easy(x'beta_e) + hard(x'beta_h) + noise of Section 3, with orthonormal beta_e, beta_h and standard normal x.
/// It satisfies Assumption 9 (easy link of information exponent 1, hard link of a higher one): a target that does not cannot be made.
/// </summary>
public sealed class MultiIndexTarget
{
    /// <summary>Checks Assumption 9 and makes the target.</summary>
    /// <param name="easyLink">The easy link, information exponent 1.</param>
    /// <param name="hardLink">The hard link, information exponent k above 1.</param>
    /// <param name="noiseVariance">Variance of the label noise, not negative.</param>
    /// <exception cref="InputException">A link breaks Assumption 9; the message says which and how.</exception>
    public MultiIndexTarget(Nonlinearity easyLink, Nonlinearity hardLink, double noiseVariance = 0)
    {
        if ((EasyLinkProblem(easyLink) ?? HardLinkProblem(hardLink)) is { } problem)
            throw new InputException(problem);
        EasyLink = easyLink;
        HardLink = hardLink;
        NoiseVariance = Require.NonNegative(noiseVariance);
        EasySlope = easyLink.HermiteCoefficient(1);
        HardExponent = hardLink.InformationExponent!.Value;

        double easyMean = easyLink.HermiteCoefficient(0), hardMean = hardLink.HermiteCoefficient(0);
        Power = easyLink.SecondMoment + hardLink.SecondMoment + (2 * easyMean * hardMean);
        double hardLever = GaussianExpectation.Of(z => hardLink.Value(z) * z * z);
        HardCurvature = easyMean + hardLever;
        HardLeverage = easyLink.SecondMoment + noiseVariance + (2 * easyMean * hardLever)
            + GaussianExpectation.Of(z => Square(hardLink.Value(z) * z));
    }

    /// <summary>The easy link sigma_e.</summary>
    public Nonlinearity EasyLink { get; }

    /// <summary>The hard link sigma_h.</summary>
    public Nonlinearity HardLink { get; }

    /// <summary>Variance of the label noise.</summary>
    public double NoiseVariance { get; }

    /// <summary>c_1 of the easy link.</summary>
    public double EasySlope { get; }

    /// <summary>Information exponent k of the hard link, at least 2.</summary>
    public int HardExponent { get; }

    /// <summary>E[(y - noise)^2]: the test error of the zero predictor against the noise-free target.</summary>
    public double Power { get; }

    /// <summary>E[y^2], the noise included.</summary>
    public double LabelSecondMoment => Power + NoiseVariance;

    /// <summary>E[y (x'beta_h)^2].</summary>
    internal double HardCurvature { get; }

    /// <summary>E[y^2 (x'beta_h)^2].</summary>
    internal double HardLeverage { get; }

    /// <summary>Why this function cannot be the easy link, in one sentence; null when it can.</summary>
    public static string? EasyLinkProblem(Nonlinearity link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.InformationExponent == 1 ? null
            : $"the easy link '{link.Name}' has {Exponent(link)}; Assumption 9 needs information exponent 1, that is c_1 not 0";
    }

    /// <summary>Why this function cannot be the hard link, in one sentence; null when it can.</summary>
    public static string? HardLinkProblem(Nonlinearity link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.InformationExponent > 1 ? null
            : $"the hard link '{link.Name}' has {Exponent(link)}; Assumption 9 needs information exponent 2 or more, that is c_1 = 0 and a "
                + "later coefficient not 0";
    }

    /// <summary>The noise-free label of a sample with these projections on beta_e and beta_h.</summary>
    public double Value(double easyProjection, double hardProjection) => EasyLink.Value(easyProjection) + HardLink.Value(hardProjection);

    /// <summary>
    /// What keeps a network with this activation from seeing the hard direction, or null: with c_k(act) = 0 at the hard link's
    /// information exponent k, no readout of pre-trained features finds the leading term of the hard link.
    /// </summary>
    public string? BlindSpot(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        double coefficient = activation.Function.HermiteCoefficient(HardExponent);
        return Math.Abs(coefficient) > 1e-9 ? null
            : $"the activation '{activation}' is blind to the hard link '{HardLink.Name}': its Hermite coefficient c_{HardExponent} is 0";
    }

    private static double Square(double x) => x * x;

    private static string Exponent(Nonlinearity link) => link.InformationExponent is { } k
        ? FormattableString.Invariant($"information exponent {k} (c_{k} = {link.HermiteCoefficient(k):G6})")
        : "no Hermite coefficient other than c_0";
}
