using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace WeakToStrong.Embed;

/// <summary>One or several ONNX models, each fed with what the one before it gives: examples in, one vector an example out.</summary>
internal sealed class Encoder : IDisposable
{
    private readonly InferenceSession[] _models;

    /// <summary>Loads the models.</summary>
    /// <param name="paths">Their files, in the order of use.</param>
    /// <param name="threads">Threads of a run.</param>
    public Encoder(IReadOnlyList<string> paths, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _models = [.. paths.Select(path => Load(path, options))];
    }

    /// <summary>Names of the first model's inputs.</summary>
    public IReadOnlyList<string> Inputs => _models[0].InputNames;

    /// <summary>Rows and columns of the images that the first model takes; 0 where it takes any.</summary>
    public (int Height, int Width) ImageSize
    {
        get
        {
            int[] shape = _models[0].InputMetadata[Inputs[0]].Dimensions;
            return shape is [_, 3, var height, var width] ? (Math.Max(0, height), Math.Max(0, width))
                : throw new InputException(
                    $"the model takes an input of {shape.Length} dimensions; an encoder of images takes images x 3 x height x width");
        }
    }

    /// <summary>Whether the first model takes only so many examples at once; 0: any number.</summary>
    public int Batch => Math.Max(0, _models.Max(model => model.InputMetadata[model.InputNames[0]].Dimensions[0]));

    /// <summary>Encodes a batch.</summary>
    /// <param name="inputs">The first model's inputs.</param>
    /// <param name="mask">1 for what is part of a text and 0 for what only fills up, texts x tokens; null: everything counts.</param>
    /// <returns>A row for each example.</returns>
    public float[][] Encode(IReadOnlyCollection<NamedOnnxValue> inputs, long[]? mask = null)
    {
        Tensor<float> values = Run(_models[0], inputs);
        foreach (InferenceSession next in _models.AsSpan(1))
            values = Run(next, [NamedOnnxValue.CreateFromTensor(next.InputNames[0], values)]);
        return Pooling.Rows(values, mask);
    }

    public void Dispose()
    {
        foreach (InferenceSession model in _models)
            model.Dispose();
    }

    private static InferenceSession Load(string path, SessionOptions options)
    {
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException($"'{path}' is not an ONNX model that can be run: {e.Message.Split('\n')[0]}", e);
        }
    }

    private static DenseTensor<float> Run(InferenceSession model, IReadOnlyCollection<NamedOnnxValue> inputs)
    {
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = model.Run(inputs);
        return outputs[0].Value is Tensor<float> values ? values.ToDenseTensor() : throw new InputException(
            $"the model's first output, {outputs[0].Name}, does not hold single-precision numbers");
    }
}
