using System.Numerics.Tensors;
using WeakToStrong.Functions;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Networks;

/// <summary>
/// The gradient of a two-layer network's first layer over a set of samples,
///     D = (eta/n) sum_i r_i (a . act'(W x_i)) x_i',
/// with r_i = y_i for the correlation loss and r_i = y_i - f(x_i) for the squared loss (Appendix G). Samples pass through in blocks: two
/// matrix products a block, in a fixed order, so that memory is O(p d) for any n and results are the same to the bit for
/// any number of threads. Labels are the target's, or a teacher network's.
/// </summary>
internal sealed class GradientStep(NetworkExperiment experiment, NetworkBuffers buffers, RunOptions options)
{
    /// <summary>Told the number of samples after each block.</summary>
    public Action<int>? OnSamples { get; init; }

    /// <summary>Moves the weights: W becomes (1 - eta w) W + D.</summary>
    /// <param name="network">Its weights change.</param>
    /// <param name="teacher">Who labels the samples; null for the target.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="rate">eta.</param>
    public void Apply(TwoLayerNetwork network, TwoLayerNetwork? teacher, MultiIndexSamples samples, double rate)
    {
        Matrix<float> gradient = buffers.Gradient(network.Width);
        gradient.Data.Clear();
        ForEachBlock(network, teacher, samples, rate, (signal, block) =>
            Dense.Multiply(signal, block.X, gradient, transposeA: true, beta: 1, threads: options.Threads));
        float keep = (float)(1 - (rate * experiment.WeightDecay));
        FixedBlocks.Cut(network.Width, MultiIndexSamples.ChunkRows, options.Threads, (first, rows) =>
        {
            Span<float> weights = network.Weights.RowBlock(first, rows);
            TensorPrimitives.MultiplyAdd(weights, keep, gradient.RowBlock(first, rows), weights);
        });
    }

    /// <summary>
    /// What the step does along beta_e and beta_h without forming the weights: D [beta_e beta_h], p x 2. This costs one matrix
    /// product a block instead of two. The direction of the labels, sum_i y_i x_i / n, comes with it.
    /// </summary>
    public (Matrix<float> Projections, float[] LabelDirection) Project(TwoLayerNetwork network, TwoLayerNetwork? teacher,
        MultiIndexSamples samples, double rate)
    {
        var projections = new Matrix<float>(network.Width, 2);
        var direction = new Matrix<float>(1, network.Weights.Columns);
        var labels = new Matrix<float>(1, MultiIndexSamples.BlockRows(samples.Count), buffers.Labels(samples));
        ForEachBlock(network, teacher, samples, rate, (signal, block) =>
        {
            Dense.Multiply(signal, block.Projections, projections, transposeA: true, beta: 1, threads: options.Threads);
            Dense.Multiply(labels, block.X, direction, alpha: 1f / samples.Count, beta: 1, threads: options.Threads);
        });
        return (projections, direction.Data.ToArray());
    }

    /// <summary>Calls <paramref name="use"/> with the back-propagated signal, rows (eta/n) r_i (a . act'(W x_i)), of every block.</summary>
    private void ForEachBlock(TwoLayerNetwork network, TwoLayerNetwork? teacher, MultiIndexSamples samples, double rate,
        Action<Matrix<float>, SampleBlock> use)
    {
        SampleBlock block = buffers.Block(samples);
        float[] labels = buffers.Labels(samples);
        Matrix<float> signal = buffers.Hidden(samples, network.Width);
        float scale = (float)(rate / samples.Count);
        for (int index = 0; index < samples.BlockCount; index++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            samples.Fill(index, block, options.Threads);
            Label(block, teacher, samples, labels);
            network.Preactivations(block.X, signal, options.Threads);
            Backpropagate(network, signal, labels, scale, block.Count);
            use(signal, block);
            OnSamples?.Invoke(block.Count);
        }
    }

    private void Label(SampleBlock block, TwoLayerNetwork? teacher, MultiIndexSamples samples, float[] labels)
    {
        if (teacher is null)
        {
            block.Labels.CopyTo(labels, 0);
            return;
        }
        Matrix<float> hidden = buffers.Hidden(samples, teacher.Width);
        teacher.Preactivations(block.X, hidden, options.Threads);
        teacher.Outputs(hidden, labels, options.Threads);
        labels.AsSpan(block.Count).Clear();
    }

    private void Backpropagate(TwoLayerNetwork network, Matrix<float> z, float[] labels, float scale, int live)
    {
        Nonlinearity activation = network.Activation.Function;
        bool squared = experiment.Loss == TrainingLoss.Squared;
        FixedBlocks.Cut(z.Rows, MultiIndexSamples.ChunkRows, options.Threads, (first, rows) =>
        {
            for (int i = first; i < first + rows; i++)
            {
                Span<float> row = z.Row(i);
                float residual = i >= live ? 0 : squared ? labels[i] - activation.WeightedSum(row, network.Readout) : labels[i];
                activation.Backpropagate(row, network.Readout, scale * residual);
            }
        });
    }
}
