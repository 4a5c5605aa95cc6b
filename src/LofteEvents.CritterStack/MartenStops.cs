using JasperFx.Events.Daemon;
using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.CritterStack;

/// <summary>Which event a projection of Marten's daemon stands before, as the default engine writes it down.</summary>
internal static class MartenStops
{
    /// <summary>Tells every process of a projection's new position, and forgets what stopped it before.</summary>
    public static async Task MovedAsync(
        NpgsqlConnection connection, string name, long position, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("DELETE FROM lofte.projection_stop WHERE name = $1 AND position <= $2")
                {
                    Parameters = { new() { Value = name }, new() { Value = position } },
                },
                new("SELECT pg_notify('lofte_projection', $1 || ' ' || $2::text)")
                {
                    Parameters = { new() { Value = name }, new() { Value = position } },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public static Task WriteAsync(NpgsqlConnection connection, ProjectionStop stop, CancellationToken cancellationToken) =>
        ProjectionProgress.StopAsync(connection, stop, cancellationToken);

    /// <summary>
    /// The event that Marten's failure names; where it names none, the first behind the projection's position whose type this
    /// version does not know, since Marten cannot load that one.
    /// </summary>
    /// <returns>Null where no event is at fault, such as when the database was away.</returns>
    public static async Task<ProjectionStop?> FindAsync(
        NpgsqlConnection connection, string name, Exception failure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var named = Named(failure);
        await using var command = new NpgsqlCommand(
            """
            SELECT e.seq_id, e.id, e.type
            FROM lofte.mt_events AS e
            WHERE e.seq_id = $1
               OR ($1 IS NULL
                   AND e.seq_id > coalesce((SELECT p.last_seq_id FROM lofte.mt_event_progression AS p WHERE p.name = $2), 0)
                   AND e.type <> ALL ($3))
            ORDER BY e.seq_id
            LIMIT 1
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long?> { TypedValue = named?.Sequence },
                new() { Value = ProjectionNames.RowOf(name) },
                new() { Value = EventCatalogue.All.Select(type => type.Name).Append("tombstone").ToArray() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var type = reader.GetString(2);
        var reason = named is Exception said
            ? $"{(said.InnerException ?? said).GetType().Name}: {(said.InnerException ?? said).Message}"
            : $"This version does not know events of type {type}.";
        reason = reason[..Math.Min(reason.Length, ProjectionStop.ReasonCharacters)];
        return new ProjectionStop(name, reader.GetInt64(0), reader.GetGuid(1), type, reason, now);
    }

    private static IEventFailureContext? Named(Exception? failure) => failure switch
    {
        IEventFailureContext { Sequence: > 0 } context => context,
        AggregateException several => several.InnerExceptions.Select(Named).FirstOrDefault(each => each is not null),
        { InnerException: { } inner } => Named(inner),
        _ => null,
    };
}
