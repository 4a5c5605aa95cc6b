using LofteEvents.Loften;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>A version of a fact, whether it still holds at a position or not.</summary>
/// <param name="SupersededBy">Position of the event that replaced or removed it; null while it holds.</param>
public sealed record FactVersion(CountedFact Fact, long? SupersededBy);

/// <summary>Reads every version of the facts that a promise asks for, as it was known at a position.</summary>
public sealed class TimelineReads(NpgsqlDataSource dataSource)
{
    /// <summary>How many versions one read looks through at most.</summary>
    public const int MostVersions = 20_000;

    private const string Versions =
        """
        SELECT fact, CASE WHEN superseded_by <= $7 THEN superseded_by END
        FROM lofte.counted_fact
        WHERE type = ANY ($1)
          AND day BETWEEN $2 AND $3
          AND ($4::varchar[] IS NULL OR kind = ANY ($4))
          AND ($5::varchar[] IS NULL OR areas && $5)
          AND ($6::varchar[] IS NULL OR stream = ANY ($6))
          AND position <= $7
        ORDER BY position DESC
        LIMIT $8
        """;

    /// <returns>Each version once, in no order; at most <see cref="MostVersions"/> for each filter, the newest.</returns>
    public async Task<IReadOnlyCollection<FactVersion>> VersionsAsync(
        IEnumerable<FactFilter> filters, long position, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var found = new Dictionary<(FactKey, long), FactVersion>();
        foreach (var filter in filters)
        {
            await using var command = CountedFactRows.Asking(Versions, connection, filter, position);
            command.Parameters.Add(new() { Value = MostVersions });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var fact = CountedFactRows.Fact(reader, 0);
                found[(FactKey.Of(fact), fact.Position)] =
                    new(fact, await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetInt64(1));
            }
        }

        return found.Values;
    }
}
