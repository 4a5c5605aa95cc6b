// C2SP signed-note, "Verifier keys" https://c2sp.org/signed-note
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace LofteEvents.Log;

/// <summary>
/// A public key that signs notes, with the algorithm it is for: a log's (<see cref="LogKey"/>) or a witness's
/// (<see cref="WitnessKey"/>).
/// </summary>
public abstract class VerifierKey
{
    private protected VerifierKey(string name, uint keyId)
    {
        Name = name;
        KeyId = keyId;
    }

    public string Name { get; }

    /// <summary>The start of a hash over the key: it tells keys apart, and proves nothing.</summary>
    public uint KeyId { get; }

    /// <summary>Signature type and public key, as the key line has them in base64.</summary>
    private protected abstract byte[] Material { get; }

    /// <summary>The line that an auditor keeps: <c>name+hex(key id)+base64(signature type ‖ public key)</c>.</summary>
    public sealed override string ToString() => $"{Name}+{KeyId:x8}+{Convert.ToBase64String(Material)}";

    /// <summary>Reads what <see cref="ToString"/> writes, and nothing else.</summary>
    /// <param name="refusal"><c>key.malformed</c> or <c>key.unsupported</c>.</param>
    public static bool TryParse(
        string line, [NotNullWhen(true)] out VerifierKey? key, [NotNullWhen(false)] out Refusal? refusal)
    {
        key = null;
        refusal = null;
        var parts = line.Split('+', 3);
        if (parts.Length != 3 || !NoteSignature.IsName(parts[0]) || !IsKeyId(parts[1])
            || !StrictBase64.TryDecode(parts[2], out var material) || material.Length == 0)
        {
            refusal = new Refusal("key.malformed", "A verifier key is one line 'name+8 hexadecimal digits+base64'.");
            return false;
        }

        if (!LogKey.IsType(material) && !WitnessKey.IsType(material))
        {
            refusal = new Refusal(
                "key.unsupported",
                $"The key of {parts[0]} has signature type 0x{material[0]:x2}; "
                + $"this program knows 0x02 (ECDSA) and 0xff {WitnessKey.Type}.");
            return false;
        }

        key = LogKey.IsType(material) ? LogKey.Read(parts[0], material) : WitnessKey.Read(parts[0], material);
        if (key is null)
            refusal = new Refusal("key.malformed", $"The key of {parts[0]} is not an uncompressed NIST P-256 public key in DER.");
        else if (key.KeyId != uint.Parse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
            refusal = new Refusal("key.malformed", $"The key of {parts[0]} has the id {key.KeyId:x8}, not {parts[1]}.");
        if (refusal is not null)
            key = null;
        return key is not null;
    }

    /// <summary>Whether this key made the signature on exactly this text.</summary>
    /// <param name="at">When it did, where the algorithm says so.</param>
    internal abstract bool Verify(string text, ReadOnlySpan<byte> signature, out DateTimeOffset? at);

    private protected static uint IdOf(ReadOnlySpan<byte> hashed) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(hashed));

    private protected static string Named(string name) =>
        NoteSignature.IsName(name)
            ? name
            : throw new ArgumentException(
                $"'{name}' is no name for a key: it is empty or has white space or a plus.", nameof(name));

    private static bool IsKeyId(string hex) =>
        hex.Length == 8 && hex.All(digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
