using System.Runtime.CompilerServices;
using LofteEvents.Evaluations;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Postgres.Evaluations;

/// <summary>Every version of the facts that answer some filters, with the events that said and ended them, as a stream.</summary>
internal sealed class ReportedFactRows(NpgsqlDataSource dataSource)
{
    private const string Query =
        """
        SELECT f.fact,
               said.seq_id,
               said.type,
               said.timestamp,
               said.data ->> 'reason',
               said.headers ->> 'actor',
               ended.seq_id,
               ended.type,
               ended.timestamp,
               ended.data ->> 'reason',
               ended.headers ->> 'actor'
        FROM lofte.counted_fact AS f
        JOIN lofte.mt_events AS said ON said.seq_id = f.position
        LEFT JOIN lofte.mt_events AS ended ON ended.seq_id = f.superseded_by AND f.superseded_by <= $7
        WHERE f.type = ANY ($1)
          AND f.day BETWEEN $2 AND $3
          AND ($4::varchar[] IS NULL OR f.kind = ANY ($4))
          AND ($5::varchar[] IS NULL OR f.areas && $5)
          AND ($6::varchar[] IS NULL OR f.stream = ANY ($6))
          AND f.position <= $7
        """;

    public async IAsyncEnumerable<ReportedFact> ReadAsync(
        IReadOnlyList<FactFilter> filters, long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        for (var i = 0; i < filters.Count; i++)
        {
            await using var command = CountedFactRows.Asking(Query, connection, filters[i], position);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var fact = CountedFactRows.Fact(reader, 0);

                // What an earlier filter asked for was already read: filters overlap, and each version comes once.
                if (!filters.Take(i).Any(earlier => earlier.Matches(fact)))
                {
                    yield return new ReportedFact(fact, Cause(reader, 1)!, Cause(reader, 6));
                }
            }
        }
    }

    private static FactCause? Cause(NpgsqlDataReader reader, int first) => reader.IsDBNull(first)
        ? null
        : new FactCause(
            reader.GetInt64(first),
            reader.GetString(first + 1),
            reader.GetFieldValue<DateTimeOffset>(first + 2),
            reader.IsDBNull(first + 3) ? null : reader.GetString(first + 3),
            reader.IsDBNull(first + 4) ? null : reader.GetString(first + 4));
}
