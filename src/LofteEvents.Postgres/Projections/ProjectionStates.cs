using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>How a projection stands against the log.</summary>
/// <param name="Position">Every event up to here is applied.</param>
/// <param name="Head">Position of the newest event in the log.</param>
/// <param name="LagEvents">Events not yet applied; above ten thousand the difference of the positions, which rolled-back appends make larger.</param>
/// <param name="LagSeconds">How long the oldest event not yet applied has waited; for imported history, which is recorded in the past, how long
/// since the projection last moved. 0 when nothing waits.</param>
/// <param name="Stop">The event it cannot apply, when it is stopped.</param>
public sealed record ProjectionState(
    string Name, long Position, long Head, long LagEvents, double LagSeconds, DateTimeOffset? UpdatedAt, ProjectionStop? Stop);

/// <summary>Reads how the projections stand, from the database and not from what this process believes.</summary>
public sealed class ProjectionStates(NpgsqlDataSource dataSource)
{
    private const string Query =
        """
        SELECT known.name,
               coalesce(row.last_seq_id, 0),
               head.position,
               lag.counted,
               CASE WHEN oldest.timestamp IS NULL THEN 0
                    ELSE greatest(0, extract(epoch FROM clock_timestamp() - greatest(oldest.timestamp, row.last_updated)))
               END::double precision,
               row.last_updated,
               stop.position,
               stop.event_id,
               stop.type,
               stop.reason,
               stop.at
        FROM unnest($1::varchar[]) WITH ORDINALITY AS known (name, place)
        CROSS JOIN (SELECT coalesce(max(seq_id), 0) AS position FROM lofte.mt_events) AS head
        LEFT JOIN lofte.mt_event_progression AS row ON row.name = known.name || ':All'
        LEFT JOIN lofte.projection_stop AS stop ON stop.name = known.name
        CROSS JOIN LATERAL (
            SELECT count(*) AS counted
            FROM (SELECT 1 FROM lofte.mt_events WHERE seq_id > coalesce(row.last_seq_id, 0) LIMIT 10001) AS waiting
        ) AS lag
        LEFT JOIN LATERAL (
            SELECT timestamp FROM lofte.mt_events WHERE seq_id > coalesce(row.last_seq_id, 0) ORDER BY seq_id LIMIT 1
        ) AS oldest ON true
        ORDER BY known.place
        """;

    private const long CountedAtMost = 10_000;

    public async Task<IReadOnlyList<ProjectionState>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Query);
        command.Parameters.Add(new() { Value = ProjectionNames.All.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var states = new List<ProjectionState>();
        while (await reader.ReadAsync(cancellationToken))
        {
            states.Add(State(reader));
        }

        return states;
    }

    private static ProjectionState State(NpgsqlDataReader reader)
    {
        var (name, position, head, counted) = (reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        var stop = reader.IsDBNull(6)
            ? null
            : new ProjectionStop(
                name, reader.GetInt64(6), reader.GetGuid(7), reader.GetString(8), reader.GetString(9),
                reader.GetFieldValue<DateTimeOffset>(10));
        return new ProjectionState(
            name,
            position,
            head,
            counted <= CountedAtMost ? counted : head - position,
            reader.GetDouble(4),
            reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5),
            stop);
    }
}
