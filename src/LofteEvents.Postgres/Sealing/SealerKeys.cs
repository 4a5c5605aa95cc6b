using System.Security.Cryptography;
using LofteEvents.Log;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// What the sealer signs with. While the key is being rotated a checkpoint is signed by the key before as well, so that an
/// auditor who has only that one can follow.
/// </summary>
internal sealed class SealerKeys : IDisposable
{
    private readonly List<ECDsa> _keys;

    private SealerKeys(List<ECDsa> keys, LogOrigin origin)
    {
        _keys = keys;
        Signers = [.. keys.Select(key => new LogSigner(origin.ToString(), key))];
    }

    /// <summary>The present key, then the one before it where there is one.</summary>
    public IReadOnlyList<LogSigner> Signers { get; }

    /// <summary>The keys in the folder; null where there is none.</summary>
    /// <exception cref="FormatException">A key cannot be read; the message says which.</exception>
    public static async Task<SealerKeys?> ReadAsync(LogFolder folder, LogOrigin origin, CancellationToken cancellationToken)
    {
        if (await LogKeyFile.ReadAsync(folder.KeyFile, cancellationToken) is not { } key)
        {
            return null;
        }

        var before = await LogKeyFile.ReadAsync(folder.KeyBeforeFile, cancellationToken);
        return new SealerKeys(before is null ? [key] : [key, before], origin);
    }

    public byte[] Sign(Checkpoint checkpoint) =>
        SignedNote.Of(checkpoint.ToText(), [.. Signers.Select(signer => signer.Sign(checkpoint))]).ToBytes();

    public void Dispose() => _keys.ForEach(key => key.Dispose());
}
