// C2SP signed-note, signature type 0x02 https://c2sp.org/signed-note
using System.Security.Cryptography;

namespace LofteEvents.Log;

/// <summary>
/// A log's key: ECDSA on P-256 with SHA-256 over the note's text, in DER. Its id is the start of SHA-256 over the key alone,
/// without the name.
/// </summary>
public sealed class LogKey : VerifierKey
{
    private const byte Type = 0x02;

    private readonly P256 _key;

    private LogKey(string name, P256 key)
        : base(Named(name), IdOf(key.Spki.Span)) => _key = key;

    private protected override byte[] Material => [Type, .. _key.Spki.Span];

    /// <summary>The public half of a key pair.</summary>
    /// <exception cref="ArgumentException">Not a key on P-256, or not a key's name.</exception>
    public static LogKey Of(string name, ECDsa key) => new(name, P256.Of(key));

    internal static bool IsType(ReadOnlySpan<byte> material) => material[0] == Type;

    internal static LogKey? Read(string name, ReadOnlySpan<byte> material) =>
        P256.TryRead(material[1..], out var key) ? new LogKey(name, key) : null;

    internal override bool Verify(string text, ReadOnlySpan<byte> signature, out DateTimeOffset? at)
    {
        at = null;
        return EcdsaSignature.TryFromDer(signature, out var halves) && _key.Verify(StrictUtf8.Encode(text), halves);
    }
}
