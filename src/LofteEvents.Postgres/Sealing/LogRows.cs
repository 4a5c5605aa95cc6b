using System.Runtime.CompilerServices;
using LofteEvents.Log;
using LofteEvents.Postgres.EventStore;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// Rows of the event store with their sealed parts, in order of position, over one connection and in its snapshot.
/// </summary>
internal static class LogRows
{
    /// <summary>Rows whose parts are held in memory together.</summary>
    private const int PageRows = 4096;

    /// <summary>The position of the last of the next rows behind a position; that position where there are none.</summary>
    public static async Task<long> EndAsync(
        NpgsqlConnection connection, long after, long rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce(max(next.seq_id), $1)
            FROM (
                SELECT seq_id
                FROM lofte.mt_events
                WHERE seq_id > $1
                ORDER BY seq_id
                LIMIT $2) AS next
            """,
            connection)
        {
            Parameters = { new() { Value = after }, new() { Value = rows } },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Rows with a position in (after, upTo].</summary>
    public static IAsyncEnumerable<StoredRow> ReadAsync(
        NpgsqlConnection connection, long after, long upTo, CancellationToken cancellationToken) =>
        WithCiphertextAsync(connection, after, upTo, cancellationToken)
            .Select(row => new StoredRow(row.Event, [.. row.Parts.Select(part => part.Digest())]));

    /// <summary>Rows with a position in (after, upTo], their parts as they lie there.</summary>
    public static async IAsyncEnumerable<RowWithParts> WithCiphertextAsync(
        NpgsqlConnection connection, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (after < upTo)
        {
            var end = Math.Min(await EndAsync(connection, after, PageRows, cancellationToken), upTo);
            if (end == after)
            {
                yield break;
            }

            var parts = await PartsAsync(connection, after, end, cancellationToken);
            await foreach (var stored in LogReader.CopyAsync(connection, after, end, cancellationToken))
            {
                yield return new RowWithParts(stored, parts.TryGetValue(stored.Position, out var ofEvent) ? ofEvent : []);
            }

            after = end;
        }
    }

    /// <summary>The sealed parts of events, by position.</summary>
    private static async Task<Dictionary<long, List<CiphertextPart>>> PartsAsync(
        NpgsqlConnection connection, long after, long upTo, CancellationToken cancellationToken)
    {
        var parts = new Dictionary<long, List<CiphertextPart>>();
        await using var command = new NpgsqlCommand(
            """
            SELECT position, path, key_id, ciphertext
            FROM lofte.sealed_part
            WHERE position > $1 AND position <= $2
            """,
            connection)
        {
            Parameters = { new() { Value = after }, new() { Value = upTo } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var part = new CiphertextPart(reader.GetString(1), reader.GetGuid(2), reader.GetFieldValue<byte[]>(3));
            if (!parts.TryGetValue(reader.GetInt64(0), out var ofEvent))
            {
                parts[reader.GetInt64(0)] = ofEvent = [];
            }

            ofEvent.Add(part);
        }

        return parts;
    }
}

internal sealed record RowWithParts(StoredEvent Event, IReadOnlyList<CiphertextPart> Parts);

/// <param name="Ciphertext">Nonce, ciphertext and tag one after the other, which is what the log's digest is over.</param>
internal sealed record CiphertextPart(string Path, Guid KeyId, byte[] Ciphertext)
{
    public SealedPartDigest Digest() => new(Path, KeyId, Log.Digest.Of(Ciphertext));
}
