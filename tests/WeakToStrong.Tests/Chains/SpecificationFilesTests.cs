using WeakToStrong.Chains;
using WeakToStrong.Chains.Specification;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.Chains;

public sealed class SpecificationFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("w2s-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("x.csv")]
    [InlineData("xs.csv")]
    [InlineData("xq.csv")]
    public void Names_of_features_may_hold_blanks_and_commas(string features)
    {
        string text = File.ReadAllText(CaseFile.Path("chain/c.toml")).Replace("x.csv", features, StringComparison.Ordinal);
        ChainResult result = ChainSpecification.Parse(text, CaseFile.Path("chain/c.toml")).Solve();
        Assert.Equal(0.6395045768548697, result.TestError(0), 1e-12);
    }

    [Theory]
    [InlineData("stage_groups.toml")]
    [InlineData("dotted_keys_at_top.toml")]
    public void Every_spelling_of_tables_means_the_same(string file) =>
        Assert.Equal(Errors("base.toml"), Errors(file));

    [Theory]
    [InlineData("spectrum.law = \"isotropic\"\nspectrum.d = 5\ntarget = { law = \"power\", exponent = 1 }\n[[stage]]\nname = 't'\nn = "
        + "4\nridge = 1\n")]
    [InlineData("[target]\nlaw = \"power\"\nexponent = 1\n[spectrum]\n\"law\" = 'isotropic'\nd = 5\n[[stage]]\nname = \"t\"\nn = 4\nridge "
        + "= 1\n")]
    [InlineData("stage = [ { name = \"t\", n = 4, ridge = 1 } ]\n[spectrum]\nlaw = \"isotropic\"\nd = 5\n[target]\nlaw = "
        + "\"power\"\nexponent = 1\n")]
    public void Quoted_keys_inline_tables_and_dots_are_read(string text) =>
        Assert.Equal("t", Assert.Single(ChainSpecification.Parse(text, "x.toml").Stages).Name);

    [Theory]
    [InlineData("spectrum.d = 5\nspectrum = 3\n", "line 2")]
    [InlineData("spectrum = 3\nspectrum.d = 5\n", "line 2")]
    [InlineData("[spectrum]\nd = 5\n[spectrum]\nd = 6\n", "line 3")]
    [InlineData("[spectrum]\nd = 5\n[[spectrum]]\nd = 6\n", "line 3")]
    [InlineData("[[stage]]\nname = 't'\n[stage]\nn = 6\n", "line 3")]
    public void What_is_given_twice_is_refused(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => ChainSpecification.Parse(text, "x.toml")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("1\n2\n3\n", new[] { 1.0, 2, 3 })]
    [InlineData("value\n1\n2\n", new[] { 1.0, 2 })]
    [InlineData("1, 2, 3", new[] { 1.0, 2, 3 })]
    [InlineData("  1.5e0   2 \n", new[] { 1.5, 2 })]
    [InlineData("1;2;3\n", new[] { 1.0, 2, 3 })]
    public void A_vector_is_a_column_or_a_row(string text, double[] expected) =>
        Assert.Equal(expected, SpecificationFiles.ReadVector(Write(text), NumberRange.Finite));

    [Theory]
    [InlineData("2,5;1,5;0,5\n", "line 1, column 1 is '2,5'; it must be a number, with a point before its decimals")]
    [InlineData("1\n\n3\n", "line 2, column 1 is ''; it must be a number")]
    [InlineData("1\n2\n\n", "line 3, column 1 is ''; it must be a number")]
    [InlineData("v\n1\n\n2\n", "row 2 (line 3), column v is ''; it must be a number")]
    [InlineData("1 2\n3 4 5\n", "line 2 has 3 columns; it must have 2, as the first line")]
    [InlineData("1 2\n3 x\n", "line 2, column 2 is 'x'; it must be a number")]
    [InlineData("1,2\n,4\n", "line 2, column 1 is ''; it must be a number")]
    [InlineData("1,2\n3,-4\n", "line 2, column 2 is '-4'; it must be a finite number that is not negative")]
    [InlineData("", "is empty")]
    public void What_is_wrong_is_told(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() =>
            SpecificationFiles.ReadMatrix(Write(text), NumberRange.NonNegative)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("ev.csv", "line 1, column 1 is '2,5'")]
    [InlineData("xmiss.csv", "line 1, column 1 is ''")]
    public void Empty_cells_and_decimal_commas_are_refused(string file, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() =>
            SpecificationFiles.ReadMatrix(CaseFile.Path($"chain/{file}"), NumberRange.Finite)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_matrix_that_pandas_wrote_loses_its_index()
    {
        Matrix<double> matrix = SpecificationFiles.ReadMatrix(Write(",a,b\na,1,0.5\nb,0.5,2\n"), NumberRange.Finite);
        Assert.Equal([1, 0.5, 0.5, 2], matrix.Data.ToArray());
    }

    private static double[] Errors(string file)
    {
        ChainResult result = ChainSpecification.Read(CaseFile.Path($"chain/{file}")).Solve();
        return [result.TestError(0), result.TestError(1)];
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllText(path, text);
        return path;
    }
}
