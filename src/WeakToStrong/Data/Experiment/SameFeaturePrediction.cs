using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Experiment;

/// <summary>
/// What the theory predicts for a teacher and a student that see the same features: the deterministic equivalents of two ridge stages
/// (<see cref="TrainingStage"/>) with the covariance, the linear target and the noise estimated from all rows. The noise is everything that
/// is not linear in the features. Prepared once; evaluated for any sizes and ridges.
/// </summary>
/// <remarks>
/// With N rows, rank r and least-squares coefficients b_j in the eigenbasis: noise variance RSS/(N - r - 1), and b_j^2 less its own
/// variance, noise/(N s_j), never below zero. Outputs add up. The intercept that the paper does not have costs L_t/n_t, which the student
/// inherits from the teacher's labels; its own costs its mean squared distance from fresh labels of the teacher, over n_s.
/// </remarks>
public sealed class SameFeaturePrediction
{
    private readonly Population[] _populations;
    private readonly double[] _noise;

    private SameFeaturePrediction(Population[] populations, double[] noise)
    {
        _populations = populations;
        _noise = noise;
    }

    /// <summary>Total noise variance over outputs: the error of the best linear predictor.</summary>
    public double NoiseVariance => _noise.Sum();

    /// <summary>Estimates what the theory needs.</summary>
    /// <param name="rows">All rows there are.</param>
    /// <param name="truth">Their true labels.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    /// <exception cref="InputException">There are not more rows than features.</exception>
    public static SameFeaturePrediction Estimate(FeatureRows rows, TrueLabels truth, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(truth);
        if (rows.Count < rows.Columns + 10)
            throw new InputException($"the prediction estimates {rows.Columns} coefficients from {rows.Count} rows; there must be at least "
                + $"{rows.Columns + 10} rows");
        RidgeFactorisation design = RidgeFactorisation.Of(rows, threads);
        RidgePath path = design.Fit(truth.Targets(), threads);
        double[] noise = path.At(Grid.Of(0), threads).OutputErrors(rows, truth, threads);
        (double[] spectrum, Matrix<double> coefficients) = path.LeastSquares();
        System.Numerics.Tensors.TensorPrimitives.Multiply(noise, rows.Count / (double)(rows.Count - spectrum.Length - 1), noise);
        Spectrum eigenvalues = Spectrum.Of(spectrum);
        Population[] populations = [.. Enumerable.Range(0, noise.Length)
            .Select(c => new Population(eigenvalues, Unbiased(coefficients, c, spectrum, noise[c], rows.Count)))];
        return new SameFeaturePrediction(populations, noise);
    }

    /// <summary>The teacher's test error.</summary>
    /// <param name="rows">n_t.</param>
    /// <param name="lambda">Its ridge, in the normalisation (1/n) sum of squares + lambda ||b||^2.</param>
    public double TeacherError(int rows, double lambda)
    {
        double error = NoiseVariance;
        for (int c = 0; c < _noise.Length; c++)
            error += Teacher(c, rows).At(lambda).ExcessError;
        return error * (1 + (1.0 / rows));
    }

    /// <summary>The student's test error for every ridge of a grid.</summary>
    /// <param name="teacherRows">n_t.</param>
    /// <param name="teacherLambda">The teacher's ridge.</param>
    /// <param name="studentRows">n_s.</param>
    /// <param name="studentLambdas">The student's ridges.</param>
    public double[] StudentErrors(int teacherRows, double teacherLambda, int studentRows, Grid studentLambdas)
    {
        ArgumentNullException.ThrowIfNull(studentLambdas);
        double intercept = TeacherError(teacherRows, teacherLambda) / (1 + teacherRows);
        var errors = new double[studentLambdas.Count];
        Array.Fill(errors, NoiseVariance + intercept);
        for (int c = 0; c < _noise.Length; c++)
        {
            var student = new TrainingStage(new RowGroup(Teacher(c, teacherRows).Train(teacherLambda), studentRows));
            for (int l = 0; l < errors.Length; l++)
                errors[l] += student.At(studentLambdas[l], 1, out double ownIntercept).ExcessError + ownIntercept;
        }
        return errors;
    }

    private TrainingStage Teacher(int output, int rows) => new(new RowGroup(_populations[output].Truth, rows, _noise[output]));

    private static double[] Unbiased(Matrix<double> coefficients, int output, double[] spectrum, double noise, int rows)
    {
        var unbiased = new double[spectrum.Length];
        for (int j = 0; j < spectrum.Length; j++)
        {
            double b = coefficients[j, output];
            unbiased[j] = spectrum[j] == 0 ? 0 : Math.CopySign(Math.Sqrt(Math.Max(0, (b * b) - (noise / (rows * spectrum[j])))), b);
        }
        return unbiased;
    }
}
