using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Projections;

/// <summary>The durable position of a projection, and what is written in one transaction with it.</summary>
internal static class ProjectionProgress
{
    /// <summary>The channel on which a commit of a projection is told: <c>LofteStatus 1234</c>.</summary>
    public const string Channel = "lofte_projection";

    /// <returns>The position up to which the projection has applied the log; 0 for a new one, whose row is made.</returns>
    public static async Task<long> BeginAsync(NpgsqlConnection connection, string row, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("INSERT INTO mt_event_progression (name, last_seq_id) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING")
                {
                    Parameters = { new() { Value = row } },
                },
                new("SELECT last_seq_id FROM mt_event_progression WHERE name = $1") { Parameters = { new() { Value = row } } },
            },
        };
        return await batch.ExecuteScalarAsync(cancellationToken) is long position ? position : 0;
    }

    /// <summary>
    /// Writes a folded page and moves the position, or does nothing of it.
    /// </summary>
    /// <exception cref="PostgresException">Code LP001: the position is no longer <paramref name="from"/>.</exception>
    public static async Task WriteAsync(
        NpgsqlConnection connection, Projection projection, long from, long to, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("SELECT projection_advance($1, $2, $3)")
        {
            Parameters = { new() { Value = projection.PositionRow }, new() { Value = from }, new() { Value = to } },
        });
        projection.Write(batch);
        batch.BatchCommands.Add(new("DELETE FROM projection_stop WHERE name = $1")
        {
            Parameters = { new() { Value = projection.Name } },
        });
        batch.BatchCommands.Add(new("SELECT pg_notify('lofte_projection', $1 || ' ' || $2::text)")
        {
            Parameters = { new() { Value = projection.Name }, new() { Value = to } },
        });
        await batch.PrepareAsync(cancellationToken);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task StopAsync(NpgsqlConnection connection, ProjectionStop stop, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO projection_stop (name, position, event_id, type, reason, at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (name) DO UPDATE
               SET position = EXCLUDED.position,
                   event_id = EXCLUDED.event_id,
                   type = EXCLUDED.type,
                   reason = EXCLUDED.reason,
                   at = EXCLUDED.at
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = stop.Name },
                new() { Value = stop.Position },
                new() { Value = stop.EventId },
                new() { Value = stop.Type },
                new() { Value = stop.Reason },
                new() { Value = stop.At, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
