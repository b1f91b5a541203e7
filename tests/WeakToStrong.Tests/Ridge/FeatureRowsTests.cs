using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Ridge;

/// <summary>Views of rows that are held and of rows that are made in every pass, against the rows themselves.</summary>
public sealed class FeatureRowsTests
{
    // Several chunks, the last of them not full.
    private const int Count = 2001, Width = 1100;
    private static readonly Matrix<double> X = Draw();

    public static TheoryData<bool> Held => [true, false];

    [Theory]
    [MemberData(nameof(Held))]
    public void Passes_meet_every_row_once(bool held)
    {
        FeatureRows rows = Of(held, Enumerable.Range(0, Count));
        Assert.Equal((Count, Width, held), (rows.Count, rows.Columns, rows.IsHeld));
        double[] means = rows.Means(2);
        Assert.Equal(Enumerable.Range(0, Count).Average(i => X[i, 7]), means[7], 1e-12);

        double[] shift = [.. Enumerable.Range(0, Width).Select(j => j / 8.0)],
            factors = [.. Enumerable.Range(0, Width).Select(j => 1.0 + j)];
        int next = 0, chunks = 0;
        rows.ForEachChunk(Centring.At(shift), factors, 2, (first, chunk) =>
        {
            Assert.Equal(next, first);
            for (int i = 0; i < chunk.Rows; i += 13)
                Assert.Equal((X[first + i, 1000] - 125) * 1001, chunk[i, 1000]);
            next += chunk.Rows;
            chunks++;
        });
        Assert.Equal(Count, next);
        Assert.True(chunks > 1);

        var seen = new int[Count];
        rows.ForEachBlock(64, 2, (first, count, rowOf) =>
        {
            Assert.Equal(0, first % 64);
            for (int row = first; row < first + count; row++)
            {
                Interlocked.Increment(ref seen[row]);
                Assert.Equal(X[row, 3], rowOf(row)[3]);
            }
        });
        Assert.All(seen, times => Assert.Equal(1, times));

        var part = new Matrix<double>(5, Width);
        rows.Read(1990, part, 2);
        Assert.Equal(X.Row(1994).ToArray(), part.Row(4).ToArray());
    }

    [Theory]
    [MemberData(nameof(Held))]
    public void A_view_of_a_view_counts_from_the_view(bool held)
    {
        FeatureRows rows = Of(held, [4, 9, 16, 25]).Select([1, 3]);
        Assert.Equal(2, rows.Count);
        var read = new Matrix<double>(2, Width);
        rows.Read(0, read, 1);
        Assert.Equal((X[9, 2], X[25, 2]), (read[0, 2], read[1, 2]));
    }

    [Fact]
    public void Rows_are_put_behind_others_of_the_same_or_another_matrix()
    {
        FeatureRows first = Of(true, [3, 1]), copy = FeatureRows.All(new Matrix<double>(1, Width, X.Row(8).ToArray()));
        foreach (FeatureRows both in (FeatureRows[])[first.With(Of(true, [8])), first.With(copy)])
        {
            Assert.Equal(3, both.Count);
            Assert.Equal([X[3, 0], X[1, 0], X[8, 0]], Enumerable.Range(0, 3).Select(i => both[i][0]));
        }
        Assert.Throws<ArgumentException>(() => first.With(FeatureRows.All(new Matrix<double>(1, 2))));
    }

    [Fact]
    public void Rows_that_are_not_there_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureRows(X, [Count]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureRows(X, [-1]));
        Assert.Throws<InvalidOperationException>(() => Of(false, [0]).Matrix);
    }

    /// <summary>The mean of 1e15, 1e15 + 1 and 1e15 + 1 is no double: what it lacks is kept.</summary>
    [Fact]
    public void What_rounding_takes_from_a_far_mean_is_kept()
    {
        Matrix<double> far = new(3, 1, [1e15, 1e15 + 1, 1e15 + 1]);
        Centring centring = Centring.AtMeans(FeatureRows.All(far), 1);
        Assert.Equal(2.0 / 3, centring.Means[0] - 1e15 + centring.Lost![0], 1e-15);
        Assert.Equal(Math.Sqrt(2) / 3, centring.Deviations[0], 1e-15);
        // Near means lose nothing that counts.
        Assert.Null(Centring.AtMeans(FeatureRows.All(new Matrix<double>(3, 1, [0, 1, 1])), 1).Lost);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1)]
    [InlineData(1e200)]
    public void Deviations_are_right_where_squares_are_not(double unit)
    {
        FeatureRows rows = FeatureRows.All(new Matrix<double>(4, 2, [unit, 3, 2 * unit, 3, 3 * unit, 3, 4 * unit, 3]));
        Assert.Equal(Math.Sqrt(1.25), Centring.AtMeans(rows, 1).Deviations[0] / unit, 1e-14);
        Assert.Equal(0, Centring.AtMeans(rows, 1).Deviations[1]);
        Assert.Equal(Math.Sqrt(7.5), Centring.AtZero(rows).Deviations[0] / unit, 1e-14);
        Assert.Equal([0.0, 0], Centring.AtZero(rows).Means);
        Assert.Equal(Math.Max(unit * Math.Sqrt(1.25), 0), Centring.AtMeans(rows, 1).Largest, 1e-14 * unit);
    }

    private static FeatureRows Of(bool held, IEnumerable<int> rows) =>
        held ? new FeatureRows(X, [.. rows]) : new FeatureRows(new Made([.. rows]));

    private static Matrix<double> Draw()
    {
        var x = new Matrix<double>(Count, Width);
        new RandomStream(5).FillNormal(x.Data);
        return x;
    }

    private sealed class Made(int[] index) : RowStream(index.Length, Width)
    {
        public override void Read(int first, Matrix<double> destination, int threads)
        {
            for (int i = 0; i < destination.Rows; i++)
                X.Row(index[first + i]).CopyTo(destination.Row(i));
        }

        public override RowStream Select(ReadOnlySpan<int> rows)
        {
            var picked = new int[rows.Length];
            for (int i = 0; i < picked.Length; i++)
                picked[i] = index[rows[i]];
            return new Made(picked);
        }
    }
}
