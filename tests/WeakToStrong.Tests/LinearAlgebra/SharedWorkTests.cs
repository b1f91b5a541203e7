using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.LinearAlgebra;

/// <summary>Blocks of work on several threads: each exactly once, phases in turn, failures told.</summary>
public class SharedWorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_team_does_every_block_of_every_phase_once(int threads)
    {
        const int Phases = 3000;
        int[] counts = new int[17], phaseOf = new int[17];
        int phase = 0, mixed = 0;
        using var team = new WorkTeam(threads);
        void Work(int block)
        {
            counts[block]++;
            if (phaseOf[block] != phase)
                Interlocked.Increment(ref mixed);
            phaseOf[block]++;
        }
        for (; phase < Phases; phase++)
            team.Run(counts.Length, Work);
        Assert.All(counts, count => Assert.Equal(Phases, count));
        Assert.Equal(0, mixed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_block_that_fails_is_told_to_the_caller(int threads)
    {
        using var team = new WorkTeam(threads);
        Assert.Throws<InvalidOperationException>(() => team.Run(40, block => throw new InvalidOperationException($"block {block}")));
        Assert.Throws<InvalidOperationException>(() => FixedBlocks.Run(40, threads, new Failing()));
    }

    [Fact]
    public void Tiles_cover_a_matrix_once()
    {
        foreach (var (rows, columns) in new[] { (1, 1), (63, 700), (500, 500), (2000, 3), (1100, 1300) })
        {
            var covered = new int[rows * columns];
            var tiling = Tiling.Full(rows, columns, 100_000);
            for (int index = 0; index < tiling.Count; index++)
            {
                var (row, column, height, width) = tiling.Tile(index);
                for (int i = row; i < row + height; i++)
                {
                    for (int j = column; j < column + width; j++)
                        covered[(i * columns) + j]++;
                }
            }
            Assert.All(covered, count => Assert.Equal(1, count));
        }
        var triangle = Enumerable.Range(0, 21).Select(index => Tiling.TriangleTile(index, 6)).ToHashSet();
        Assert.Equal(21, triangle.Count);
        Assert.All(triangle, tile => Assert.InRange(tile.Column, 0, tile.Row));
    }

    private readonly struct Failing : IBlockWork
    {
        public void Run(int block) => throw new InvalidOperationException($"block {block}");
    }
}
