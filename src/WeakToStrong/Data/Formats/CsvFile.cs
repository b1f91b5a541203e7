using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>Delimited text with a header, which may be missing where no name is needed.</summary>
internal sealed class CsvFile : RowFile
{
    private readonly CsvTable _table;

    public CsvFile(ByteSource source, RunOptions options, bool headerOptional = false)
        : base(source)
    {
        _table = CsvTable.Open(source, options, headerOptional);
        Columns = [.. _table.Names.Select(name => new FileColumn(name, ColumnKind.Either))];
    }

    public override long Rows => _table.Rows;

    public override IReadOnlyList<FileColumn> Columns { get; }

    public override string Place(long row) => _table.Place(row);

    public override void ReadNumbers(long first, int[] columns, Matrix<double> destination, RunOptions options) =>
        Read(first, columns, CellUse.Number, destination, options);

    public override double[] ReadOptionalNumbers(int column, RunOptions options)
    {
        var values = new Matrix<double>(checked((int)Rows), 1);
        Read(0, [column], CellUse.OptionalNumber, values, options);
        return values.Buffer;
    }

    public override string?[] ReadTexts(int column, RunOptions options)
    {
        string[] texts = new string[checked((int)Rows)];
        CellUse[] uses = new CellUse[Columns.Count];
        uses[column] = CellUse.Text;
        _table.Read(0, Rows, uses, null, [texts], options);
        return texts;
    }

    private void Read(long first, int[] columns, CellUse use, Matrix<double> destination, RunOptions options)
    {
        CellUse[] uses = new CellUse[Columns.Count];
        foreach (int column in columns)
            uses[column] = use;
        _table.Read(first, destination.Rows, uses, (row, cells) =>
        {
            cells.CopyTo(destination.Row((int)(row - first)));
            return null;
        }, [], options);
    }
}
