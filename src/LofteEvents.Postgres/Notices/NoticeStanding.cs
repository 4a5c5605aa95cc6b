using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Postgres.Notices;

/// <summary>How the policy and its work stand, whichever process runs them.</summary>
/// <param name="Stop">The event that the policy could not follow; null where it goes on.</param>
/// <param name="PolicyLag">How long the oldest event that the policy has not followed has been recorded.</param>
/// <param name="WorkLag">How long the most overdue piece of work has waited for a worker.</param>
/// <param name="Dead">Pieces of work that were given up.</param>
public sealed record NoticeStanding(ProjectionStop? Stop, TimeSpan PolicyLag, TimeSpan WorkLag, long Dead)
{
    private const string Query =
        """
        SELECT stop.position,
               stop.event_id,
               stop.type,
               stop.reason,
               stop.at,
               coalesce(
                   (
                       SELECT clock_timestamp() - greatest(e.timestamp, row.last_updated)
                       FROM lofte.mt_events AS e
                       WHERE e.seq_id > coalesce(row.last_seq_id, 0)
                       ORDER BY e.seq_id
                       LIMIT 1
                   ),
                   interval '0'),
               greatest(
                   coalesce((SELECT clock_timestamp() - min(w.due_at) FROM lofte.work AS w WHERE w.state = 'scheduled'), '0'),
                   interval '0'),
               (SELECT count(*) FROM (SELECT 1 FROM lofte.work AS w WHERE w.state = 'dead' LIMIT 10000) AS dead)
        FROM (SELECT 'NoticePolicy'::varchar AS name) AS known
        LEFT JOIN lofte.mt_event_progression AS row ON row.name = known.name || ':All'
        LEFT JOIN lofte.projection_stop AS stop ON stop.name = known.name
        """;

    public static async Task<NoticeStanding> ReadAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        await using var command = dataSource.CreateCommand(Query);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var stop = reader.IsDBNull(0)
            ? null
            : new ProjectionStop(
                NoticeFollower.Name,
                reader.GetInt64(0),
                reader.GetGuid(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4));
        return new NoticeStanding(stop, reader.GetTimeSpan(5), reader.GetTimeSpan(6), reader.GetInt64(7));
    }
}
