using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Log;

/// <summary>
/// The bytes of a <see cref="Leaf"/>, version 1: big-endian, texts in UTF-8 with their length in two bytes before them, no
/// padding. A value has one encoding; the decoder encodes what it read and compares, so that it takes no other.
/// </summary>
internal static class LeafEncoding
{
    private const byte Version = 1;
    private const byte Absent = 0;
    private const byte Present = 1;
    private const int GuidBytes = 16;
    private const int FixedBytes = 1 + 8 + 8 + GuidBytes + 2 + 8 + 2 + 8 + 1 + 1 + Digest.Size + Digest.Size + 2;
    private const int FixedPartBytes = 2 + GuidBytes + Digest.Size;

    /// <summary>One sentence: why the leaf has no encoding; null where it has one.</summary>
    public static string? Fault(Leaf leaf)
    {
        if (leaf.Position < 1)
            return $"The position {leaf.Position} is not above 0.";
        if (leaf.Version < 1)
            return $"The version {leaf.Version} at position {leaf.Position} is not above 0.";
        for (var i = 1; i < leaf.Parts.Count; i++)
        {
            if (Utf8Order.Instance.Compare(leaf.Parts[i - 1].Path, leaf.Parts[i].Path) >= 0)
                return $"The sealed parts at position {leaf.Position} do not rise by path, each path once.";
        }

        var length = Length(leaf);
        return length > Leaf.LargestBytes
            ? $"The leaf of position {leaf.Position} would have {length} bytes, more than {Leaf.LargestBytes}."
            : null;
    }

    public static byte[] Encode(Leaf leaf)
    {
        if (Fault(leaf) is { } fault)
            throw new InvalidOperationException(fault);
        var bytes = new byte[Length(leaf)];
        var writer = new Writer(bytes);
        writer.Write(Version);
        writer.Write(leaf.Index);
        writer.Write((ulong)leaf.Position);
        writer.Write(leaf.EventId);
        writer.Write(leaf.Stream);
        writer.Write((ulong)leaf.Version);
        writer.Write(leaf.Type);
        writer.Write(unchecked((ulong)leaf.RecordedAt));
        writer.WriteOptional(leaf.CorrelationId);
        writer.WriteOptional(leaf.CausationId);
        writer.Write(leaf.Headers);
        writer.Write(leaf.Payload);
        writer.Write((ushort)leaf.Parts.Count);
        foreach (var part in leaf.Parts)
        {
            writer.Write(part.Path);
            writer.Write(part.KeyId);
            writer.Write(part.Ciphertext);
        }

        return bytes;
    }

    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Leaf? leaf, [NotNullWhen(false)] out string? fault)
    {
        leaf = null;
        if (bytes.IsEmpty || bytes[0] != Version)
        {
            fault = bytes.IsEmpty
                ? "The leaf has no bytes."
                : $"The leaf has version {bytes[0]}; this program reads version {Version}.";
            return false;
        }

        var read = Read(bytes[1..]);
        fault = read is null ? "The leaf is cut short, too long, or has a text that is not UTF-8." : Fault(read);
        if (fault is null && !bytes.SequenceEqual(Encode(read!)))
            fault = "The leaf is not the one encoding of what it says.";
        leaf = fault is null ? read : null;
        return leaf is not null;
    }

    private static Leaf? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Reader(bytes);
        var leaf = new Leaf(
            reader.UInt64(),
            unchecked((long)reader.UInt64()),
            reader.Guid(),
            reader.Text(),
            unchecked((long)reader.UInt64()),
            reader.Text(),
            unchecked((long)reader.UInt64()),
            reader.OptionalText(),
            reader.OptionalText(),
            reader.Digest(),
            reader.Digest(),
            Parts(ref reader));
        return reader.IsAtEnd ? leaf : null;
    }

    private static List<SealedPartDigest> Parts(ref Reader reader)
    {
        var parts = new List<SealedPartDigest>();
        for (var left = reader.UInt16(); left > 0 && !reader.HasFailed; left--)
            parts.Add(new SealedPartDigest(reader.Text(), reader.Guid(), reader.Digest()));
        return parts;
    }

    private static long Length(Leaf leaf) =>
        FixedBytes
        + TextLength(leaf.Stream)
        + TextLength(leaf.Type)
        + (leaf.CorrelationId is null ? 0 : 2 + TextLength(leaf.CorrelationId))
        + (leaf.CausationId is null ? 0 : 2 + TextLength(leaf.CausationId))
        + leaf.Parts.Sum(part => FixedPartBytes + TextLength(part.Path));

    private static long TextLength(string text) => StrictUtf8.ByteCount(text);

    private ref struct Writer(Span<byte> rest)
    {
        private Span<byte> _rest = rest;

        public void Write(byte value)
        {
            _rest[0] = value;
            _rest = _rest[1..];
        }

        public void Write(ushort value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_rest, value);
            _rest = _rest[2..];
        }

        public void Write(ulong value)
        {
            BinaryPrimitives.WriteUInt64BigEndian(_rest, value);
            _rest = _rest[8..];
        }

        public void Write(Guid value)
        {
            value.TryWriteBytes(_rest, bigEndian: true, out _);
            _rest = _rest[GuidBytes..];
        }

        public void Write(Digest value)
        {
            value.CopyTo(_rest);
            _rest = _rest[Digest.Size..];
        }

        public void Write(string value)
        {
            var length = StrictUtf8.Encode(value, _rest[2..]);
            Write((ushort)length);
            _rest = _rest[length..];
        }

        public void WriteOptional(string? value)
        {
            Write(value is null ? Absent : Present);
            if (value is not null)
                Write(value);
        }
    }

    /// <summary>Reads as far as the bytes go; what is asked for behind their end is empty, and remembered as a failure.</summary>
    private ref struct Reader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public bool HasFailed { get; private set; }

        public readonly bool IsAtEnd => !HasFailed && _rest.IsEmpty;

        public ushort UInt16() => Take(2) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : default;

        public ulong UInt64() => Take(8) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : default;

        public Guid Guid() => Take(GuidBytes) is { IsEmpty: false } bytes ? new Guid(bytes, bigEndian: true) : default;

        public Digest Digest() => Take(Log.Digest.Size) is { IsEmpty: false } bytes ? new Digest(bytes) : default;

        public string Text()
        {
            var length = UInt16();
            if (StrictUtf8.TryDecode(Take(length), out var text))
                return text;
            HasFailed = true;
            return "";
        }

        public string? OptionalText()
        {
            var flag = Take(1);
            if (flag.IsEmpty || flag[0] > Present)
                HasFailed = true;
            return HasFailed || flag[0] == Absent ? null : Text();
        }

        private ReadOnlySpan<byte> Take(int length)
        {
            if (HasFailed || length > _rest.Length)
            {
                HasFailed = true;
                return default;
            }

            var taken = _rest[..length];
            _rest = _rest[length..];
            return taken;
        }
    }
}
