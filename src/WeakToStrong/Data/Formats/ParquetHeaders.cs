using System.Buffers.Binary;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// Checks the footer, which the library takes on trust: a damaged length in it makes it create objects for minutes.
/// </summary>
internal static class ParquetHeaders
{
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

    // The structures of the footer, after parquet.thrift (Apache Parquet format 2).
    private static string Describe(char structure) => structure switch
    {
        'M' => "1i2[S3i4[R5[K6b7[O8E9b", // FileMetaData
        'S' => "1i2i3i4b5i6i7i8i9i10L", // SchemaElement
        'L' => "1E2E3E4E5D6E7T8T10N11E12E13E14E15E16J17H18H", // LogicalType
        'D' => "1i2i", // DecimalType
        'T' => "1o2U", // TimeType, TimestampType
        'U' => "1E2E3E", // TimeUnit
        'N' => "1y2o", // IntType
        'R' => "1[C2i3i4[G5i6i7i", // RowGroup
        'C' => "1b2i3X4i5i6i7i8E9b", // ColumnChunk
        'X' => "1i2[i3[b4i5i6i7i8[K9i10i11i12A13[P14i15i16Z17Q", // ColumnMetaData
        'A' => "1b2b3i4i5b6b7o8o", // Statistics
        'K' => "1b2b", // KeyValue
        'P' => "1i2i3i", // PageEncodingStats
        'Q' => "1V2[i", // GeospatialStatistics
        'Z' => "1i2[i3[i", // SizeStatistics
        'J' => "1y", // VariantType
        'H' => "1b2i", // GeometryType, GeographyType
        'G' => "1i2o3o", // SortingColumn
        'O' => "1E", // ColumnOrder
        _ => string.Empty,
    };
}
