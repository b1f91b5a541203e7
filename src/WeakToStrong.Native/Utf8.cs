using System.Runtime.InteropServices;
using System.Text;

namespace WeakToStrong.Native;

/// <summary>Text as C has it: UTF-8 that ends with a NUL.</summary>
internal static unsafe class Utf8
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Text in memory of its own, to be freed with <see cref="NativeMemory.Free"/>.</summary>
    public static byte* Copy(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        byte* copy = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(copy, length));
        copy[length] = 0;
        return copy;
    }

    /// <summary>The bytes of a text that is called <paramref name="name"/>.</summary>
    public static ReadOnlySpan<byte> Bytes(byte* text, string name) =>
        text is null ? throw new InputException($"{name} is NULL; it must be text")
            : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);

    /// <summary>A text that is called <paramref name="name"/>.</summary>
    public static string Read(byte* text, string name)
    {
        try
        {
            return Strict.GetString(Bytes(text, name));
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{name} is not UTF-8", e);
        }
    }
}
