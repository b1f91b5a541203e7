using WeakToStrong.Randomness;
using WeakToStrong.Statistics;
using WeakToStrong.Trials;

namespace WeakToStrong.Tests.Trials;

/// <summary>The one loop over trials, with an engine that costs nothing.</summary>
public class TrialLoopTests
{
    private static readonly TrialWork Work = new("steps", 3);

    [Fact]
    public void All_trials_of_a_range_are_added_once()
    {
        foreach (long count in (long[])[1, 2, 63, 64, 65, 500, 64 * 100, (64 * 100) + 1])
        {
            foreach (int threads in (int[])[1, 2, 5])
            {
                TrialMoments moments = TrialLoop.Run(new TrialRange(128, count), new VectorMoments(2), _ => new Engine(), Work,
                    Threads(threads));
                Assert.Equal(count, moments.Count);
                Assert.False(moments.Interrupted);
                double[] trials = [.. Enumerable.Range(128, (int)count).Select(t => Value(t, 0))];
                Estimate expected = Estimate.Of(trials), found = ((VectorMoments)moments.Total)[0];
                Assert.Equal(expected.Mean, found.Mean, 12);
                Assert.Equal(count, found.Count);
                if (count > 1)
                    Assert.Equal(expected.StandardError, found.StandardError, 12);
            }
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(64 * 70)]
    [InlineData((64 * 300) + 17)]
    public void However_a_run_is_cut_it_has_the_same_bits(long count)
    {
        double[] whole = State(Run(0, count, 1));
        var random = new RandomStream(1);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            int blocks = (int)((count - 1) / 64);
            int[] cuts = [.. Enumerable.Range(0, 1 + random.NextInt(6)).Select(_ => 64 * (1 + random.NextInt(blocks))).Distinct().Order()];
            long[] starts = [0, .. cuts.Select(c => (long)c)], ends = [.. cuts.Select(c => (long)c), count];
            TrialMoments[] parts = [.. starts.Zip(ends, (start, end) => Run(start, end - start, 1 + random.NextInt(3)))];
            // Merged in a random order of neighbours.
            List<TrialMoments> left = [.. parts];
            while (left.Count > 1)
            {
                int at = random.NextInt(left.Count - 1);
                left[at] = left[at].Merge(Reread(left[at + 1]));
                left.RemoveAt(at + 1);
            }
            Assert.Equal(count, left[0].Count);
            Assert.Equal(whole, State(left[0]));
        }
    }

    [Fact]
    public void Few_nodes_are_kept()
    {
        TrialState state = Run(64 * 3, (64 * 1000) + 5, 3).ToState();
        Assert.InRange(state.Nodes.Count, 2, 20);
        Assert.Equal((64 * 1000) + 5, state.Nodes.Sum(node => node.Trials));
        long next = 3;
        foreach (MomentsNode node in state.Nodes)
        {
            Assert.Equal(next, node.FirstBlock);
            Assert.Equal(0, node.FirstBlock % (1L << node.Level));
            next += 1L << node.Level;
        }
    }

    [Theory]
    [InlineData(1, 64 * 1000L)]
    [InlineData(3, 64 * 1000L)] // whole blocks
    [InlineData(3, 64 * 5L)] // shared blocks
    public void When_cancelled_the_first_trials_are_kept_without_a_gap(int threads, long count)
    {
        foreach (long stopAt in (long[])[0, 1, 63, 64, 100, 200])
        {
            using var source = new CancellationTokenSource();
            var options = new RunOptions { Threads = threads, Cancellation = source.Token };
            TrialMoments moments = TrialLoop.Run(count, new VectorMoments(2), _ => new Engine(trial =>
            {
                if (trial == stopAt)
                    source.Cancel();
            }), Work, options);
            Assert.True(moments.Interrupted);
            Assert.InRange(moments.Count, 0, count - 1);
            if (threads == 1)
                Assert.Equal(stopAt + 1, moments.Count);
            if (moments.Count > 0)
                Assert.Equal(State(Run(0, moments.Count, 1)), State(moments));
            Assert.Throws<ArgumentException>(() => moments.Merge(Run(count, 64, 1)));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(64 * 1000)]
    public void A_broken_engine_breaks_the_run_and_does_not_hang_it(long count) =>
        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(() => TrialLoop.Run(
            count, new VectorMoments(2), _ => new Engine(trial => _ = trial == 7 ? throw new InvalidOperationException("broken") : 0), Work,
            Threads(4))).Message);

    [Fact]
    public void Few_trials_get_all_threads()
    {
        int most = 0, threadsEach = 0;
        TrialLoop.Run(2, new VectorMoments(2), threads =>
        {
            threadsEach = threads;
            Interlocked.Increment(ref most);
            return new Engine();
        }, Work, Threads(7));
        Assert.Equal((2, 3), (most, threadsEach));
        most = 0;
        TrialLoop.Run(100, new VectorMoments(2), threads =>
        {
            threadsEach = threads;
            Interlocked.Increment(ref most);
            return new Engine();
        }, Work, Threads(6), mostAtOnce: 2);
        Assert.Equal((2, 3), (most, threadsEach));
    }

    [Fact]
    public void Ranges_that_do_not_meet_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrialRange(63, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrialRange(-64, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrialRange(64, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrialRange(64, long.MaxValue));
        TrialMoments first = Run(0, 128, 1);
        Assert.Throws<ArgumentException>(() => first.Merge(Run(0, 64, 1)));
        Assert.Throws<ArgumentException>(() => first.Merge(Run(192, 64, 1)));
        Assert.Throws<ArgumentException>(() => Run(0, 100, 1).Merge(Run(128, 64, 1)));
        Assert.Throws<ArgumentException>(() => first.Merge(
            TrialLoop.Run(new TrialRange(128, 64), new PairedMoments(1, 1), _ => new Engine(), Work, Threads(1))));
    }

    [Fact]
    public void A_state_of_something_else_is_refused()
    {
        TrialState state = Run(0, 192, 1).ToState();
        MomentsNode node = state.Nodes[0];
        foreach (MomentsNode wrong in (MomentsNode[])
            [node with { Trials = 127 }, node with { Trials = 0 }, node with { Level = 2 }, node with { Level = -1 },
                node with { FirstBlock = 1 }, node with { Values = [1, 2] }])
        {
            Assert.Throws<ArgumentException>(() => TrialMoments.FromState(state with { Nodes = [wrong, state.Nodes[1]] },
                new VectorMoments(2)));
        }
        Assert.Throws<ArgumentException>(() => TrialMoments.FromState(state with { Asked = 100 }, new VectorMoments(2)));
        Assert.Throws<ArgumentException>(() => TrialMoments.FromState(state, new VectorMoments(3)));
    }

    [Fact]
    public void Paired_moments_are_written_down_and_read_back()
    {
        var moments = new PairedMoments(3, 11);
        var random = new RandomStream(5);
        var values = new double[moments.Width];
        for (int trial = 0; trial < 10; trial++)
        {
            random.FillNormal(values);
            moments.Add(values);
        }
        var state = new double[moments.StateLength];
        moments.Save(state);
        var read = (PairedMoments)moments.Empty();
        read.Load(moments.Count, state);
        random.FillNormal(values);
        moments.Add(values);
        read.Add(values);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal((moments.FirstMean(i), moments.FirstVariance(i)), (read.FirstMean(i), read.FirstVariance(i)));
            for (int j = 0; j < 11; j++)
            {
                Assert.Equal(moments.SecondMean(i, j), read.SecondMean(i, j));
                Assert.Equal(moments.SecondVariance(i, j), read.SecondVariance(i, j));
                Assert.Equal(moments.DifferenceVariance(i, j), read.DifferenceVariance(i, j));
            }
        }
    }

    private static TrialMoments Run(long first, long count, int threads) =>
        TrialLoop.Run(new TrialRange(first, count), new VectorMoments(2), _ => new Engine(), Work, Threads(threads));

    private static TrialMoments Reread(TrialMoments moments) => TrialMoments.FromState(moments.ToState(), new VectorMoments(2));

    private static double[] State(TrialMoments moments) =>
        [moments.Count, .. moments.ToState().Nodes.SelectMany(n => (double[])[n.FirstBlock, n.Level, n.Trials, .. n.Values]),
            ((VectorMoments)moments.Total)[0].Mean, ((VectorMoments)moments.Total)[1].StandardError];

    private static RunOptions Threads(int threads) => new() { Threads = threads };

    private static double Value(long trial, int index) => new RandomStream(9, (ulong)trial, (ulong)index).NextUniform() + index;

    private sealed class Engine(Action<long>? before = null) : ITrialEngine
    {
        public bool TryRun(long trial, Span<double> values, TrialWatch watch)
        {
            before?.Invoke(trial);
            for (int i = 0; i < 2; i++)
                values[i] = Value(trial, i);
            watch.Continue(3);
            return true;
        }
    }
}
