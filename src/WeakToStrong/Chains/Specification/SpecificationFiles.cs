using System.Text;
using WeakToStrong.Data;
using WeakToStrong.Data.Formats;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Chains.Specification;

/// <summary>The files that a chain's specification names: delimited text whose header may be missing, or whatever
/// else <see cref="FeatureFile"/> reads.</summary>
internal static class SpecificationFiles
{
    /// <summary>The text of a file.</summary>
    /// <exception cref="InputException">It cannot be read; the message says why.</exception>
    public static string ReadText(string path)
    {
        using ByteSource source = ByteSource.Open(path);
        byte[] bytes = new byte[source.Length];
        source.Read(0, bytes);
        return Encoding.UTF8.GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes);
    }

    /// <summary>One number a row, or all in one row.</summary>
    /// <exception cref="InputException">The file cannot be read, has several rows and columns, or a number is not allowed.</exception>
    public static double[] ReadVector(string path, NumberRange range)
    {
        Matrix<double> table = ReadMatrix(path, range);
        return table.Columns == 1 || table.Rows == 1
            ? table.Data.ToArray()
            : throw new InputException(
                $"'{InputException.Shorten(path)}' has {table.Rows} rows of {table.Columns} numbers; it must have one number a row");
    }

    /// <summary>Rows of numbers.</summary>
    /// <exception cref="InputException">The file cannot be read, or a number is not allowed; the message names row and column.</exception>
    public static Matrix<double> ReadMatrix(string path, NumberRange range)
    {
        using FeatureReader file = FeatureReader.Open(path, ColumnRoles.None, RunOptions.Default, headerOptional: true);
        MemoryNeed.Check($"reading {file.Source}", file.Count, file.Shape.Columns);
        var matrix = new Matrix<double>((int)file.Count, file.Shape.Columns);
        file.ReadRows(0, matrix);
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                if (!range.Contains(matrix[i, j]))
                    throw InputException.At(file.Place(i, j), NumberText.Format(matrix[i, j]), range.Allowed);
            }
        }
        return matrix;
    }
}
