using LofteEvents.Insatser;
using LofteEvents.Subjects;
using Npgsql;

namespace LofteEvents.Postgres.Subjects;

/// <summary>
/// Forgets persons when their classes have run out. Who has an open notice waits until it is closed: what must still be told is
/// not destroyed.
/// </summary>
public sealed class SubjectRetention(NpgsqlDataSource dataSource, SubjectForgetting forgetting, TimeProvider time)
{
    /// <summary>Who acts where the schedule does.</summary>
    public const string Schedule = "lofte:retention";

    private const int PageSize = 500;

    private const string Page =
        """
        SELECT k.key_id, k.person, e.data ->> 'suspicion', e.timestamp,
               EXISTS (
                   SELECT 1
                   FROM lofte.mt_doc_noticeoverview AS n
                   WHERE n.data -> 'terms' ->> 'person' = k.person::text
                     AND n.data ->> 'state' IN ('to-decide', 'postponed', 'sending', 'unreachable'))
        FROM (SELECT key_id, person FROM lofte.subject_key WHERE key_id > $1 ORDER BY key_id LIMIT $2) AS k
        LEFT JOIN lofte.sealed_part AS p ON p.key_id = k.key_id
        LEFT JOIN lofte.mt_events AS e ON e.seq_id = p.position
        ORDER BY k.key_id
        """;

    /// <summary>Every living person whose classes have run out, and when.</summary>
    public async Task<IReadOnlyList<RetentionDue>> DueAsync(Retention rules, CancellationToken cancellationToken)
    {
        var due = new List<RetentionDue>();
        var now = time.GetUtcNow();
        var after = Guid.Empty;
        List<Row> page;
        do
        {
            page = await ReadAsync(after, cancellationToken);
            foreach (var person in page.GroupBy(row => (row.KeyId, row.Person)))
            {
                after = person.Key.KeyId;
                var events = person.Where(row => row.RecordedAt is not null)
                    .Select(row => (row.Suspicion, row.RecordedAt!.Value));
                if (rules.EndOf(events) is var (at, by) && at <= now)
                {
                    due.Add(new RetentionDue(person.Key.Person, at, by.Name, person.Any(row => row.HasOpenNotice)));
                }
            }
        }
        while (page.Count > 0);

        return due;
    }

    /// <summary>Forgets those who are due and have no open notice.</summary>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> RunAsync(IReadOnlyList<RetentionDue> due, string actor, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        foreach (var person in due.Where(each => !each.HasOpenNotice))
        {
            await forgetting.ForgetAsync(person.Person, $"Gallring: {person.Class}.", actor, cancellationToken);
            forgotten++;
        }

        return forgotten;
    }

    private async Task<List<Row>> ReadAsync(Guid after, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Page);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var isEvent = !await reader.IsDBNullAsync(3, cancellationToken);
            rows.Add(new Row(
                reader.GetGuid(0),
                reader.GetGuid(1),
                isEvent ? Enum.Parse<Suspicion>(reader.GetString(2), ignoreCase: true) : default,
                isEvent ? reader.GetFieldValue<DateTimeOffset>(3) : null,
                reader.GetBoolean(4)));
        }

        return rows;
    }

    private sealed record Row(
        Guid KeyId, Guid Person, Suspicion Suspicion, DateTimeOffset? RecordedAt, bool HasOpenNotice);
}

/// <param name="At">When the last class ran out.</param>
/// <param name="Class">Its name.</param>
/// <param name="HasOpenNotice">Somebody must still be told: this person waits.</param>
public sealed record RetentionDue(Guid Person, DateTimeOffset At, string Class, bool HasOpenNotice);
