using System.Security.Cryptography;

namespace LofteEvents.Log;

/// <summary>Signs a log's checkpoints. The key stays its caller's.</summary>
public sealed class LogSigner
{
    private readonly ECDsa _key;

    /// <param name="name">The log's origin.</param>
    /// <param name="key">Private key on P-256.</param>
    /// <exception cref="ArgumentException">Not a key on P-256, or not a key's name.</exception>
    public LogSigner(string name, ECDsa key)
    {
        Key = LogKey.Of(name, key);
        _key = key;
    }

    public LogKey Key { get; }

    /// <exception cref="ArgumentException">The checkpoint is of another log.</exception>
    public NoteSignature Sign(Checkpoint checkpoint)
    {
        if (checkpoint.Origin != Key.Name)
            throw new ArgumentException($"The key of '{Key.Name}' does not sign for '{checkpoint.Origin}'.", nameof(checkpoint));
        return new NoteSignature(
            Key.Name, Key.KeyId, EcdsaSignature.ToDer(P256.Sign(_key, StrictUtf8.Encode(checkpoint.ToText()))));
    }
}
