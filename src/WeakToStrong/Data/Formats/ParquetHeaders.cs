using System.Buffers.Binary;
using Parquet.Meta;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// Checks headers that the library takes on trust: a damaged length in the footer makes it create objects for minutes, and a dictionary
/// that is shorter than its header says is filled with whatever memory held before.
/// </summary>
internal static class ParquetHeaders
{
    private const int LongestPageHeader = 1 << 16, UnpackedSize = 2, DictionaryHeader = 7;

    /// <summary>Throws when the footer is damaged.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public static void CheckFooter(ByteSource source)
    {
        Span<byte> tail = stackalloc byte[8];
        if (source.Length < 12 || source.Read(source.Length - 8, tail) < 8 || !tail[4..].SequenceEqual("PAR1"u8))
            throw new InvalidDataException();
        long length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (length > source.Length - 12 || length > Array.MaxLength)
            throw new InvalidDataException();
        byte[] footer = new byte[length];
        source.Read(source.Length - 8 - length, footer);
        new ThriftReader(footer).Check('M', Describe);
    }

    /// <summary>Throws when the page of a column's different values cannot hold them.</summary>
    /// <param name="source">The file.</param>
    /// <param name="column">What the file says of the column.</param>
    /// <param name="typeLength">Bytes of a value of fixed length, as the schema says.</param>
    /// <exception cref="InvalidDataException">The page is damaged.</exception>
    public static void CheckDictionary(ByteSource source, ColumnMetaData column, int? typeLength)
    {
        int size = column.Type switch
        {
            Parquet.Meta.Type.INT32 or Parquet.Meta.Type.FLOAT => 4,
            Parquet.Meta.Type.INT64 or Parquet.Meta.Type.DOUBLE => 8,
            Parquet.Meta.Type.FIXED_LEN_BYTE_ARRAY => typeLength ?? 0,
            _ => 0,
        };
        // Where the chunk begins; writers may leave the dictionary's own offset out.
        long start = column.DictionaryPageOffset is > 0 and var offset ? Math.Min(offset, column.DataPageOffset) : column.DataPageOffset;
        if (size == 0 || start <= 0)
            return;
        byte[] head = new byte[Math.Clamp(source.Length - start, 0, LongestPageHeader)];
        source.Read(start, head);
        var reader = new ThriftReader(head);
        long bytes = 0, values = -1;
        for (int field = 0; reader.Next(ref field, out int type);)
        {
            if (field == UnpackedSize)
                bytes = reader.Integer();
            else if (field == DictionaryHeader)
                values = CountValues(ref reader);
            else
                reader.Skip(type);
        }
        if (values >= 0 && bytes != values * size)
            throw new InvalidDataException();
    }

    private static long CountValues(ref ThriftReader reader)
    {
        long values = 0;
        for (int field = 0; reader.Next(ref field, out int type);)
        {
            if (field == 1)
                values = reader.Integer();
            else
                reader.Skip(type);
        }
        return values;
    }

    // The structures of the footer, after parquet.thrift (Apache Parquet format 2).
    private static string Describe(char structure) => structure switch
    {
        'M' => "1i2[S3i4[R5[K6b7[O", // FileMetaData
        'S' => "1i2i3i4b5i6i7i8i9i10L", // SchemaElement
        'L' => "1E2E3E4E5D6E7T8T10N11E12E13E14E15E", // LogicalType
        'D' => "1i2i", // DecimalType
        'T' => "1o2U", // TimeType, TimestampType
        'U' => "1E2E3E", // TimeUnit
        'N' => "1y2o", // IntType
        'R' => "1[C2i3i4[G5i6i7i", // RowGroup
        'C' => "1b2i3X4i5i6i7i", // ColumnChunk
        'X' => "1i2[i3[b4i5i6i7i8[K9i10i11i12A13[P14i15i16Z", // ColumnMetaData
        'A' => "1b2b3i4i5b6b7o8o", // Statistics
        'K' => "1b2b", // KeyValue
        'P' => "1i2i3i", // PageEncodingStats
        'Z' => "1i2[i3[i", // SizeStatistics
        'G' => "1i2o3o", // SortingColumn
        'O' => "1E", // ColumnOrder
        _ => string.Empty,
    };
}
