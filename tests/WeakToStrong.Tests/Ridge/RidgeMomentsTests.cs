using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Ridge;

/// <summary>Rows seen in chunks, twice, against the same rows held at once.</summary>
public class RidgeMomentsTests
{
    private const int Rows = 250, Features = 8, Chunk = 60;

    [Theory]
    [InlineData(1e-9)]
    [InlineData(0)]
    [InlineData(1e3)]
    public void Chunks_give_the_models_of_the_whole(double ridge)
    {
        (Matrix<double> x, Matrix<double> y) = Draw();
        RidgeModels whole = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).At(Grid.Of(ridge)),
            chunks = Gather(x, y).Solve(Grid.Of(ridge));
        for (int j = 0; j < Features; j++)
        {
            for (int c = 0; c < 2; c++)
                Assert.Equal(whole.Coefficient(0, j, c) * Scale(j), chunks.Coefficient(0, j, c) * Scale(j), 1e-9);
        }
        Matrix<double> expected = whole.Predict(FeatureRows.All(x)), found = chunks.Predict(FeatureRows.All(x));
        for (int i = 0; i < Rows; i++)
            Assert.Equal(expected[i, 1], found[i, 1], 1e-8);
    }

    [Fact]
    public void Several_ridges_are_solved_at_once()
    {
        (Matrix<double> x, Matrix<double> y) = Draw();
        RidgeMoments moments = Gather(x, y);
        RidgeModels both = moments.Solve(Grid.Of(0.1, 10)), second = moments.Solve(Grid.Of(10));
        Assert.Equal(second.Predict(FeatureRows.All(x))[3, 1], both.Predict(FeatureRows.All(x), 1)[3, 1], 1e-9);
    }

    [Fact]
    public void Moments_of_chunks_are_those_of_all_rows()
    {
        (Matrix<double> x, _) = Draw();
        ColumnMoments moments = Moments(x);
        double[] deviations = moments.Deviations(), means = FeatureRows.All(x).Means();
        Assert.Equal(Rows, moments.Rows);
        for (int j = 0; j < Features; j++)
        {
            double variance = Enumerable.Range(0, Rows).Average(i => Math.Pow(x[i, j] - means[j], 2));
            Assert.Equal(Math.Sqrt(variance), deviations[j], 1e-12 * deviations[j]);
        }
    }

    [Fact]
    public void Dependent_columns_are_told_of_and_a_second_pass_must_be_whole()
    {
        (Matrix<double> x, Matrix<double> y) = Draw();
        Assert.Null(Gather(x, y).Remark("features"));
        for (int i = 0; i < Rows; i++)
            x[i, 3] = x[i, 2];
        RidgeMoments twins = Gather(x, y);
        Assert.StartsWith("1 of the 8 features depend on the others", twins.Remark("features"), StringComparison.Ordinal);
        RidgeModels models = twins.Solve(Grid.Of(0)), design = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).At(Grid.Of(0));
        double both = models.Coefficient(0, 2, 0) + models.Coefficient(0, 3, 0);
        Assert.Equal(design.Coefficient(0, 2, 0) + design.Coefficient(0, 3, 0), both, 1e-9 * Math.Abs(both));
        Assert.Throws<InvalidOperationException>(() => twins.Add(x, y));
        Assert.Throws<InvalidOperationException>(() => new RidgeMoments(Moments(x), Moments(y)).Solve(Grid.Of(1)));
    }

    private static double Scale(int feature) => Math.Pow(10, (3 * feature) - 10);

    private static (Matrix<double> X, Matrix<double> Y) Draw()
    {
        var random = new RandomStream(8);
        Matrix<double> x = new(Rows, Features), y = new(Rows, 2);
        random.FillNormal(x.Data);
        random.FillNormal(y.Data);
        for (int i = 0; i < Rows; i++)
        {
            y[i, 1] += 1e6 + x[i, 1] - x[i, 5];
            for (int j = 0; j < Features; j++)
                x[i, j] = Scale(j) * (x[i, j] + 100);
        }
        return (x, y);
    }

    private static RidgeMoments Gather(Matrix<double> x, Matrix<double> y)
    {
        var moments = new RidgeMoments(Moments(x), Moments(y));
        for (int first = 0; first < x.Rows; first += Chunk)
            moments.Add(Part(x, first), Part(y, first));
        return moments;
    }

    private static ColumnMoments Moments(Matrix<double> rows)
    {
        var moments = new ColumnMoments(rows.Columns);
        for (int first = 0; first < rows.Rows; first += Chunk)
            moments.Add(Part(rows, first));
        return moments;
    }

    private static Matrix<double> Part(Matrix<double> from, int first)
    {
        int count = Math.Min(Chunk, from.Rows - first);
        return new Matrix<double>(count, from.Columns, from.RowBlock(first, count).ToArray());
    }
}
