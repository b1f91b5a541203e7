using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Trials;

namespace WeakToStrong.Chains.Simulation;

/// <summary>
/// One thread's workspace for dense trials of a chain. A stage with at least as many rows as features solves the normal equations
/// (X'WX/N + lambda Omega) b = X'Wy/N; one with fewer solves b = Omega^-1 X' (X Omega^-1 X' + N lambda W^-1)^-1 y, which also interpolates
/// at lambda = 0.
/// </summary>
internal sealed class ChainTrial : ITrialEngine
{
    private const int RowsInBlock = 256;

    private readonly ChainTrialProblem _problem;
    private readonly ulong _seed;
    private readonly double[][] _coefficients;
    private readonly TrialLabels _labels;

    public ChainTrial(ChainTrialProblem problem, ulong seed)
    {
        _problem = problem;
        _seed = seed;
        _coefficients = new double[problem.Chain.Stages.Count][];
        _labels = new TrialLabels(problem, _coefficients);
    }

    public bool TryRun(long trial, Span<double> values, TrialWatch watch)
    {
        Span<double> errors = values[1..];
        _labels.Begin(_seed, trial);
        for (int i = 0; i < _coefficients.Length; i++)
        {
            StagePlan plan = _problem.Chain.Stages[i];
            TrialView view = _problem.Views[_problem.ViewOf(plan.View)];
            _coefficients[i] = Train(i, plan, view, trial);
            errors[i] = Error(_coefficients[i], view);
            if (!watch.Continue(ChainSimulation.StepsOf(_problem.Chain, plan)) && i + 1 < _coefficients.Length)
                return false;
        }
        values[0] = errors[0];
        return true;
    }

    private double[] Train(int i, StagePlan plan, TrialView view, long trial)
    {
        if (plan.SameRows is not null)
        {
            // The first stage's stream draws the first stage's rows again.
            int first = _problem.Chain.IndexOf(plan.Groups[0].Labels);
            return TrainAgain(i, first, view, new RandomStream(_seed, (ulong)trial, (ulong)first));
        }
        if (plan.Groups[0].Rows == GroupPlan.Infinite)
            return TrainOnAll(i, plan, view);
        var random = new RandomStream(_seed, (ulong)trial, (ulong)i);
        long rows = plan.Groups.Sum(g => g.Rows);
        return rows >= view.Kept.Length || plan.HasBestPenalty ? SolvePrimal(i, plan.Groups, rows, view, random)
            : SolveDual(i, plan.Groups, (int)rows, view, random);
    }

    private double[] SolvePrimal(int stage, IReadOnlyList<GroupPlan> groups, long total, TrialView view, RandomStream random)
    {
        int d = view.Kept.Length, viewIndex = _problem.ViewOf(_problem.Chain.Stages[stage].View);
        double ridge = _problem.Ridges[stage];
        TrialPenalty penalty = _problem.Penalties[stage];
        Matrix<double> gram = new(d, d), moment = new(d, 1), rows = new(RowsInBlock, d);
        var labels = new double[RowsInBlock];
        foreach (GroupPlan group in groups)
        {
            for (long first = 0; first < group.Rows; first += RowsInBlock)
            {
                int count = (int)Math.Min(RowsInBlock, group.Rows - first);
                _labels.Draw(group, viewIndex, rows.RowBlock(0, count), labels.AsSpan(0, count), random);
                var block = count == RowsInBlock ? rows : new Matrix<double>(count, d, rows.RowBlock(0, count).ToArray());
                Dense.AddGram(block, gram, group.Weight / total);
                for (int i = 0; i < count; i++)
                    TensorPrimitives.MultiplyAdd(rows.Row(i), labels[i] * group.Weight / total, moment.Data, moment.Data);
            }
        }
        for (int i = 0; i < d; i++)
        {
            if (penalty.Full is null)
                gram[i, i] += Penalise(ridge, penalty.Diagonal![i]);
            else
                TensorPrimitives.MultiplyAdd(penalty.Full.Row(i)[..(i + 1)], ridge, gram.Row(i)[..(i + 1)], gram.Row(i)[..(i + 1)]);
        }
        return Solve(gram, moment, stage);
    }

    /// <summary>lambda omega; a direction that is left out gets more than any data can move.</summary>
    private static double Penalise(double ridge, double weight) => double.IsInfinity(weight) ? 1e100 : ridge * weight;

    private double[] SolveDual(int stage, IReadOnlyList<GroupPlan> groups, int total, TrialView view, RandomStream random)
    {
        double ridge = _problem.Ridges[stage];
        int features = view.Kept.Length, viewIndex = _problem.ViewOf(_problem.Chain.Stages[stage].View);
        Matrix<double> rows = new(total, features), kernel = new(total, total), labels = new(total, 1);
        int first = 0;
        foreach (GroupPlan group in groups)
        {
            int count = (int)group.Rows;
            _labels.Draw(group, viewIndex, rows.RowBlock(first, count), labels.RowBlock(first, count), random);
            first += count;
        }
        Matrix<double> weighted = Weighted(rows, _problem.Penalties[stage]);
        Dense.Multiply(weighted, rows, kernel, transposeB: true);
        first = 0;
        foreach (GroupPlan group in groups)
        {
            for (int end = first + (int)group.Rows; first < end; first++)
                kernel[first, first] += total * ridge / group.Weight;
        }
        return Combined(weighted, Solve(kernel, labels, stage));
    }

    /// <summary>The rows and labels of the first stage, labels mixed with its fitted values, the same ridge.</summary>
    private double[] TrainAgain(int stage, int first, TrialView view, RandomStream random)
    {
        GroupPlan group = _problem.Chain.Stages[first].Groups[0];
        int total = (int)group.Rows, features = view.Kept.Length;
        double ridge = _problem.Ridges[first] / group.Weight;
        Matrix<double> rows = new(total, features), labels = new(total, 1);
        _labels.Draw(group, _problem.ViewOf(_problem.Chain.Stages[first].View), rows.Data, labels.Data, random);
        Matrix<double> weighted = Weighted(rows, _problem.Penalties[stage]);
        double mixing = _problem.Chain.Stages[stage].SameRows is MixingRule.LeaveOneOut
            ? OneShotMixing.Of(Rooted(rows, _problem.Penalties[stage]), labels.Data, ridge).Mixing
            : _problem.Solved.Mixing(stage);
        for (int i = 0; i < total; i++)
            labels[i, 0] = ((1 - mixing) * labels[i, 0]) + (mixing * TensorPrimitives.Dot<double>(rows.Row(i), _coefficients[first]));
        if (total >= features)
        {
            Matrix<double> gram = Dense.Gram(rows, 1.0 / total), moment = new(features, 1);
            Dense.Multiply(rows, labels, moment, transposeA: true, alpha: 1.0 / total);
            TrialPenalty penalty = _problem.Penalties[stage];
            for (int i = 0; i < features; i++)
            {
                for (int j = 0; j <= i; j++)
                    gram[i, j] += ridge * (penalty.Full is not null ? penalty.Full[i, j] : i == j ? penalty.Diagonal![i] : 0);
            }
            return Solve(gram, moment, stage);
        }
        var kernel = new Matrix<double>(total, total);
        Dense.Multiply(weighted, rows, kernel, transposeB: true);
        for (int i = 0; i < total; i++)
            kernel[i, i] += total * ridge;
        return Combined(weighted, Solve(kernel, labels, stage));
    }

    /// <summary>A stage with infinitely many rows filters what its features can tell of the labels.</summary>
    private double[] TrainOnAll(int stage, StagePlan plan, TrialView view)
    {
        Population population = view.Population;
        PenaltyBasis basis = population.Basis(plan.Penalty ?? Penalty.Identity);
        string labels = plan.Groups[0].Labels;
        (string Labels, double Share)[] parts = _problem.Chain.SourceOf(labels) is SourcePlan.Mixture mixture ? [.. mixture.Parts]
            : [(labels, 1)];
        var signal = new double[population.Spectrum.Padded.Length];
        foreach ((string name, double share) in parts)
            TensorPrimitives.MultiplyAdd(Seen(name, view), share, signal, signal);
        double[] turned = (double[])StageSource.Turn(signal, basis, back: false).Clone();
        double ridge = _problem.Ridges[stage] / plan.Groups[0].Weight;
        for (int j = 0; j < turned.Length; j++)
        {
            double s = basis.Spectrum.Padded[j];
            turned[j] *= s == 0 ? 0 : plan.Rule is { } rule ? rule.Kept(s) : s / (s + ridge);
        }
        return view.FromSignal(StageSource.Turn(turned, basis, back: true));
    }

    private double[] Seen(string name, TrialView view)
    {
        if (name == Chain.Truth)
            return view.Population.Truth.Mean;
        (double[] beta, int from) = _labels.Of(name);
        TrialView other = _problem.Views[from];
        double[] signal = other.ToSignal(beta);
        if (view.Population.From(other.Population) is not { } map)
            return signal;
        var seen = new double[view.Population.Spectrum.Padded.Length];
        map.Mean(signal, seen);
        return seen;
    }

    private static Matrix<double> Weighted(Matrix<double> rows, TrialPenalty penalty)
    {
        var weighted = new Matrix<double>(rows.Rows, rows.Columns);
        if (penalty.Inverse is not null)
        {
            Dense.Multiply(rows, penalty.Inverse, weighted);
            return weighted;
        }
        for (int i = 0; i < rows.Rows; i++)
            TensorPrimitives.Divide(rows.Row(i), penalty.Diagonal!, weighted.Row(i));
        return weighted;
    }

    /// <summary>X R with R R' = Omega^-1: rows that a plain ridge treats as the penalty treats these.</summary>
    private static Matrix<double> Rooted(Matrix<double> rows, TrialPenalty penalty)
    {
        var rooted = new Matrix<double>(rows.Rows, rows.Columns);
        if (penalty.Inverse is not null)
        {
            Matrix<double> root = penalty.Inverse.Copy();
            if (!Dense.TryCholesky(root))
                throw new InputException("the penalty is too nearly singular to be simulated");
            for (int i = 0; i < root.Rows; i++)
                root.Row(i)[(i + 1)..].Clear();
            Dense.Multiply(rows, root, rooted);
            return rooted;
        }
        for (int i = 0; i < rows.Rows; i++)
        {
            for (int j = 0; j < rows.Columns; j++)
                rooted[i, j] = rows[i, j] / Math.Sqrt(penalty.Diagonal![j]);
        }
        return rooted;
    }

    private static double[] Combined(Matrix<double> rows, double[] multipliers)
    {
        var coefficients = new double[rows.Columns];
        for (int i = 0; i < rows.Rows; i++)
            TensorPrimitives.MultiplyAdd(rows.Row(i), multipliers[i], coefficients, coefficients);
        return coefficients;
    }

    private double[] Solve(Matrix<double> matrix, Matrix<double> right, int stage) =>
        Dense.TrySolvePositiveDefinite(matrix, right)
            ? right.Data.ToArray()
            : throw new InputException($"the linear system of stage '{_problem.Chain.Stages[stage].Name}' is singular to rounding in a "
                + "simulated trial; use a larger ridge");

    private static double Error(double[] coefficients, TrialView view)
    {
        double error = 0;
        for (int j = 0; j < coefficients.Length; j++)
        {
            double miss = view.Scale[j] * (coefficients[j] - view.Target[j]);
            error += miss * miss;
        }
        return error;
    }
}
