using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Networks;

/// <summary>A moderate number of samples held in memory, for fitting readouts and for testing.</summary>
internal sealed class ProbeSet
{
    private readonly int _threads;

    /// <summary>Draws all samples.</summary>
    public ProbeSet(MultiIndexSamples samples, int dimension, int threads)
    {
        _threads = threads;
        X = new Matrix<float>(samples.Count, dimension);
        (Clean, Labels) = (new double[samples.Count], new double[samples.Count]);
        var block = new SampleBlock(MultiIndexSamples.BlockRows(samples.Count), dimension);
        for (int index = 0, row = 0; index < samples.BlockCount; row += block.Count, index++)
        {
            samples.Fill(index, block, threads);
            block.X.RowBlock(0, block.Count).CopyTo(X.RowBlock(row, block.Count));
            TensorPrimitives.ConvertTruncating<float, double>(block.Clean.AsSpan(0, block.Count), Clean.AsSpan(row));
            TensorPrimitives.ConvertTruncating<float, double>(block.Labels.AsSpan(0, block.Count), Labels.AsSpan(row));
        }
    }

    /// <summary>Features, one sample a row.</summary>
    public Matrix<float> X { get; }

    /// <summary>Noise-free labels.</summary>
    public double[] Clean { get; }

    /// <summary>Labels with noise.</summary>
    public double[] Labels { get; }

    /// <summary>act(X W'), one sample a row.</summary>
    public Matrix<float> Features(TwoLayerNetwork network)
    {
        var features = new Matrix<float>(X.Rows, network.Width);
        network.Features(X, features, _threads);
        return features;
    }

    /// <summary>The network's outputs as labels.</summary>
    public double[] LabelledBy(TwoLayerNetwork network)
    {
        Matrix<float> features = Features(network);
        var labels = new double[features.Rows];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = TensorPrimitives.Dot<float>(features.Row(i), network.Readout);
        return labels;
    }

    /// <summary>Fits a readout on this network's features and the given labels.</summary>
    public float[] FitReadout(TwoLayerNetwork network, double[] labels)
    {
        Matrix<float> features = Features(network);
        var wide = new Matrix<double>(features.Rows, features.Columns);
        TensorPrimitives.ConvertTruncating<float, double>(features.Data, wide.Data);
        return HeldOutRidge.Fit(wide, labels, _threads).Readout;
    }

    /// <summary>Mean squared distance from the noise-free labels to the readout of these features.</summary>
    public double TestError(Matrix<float> features, float[] readout)
    {
        double sum = 0;
        for (int i = 0; i < features.Rows; i++)
        {
            double miss = Clean[i] - TensorPrimitives.Dot<float>(features.Row(i), readout);
            sum += miss * miss;
        }
        return sum / features.Rows;
    }
}
