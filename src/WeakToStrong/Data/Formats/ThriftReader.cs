namespace WeakToStrong.Data.Formats;

/// <summary>Thrift's compact protocol, as far as it takes to look at Parquet's headers: every length is compared
/// with what is left.</summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The type of a field that is true; it has no bytes of its own.</summary>
    public const int True = 1;

    private const int False = 2, Octet = 3, Real = 7, Text = 8, List = 9, Set = 10, Struct = 12, Deepest = 16;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Reads the next field's number and type; false behind the last field of a structure.</summary>
    public bool Next(ref int field, out int type)
    {
        byte head = Byte();
        type = head & 15;
        if (type != 0)
            field = head >> 4 == 0 ? (int)Integer() : field + (head >> 4);
        return type != 0;
    }

    /// <summary>A whole number of any size.</summary>
    public long Integer()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Passes a field.</summary>
    public void Skip(int type, int depth = 0)
    {
        switch (type)
        {
            case True or False: break;
            case Octet: Byte(); break;
            case >= 4 and <= 6: Varint(); break;
            case Real: Jump(8); break;
            case Text: Jump((long)Varint()); break;
            case List or Set when depth < Deepest:
                for (long left = Elements(out int element); left > 0; left--)
                    Skip(element, depth + 1);
                break;
            case Struct when depth < Deepest:
                for (int field = 0; Next(ref field, out int inner);)
                    Skip(inner, depth + 1);
                break;
            default: throw new InvalidDataException();
        }
    }

    /// <summary>
    /// Passes a structure whose known fields must have the types that a description gives them: i a whole number, b bytes, o a truth, y an
    /// octet, a capital letter another structure, each behind the field's number, and [ before what there is a list of.
    /// </summary>
    /// <param name="structure">The structure's letter.</param>
    /// <param name="describe">The description of a structure.</param>
    /// <param name="depth">In how many structures it stands.</param>
    /// <exception cref="InvalidDataException">A field has another type, or goes beyond the end.</exception>
    public void Check(char structure, Func<char, string> describe, int depth = 0)
    {
        if (depth > Deepest)
            throw new InvalidDataException();
        string description = describe(structure);
        for (int field = 0; Next(ref field, out int type);)
        {
            (bool isList, char kind) = Find(description, field);
            if (kind == '\0')
                Skip(type, depth);
            else if (!isList)
                CheckOne(kind, type, describe, depth);
            else if (type != List)
                throw new InvalidDataException();
            else
                for (long left = Elements(out int element); left > 0; left--)
                    CheckOne(kind, element, describe, depth);
        }
    }

    private void CheckOne(char kind, int type, Func<char, string> describe, int depth)
    {
        bool fits = kind switch
        {
            'i' => type is >= 4 and <= 6,
            'b' => type == Text,
            'o' => type is True or False,
            'y' => type == Octet,
            _ => type == Struct,
        };
        if (!fits)
            throw new InvalidDataException();
        if (type == Struct)
            Check(kind, describe, depth + 1);
        else
            Skip(type, depth);
    }

    private static (bool IsList, char Kind) Find(string description, int field)
    {
        for (int at = 0; at < description.Length;)
        {
            int number = 0;
            while (char.IsAsciiDigit(description[at]))
                number = (10 * number) + description[at++] - '0';
            bool isList = description[at] == '[';
            at += isList ? 1 : 0;
            if (number == field)
                return (isList, description[at]);
            at++;
        }
        return (false, '\0');
    }

    // Every element takes a byte at least.
    private long Elements(out int type)
    {
        byte head = Byte();
        type = head & 15;
        ulong count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
        return count <= (ulong)_rest.Length ? (long)count : throw new InvalidDataException();
    }

    private void Jump(long bytes)
    {
        if (bytes < 0 || bytes > _rest.Length)
            throw new InvalidDataException();
        _rest = _rest[(int)bytes..];
    }

    private byte Byte()
    {
        if (_rest.IsEmpty)
            throw new InvalidDataException();
        byte first = _rest[0];
        _rest = _rest[1..];
        return first;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Byte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }
        throw new InvalidDataException();
    }
}
