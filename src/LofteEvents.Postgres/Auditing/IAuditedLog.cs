using LofteEvents.Log;

namespace LofteEvents.Postgres.Auditing;

/// <summary>
/// A log as an auditor has it before him: in a database (<see cref="AuditedDatabase"/>) or exported to a folder
/// (<see cref="AuditedFolder"/>). Nothing of what it says is believed; each sequence is read once.
/// </summary>
public interface IAuditedLog : IAsyncDisposable
{
    /// <summary>Why the log cannot be read as it lies there, so that nothing else is worth asking; null where it can.</summary>
    Task<LogCheck?> ObstacleAsync(CancellationToken cancellationToken);

    /// <summary>The lines of the keys that lie beside the log, the newest first.</summary>
    Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken);

    /// <summary>The newest checkpoint, a signed note; null where there is none.</summary>
    Task<byte[]?> CheckpointAsync(CancellationToken cancellationToken);

    /// <summary>Every checkpoint of the newest one's incarnation, as signed notes, rising by size.</summary>
    IAsyncEnumerable<byte[]> CheckpointsAsync(CancellationToken cancellationToken);

    /// <summary>The leaves from index 0.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> LeavesAsync(CancellationToken cancellationToken);

    /// <summary>The events, with their parts, in the order in which they lie there.</summary>
    IAsyncEnumerable<StoredRow> RowsAsync(CancellationToken cancellationToken);

    /// <summary>A tile's hashes; null where there is none.</summary>
    Task<byte[]?> TileAsync(TilePath path, CancellationToken cancellationToken);

    /// <summary>What is wrong with the place itself; known when everything else has been read.</summary>
    Task<IReadOnlyList<LogCheck>> PlaceAsync(CancellationToken cancellationToken);
}
