using System.Text;
using WeakToStrong.Data.Formats;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;
using WeakToStrong.Tables;

namespace WeakToStrong.Chains.Specification;

/// <summary>The files that a chain's specification names: text with one row of numbers a line, or whatever else <see cref="FeatureFile"/> reads (.npy, .parquet, .gz).</summary>
internal static class SpecificationFiles
{
    private static readonly char[] Separators = [',', ';', '\t', ' '];
    private static readonly string[] NotText = [".npy", ".parquet", ".gz"];

    /// <summary>The text of a file.</summary>
    /// <exception cref="InputException">It cannot be read; the message says why.</exception>
    public static string ReadText(string path)
    {
        using ByteSource source = ByteSource.Open(path);
        byte[] bytes = new byte[source.Length];
        source.Read(0, bytes);
        return Encoding.UTF8.GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes);
    }

    /// <summary>One number a line (or all on one line), under an optional header.</summary>
    public static double[] ReadVector(string path, NumberRange range)
    {
        Matrix<double> table = ReadMatrix(path, range);
        return table.Columns == 1 || table.Rows == 1
            ? table.Data.ToArray()
            : throw new InputException($"{path} has {table.Rows} rows of {table.Columns} numbers; it must have one number a row");
    }

    /// <summary>Rows of numbers of equal length, under an optional header.</summary>
    public static Matrix<double> ReadMatrix(string path, NumberRange range)
    {
        if (NotText.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            return ReadFeatures(path, range);
        string[] lines = ReadText(path).Split('\n');
        var values = new List<double>();
        int columns = 0, rows = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (cells.Length == 0 || (rows == 0 && columns == 0 && IsHeader(cells)))
            {
                columns = Math.Max(columns, cells.Length);
                continue;
            }
            if (columns > 0 && cells.Length != columns)
                throw new InputException($"{path}, line {i + 1} has {cells.Length} columns; the lines before have {columns}");
            columns = cells.Length;
            rows++;
            for (int j = 0; j < cells.Length; j++)
            {
                if (!NumberText.TryParse(cells[j], out double value) || !range.Contains(value))
                    throw InputException.At($"{path}, line {i + 1}, column {j + 1}", cells[j], range.Allowed);
                values.Add(value);
            }
        }
        return rows > 0 ? new Matrix<double>(rows, columns, [.. values]) : throw new InputException($"{path} has no numbers");
    }

    private static Matrix<double> ReadFeatures(string path, NumberRange range)
    {
        FeatureRows rows = FeatureFile.Read(path).TakeAll();
        var matrix = new Matrix<double>(rows.Count, rows.Columns);
        for (int i = 0; i < matrix.Rows; i++)
        {
            rows[i].CopyTo(matrix.Row(i));
            for (int j = 0; j < matrix.Columns; j++)
            {
                if (!range.Contains(matrix[i, j]))
                    throw InputException.At($"{path}, row {i + 1}, column {j + 1}", NumberText.Format(matrix[i, j]), range.Allowed);
            }
        }
        return matrix;
    }

    private static bool IsHeader(string[] cells) => cells.All(c => !NumberText.TryParse(c, out _));
}
