// C2SP signed-note, signature type 0xff https://c2sp.org/signed-note
// C2SP tlog-cosignature https://c2sp.org/tlog-cosignature, whose Ed25519 and ML-DSA .NET 10's library lacks here; the form is
// the same: a time in front of the signature, and over "header line, time line, whole note text".
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace LofteEvents.Log;

/// <summary>
/// A witness's key: it says that at a time the checkpoint was the largest consistent one it had seen of that log. ECDSA on
/// P-256 with SHA-256, our own signature type; only this program's verifier understands it. The signature is the time in
/// seconds since 1970, 8 bytes, and r ‖ s, 64 bytes.
/// </summary>
public sealed class WitnessKey : VerifierKey
{
    /// <summary>
    /// Follows the type byte 0xff in a key line, and heads the signed text, so that no other text can be taken for it.
    /// </summary>
    public const string Type = "lofte/cosignature-ecdsa-p256/v1";

    private const byte UnassignedType = 0xff;
    private const int TimeBytes = 8;

    private readonly P256 _key;

    private WitnessKey(string name, P256 key)
        : base(Named(name), IdOf([.. StrictUtf8.Encode(name + "\n"), .. MaterialOf(key)])) => _key = key;

    private protected override byte[] Material => MaterialOf(_key);

    /// <summary>The public half of a key pair.</summary>
    /// <exception cref="ArgumentException">Not a key on P-256, or not a key's name.</exception>
    public static WitnessKey Of(string name, ECDsa key) => new(name, P256.Of(key));

    internal static bool IsType(ReadOnlySpan<byte> material) =>
        material[0] == UnassignedType && material[1..].StartsWith(StrictUtf8.Encode(Type));

    internal static WitnessKey? Read(string name, ReadOnlySpan<byte> material) =>
        P256.TryRead(material[(1 + Type.Length)..], out var key) ? new WitnessKey(name, key) : null;

    internal override bool Verify(string text, ReadOnlySpan<byte> signature, out DateTimeOffset? at)
    {
        at = null;
        if (signature.Length != TimeBytes + EcdsaSignature.FixedBytes)
            return false;
        var seconds = BinaryPrimitives.ReadUInt64BigEndian(signature);
        if (seconds > (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return false;
        at = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return _key.Verify(SignedText(text, seconds), signature[TimeBytes..]);
    }

    internal static byte[] Sign(ECDsa key, string text, ulong seconds)
    {
        var signature = new byte[TimeBytes + EcdsaSignature.FixedBytes];
        BinaryPrimitives.WriteUInt64BigEndian(signature, seconds);
        P256.Sign(key, SignedText(text, seconds)).CopyTo(signature, TimeBytes);
        return signature;
    }

    private static byte[] SignedText(string text, ulong seconds) =>
        StrictUtf8.Encode($"{Type}\ntime {StrictDecimal.Format(seconds)}\n{text}");

    private static byte[] MaterialOf(P256 key) => [UnassignedType, .. StrictUtf8.Encode(Type), .. key.Spki.Span];
}
