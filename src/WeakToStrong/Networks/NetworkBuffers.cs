using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Networks;

/// <summary>
/// The large arrays of a run, made once and used by every trial: two weight matrices, one gradient, one block of samples and its hidden
/// layer. A pre-activation block is spent before the next is needed, so one buffer serves every network of the same width.
/// </summary>
internal sealed class NetworkBuffers(NetworkExperiment experiment)
{
    private readonly Dictionary<(int, int), Matrix<float>> _hidden = [];
    private readonly Dictionary<int, SampleBlock> _blocks = [];
    private readonly Dictionary<int, float[]> _labels = [];
    private Matrix<float>? _gradient;

    public Matrix<float> TeacherWeights { get; } = new(experiment.TeacherWidth, experiment.Dimension);

    public Matrix<float> StudentWeights { get; } = new(experiment.StudentWidth, experiment.Dimension);

    private static int BlockRows(MultiIndexSamples samples) => MultiIndexSamples.BlockRows(samples.Count);

    public SampleBlock Block(MultiIndexSamples samples) => GetOrAdd(_blocks, BlockRows(samples), rows =>
        new SampleBlock(rows, experiment.Dimension));

    public float[] Labels(MultiIndexSamples samples) => GetOrAdd(_labels, BlockRows(samples), rows => new float[rows]);

    public Matrix<float> Hidden(MultiIndexSamples samples, int width) =>
        GetOrAdd(_hidden, (BlockRows(samples), width), shape => new Matrix<float>(shape.Item1, shape.Item2));

    public Matrix<float> Gradient(int width) =>
        _gradient?.Rows == width ? _gradient : _gradient = new Matrix<float>(width, experiment.Dimension);

    private static TValue GetOrAdd<TKey, TValue>(Dictionary<TKey, TValue> known, TKey key, Func<TKey, TValue> make)
        where TKey : notnull
    {
        if (!known.TryGetValue(key, out TValue? value))
            known[key] = value = make(key);
        return value;
    }
}
