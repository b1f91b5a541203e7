using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>Targets of rows, made chunk by chunk: all at hand, or from other features of the same rows, which several targets may
/// share.</summary>
/// <param name="count">Number of rows.</param>
/// <param name="columns">Number of outputs.</param>
/// <param name="inputs">What they are made from, row by row; null: from nothing.</param>
internal abstract class TargetStream(int count, int columns, FeatureRows? inputs)
{
    /// <summary>Number of rows.</summary>
    public int Count { get; } = count;

    /// <summary>Number of outputs.</summary>
    public int Columns { get; } = columns;

    /// <summary>What they are made from, row by row.</summary>
    public FeatureRows? Inputs { get; } = inputs;

    /// <summary>Makes the targets of consecutive rows.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="inputs">Their rows of <see cref="Inputs"/>.</param>
    /// <param name="destination">Takes the targets.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public abstract void Make(int first, Matrix<double>? inputs, Matrix<double> destination, int threads);

    /// <summary>The targets of consecutive rows.</summary>
    public Matrix<double> Read(int first, int count, int threads)
    {
        Matrix<double> targets = new(count, Columns);
        Matrix<double>? from = null;
        if (Inputs is not null)
            Inputs.Read(first, from = new Matrix<double>(count, Inputs.Columns), threads);
        Make(first, from, targets, threads);
        return targets;
    }
}

/// <summary>Targets minus their means, as a fit needs them.</summary>
internal abstract class CentredTargets
{
    /// <summary>Number of rows.</summary>
    public abstract int Rows { get; }

    /// <summary>Number of outputs.</summary>
    public abstract int Columns { get; }

    /// <summary>The centred targets of consecutive rows.</summary>
    public abstract Matrix<double> Block(int first, int count, int threads);

    /// <summary>Targets that are held, already centred.</summary>
    public static CentredTargets Of(Matrix<double> centred) => new Held(centred);

    /// <summary>Targets that are made again.</summary>
    public static CentredTargets Of(TargetStream targets, double[] means) => new Made(targets, means);

    private sealed class Held(Matrix<double> centred) : CentredTargets
    {
        public override int Rows => centred.Rows;

        public override int Columns => centred.Columns;

        public override Matrix<double> Block(int first, int count, int threads) => first == 0 && count == Rows ? centred
            : new Matrix<double>(count, Columns, centred.RowBlock(first, count).ToArray());
    }

    private sealed class Made(TargetStream targets, double[] means) : CentredTargets
    {
        public override int Rows => targets.Count;

        public override int Columns => targets.Columns;

        public override Matrix<double> Block(int first, int count, int threads)
        {
            Matrix<double> block = targets.Read(first, count, threads);
            for (int i = 0; i < count; i++)
                TensorPrimitives.Subtract(block.Row(i), means, block.Row(i));
            return block;
        }
    }
}
