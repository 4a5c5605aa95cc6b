using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;

namespace LofteEvents.Cli.Witnessing;

/// <summary>
/// The last checkpoint that a witness cosigned of each log, a file each. One process at a time has the folder: two memories of
/// one witness could cosign two histories.
/// </summary>
internal sealed class WitnessMemory : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <exception cref="IOException">Another process has the folder.</exception>
    public WitnessMemory(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(_folder);
        _lock = new FileStream(Path.Combine(_folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>
    /// Judges with the last checkpoint of an origin and keeps the new one where the judgement says so, one request at a time.
    /// </summary>
    /// <param name="judge">Gives what to keep; null to keep what is there.</param>
    /// <exception cref="InvalidDataException">The file is not one that a witness wrote.</exception>
    public async Task ExchangeAsync(
        string origin, Func<Checkpoint?, SignedNote?> judge, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(origin, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            var file = Path.Combine(
                _folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin))) + ".checkpoint");
            if (judge(Read(file, await DurableFile.ReadAsync(file, cancellationToken))) is { } keep)
            {
                // Whatever becomes of the request, what is begun here is finished.
                await DurableFile.ReplaceAsync(file, keep.ToBytes(), CancellationToken.None);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => _lock.Dispose();

    private static Checkpoint? Read(string file, byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        return SignedNote.TryParse(bytes, out var note, out _) && Checkpoint.TryParse(note.Text, out var checkpoint, out _)
            ? checkpoint
            : throw new InvalidDataException($"{file} is no checkpoint that this witness wrote: bring it back from a backup.");
    }
}
