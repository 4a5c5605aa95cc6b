using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace LofteEvents.Log;

/// <summary>
/// The one text of a JSON document that all its texts share, RFC 8785 (JCS): no white space, members in order of their names'
/// UTF-16 code units, strings with the fewest escapes, numbers as ECMAScript writes them. Hashes are taken over it, never over
/// <c>jsonb</c>'s own text.
/// </summary>
/// <remarks>Exact for what <see cref="StrictJson"/> admits. Numbers beyond that become the nearest IEEE 754 double, as the RFC
/// says.</remarks>
public static class CanonicalJson
{
    /// <param name="utf8">One JSON document in UTF-8.</param>
    /// <exception cref="JsonException">It is no JSON, or JSON that has no canonical form: a name twice in its object, a lone
    /// surrogate, a number beyond a double's range.</exception>
    public static byte[] From(ReadOnlyMemory<byte> utf8)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(utf8.Length, 16));
        Write(utf8, output);
        return output.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="From"/>
    public static void Write(ReadOnlyMemory<byte> utf8, IBufferWriter<byte> output)
    {
        // The reader does not look into a text without escapes, and two different ill-formed texts must not pass for canonical.
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new JsonException("The document is not valid UTF-8, so it has no canonical form.");
        }

        var writing = new Writing(utf8, output);
        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        writing.Value(ref reader, 0);
        if (reader.Read())
        {
            throw new JsonException("There is more behind the document's end.");
        }
    }

    /// <summary>The canonical text of what <see cref="StrictJson"/> admits, and of nothing else.</summary>
    /// <param name="fault">One sentence: what stands in the way, and where as a JSON pointer.</param>
    public static bool TryOf(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out byte[]? canonical, [NotNullWhen(false)] out string? fault)
    {
        var faults = StrictJson.Check(utf8.Span);
        fault = faults.Count == 0 ? null : $"At '{faults[0].Pointer}': {faults[0].Detail}";
        canonical = fault is null ? From(utf8) : null;
        return canonical is not null;
    }

    private const int MaxDepth = 256;

    /// <summary>A member of an open object: where its name and value stand in the document.</summary>
    /// <param name="Name">The name without escapes.</param>
    private readonly record struct Member(ReadOnlyMemory<byte> Name, int ValueStart, int ValueLength);

    private sealed class Writing(ReadOnlyMemory<byte> document, IBufferWriter<byte> output)
    {
        private readonly List<Member> members = [];

        /// <summary>Writes the value at which the reader stands and leaves the reader at its last token.</summary>
        /// <param name="start">Where the reader's own text begins in the document.</param>
        public void Value(ref Utf8JsonReader reader, int start)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    Object(ref reader, start);
                    break;
                case JsonTokenType.StartArray:
                    Array(ref reader, start);
                    break;
                case JsonTokenType.String:
                    CanonicalString.Write(Unescaped(ref reader, start), output);
                    break;
                case JsonTokenType.Number:
                    CanonicalNumber.Write(reader.ValueSpan, output);
                    break;
                default:
                    output.Write(reader.ValueSpan);
                    break;
            }
        }

        private void Array(ref Utf8JsonReader reader, int start)
        {
            output.Write("["u8);
            for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
            {
                if (!first)
                {
                    output.Write(","u8);
                }

                Value(ref reader, start);
            }

            output.Write("]"u8);
        }

        private void Object(ref Utf8JsonReader reader, int start)
        {
            var own = members.Count;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = Unescaped(ref reader, start);
                reader.Read();
                var valueStart = start + (int)reader.TokenStartIndex;
                reader.Skip();
                members.Add(new Member(name, valueStart, start + (int)reader.BytesConsumed - valueStart));
            }

            members.Sort(own, members.Count - own, ByName.Order);
            output.Write("{"u8);
            var end = members.Count;
            for (var i = own; i < end; i++)
            {
                WriteMember(i, isFirst: i == own);
            }

            output.Write("}"u8);
            members.RemoveRange(own, end - own);
        }

        private void WriteMember(int index, bool isFirst)
        {
            var member = members[index];
            if (!isFirst)
            {
                if (ByName.Order.Compare(members[index - 1], member) == 0)
                {
                    throw new JsonException("A name stands twice in its object, so the document has no canonical form.");
                }

                output.Write(","u8);
            }

            CanonicalString.Write(member.Name, output);
            output.Write(":"u8);
            var value = new Utf8JsonReader(
                document.Span.Slice(member.ValueStart, member.ValueLength), new JsonReaderOptions { MaxDepth = MaxDepth });
            value.Read();
            Value(ref value, member.ValueStart);
        }

        private ReadOnlyMemory<byte> Unescaped(ref Utf8JsonReader reader, int start)
        {
            if (!reader.ValueIsEscaped)
            {
                return document.Slice(start + (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
            }

            var text = new byte[reader.ValueSpan.Length];
            try
            {
                return text.AsMemory(0, reader.CopyString(text));
            }
            catch (InvalidOperationException inner)
            {
                throw new JsonException("A text holds half of a surrogate pair, so the document has no canonical form.", inner);
            }
        }
    }

    /// <summary>
    /// Names in order of UTF-16 code units (§3.2.3), compared in UTF-8: the same order as by bytes, but for characters beyond
    /// U+FFFF, whose code units (D800 to DFFF) come before U+E000 to U+FFFF.
    /// </summary>
    private sealed class ByName : IComparer<Member>
    {
        private const byte LeadOfE000 = 0xEE;
        private const byte LeadBeyondFFFF = 0xF0;

        public static ByName Order { get; } = new();

        public int Compare(Member x, Member y)
        {
            var left = x.Name.Span;
            var right = y.Name.Span;
            var same = left.CommonPrefixLength(right);
            if (same == left.Length || same == right.Length)
            {
                return left.Length.CompareTo(right.Length);
            }

            var (a, b) = (left[same], right[same]);
            return a >= LeadOfE000 && b >= LeadOfE000 && a >= LeadBeyondFFFF != b >= LeadBeyondFFFF
                ? b.CompareTo(a)
                : a.CompareTo(b);
        }
    }
}
