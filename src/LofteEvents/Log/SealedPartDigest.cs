using System.Security.Cryptography;

namespace LofteEvents.Log;

/// <summary>
/// What the log says of a part of an event that is kept encrypted: enough to know the ciphertext again, nothing of the text.
/// </summary>
/// <param name="Path">JSON pointer to where the part was in the event's data, such as <c>/sealed/name</c>.</param>
/// <param name="KeyId">The person's key that it is encrypted under.</param>
/// <param name="Ciphertext">SHA-256 of nonce ‖ ciphertext ‖ tag.</param>
public sealed record SealedPartDigest(string Path, Guid KeyId, Digest Ciphertext)
{
    public static SealedPartDigest Of(
        string path, Guid keyId, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha256.AppendData(nonce);
        sha256.AppendData(ciphertext);
        sha256.AppendData(tag);
        return new SealedPartDigest(path, keyId, new Digest(sha256.GetHashAndReset()));
    }
}
