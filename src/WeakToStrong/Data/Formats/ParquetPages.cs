using Parquet.Meta;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// Looks through the pages of a column before the library decodes them, because it takes them on trust: a page that is shorter than its
/// header says is filled up with whatever memory held, and a place behind the end of the dictionary is read all the same.
/// </summary>
internal static class ParquetPages
{
    private const int Longest = 1 << 16;
    // Old writers leave the dictionary's own header out of the size of all pages.
    private const int HeaderOfDictionary = 100;

    /// <summary>Throws when the pages of a column in a group of rows cannot be what they say.</summary>
    /// <param name="source">The file.</param>
    /// <param name="column">What the file says of the column in this group.</param>
    /// <param name="meaning">What its schema says.</param>
    /// <param name="definitionLevel">The deepest level of what is not missing.</param>
    /// <param name="isList">Whether levels say where lists begin.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static void Check(ByteSource source, ColumnMetaData column, IntegerMeaning meaning, int definitionLevel, bool isList)
    {
        long at = column.DictionaryPageOffset is > 0 and var offset ? Math.Min(offset, column.DataPageOffset) : column.DataPageOffset;
        long end = at + column.TotalCompressedSize, values = 0;
        Require(column.Type == meaning.Stored && at > 0 && column.TotalCompressedSize >= 0);
        int dictionary = -1, size = SizeOf(column.Type, meaning.TypeLength);
        while (values < column.NumValues)
        {
            PageHead page = PageHead.Read(source, ref at);
            Require(page.Packed >= 0 && page.Unpacked >= 0 && page.Values >= 0 && at + page.Packed <= source.Length);
            Require(column.Codec != CompressionCodec.UNCOMPRESSED || page.Packed == page.Unpacked);
            if (page.Kind == PageType.DICTIONARY_PAGE)
            {
                Require(dictionary < 0 && (size == 0 || page.Unpacked == (long)page.Values * size));
                dictionary = page.Values;
            }
            else if (page.Kind is PageType.DATA_PAGE or PageType.DATA_PAGE_V2)
            {
                values += page.Values;
                if (page.Encoding is Encoding.PLAIN_DICTIONARY or Encoding.RLE_DICTIONARY)
                    CheckPlaces(source, at, page, column.Codec, dictionary, definitionLevel, isList);
            }
            at += page.Packed;
        }
        Require(values == column.NumValues && (at == end || (dictionary >= 0 && at > end && at <= end + HeaderOfDictionary)));
    }

    // Every place must be one in the dictionary. Damage that hits packed bytes may unpack to any places.
    private static void CheckPlaces(ByteSource source, long at, PageHead page, CompressionCodec codec, int dictionary, int definitionLevel,
        bool isList)
    {
        byte[] packed = new byte[page.Packed];
        source.Read(at, packed);
        bool isSecond = page.Kind == PageType.DATA_PAGE_V2;
        ReadOnlySpan<byte> levels = packed, places;
        int stored = page.Values - page.Nulls;
        if (isSecond)
        {
            Require(page.LevelBytes >= 0 && page.LevelBytes <= packed.Length && page.LevelBytes <= page.Unpacked);
            byte[]? rest = page.IsPacked ? PageCodec.Unpack(codec, packed.AsSpan(page.LevelBytes), page.Unpacked - page.LevelBytes)
                : packed[page.LevelBytes..];
            if (rest is null)
                return;
            places = rest;
        }
        else
        {
            if (PageCodec.Unpack(codec, packed, page.Unpacked) is not { } whole)
                return;
            places = whole;
            if (isList)
                TakeBlock(ref places);
            stored = definitionLevel == 0 ? page.Values
                : HybridRuns.Decode(TakeBlock(ref places), WidthOf(definitionLevel), page.Values).AsSpan().Count(definitionLevel);
        }
        if (stored <= 0)
            return;
        Require(places.Length > 0 && places[0] <= 31);
        foreach (int place in HybridRuns.Decode(places[1..], places[0], stored))
            Require((uint)place < (uint)Math.Max(dictionary, 0));
    }

    // A block with its length before it.
    private static ReadOnlySpan<byte> TakeBlock(ref ReadOnlySpan<byte> bytes)
    {
        Require(bytes.Length >= 4);
        int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(bytes);
        Require(length >= 0 && length <= bytes.Length - 4);
        ReadOnlySpan<byte> block = bytes.Slice(4, length);
        bytes = bytes[(4 + length)..];
        return block;
    }

    private static int WidthOf(int level) => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)level);

    private static int SizeOf(Parquet.Meta.Type type, int? typeLength) => type switch
    {
        Parquet.Meta.Type.INT32 or Parquet.Meta.Type.FLOAT => 4,
        Parquet.Meta.Type.INT64 or Parquet.Meta.Type.DOUBLE => 8,
        Parquet.Meta.Type.FIXED_LEN_BYTE_ARRAY => typeLength ?? 0,
        _ => 0,
    };

    private static void Require(bool holds)
    {
        if (!holds)
            throw new InvalidDataException();
    }

    /// <summary>The header of a page.</summary>
    private readonly record struct PageHead(PageType Kind, int Unpacked, int Packed, int Values, int Nulls, Encoding Encoding,
        int LevelBytes, bool IsPacked)
    {
        private const int KindField = 1, UnpackedField = 2, PackedField = 3, First = 5, Dictionary = 7, Second = 8, Struct = 12;

        public static PageHead Read(ByteSource source, ref long at)
        {
            byte[] head = new byte[Math.Clamp(source.Length - at, 0, Longest)];
            source.Read(at, head);
            var reader = new ThriftReader(head);
            var page = new PageHead((PageType)(-1), -1, -1, -1, 0, Encoding.PLAIN, 0, IsPacked: true);
            for (int field = 0; reader.Next(ref field, out int type);)
            {
                page = field switch
                {
                    KindField => page with { Kind = (PageType)reader.Integer() },
                    UnpackedField => page with { Unpacked = (int)reader.Integer() },
                    PackedField => page with { Packed = (int)reader.Integer() },
                    First or Dictionary or Second when type == Struct => Inner(ref reader, page, field == Second),
                    _ => Pass(ref reader, page, type),
                };
            }
            at += head.Length - reader.Left;
            // A page of an index has no values.
            return page.Kind == PageType.INDEX_PAGE ? page with { Values = 0 } : page;
        }

        private static PageHead Inner(ref ThriftReader reader, PageHead page, bool isSecond)
        {
            for (int field = 0; reader.Next(ref field, out int type);)
            {
                page = (field, isSecond) switch
                {
                    (1, _) => page with { Values = (int)reader.Integer() },
                    (2, false) or (4, true) => page with { Encoding = (Encoding)reader.Integer() },
                    (2, true) => page with { Nulls = (int)reader.Integer() },
                    (5 or 6, true) => page with { LevelBytes = page.LevelBytes + (int)reader.Integer() },
                    (7, true) => page with { IsPacked = type == ThriftReader.True },
                    _ => Pass(ref reader, page, type),
                };
            }
            return page;
        }

        private static PageHead Pass(ref ThriftReader reader, PageHead page, int type)
        {
            reader.Skip(type);
            return page;
        }
    }
}
