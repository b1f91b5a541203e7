using WeakToStrong.Data.Features;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Experiment;

/// <summary>A pipeline of feature maps that has learned what it needs: from raw features to those that a model sees. A row's result
/// does not depend on the rows beside it.</summary>
/// <param name="Maps">The maps, in words and in order.</param>
/// <param name="Input">What goes in.</param>
/// <param name="Steps">The fitted maps, without those that change no number.</param>
internal sealed record FittedPipeline(FeaturePipeline Maps, FeatureShape Input, IReadOnlyList<FittedMap> Steps)
{
    /// <summary>The steps before the last standardisation, and that one: what is taken off each feature and what it is multiplied by. Zeros
    /// and ones where the last step is another.</summary>
    public (IReadOnlyList<FittedMap> Before, Matrix<double> Standardisation) Parts()
    {
        if (Steps is [.., Standardisation last])
            return ([.. Steps.SkipLast(1)], last.State[0]);
        int columns = Maps.Output(Input).Columns;
        var none = new Matrix<double>(2, columns);
        none.Row(1).Fill(1);
        return (Steps, none);
    }

    /// <summary>The features of raw rows.</summary>
    public FeatureRows Apply(FeatureRows rows, RunOptions options)
    {
        foreach (FittedMap step in Steps)
            rows = FeatureRows.All(step.WorksByRows ? step.Apply(rows, options) : OneByOne(step, rows, options));
        return rows;
    }

    /// <summary>A fitted pipeline from what its maps wrote down.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="input">What goes in.</param>
    /// <param name="state">The arrays of each fitted map.</param>
    public static FittedPipeline Restore(FeaturePipeline maps, FeatureShape input, IReadOnlyList<IReadOnlyList<Matrix<double>>> state)
    {
        FeatureShape shape = input;
        List<FittedMap> steps = [];
        foreach (FeatureMap map in maps.Maps)
        {
            if (map is not ImageMap)
                steps.Add(map.Restore(shape, state[steps.Count]));
            shape = map.Output(shape);
        }
        return new FittedPipeline(maps, input, steps);
    }

    // A matrix product may round a row differently beside other rows.
    private static Matrix<double> OneByOne(FittedMap step, FeatureRows rows, RunOptions options)
    {
        RunOptions one = options with { Threads = 1 };
        Matrix<double>? all = null;
        Lock gate = new();
        FixedBlocks.Run(rows.Count, options.Threads, i =>
        {
            Matrix<double> row = step.Apply(rows.Select([i]), one);
            lock (gate)
                all ??= new Matrix<double>(rows.Count, row.Columns);
            row.Data.CopyTo(all.Row(i));
        });
        return all ?? new Matrix<double>(0, 1);
    }
}
