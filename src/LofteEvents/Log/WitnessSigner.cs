using System.Security.Cryptography;

namespace LofteEvents.Log;

/// <summary>Signs other logs' checkpoints. The key stays its caller's.</summary>
public sealed class WitnessSigner
{
    private readonly ECDsa _key;

    /// <param name="key">Private key on P-256.</param>
    /// <exception cref="ArgumentException">Not a key on P-256, or not a key's name.</exception>
    public WitnessSigner(string name, ECDsa key)
    {
        Key = WitnessKey.Of(name, key);
        _key = key;
    }

    public WitnessKey Key { get; }

    /// <param name="at">Now; taken down to the second.</param>
    public NoteSignature Cosign(Checkpoint checkpoint, DateTimeOffset at) =>
        new(Key.Name, Key.KeyId, WitnessKey.Sign(_key, checkpoint.ToText(), checked((ulong)at.ToUnixTimeSeconds())));
}
