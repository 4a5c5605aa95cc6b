using LofteEvents.Log;

namespace LofteEvents.Postgres.Auditing;

/// <summary>
/// Writes everything that an auditor needs into a folder, from one snapshot and in constant memory: keys, checkpoints, leaves,
/// tiles and events. The folder is proved with <see cref="LogAudit"/>, without a network, a database or a secret.
/// </summary>
public sealed class LogExport(AuditedDatabase database, string folder)
{
    private const int BufferBytes = 1 << 16;

    private readonly ExportLayout _to = new(Path.GetFullPath(folder));

    /// <param name="progress">Told of the events written so far.</param>
    /// <returns>How many events were written, and how many of them are sealed.</returns>
    /// <exception cref="IOException">The folder is not empty, or the disk did not take it.</exception>
    public async Task<(long Events, ulong Sealed)> WriteAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_to.Root);
        if (Directory.EnumerateFileSystemEntries(_to.Root).Any())
        {
            throw new IOException($"{_to.Root} is not empty: an export goes into a folder of its own.");
        }

        var keys = await database.KeysAsync(cancellationToken);
        await File.WriteAllTextAsync(_to.Key, string.Concat(keys.Select(key => key + "\n")), cancellationToken);
        var leaves = await LeavesAsync(cancellationToken);
        await TilesAsync(leaves, cancellationToken);
        var events = await EventsAsync(progress, cancellationToken);
        await using (var notes = File.Create(_to.Checkpoints, BufferBytes))
        {
            await foreach (var note in database.CheckpointsAsync(cancellationToken))
            {
                await notes.WriteAsync(note, cancellationToken);
            }
        }

        // The checkpoint comes last: a folder without it is one whose export did not end.
        if (await database.CheckpointAsync(cancellationToken) is { } checkpoint)
        {
            await File.WriteAllBytesAsync(_to.Checkpoint, checkpoint, cancellationToken);
        }

        return (events, leaves);
    }

    private async Task<ulong> LeavesAsync(CancellationToken cancellationToken)
    {
        var size = 0UL;
        var bundle = new List<ReadOnlyMemory<byte>>();
        await foreach (var leaf in database.LeavesAsync(cancellationToken))
        {
            bundle.Add(leaf);
            size++;
            if (bundle.Count == TilePath.FullWidth)
            {
                await BundleAsync(size, bundle, cancellationToken);
            }
        }

        await BundleAsync(size, bundle, cancellationToken);
        return size;
    }

    private async Task BundleAsync(ulong size, List<ReadOnlyMemory<byte>> bundle, CancellationToken cancellationToken)
    {
        if (bundle.Count > 0)
        {
            var path = TilePath.Entries((size - 1) / TilePath.FullWidth, bundle.Count);
            await WriteAsync(path, EntryBundle.Encode(bundle), cancellationToken);
            bundle.Clear();
        }
    }

    private async Task TilesAsync(ulong size, CancellationToken cancellationToken)
    {
        foreach (var path in TilePath.Added(0, size).Where(path => !path.HoldsEntries))
        {
            if (await database.TileAsync(path, cancellationToken) is { } hashes)
            {
                await WriteAsync(path, hashes, cancellationToken);
            }
        }
    }

    private async Task<long> EventsAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        const int eventsBetweenWords = 1000;
        var written = 0L;
        await using var file = new FileStream(
            _to.Events, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes, FileOptions.Asynchronous);
        await using var buffer = new BufferedStream(file, BufferBytes);
        await using var writer = ExportedEvent.Writer(buffer);
        await foreach (var row in database.RowsWithCiphertextAsync(cancellationToken))
        {
            ExportedEvent.Write(writer, row);
            await writer.FlushAsync(cancellationToken);
            writer.Reset();
            buffer.WriteByte((byte)'\n');
            if (++written % eventsBetweenWords == 0)
            {
                progress?.Report(written);
            }
        }

        return written;
    }

    private async Task WriteAsync(TilePath path, byte[] content, CancellationToken cancellationToken)
    {
        var file = _to.Tile(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, content, cancellationToken);
    }
}
