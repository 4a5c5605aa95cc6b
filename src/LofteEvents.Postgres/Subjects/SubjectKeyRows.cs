using LofteEvents.Subjects;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Subjects;

/// <summary>The rows of <c>lofte.subject_key</c> and of what lies beside it.</summary>
internal static class SubjectKeyRows
{
    private const string OfPersons =
        """
        SELECT k.key_id, k.person, k.epoch, k.wrapped
        FROM lofte.subject_key AS k
        WHERE k.person = ANY ($1)
        """;

    private const string SealedOfEvents =
        """
        SELECT p.event_id, p.path, p.origin, p.ciphertext, p.key_id, m.mac, k.person, k.epoch, k.wrapped
        FROM lofte.sealed_part AS p
        LEFT JOIN lofte.sealed_mac AS m ON m.event_id = p.event_id
        LEFT JOIN lofte.subject_key AS k ON k.key_id = p.key_id
        WHERE p.event_id = ANY ($1)
        """;

    private const string Page =
        """
        SELECT k.key_id, k.person, k.epoch, k.wrapped
        FROM lofte.subject_key AS k
        WHERE k.key_id > $1 AND k.epoch < $2
        ORDER BY k.key_id
        LIMIT $3
        """;

    // What a process of an older version wrote meanwhile, or another one forgot, is left as it is.
    private const string Rewrap =
        """
        UPDATE lofte.subject_key AS k
        SET epoch = $3, wrapped = n.wrapped
        FROM unnest($1, $2) AS n (key_id, wrapped)
        WHERE k.key_id = n.key_id AND k.epoch < $3
        """;

    private const string Remove = "DELETE FROM lofte.subject_key WHERE key_id = $1";

    private const string Epochs = "SELECT k.epoch, count(*) FROM lofte.subject_key AS k GROUP BY k.epoch ORDER BY k.epoch";

    // A person's stream is short, and the lookup goes by stream and version.
    private const string SaidToBeDestroyed =
        """
        SELECT k.key_id, k.person, k.epoch, k.wrapped
        FROM lofte.subject_key AS k
        WHERE k.key_id > $1
          AND EXISTS (
              SELECT 1
              FROM lofte.mt_events AS e
              WHERE e.stream_id = 'subject/' || k.person AND e.type = 'subject.key-destroyed.v1')
        ORDER BY k.key_id
        LIMIT $2
        """;

    private const string ByIds =
        """
        SELECT k.key_id, k.person, k.epoch, k.wrapped
        FROM lofte.subject_key AS k
        WHERE k.key_id = ANY ($1)
        """;

    private const string OfEpoch =
        """
        SELECT k.key_id, k.person, k.epoch, k.wrapped
        FROM lofte.subject_key AS k
        WHERE k.epoch = $1
        ORDER BY k.key_id
        LIMIT 1
        """;

    private const string Incarnation = "SELECT coalesce(max(c.incarnation), 1) FROM lofte.log_checkpoint AS c";

    private const string OpenNotices =
        """
        SELECT count(*)
        FROM lofte.mt_doc_noticeoverview AS n
        WHERE n.data -> 'terms' ->> 'person' = $1::text
          AND n.data ->> 'state' IN ('to-decide', 'postponed', 'sending', 'unreachable')
        """;

    private const string PartsOfKey = "SELECT count(*) FROM lofte.sealed_part AS p WHERE p.key_id = $1";

    public static Task<List<WrappedKey>> OfPersonsAsync(
        NpgsqlDataSource dataSource, Guid[] persons, CancellationToken cancellationToken) =>
        ReadAsync(dataSource.CreateCommand(OfPersons), [new NpgsqlParameter<Guid[]> { TypedValue = persons }], cancellationToken);

    public static Task<List<WrappedKey>> ByIdsAsync(
        NpgsqlDataSource dataSource, Guid[] keys, CancellationToken cancellationToken) =>
        ReadAsync(dataSource.CreateCommand(ByIds), [new NpgsqlParameter<Guid[]> { TypedValue = keys }], cancellationToken);

    /// <summary>Some key that an epoch wraps; null where there is none.</summary>
    public static async Task<WrappedKey?> OfEpochAsync(
        NpgsqlDataSource dataSource, int epoch, CancellationToken cancellationToken) =>
        (await ReadAsync(
            dataSource.CreateCommand(OfEpoch), [new NpgsqlParameter<int> { TypedValue = epoch }], cancellationToken))
        .SingleOrDefault();

    /// <summary>Keys of epochs before one, in order of their id.</summary>
    public static Task<List<WrappedKey>> PageAsync(
        NpgsqlDataSource dataSource, Guid after, int beforeEpoch, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            dataSource.CreateCommand(Page),
            [
                new NpgsqlParameter<Guid> { TypedValue = after },
                new NpgsqlParameter<int> { TypedValue = beforeEpoch },
                new NpgsqlParameter<int> { TypedValue = limit },
            ],
            cancellationToken);

    /// <summary>Keys that are there although the log says that they are destroyed.</summary>
    public static Task<List<WrappedKey>> SaidToBeDestroyedAsync(
        NpgsqlDataSource dataSource, Guid after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            dataSource.CreateCommand(SaidToBeDestroyed),
            [new NpgsqlParameter<Guid> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = limit }],
            cancellationToken);

    public static async Task<List<SealedRow>> SealedOfEventsAsync(
        NpgsqlDataSource dataSource, Guid[] events, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SealedOfEvents);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = events });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<SealedRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var keyId = reader.GetGuid(4);
            var isKept = !await reader.IsDBNullAsync(6, cancellationToken);
            rows.Add(new SealedRow(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetFieldValue<byte[]>(3),
                keyId,
                await reader.IsDBNullAsync(5, cancellationToken) ? null : reader.GetFieldValue<byte[]>(5),
                isKept
                    ? new WrappedKey(keyId, reader.GetGuid(6), reader.GetInt32(7), reader.GetFieldValue<byte[]>(8))
                    : null));
        }

        return rows;
    }

    public static async Task RewrapAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<WrappedKey> rewrapped, int epoch, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Rewrap);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. rewrapped.Select(key => key.KeyId)] });
        command.Parameters.Add(new NpgsqlParameter<byte[][]>
        {
            TypedValue = [.. rewrapped.Select(key => key.Wrapped.ToArray())],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = epoch });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task RemoveAsync(NpgsqlDataSource dataSource, Guid keyId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Remove);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = keyId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>How many keys each epoch wraps.</summary>
    public static async Task<IReadOnlyDictionary<int, long>> EpochsAsync(
        NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Epochs);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var epochs = new SortedDictionary<int, long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            epochs.Add(reader.GetInt32(0), reader.GetInt64(1));
        }

        return epochs;
    }

    /// <summary>Of the log as it is published now; 1 before anything is.</summary>
    public static async Task<int> IncarnationAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Incarnation);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Notices about a person that nobody has been told of yet.</summary>
    public static async Task<long> OpenNoticesAsync(
        NpgsqlDataSource dataSource, Guid person, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(OpenNotices);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static async Task<long> PartsAsync(NpgsqlDataSource dataSource, Guid keyId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PartsOfKey);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = keyId });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<List<WrappedKey>> ReadAsync(
        NpgsqlCommand command, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using (command)
        {
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var keys = new List<WrappedKey>();
            while (await reader.ReadAsync(cancellationToken))
            {
                keys.Add(new WrappedKey(
                    reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3)));
            }

            return keys;
        }
    }
}

/// <summary>A sealed part with its person's key, as far as that is still there.</summary>
/// <param name="Mac">Null where the key is gone.</param>
/// <param name="Key">Null where it is gone.</param>
internal sealed record SealedRow(
    Guid EventId, string Path, string Origin, byte[] Ciphertext, Guid KeyId, byte[]? Mac, WrappedKey? Key);
