// C2SP signed-note, "Signatures" https://c2sp.org/signed-note
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Log;

/// <summary>One signature line of a note: <c>— name base64(key id ‖ signature)</c>.</summary>
/// <param name="Name">Name of the key that signed.</param>
/// <param name="KeyId">With the name it tells which key and which algorithm.</param>
/// <param name="Bytes">What the key's algorithm made; at least one byte.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    private const string Start = "— ";
    private const int KeyIdBytes = 4;

    /// <summary>The line without its newline.</summary>
    public string ToLine()
    {
        var signed = new byte[KeyIdBytes + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(signed, KeyId);
        Bytes.CopyTo(signed.AsMemory(KeyIdBytes));
        return $"{Start}{Name} {Convert.ToBase64String(signed)}";
    }

    /// <summary>Reads what <see cref="ToLine"/> writes, and nothing else.</summary>
    public static bool TryParse(ReadOnlySpan<char> line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(Start, StringComparison.Ordinal))
            return false;
        var rest = line[Start.Length..];
        var space = rest.IndexOf(' ');
        if (space < 0 || !IsName(rest[..space]) || !StrictBase64.TryDecode(rest[(space + 1)..], out var signed))
            return false;
        if (signed.Length <= KeyIdBytes)
            return false;
        signature = new NoteSignature(
            rest[..space].ToString(), BinaryPrimitives.ReadUInt32BigEndian(signed), signed.AsMemory(KeyIdBytes));
        return true;
    }

    /// <summary>A key's name is not empty and has neither white space, nor control characters, nor a plus.</summary>
    internal static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (character is '+' or < ' ' || char.IsWhiteSpace(character))
                return false;
        }

        return !name.IsEmpty;
    }
}
