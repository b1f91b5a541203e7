namespace WeakToStrong.Tables;

/// <summary>Part of a <see cref="ByteSource"/> as a stream, for libraries that want one.</summary>
/// <param name="source">The bytes.</param>
/// <param name="start">Where the part begins.</param>
/// <param name="length">How long it is; null: to the end.</param>
/// <param name="isEndAnError">Whether reading at the end is an error, for libraries that would go on asking.</param>
internal sealed class SourceStream(ByteSource source, long start = 0, long? length = null, bool isEndAnError = false) : ReadOnlyStream
{
    public override long Length => length ?? source.Length - start;

    public override int Read(Span<byte> buffer)
    {
        int read = source.Read(start + Position, buffer[..(int)Math.Clamp(Length - Position, 0, buffer.Length)]);
        Position += read;
        return read > 0 || buffer.IsEmpty || !isEndAnError ? read : throw new EndOfStreamException();
    }
}

/// <summary>What all streams over bytes that lie at known places have in common.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Position { get; set; }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + (origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => Length });

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
