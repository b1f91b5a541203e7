namespace WeakToStrong.Networks;

/// <summary>
/// What a trial of the one-step experiment measures. W_t, W_s are the weights after training, W_0 the teacher's before,
/// Wbar_0 the student's random part before (without its spike); b = sum_i f_t(x_i) x_i / n_s.
/// </summary>
public enum NetworkQuantity
{
    /// <summary>||(W_t - W_0) beta_e||.</summary>
    TeacherUpdateEasy,

    /// <summary>||(W_t - W_0) beta_h||.</summary>
    TeacherUpdateHard,

    /// <summary>
    /// a_t'(W_t - W_0) beta_e / ||a_t||: the overlap along the readout. The initial part a_t'W_0 beta_e / ||a_t||, exactly N(0, 1/d), is
    /// left out: it moves no mean and would only add noise.
    /// </summary>
    TeacherReadoutEasy,

    /// <summary>a_t'(W_t - W_0) beta_h / ||a_t||.</summary>
    TeacherReadoutHard,

    /// <summary>||W_t beta_e||, the quantity that Proposition 10 prints.</summary>
    TeacherNormEasy,

    /// <summary>||W_t beta_h||, the quantity that Proposition 10 prints.</summary>
    TeacherNormHard,

    /// <summary>Cosine of the learned direction a_t'(W_t - W_0) with beta_e.</summary>
    TeacherCosine,

    /// <summary>||a_t'(W_t - W_0)|| / ||a_t||, the norm of the learned direction.</summary>
    TeacherDirectionNorm,

    /// <summary>b'beta_e, the easy part of the direction that the teacher's labels carry.</summary>
    LabelDirectionEasy,

    /// <summary>||b||.</summary>
    LabelDirectionNorm,

    /// <summary>||(W_s - Wbar_0) beta_e||.</summary>
    StudentUpdateEasy,

    /// <summary>||(W_s - Wbar_0) beta_h||: what is left of the spike.</summary>
    StudentUpdateHardSpike,

    /// <summary>a_s'(W_s - Wbar_0) beta_e / ||a_s||.</summary>
    StudentReadoutEasy,

    /// <summary>||W_s beta_e||, the quantity that Theorem 11 prints.</summary>
    StudentNormEasy,

    /// <summary>||W_s beta_h||, the quantity that Theorem 11 prints.</summary>
    StudentNormHard,
}

/// <summary>Names of the quantities as tables show them.</summary>
public static class NetworkQuantities
{
    /// <summary>All quantities, in the order of tables.</summary>
    public static IReadOnlyList<NetworkQuantity> All { get; } = Enum.GetValues<NetworkQuantity>();

    /// <summary>The name in tables, such as teacher_update_easy.</summary>
    public static string TableName(this NetworkQuantity quantity) => TableNames.Of(quantity);
}
