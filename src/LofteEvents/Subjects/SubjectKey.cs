using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LofteEvents.Subjects;

/// <summary>
/// One person's key in the clear: 32 random bytes, from which the key that seals, the key that recognises repeats and the
/// commitment are derived (HKDF-Expand with SHA-256, RFC 5869), each under a name of its own.
/// </summary>
public sealed class SubjectKey : IDisposable
{
    /// <summary>Length in bytes of the key, of everything derived from it, and of a fingerprint.</summary>
    public const int Size = 32;

    /// <summary>Length in bytes of AES-GCM's nonce, which is random for each part.</summary>
    public const int NonceSize = 12;

    private const int TagSize = 16;

    // A part's length is hidden within steps of this, in bytes: the space that pads it means nothing in JSON.
    private const int Step = 256;

    private readonly byte[] _key;

    /// <param name="key">32 random bytes; this object wipes its own copy when it is disposed of.</param>
    public SubjectKey(Guid id, ReadOnlySpan<byte> key)
    {
        if (key.Length != Size)
            throw new ArgumentException($"A person's key has {Size} bytes, not {key.Length}.", nameof(key));
        Id = id;
        _key = key.ToArray();
    }

    public Guid Id { get; }

    /// <summary>What may be published of the key: it tells this key from every other, and nothing else.</summary>
    public string Commitment() => Convert.ToBase64String(Derived("lofte/subject-key/commitment/v1"u8));

    public byte[] WrappedBy(ReadOnlySpan<byte> masterKey) => KeyWrap.Wrap(masterKey, _key);

    /// <summary>HMAC-SHA256 of a part, so that a repeat is recognised as long as the key is there.</summary>
    /// <param name="canonical">The part's canonical JSON.</param>
    public byte[] Fingerprint(ReadOnlySpan<byte> canonical)
    {
        var key = Derived("lofte/subject-key/fingerprint/v1"u8);
        var mac = HMACSHA256.HashData(key, canonical);
        CryptographicOperations.ZeroMemory(key);
        return mac;
    }

    /// <returns>nonce ‖ ciphertext ‖ tag.</returns>
    /// <param name="nonce">12 random bytes that were never used with this key.</param>
    /// <param name="canonical">The part's canonical JSON.</param>
    public byte[] Seal(SealedAddress address, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> canonical)
    {
        var padded = new byte[(canonical.Length / Step + 1) * Step];
        canonical.CopyTo(padded);
        padded.AsSpan(canonical.Length).Fill((byte)' ');
        var sealedBytes = new byte[NonceSize + padded.Length + TagSize];
        nonce.CopyTo(sealedBytes);
        using (var aes = Cipher())
        {
            aes.Encrypt(
                nonce, padded, sealedBytes.AsSpan(NonceSize, padded.Length), sealedBytes.AsSpan(NonceSize + padded.Length),
                address.Encode());
        }

        CryptographicOperations.ZeroMemory(padded);
        return sealedBytes;
    }

    /// <param name="sealedBytes">As <see cref="Seal"/> gave them.</param>
    /// <param name="json">The part as it was said, in canonical JSON.</param>
    /// <returns>False where the part was changed, or belongs to another address or key.</returns>
    public bool TryOpen(SealedAddress address, ReadOnlySpan<byte> sealedBytes, [NotNullWhen(true)] out byte[]? json)
    {
        json = null;
        if (sealedBytes.Length < NonceSize + TagSize)
            return false;
        var padded = new byte[sealedBytes.Length - NonceSize - TagSize];
        try
        {
            using var aes = Cipher();
            aes.Decrypt(
                sealedBytes[..NonceSize], sealedBytes[NonceSize..^TagSize], sealedBytes[^TagSize..], padded, address.Encode());
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        json = padded.AsSpan().TrimEnd((byte)' ').ToArray();
        CryptographicOperations.ZeroMemory(padded);
        return true;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    /// <summary>Never the key.</summary>
    public override string ToString() => $"{nameof(SubjectKey)} {Id}";

    private AesGcm Cipher()
    {
        var key = Derived("lofte/subject-key/seal/v1"u8);
        var aes = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        return aes;
    }

    private byte[] Derived(ReadOnlySpan<byte> name)
    {
        var derived = new byte[Size];
        HKDF.Expand(HashAlgorithmName.SHA256, _key, derived, name);
        return derived;
    }
}
