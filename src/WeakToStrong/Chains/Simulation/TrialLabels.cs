using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Chains.Simulation;

/// <summary>Draws training rows and their labels in one trial: from the truth, from earlier stages of this trial, from sources, or from a
/// mixture of them.</summary>
internal sealed class TrialLabels(ChainTrialProblem problem, double[][] coefficients)
{
    // Streams of stages are numbered from 0; those of sources must not meet them.
    private const ulong FirstSource = 1UL << 32;

    private readonly double[]?[] _sources = new double[]?[problem.Chain.Sources.Count];
    private Matrix<double>? _joint, _scratch;

    /// <summary>Draws what the sources draw, once a trial.</summary>
    public void Begin(ulong seed, long trial)
    {
        for (int i = 0; i < _sources.Length; i++)
        {
            switch (problem.Chain.Sources[i])
            {
                case SourcePlan.Vector vector when _sources[i] is null:
                    TrialView view = problem.Views[problem.ViewOf(vector.View)];
                    _sources[i] = view.FromSignal(view.Population.ToSignal([.. vector.Coefficients]));
                    break;
                case SourcePlan.Random random:
                    _sources[i] = Project(problem.Views[problem.ViewOf(random.View)], (int)random.Features,
                        new RandomStream(seed, (ulong)trial, FirstSource + (ulong)i));
                    break;
            }
        }
    }

    /// <summary>Fills rows (features of a view, in its kept directions) and their labels.</summary>
    public void Draw(GroupPlan group, int view, Span<double> rows, Span<double> labels, RandomStream random)
    {
        double noise = Math.Sqrt(group.LabelNoise);
        double[] scale = problem.Views[view].Scale;
        if (problem.Joint is not null)
            DrawJoint(view, rows, labels.Length, random);
        else
            random.FillNormal(rows);
        random.FillNormal(labels);
        (string Labels, double Share)[] parts = problem.Chain.SourceOf(group.Labels) is SourcePlan.Mixture mixture ? [.. mixture.Parts]
            : [(group.Labels, 1)];
        for (int i = 0; i < labels.Length; i++)
        {
            Span<double> row = rows.Slice(i * scale.Length, scale.Length);
            TensorPrimitives.Multiply(row, scale, row);
            double label = 0;
            foreach ((string name, double share) in parts)
                label += share * Label(name, i, row);
            labels[i] = label + (noise * labels[i]);
        }
    }

    /// <summary>Coefficients of a stage or source, and the view that they belong to.</summary>
    public (double[] Coefficients, int View) Of(string name)
    {
        int stage = problem.Chain.IndexOf(name);
        if (stage >= 0)
            return (coefficients[stage], problem.ViewOf(problem.Chain.Stages[stage].View));
        for (int i = 0; i < _sources.Length; i++)
        {
            if (problem.Chain.Sources[i].Name == name)
                return (_sources[i]!, problem.ViewOf(problem.Chain.Sources[i] is SourcePlan.Vector v ? v.View
                    : ((SourcePlan.Random)problem.Chain.Sources[i]).View));
        }
        throw new InvalidOperationException($"'{name}' has no coefficients");
    }

    private void DrawJoint(int view, Span<double> rows, int count, RandomStream random)
    {
        JointRows joint = problem.Joint!;
        if (_joint is null || _joint.Rows < count)
            (_joint, _scratch) = (new Matrix<double>(count, joint.Width), new Matrix<double>(count, joint.Width));
        joint.Draw(random, _joint.FirstRows(count), _scratch!.FirstRows(count));
        int width = problem.Views[view].Kept.Length;
        for (int i = 0; i < count; i++)
            _joint.Row(i).Slice(joint.Offsets[view], width).CopyTo(rows.Slice(i * width, width));
    }

    private double Label(string name, int i, ReadOnlySpan<double> row)
    {
        if (problem.Joint is not { } joint)
            return TensorPrimitives.Dot(row, name == Chain.Truth ? problem.Views[0].Target : Of(name).Coefficients);
        if (name == Chain.Truth)
            return _joint![i, joint.TargetIndex];
        (double[] beta, int view) = Of(name);
        ReadOnlySpan<double> white = _joint!.Row(i).Slice(joint.Offsets[view], beta.Length);
        double[] scale = problem.Views[view].Scale;
        double label = 0;
        for (int j = 0; j < beta.Length; j++)
            label += white[j] * scale[j] * beta[j];
        return label;
    }

    /// <summary>Least squares of the target on random features of infinitely many rows: a projection in signal coordinates.</summary>
    private static double[] Project(TrialView view, int features, RandomStream random)
    {
        int d = view.Kept.Length;
        Matrix<double> weights = new(features, d), kernel = new(features, features), moment = new(features, 1);
        random.FillNormal(weights.Data);
        double[] signal = [.. view.Scale.Zip(view.Target, (s, b) => s * b)];
        for (int m = 0; m < features; m++)
        {
            TensorPrimitives.Multiply(weights.Row(m), view.Scale, weights.Row(m));
            moment[m, 0] = TensorPrimitives.Dot<double>(weights.Row(m), signal);
        }
        Dense.Multiply(weights, weights, kernel, transposeB: true);
        if (!Dense.TrySolvePositiveDefinite(kernel, moment))
            throw new InputException("the random features of a trial are singular to rounding; use fewer of them");
        var projected = new double[d];
        for (int m = 0; m < features; m++)
            TensorPrimitives.MultiplyAdd(weights.Row(m), moment[m, 0], projected, projected);
        TensorPrimitives.Divide(projected, view.Scale, projected);
        return projected;
    }
}
