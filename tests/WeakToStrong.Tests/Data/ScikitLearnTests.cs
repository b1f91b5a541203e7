using WeakToStrong.Data.Experiment;
using WeakToStrong.Ridge;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Data;

/// <summary>Against the files and the table of tests/oracles/data_oracle.py (scikit-learn's Ridge and RidgeCV).</summary>
public class ScikitLearnTests
{
    private static readonly OracleTable Oracle = OracleTable.Read("data_sklearn");

    [Theory]
    [InlineData("regression-tall")]
    [InlineData("soft-tall")]
    [InlineData("hard-tall")]
    [InlineData("regression-wide")]
    [InlineData("soft-wide")]
    [InlineData("hard-wide")]
    public void User_files_with_a_fixed_split_give_the_numbers_of_scikit_learn(string name)
    {
        ResultTable table = Run(name, seed: 0).ToTable();
        int[] rows = [.. Enumerable.Range(0, Oracle.Count).Where(i => Oracle.Text(i, "case") == name)];
        Assert.Equal(rows.Length, table.RowCount);
        foreach (NumberColumn column in table.Columns.OfType<NumberColumn>()
            .Where(column => !column.Name.EndsWith("_se", StringComparison.Ordinal)
            && column.Name is not ("agreement" or "pgr_low" or "pgr_high")))
        {
            for (int i = 0; i < rows.Length; i++)
            {
                double expected = Oracle.Number(rows[i], column.Name);
                Assert.True(Math.Abs(column.Values[i] - expected) <= 1e-8 * Math.Abs(expected),
                    $"{column.Name} is {column.Values[i]:R}; {Oracle.Describe(rows[i])}");
            }
        }
    }

    [Fact]
    public void A_wrong_normalisation_of_lambda_would_be_seen()
    {
        // alpha = lambda instead of n lambda.
        DataExperiment right = Experiment("regression-tall");
        DataResult wrong = (right with { LambdaTeacher = Grid.Of(0.05 / 40, 0.5 / 40) }).Run(0);
        Assert.True(Math.Abs(wrong.TeacherError(1).Mean - Oracle.Number(5, "teacher_error")) > 1e-4);
    }

    private static DataResult Run(string name, ulong seed) => Experiment(name).Run(seed);

    private static DataExperiment Experiment(string name)
    {
        bool regression = name.StartsWith("regression", StringComparison.Ordinal);
        return new DataExperiment
        {
            Data = Dataset.FromFiles(
                File(regression ? "real_labels" : "class_labels"), File("weak"),
                File(name.EndsWith("wide", StringComparison.Ordinal) ? "wide" : "strong"), File("split"),
                regression ? LearningTask.Regression : LearningTask.Classification),
            LambdaTeacher = Grid.Parse("0.05,0.5"),
            LambdaStudent = Grid.Parse("0.001,0.01,0.1,1,10"),
            Labels = name.StartsWith("hard", StringComparison.Ordinal) ? PseudoLabels.Hard : PseudoLabels.Soft,
        };
    }

    private static string File(string name) => Path.Combine(AppContext.BaseDirectory, "oracles", $"data_{name}.csv");
}
