using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>How a projection stands against the log.</summary>
/// <param name="Position">Every event up to here is applied.</param>
/// <param name="Head">Position of the newest event in the log.</param>
/// <param name="LagEvents">Events not yet applied; above ten thousand the difference of the positions, which rolled-back
/// appends make larger.</param>
/// <param name="LagSeconds">How long the oldest event not yet applied has waited; for imported history, which is recorded in
/// the past, how long since the projection last moved. 0 when nothing waits.</param>
/// <param name="Stop">The event it cannot apply, when it is stopped.</param>
/// <param name="Rebuild">The rebuild that is asked for or goes on; also one that met an event it could not apply, until the
/// next.</param>
public sealed record ProjectionState(
    string Name,
    long Position,
    long Head,
    long LagEvents,
    double LagSeconds,
    DateTimeOffset? UpdatedAt,
    ProjectionStop? Stop,
    RebuildState? Rebuild);

/// <param name="StartedAt">Null while it waits for the process that runs the projection.</param>
/// <param name="Position">How far it has come.</param>
/// <param name="Stop">The event it could not apply: it is over, and the live projection is as it was.</param>
public sealed record RebuildState(DateTimeOffset? RequestedAt, DateTimeOffset? StartedAt, long Position, ProjectionStop? Stop);

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
               stop.at,
               asked.requested_at,
               asked.started_at,
               coalesce(beside.last_seq_id, 0),
               failed.position,
               failed.event_id,
               failed.type,
               failed.reason,
               failed.at
        FROM unnest($1::varchar[]) WITH ORDINALITY AS known (name, place)
        CROSS JOIN (SELECT coalesce(max(seq_id), 0) AS position FROM lofte.mt_events) AS head
        LEFT JOIN lofte.mt_event_progression AS row ON row.name = known.name || ':All'
        LEFT JOIN lofte.projection_stop AS stop ON stop.name = known.name
        LEFT JOIN lofte.projection_rebuild AS asked ON asked.name = known.name
        LEFT JOIN lofte_rebuild.mt_event_progression AS beside ON beside.name = known.name || ':All'
        LEFT JOIN lofte_rebuild.projection_stop AS failed ON failed.name = known.name
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
        return new ProjectionState(
            name,
            position,
            head,
            counted <= CountedAtMost ? counted : head - position,
            reader.GetDouble(4),
            Time(reader, 5),
            Stop(reader, name, 6),
            Rebuild(reader, name));
    }

    private static RebuildState? Rebuild(NpgsqlDataReader reader, string name)
    {
        var (requestedAt, stop) = (Time(reader, 11), Stop(reader, name, 14));
        return requestedAt is null && stop is null
            ? null
            : new RebuildState(requestedAt, Time(reader, 12), reader.GetInt64(13), stop);
    }

    private static ProjectionStop? Stop(NpgsqlDataReader reader, string name, int first) =>
        reader.IsDBNull(first)
            ? null
            : new ProjectionStop(
                name,
                reader.GetInt64(first),
                reader.GetGuid(first + 1),
                reader.GetString(first + 2),
                reader.GetString(first + 3),
                reader.GetFieldValue<DateTimeOffset>(first + 4));

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
