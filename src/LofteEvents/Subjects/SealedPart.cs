namespace LofteEvents.Subjects;

/// <summary>What was taken out of an event's data and sealed; it is stored in the commit that stores the event.</summary>
/// <param name="Path">JSON pointer to where it was.</param>
/// <param name="KeyId">The person's key.</param>
/// <param name="Origin">Of the log, as the ciphertext is bound to it.</param>
/// <param name="Ciphertext">nonce ‖ ciphertext ‖ tag.</param>
/// <param name="Fingerprint">HMAC-SHA256 of the part under the person's key, 32 bytes; kept as long as the key is.</param>
public sealed record SealedPart(
    string Path, Guid KeyId, string Origin, ReadOnlyMemory<byte> Ciphertext, ReadOnlyMemory<byte> Fingerprint);

/// <summary>A person's key as the database has it; stored in the commit that records its making.</summary>
/// <param name="Epoch">Of the master key that wraps it.</param>
/// <param name="Wrapped">AES-KWP (RFC 5649), 40 bytes.</param>
public sealed record WrappedKey(Guid KeyId, Guid Person, int Epoch, ReadOnlyMemory<byte> Wrapped);
