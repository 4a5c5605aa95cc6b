using LofteEvents.Postgres.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.CritterStack;

/// <summary>What a writer reads and writes beside Marten under its lock: versions, times, idempotency keys.</summary>
internal static class WriterRows
{
    private const string VersionsNow = "SELECT id, version FROM lofte.mt_streams WHERE id = ANY ($1)";

    private const string TimesNow =
        "SELECT clock_timestamp(), (SELECT timestamp FROM lofte.mt_events ORDER BY seq_id DESC LIMIT 1)";

    private const string TakenKeys =
        "SELECT id, fingerprint, stream, version, position FROM lofte.intake_key WHERE id = ANY ($1)";

    private const string TakeKeys =
        """
        INSERT INTO lofte.intake_key (id, fingerprint, stream, version, position)
        SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::varchar[], $4::bigint[], $5::bigint[])
        """;

    private const string StoreSealed = "SELECT lofte.store_sealed($1, $2, $3)";

    public static async Task<AppendResult?> RefusalAsync(
        NpgsqlConnection connection, AppendRequest request, CancellationToken cancellationToken)
    {
        var keys = request.Streams
            .SelectMany(part => part.Events).Where(said => said.Fingerprint.Length > 0).Select(said => said.Id).ToArray();
        var taken = new List<TakenKey>();
        await using (var command = new NpgsqlCommand(TakenKeys, connection) { Parameters = { new() { Value = keys } } })
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                taken.Add(new TakenKey(
                    reader.GetGuid(0),
                    reader.GetFieldValue<byte[]>(1),
                    reader.GetString(2),
                    reader.GetInt64(3),
                    reader.GetInt64(4)));
            }
        }

        if (taken.Count > 0)
        {
            return new AppendResult.KeysTaken(taken);
        }

        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        await using (var command = new NpgsqlCommand(VersionsNow, connection)
        {
            Parameters = { new() { Value = request.Streams.Select(part => part.Stream).ToArray() } },
        })
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                versions[reader.GetString(0)] = reader.GetInt64(1);
            }
        }

        return request.Streams
            .Where(part => part.ExpectedVersion is { } expected && expected != versions.GetValueOrDefault(part.Stream))
            .Select(part => new AppendResult.Conflict(
                part.Stream, part.ExpectedVersion!.Value, versions.GetValueOrDefault(part.Stream)))
            .FirstOrDefault();
    }

    public static async Task<(DateTimeOffset Now, DateTimeOffset? Last)> TimesAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TimesNow, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (
            reader.GetFieldValue<DateTimeOffset>(0),
            await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }

    public static async Task TakeKeysAsync(
        NpgsqlConnection connection, AppendRequest request, List<AppendedEvent> appended, CancellationToken cancellationToken)
    {
        var taken = request.Streams
            .SelectMany(part => part.Events).Zip(appended).Where(pair => pair.First.Fingerprint.Length > 0).ToList();
        if (taken.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(TakeKeys, connection)
        {
            Parameters =
            {
                new() { Value = taken.Select(pair => pair.First.Id).ToArray() },
                new()
                {
                    Value = taken.Select(pair => pair.First.Fingerprint.ToArray()).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
                },
                new() { Value = taken.Select(pair => pair.Second.Stream).ToArray() },
                new() { Value = taken.Select(pair => pair.Second.Version).ToArray() },
                new() { Value = taken.Select(pair => pair.Second.Position).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task StoreSealedAsync(
        NpgsqlConnection connection, AppendRequest request, List<AppendedEvent> appended, CancellationToken cancellationToken)
    {
        foreach (var (said, stored) in request.Streams.SelectMany(part => part.Events).Zip(appended))
        {
            if (SealedJson.Of(said) is not { } row)
            {
                continue;
            }

            await using var command = new NpgsqlCommand(StoreSealed, connection)
            {
                Parameters =
                {
                    new() { Value = row, NpgsqlDbType = NpgsqlDbType.Jsonb },
                    new() { Value = stored.Id },
                    new() { Value = stored.Position },
                },
            };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
