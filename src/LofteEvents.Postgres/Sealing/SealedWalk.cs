using System.Data;
using LofteEvents.Log;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// Reads old sealed events anew, window by window and round and round, and proves each window against the sealed root: what
/// was changed far behind the newest leaves is found without anybody asking. Nothing that the database says of the tree is
/// believed without the proof.
/// </summary>
internal sealed class SealedWalk(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>Looks at the leaves [begin, end) of the sealed tree.</summary>
    /// <returns>Null where they are what was sealed.</returns>
    public async Task<SealerAlarm?> LookAsync(
        SealerState state, ulong begin, ulong end, CancellationToken cancellationToken)
    {
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var first = begin == 0 ? 0 : begin - 1;
        var logged = await LogTables.LeavesAsync(connection, first, end, cancellationToken);
        var after = begin == 0 ? 0 : logged.FirstOrDefault()?.Position ?? 0;
        if (begin > 0 && logged.Count > 0)
        {
            logged.RemoveAt(0);
        }

        var hashes = new List<Digest>();
        SealerAlarm? found = null;
        var upTo = end == state.Size ? state.Position : logged.LastOrDefault()?.Position ?? 0;
        await foreach (var row in LogRows.ReadAsync(connection, after, upTo, cancellationToken))
        {
            var expected = hashes.Count < logged.Count ? logged[hashes.Count] : null;
            found = Compare(row, begin + (ulong)hashes.Count, expected, out var hash);
            if (found is not null)
            {
                break;
            }

            hashes.Add(hash);
        }

        if (found is null && hashes.Count < logged.Count)
        {
            var gone = logged[hashes.Count].Position;
            found = Alarm(SealerAlarms.RowsMissing, $"The sealed event at position {gone} is gone.", gone);
        }

        return found ?? await ProveAsync(state, begin, end, hashes, cancellationToken);
    }

    private SealerAlarm? Compare(StoredRow row, ulong index, SealedLeaf? logged, out Digest hash)
    {
        hash = default;
        var position = row.Event.Position;
        if (logged is null || position < logged.Position)
        {
            return Alarm(
                SealerAlarms.RowsChanged,
                $"An event stands at position {position} among sealed ones, and was not there when they were sealed.",
                position);
        }

        if (position > logged.Position)
        {
            return Alarm(
                SealerAlarms.RowsMissing, $"The sealed event at position {logged.Position} is gone.", logged.Position);
        }

        if (!Leaf.TryFrom(row.Event, index, row.Parts, out var leaf, out _)
            || leaf.Encode() is var bytes && !bytes.AsSpan().SequenceEqual(logged.Bytes))
        {
            return Alarm(SealerAlarms.RowsChanged, $"The sealed event at position {position} changed.", position);
        }

        hash = MerkleTree.HashLeaf(logged.Bytes);
        return null;
    }

    private async Task<SealerAlarm?> ProveAsync(
        SealerState state, ulong begin, ulong end, List<Digest> hashes, CancellationToken cancellationToken)
    {
        if (await TreeReads.HashesAsync(
                connection, RangeProof.Needs(begin, end, state.Size), state.Size, cancellationToken) is { } hashOf
            && RangeProof.Verify(
                begin, end, state.Size, hashes, RangeProof.Of(begin, end, state.Size, hashOf), state.Root))
        {
            return null;
        }

        return Alarm(
            SealerAlarms.TreeChanged,
            $"The published leaves {begin} to {end - 1}, or the tiles around them, do not lead to the root that was sealed.",
            null);
    }

    private SealerAlarm Alarm(string code, string sentence, long? position) => new(code, sentence, position, time.GetUtcNow());
}
