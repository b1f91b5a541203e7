using WeakToStrong.Functions;

namespace WeakToStrong.Networks;

/// <summary>
/// What theory predicts for the one-step experiment, in two readings. <c>Corrected</c> is what holds; <c>Printed</c> is what
/// Proposition 10 and Theorem 11 state, read with the constants of their proofs, which drop the initial weights although
/// ||W_0 beta|| tends to sqrt(p/d). Derivations: docs/networks.md. NaN where a reading says nothing, and everywhere unless both
/// networks take exactly one step.
/// </summary>
public sealed class NetworkPrediction
{
    private readonly double[] _corrected = new double[NetworkQuantities.All.Count];
    private readonly double[] _printed = new double[NetworkQuantities.All.Count];

    /// <summary>Prepares all constants of an experiment.</summary>
    public NetworkPrediction(NetworkExperiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        Array.Fill(_corrected, double.NaN);
        Array.Fill(_printed, double.NaN);
        if (!experiment.HasPrediction)
            return;
        PredictTeacher(experiment);
        PredictStudent(experiment);
    }

    /// <summary>
    /// The value that holds: the high-dimensional limit, except <see cref="NetworkQuantity.TeacherUpdateHard"/>, whose limit is 0 and for
    /// which this is the leading term at the experiment's d and n, of order n^(-1/2).
    /// </summary>
    public double Corrected(NetworkQuantity quantity) => _corrected[(int)quantity];

    /// <summary>The limit as the paper prints it, NaN where it prints none.</summary>
    public double Printed(NetworkQuantity quantity) => _printed[(int)quantity];

    private void PredictTeacher(NetworkExperiment e)
    {
        var t = new TeacherConstants(e);
        double random = (double)e.TeacherWidth / e.Dimension;
        Set(NetworkQuantity.TeacherUpdateEasy, Hypot(t.Decay * Math.Sqrt(random), t.Easy), printed: t.Easy);
        Set(NetworkQuantity.TeacherUpdateHard, HardUpdate(e, t), printed: 0);
        Set(NetworkQuantity.TeacherReadoutEasy, t.Easy, printed: t.Easy);
        Set(NetworkQuantity.TeacherReadoutHard, 0, printed: 0);
        Set(NetworkQuantity.TeacherNormEasy, Hypot((1 - t.Decay) * Math.Sqrt(random), t.Easy), printed: t.Easy);
        Set(NetworkQuantity.TeacherNormHard, (1 - t.Decay) * Math.Sqrt(random), printed: 0);
        // a'(W_t - W_0)/||a|| = Easy beta_e + noise of norm^2 gamma (eta c_1 ||a||)^2 E[r^2], less what the squared loss and
        // the decay take from a'W_0.
        double norm = Math.Sqrt((t.Easy * t.Easy) + (t.InitialShare * t.InitialShare)
            + (t.Gamma * Square(t.Gain) * t.ResidualSecondMoment));
        Set(NetworkQuantity.TeacherCosine, norm == 0 ? double.NaN : t.Easy / norm);
        Set(NetworkQuantity.TeacherDirectionNorm, norm);
    }

    private void PredictStudent(NetworkExperiment e)
    {
        var t = new TeacherConstants(e);
        Nonlinearity activation = e.Activation.Function;
        // Pre-activations of the decayed teacher have standard deviation 1 - decay, at which the labels' linear part is read.
        double labelSlope = activation.MeanDerivative(1 - t.Decay), a = e.ReadoutNorm;
        double labelEasy = labelSlope * a * t.Easy;
        double direction = Square((1 - t.Decay - t.SquaredPull) * a)
            + (Square(a) * (Square(t.Easy) + (t.Gamma * Square(t.Gain) * t.ResidualSecondMoment)));
        double labelPower = (a * a * activation.MeanSquare(1 - t.Decay))
            + (labelSlope * labelSlope * (direction - Square((1 - t.Decay) * a)));
        double gammaStudent = (double)e.Dimension / e.StudentSamples;
        Set(NetworkQuantity.LabelDirectionEasy, labelEasy, printed: labelEasy);
        Set(NetworkQuantity.LabelDirectionNorm, Math.Sqrt((labelSlope * labelSlope * direction) + (gammaStudent * labelPower)));

        double decay = e.StudentRate * e.WeightDecay, random = (double)e.StudentWidth / e.Dimension;
        double easy = e.StudentRate * e.Activation.Slope * a * labelEasy, spike = (1 - decay) * e.Spike;
        Set(NetworkQuantity.StudentUpdateEasy, Hypot(decay * Math.Sqrt(random), easy), printed: easy);
        Set(NetworkQuantity.StudentUpdateHardSpike, Hypot(decay * Math.Sqrt(random), spike), printed: e.Spike);
        Set(NetworkQuantity.StudentReadoutEasy, easy, printed: easy);
        Set(NetworkQuantity.StudentNormEasy, Hypot((1 - decay) * Math.Sqrt(random), easy), printed: easy);
        Set(NetworkQuantity.StudentNormHard, Hypot((1 - decay) * Math.Sqrt(random), spike), printed: e.Spike);
    }

    /// <summary>
    /// The mean of ||(W_t - W_0) beta_h|| to leading order. Unit j moves by eta a_j (1/n) sum_i r_i act'(w_j'x_i) x_i'beta_h. The part
    /// common to all units, c_1 (1/n) sum r x'beta_h, is one normal number of variance E[r^2 (x'beta_h)^2]/n; the rest adds up over units
    /// to a constant: sampling noise of act' - c_1, and the bias 2 c_2 E[r (x'beta_h)^2] w_j'beta_h with w_j'beta_h of variance 1/d.
    /// </summary>
    private static double HardUpdate(NetworkExperiment e, TeacherConstants t)
    {
        Nonlinearity activation = e.Activation.Function;
        double slope = e.Activation.Slope, scale = e.TeacherRate * e.ReadoutNorm;
        double leverage = e.Target.HardLeverage + t.OwnOutputPower;
        double common = Square(slope) * ((leverage / e.TeacherSamples) + (Square(t.OwnSlope) / e.Dimension));
        double rest = (Math.Max(activation.MeanSquareDerivative() - Square(slope), 0) * leverage / e.TeacherSamples)
            + (Square(2 * activation.HermiteCoefficient(2) * e.Target.HardCurvature) / e.Dimension);
        double random = Square(t.Decay) * e.TeacherWidth / e.Dimension;
        return GaussianExpectation.Of(z => Math.Sqrt((scale * scale * ((common * z * z) + rest)) + random));
    }

    private void Set(NetworkQuantity quantity, double corrected, double printed = double.NaN)
    {
        _corrected[(int)quantity] = corrected;
        _printed[(int)quantity] = printed;
    }

    private static double Hypot(double x, double y) => double.Hypot(x, y);

    private static double Square(double x) => x * x;

    /// <summary>Constants of the teacher's step that several predictions share.</summary>
    private readonly struct TeacherConstants
    {
        public TeacherConstants(NetworkExperiment e)
        {
            bool squared = e.Loss == TrainingLoss.Squared;
            Gamma = (double)e.Dimension / e.TeacherSamples;
            Decay = e.TeacherRate * e.WeightDecay;
            Gain = e.TeacherRate * e.Activation.Slope * e.ReadoutNorm;
            Easy = Gain * e.Target.EasySlope;
            OwnSlope = squared ? e.Activation.Slope * e.ReadoutNorm : 0;
            OwnOutputPower = squared ? Square(e.ReadoutNorm) * e.Activation.Function.SecondMoment : 0;
            ResidualSecondMoment = e.Target.LabelSecondMoment + OwnOutputPower;
            SquaredPull = Gain * OwnSlope;
            InitialShare = Decay + SquaredPull;
        }

        /// <summary>d/n_t.</summary>
        public double Gamma { get; }

        /// <summary>eta_t w.</summary>
        public double Decay { get; }

        /// <summary>eta_t c_1 ||a||.</summary>
        public double Gain { get; }

        /// <summary>eta_t c_1 ||a|| c_1(easy link).</summary>
        public double Easy { get; }

        /// <summary>Slope of the initial network's own output in a'W_0 x/||a||, which the squared loss subtracts from the labels.</summary>
        public double OwnSlope { get; }

        /// <summary>E[f^2] of the initial network when the squared loss subtracts it, else 0.</summary>
        public double OwnOutputPower { get; }

        /// <summary>E[r^2].</summary>
        public double ResidualSecondMoment { get; }

        /// <summary>What the squared loss takes from a'W_0/||a||, as a share.</summary>
        public double SquaredPull { get; }

        /// <summary>Coefficient of -a'W_0/||a|| (of norm 1) in the learned direction.</summary>
        public double InitialShare { get; }
    }
}
