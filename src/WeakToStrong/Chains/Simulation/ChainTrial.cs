using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Simulation;

namespace WeakToStrong.Chains.Simulation;

/// <summary>
/// One thread's workspace for dense trials of a chain. A stage with at least as many rows as features solves the normal equations
/// (X'WX/N + lambda Omega) b = X'Wy/N; one with fewer solves b = Omega^-1 X' (X Omega^-1 X' + N lambda W^-1)^-1 y, which also interpolates at lambda = 0.
/// </summary>
internal sealed class ChainTrial(ChainTrialProblem problem, ulong seed) : ITrialEngine
{
    private const int RowsInBlock = 256;

    private readonly int _features = problem.Scale.Length;
    private readonly double[][] _coefficients = new double[problem.Chain.Stages.Count][];

    public bool TryRun(long trial, Span<double> teacher, Span<double> student, TrialWatch watch)
    {
        for (int i = 0; i < _coefficients.Length; i++)
        {
            var random = new RandomStream(seed, (ulong)trial, (ulong)i);
            IReadOnlyList<GroupPlan> groups = problem.Chain.Stages[i].Groups;
            long rows = groups.Sum(g => g.Rows);
            _coefficients[i] = rows >= _features ? SolvePrimal(i, groups, rows, random) : SolveDual(i, groups, (int)rows, random);
            student[i] = Error(_coefficients[i]);
            if (!watch.Continue(rows) && i + 1 < _coefficients.Length)
                return false;
        }
        teacher[0] = student[0];
        return true;
    }

    private double[] SolvePrimal(int stage, IReadOnlyList<GroupPlan> groups, long total, RandomStream random)
    {
        int d = _features;
        double ridge = problem.Ridges[stage];
        TrialPenalty penalty = problem.Penalties[stage];
        Matrix<double> gram = new(d, d), moment = new(d, 1), rows = new(RowsInBlock, d);
        var labels = new double[RowsInBlock];
        foreach (GroupPlan group in groups)
        {
            for (long first = 0; first < group.Rows; first += RowsInBlock)
            {
                int count = (int)Math.Min(RowsInBlock, group.Rows - first);
                Draw(group, rows.RowBlock(0, count), labels.AsSpan(0, count), random);
                var block = count == RowsInBlock ? rows : new Matrix<double>(count, d, rows.RowBlock(0, count).ToArray());
                Dense.AddGram(block, gram, group.Weight / total);
                for (int i = 0; i < count; i++)
                    TensorPrimitives.MultiplyAdd(rows.Row(i), labels[i] * group.Weight / total, moment.Data, moment.Data);
            }
        }
        for (int i = 0; i < d; i++)
        {
            if (penalty.Full is null)
                gram[i, i] += ridge * penalty.Diagonal![i];
            else
                TensorPrimitives.MultiplyAdd(penalty.Full.Row(i)[..(i + 1)], ridge, gram.Row(i)[..(i + 1)], gram.Row(i)[..(i + 1)]);
        }
        return Solve(gram, moment, stage);
    }

    private double[] SolveDual(int stage, IReadOnlyList<GroupPlan> groups, int total, RandomStream random)
    {
        double ridge = problem.Ridges[stage];
        TrialPenalty penalty = problem.Penalties[stage];
        Matrix<double> rows = new(total, _features), weighted = new(total, _features), kernel = new(total, total), labels = new(total, 1);
        int first = 0;
        foreach (GroupPlan group in groups)
        {
            int count = (int)group.Rows;
            Draw(group, rows.RowBlock(first, count), labels.RowBlock(first, count), random);
            first += count;
        }
        if (penalty.Inverse is not null)
        {
            Dense.Multiply(rows, penalty.Inverse, weighted);
        }
        else
        {
            for (int i = 0; i < total; i++)
                TensorPrimitives.Divide(rows.Row(i), penalty.Diagonal!, weighted.Row(i));
        }
        Dense.Multiply(weighted, rows, kernel, transposeB: true);
        first = 0;
        foreach (GroupPlan group in groups)
        {
            for (int end = first + (int)group.Rows; first < end; first++)
                kernel[first, first] += total * ridge / group.Weight;
        }
        double[] multipliers = Solve(kernel, labels, stage);
        var coefficients = new double[_features];
        for (int i = 0; i < total; i++)
            TensorPrimitives.MultiplyAdd(weighted.Row(i), multipliers[i], coefficients, coefficients);
        return coefficients;
    }

    private double[] Solve(Matrix<double> matrix, Matrix<double> right, int stage) =>
        Dense.TrySolvePositiveDefinite(matrix, right)
            ? right.Data.ToArray()
            : throw new InputException($"the linear system of stage '{problem.Chain.Stages[stage].Name}' is singular to rounding in a simulated trial; use a larger ridge");

    private void Draw(GroupPlan group, Span<double> rows, Span<double> labels, RandomStream random)
    {
        double[] source = group.Labels == Chain.Truth ? problem.Target : _coefficients[problem.Chain.IndexOf(group.Labels)];
        double noise = Math.Sqrt(group.LabelNoise);
        random.FillNormal(rows);
        random.FillNormal(labels);
        for (int i = 0; i < labels.Length; i++)
        {
            Span<double> row = rows.Slice(i * _features, _features);
            TensorPrimitives.Multiply(row, problem.Scale, row);
            labels[i] = TensorPrimitives.Dot<double>(row, source) + (noise * labels[i]);
        }
    }

    private double Error(double[] coefficients)
    {
        double error = 0;
        for (int j = 0; j < _features; j++)
        {
            double miss = problem.Scale[j] * (coefficients[j] - problem.Target[j]);
            error += miss * miss;
        }
        return error;
    }
}
