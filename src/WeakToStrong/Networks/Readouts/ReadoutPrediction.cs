using System.Numerics.Tensors;
using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Networks.Readouts;

/// <summary>
/// Predicts the test errors of readouts from a trial's weights alone, no sample being drawn: teacher and student networks are two sets of
/// features of known second
/// moments, and a readout is a training stage on them (docs/networks.md, section 7). The prediction is for the weights at hand, and
/// averages over the samples
/// that a readout is fitted to.
/// </summary>
internal sealed class ReadoutPrediction
{
    /// <summary>The widest network that is predicted: the cost of a network grows with its width cubed.</summary>
    public const int LargestWidth = 4096;

    // Eigenvalues below this share of the largest count as zero.
    private const double RankCut = 1e-10;

    private readonly NetworkExperiment _experiment;
    private readonly PairMoments _pairs;
    private readonly Matrix<double> _directions;
    private readonly int _threads;
    private FeatureView? _teacher;

    /// <summary>Predictions for one trial.</summary>
    /// <param name="experiment">The setting.</param>
    /// <param name="directions">beta_e and beta_h.</param>
    /// <param name="threads">Most threads to use; does not change the result.</param>
    public ReadoutPrediction(NetworkExperiment experiment, Directions directions, int threads)
    {
        (_experiment, _threads) = (experiment, threads);
        _pairs = new PairMoments(experiment.Activation.Function, threads);
        _directions = Wide(directions.Rows);
    }

    /// <summary>Whether both networks are narrow enough.</summary>
    public static bool Covers(NetworkExperiment experiment) => Math.Max(experiment.TeacherWidth, experiment.StudentWidth) <= LargestWidth;

    /// <summary>
    /// Predicted test errors, in the order of <see cref="ReadoutSource"/>. The teacher must come first, and must not change afterwards.
    /// </summary>
    /// <param name="network">The network, at its present weights.</param>
    /// <param name="teacher">Who labels.</param>
    /// <param name="trueLabels">True labels of a probe.</param>
    public double[] Predict(TwoLayerNetwork network, TwoLayerNetwork teacher, int trueLabels)
    {
        FeatureView view = View(network);
        double[] readout = [.. network.Readout.Select(x => (double)x)];
        double[] withTeacher = ReferenceEquals(network, teacher) ? Times(view.Moments, readout) : WithTeacher(view, teacher);
        if (ReferenceEquals(network, teacher))
            _teacher = view with { OwnPower = TensorPrimitives.Dot<double>(readout, withTeacher) };
        double power = _experiment.Target.Power, noise = _experiment.Target.NoiseVariance;
        double initial = power - (2 * TensorPrimitives.Dot<double>(readout, view.WithTarget))
            + TensorPrimitives.Dot<double>(readout, Times(view.Moments, readout));

        double[] values = Dense.SymmetricEigen(view.Moments, _threads); // the moments become their eigenvectors
        double largest = values[^1];
        var spectrum = Spectrum.Of([.. values.Select(s => s > RankCut * largest ? s : 0)]);
        (double[] onTarget, double unexplained) = Regress(view.Moments, spectrum, view.WithTarget, power);
        (double[] onTeacher, double unlike) = Regress(view.Moments, spectrum, withTeacher, _teacher!.OwnPower);
        var truth = new Population(spectrum, onTarget);
        double fromTrue = Best(new RowGroup(truth.Truth, HeldOutRidge.FitRows(trueLabels), unexplained + noise), truth);
        var imitated = new Population(spectrum, onTeacher);
        double fromTeacher = Best(new RowGroup(imitated.Truth, HeldOutRidge.FitRows(_experiment.StudentSamples), unlike), truth);
        return [initial, unexplained + fromTeacher, unexplained + fromTrue];
    }

    /// <summary>The excess error over the truth at the ridge that held-out data of the labels' own kind would choose.</summary>
    private static double Best(RowGroup rows, Population truth)
    {
        var stage = new TrainingStage(rows);
        double ridge = HeldOutRidge.Ridges.MinBy(r => stage.At(r).ExcessError);
        if (ReferenceEquals(rows.Labels.Population, truth))
            return stage.At(ridge).ExcessError;
        Estimator source = Estimator.Fixed(truth, rows.Labels.MeanCoefficients());
        return new TrainingStage(new RowGroup(source, rows.Rows, rows.LabelNoise)).At(ridge).ExcessError;
    }

    /// <summary>The best linear readout in the eigenbasis of the moments, and what it leaves of the label's second moment.</summary>
    private static (double[] Coefficients, double Unexplained) Regress(
        Matrix<double> axes, Spectrum spectrum, double[] moments, double power)
    {
        var turned = new double[moments.Length];
        for (int i = 0; i < moments.Length; i++)
            TensorPrimitives.MultiplyAdd(axes.Row(i), moments[i], turned, turned);
        double explained = 0;
        for (int j = 0; j < turned.Length; j++)
        {
            double s = spectrum.Values[j], b = s > 0 ? turned[j] / s : 0;
            explained += b * turned[j];
            turned[j] = b;
        }
        return (turned, Math.Max(0, power - explained));
    }

    private FeatureView View(TwoLayerNetwork network)
    {
        Matrix<double> weights = Wide(network.Weights);
        double[] norms = [.. Enumerable.Range(0, weights.Rows).Select(i => TensorPrimitives.Norm<double>(weights.Row(i)))];
        var units = new UnitExpansions(network.Activation.Function, norms, _threads);
        Matrix<double> moments = Products(weights, weights);
        _pairs.Fill(units, units, moments);
        Matrix<double> along = Products(_directions, weights);
        double[] target = units.With(_experiment.Target.EasyLink, along.Row(0).ToArray());
        TensorPrimitives.Add(target, units.With(_experiment.Target.HardLink, along.Row(1).ToArray()), target);
        return new FeatureView(weights, units, moments, target, double.NaN);
    }

    /// <summary>E[act(w'x) f_t(x)] for each unit of a student.</summary>
    private double[] WithTeacher(FeatureView student, TwoLayerNetwork teacher)
    {
        Matrix<double> products = Products(student.Weights, _teacher!.Weights);
        _pairs.Fill(student.Units, _teacher.Units, products);
        return Times(products, [.. teacher.Readout.Select(x => (double)x)]);
    }

    private Matrix<double> Products(Matrix<double> left, Matrix<double> right)
    {
        var products = new Matrix<double>(left.Rows, right.Rows);
        Dense.Multiply(left, right, products, transposeB: true, threads: _threads);
        return products;
    }

    private static double[] Times(Matrix<double> matrix, double[] vector) =>
        [.. Enumerable.Range(0, matrix.Rows).Select(i => TensorPrimitives.Dot<double>(matrix.Row(i), vector))];

    private static Matrix<double> Wide(Matrix<float> matrix)
    {
        var wide = new Matrix<double>(matrix.Rows, matrix.Columns);
        TensorPrimitives.ConvertTruncating<float, double>(matrix.Data, wide.Data);
        return wide;
    }

    /// <summary>A network's features as a view of the inputs: second moments with each other and with the noise-free target.</summary>
    private sealed record FeatureView(
        Matrix<double> Weights, UnitExpansions Units, Matrix<double> Moments, double[] WithTarget, double OwnPower);
}
