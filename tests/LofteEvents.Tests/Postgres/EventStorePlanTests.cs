using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Replaying;
using LofteEvents.Tests.Contracts;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

/// <summary>
/// What is asked a million times goes by index, however large the tables grow and whatever the statistics say of them.
/// </summary>
public sealed class Hot_queries(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Reads { get; } = new()
    {
        {
            "PREPARE page_of_log (bigint, integer) AS " + LogReader.PageOfLog,
            "EXPLAIN EXECUTE page_of_log (0, 100)",
            "Index Scan using pkey_mt_events_seq_id"
        },
        {
            "PREPARE page_of_stream (varchar, bigint, integer) AS " + LogReader.PageOfStream,
            "EXPLAIN EXECUTE page_of_stream ('insats/1', 0, 100)",
            "Index Scan using pk_mt_events_stream_and_version"
        },
        {
            "PREPARE head AS " + LogReader.Head,
            "EXPLAIN EXECUTE head",
            "Index Only Scan Backward using pkey_mt_events_seq_id"
        },
        {
            "PREPARE streams (varchar[], integer) AS " + DecisionLoader.Streams,
            "EXPLAIN EXECUTE streams ('{insats/1,insats/2}', 100)",
            "Index Scan using pk_mt_events_stream_and_version"
        },
        {
            "PREPARE stream_by_stream (varchar, bigint, bigint, integer) AS " + StoredHistory.OfOthers,
            "EXPLAIN EXECUTE stream_by_stream ('insats/1', 1, 1000000, 5000)",
            "Index Scan using pk_mt_events_stream_and_version"
        },
        {
            "PREPARE keys (uuid[]) AS " + DecisionLoader.Keys,
            "EXPLAIN EXECUTE keys ('{8f14e45f-ceea-867a-8b1c-0123456789ab}')",
            "Index Scan using intake_key_pkey"
        },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Reads_go_by_index_and_sort_nothing(string prepare, string explain, string scan)
    {
        await FillAsync();

        var plan = await PlanAsync(prepare, explain);

        plan.ShouldContain(scan);
        plan.ShouldNotContain("Seq Scan");
        plan.ShouldNotContain("Sort");
    }

    [Fact]
    public async Task Appends_go_by_index_also_where_the_tables_were_empty_when_the_statements_were_prepared()
    {
        await using var database = await TestDatabase.CreateAsync(Token);
        await using var store = new PostgresEventStore(database.App);
        var known = Said.NewStream();
        for (var i = 0; i < 100; i++)
        {
            await store.AppendAsync(
                new AppendRequest(
                    [new(Said.NewStream(), 0, [Said.Keyed(), Said.Event()]), new(known, null, [Said.Event()])]),
                Token);
        }

        await Eventually.BecomesAsync(
            "the statistics have arrived",
            async token => await ScalarAsync(
                database, "SELECT sum(n_tup_ins) >= 300 FROM pg_stat_user_tables WHERE relname = 'mt_events'", token) is true,
            Token);
        (await ScalarAsync(
            database,
            """
            SELECT coalesce(sum(seq_scan), 0)::bigint
            FROM pg_stat_user_tables
            WHERE relname IN ('mt_events', 'mt_streams', 'intake_key')
            """,
            Token)).ShouldBe(0L);
    }

    private static async Task<object?> ScalarAsync(TestDatabase database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.Owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task FillAsync()
    {
        await using var store = new PostgresEventStore(fixture.Database.App);
        if (await store.HeadAsync(Token) > 0)
        {
            return;
        }

        for (var i = 0; i < 20; i++)
        {
            var streams = Enumerable.Range(0, 250).Select(_ => new StreamAppend(Said.NewStream(), 0, [Said.Keyed()]));
            await store.AppendAsync(new AppendRequest([.. streams]), Token);
        }

        await using var analyse = fixture.Database.Owner.CreateCommand("VACUUM ANALYZE lofte.mt_events, lofte.intake_key");
        await analyse.ExecuteNonQueryAsync(Token);
    }

    // A generic plan, as a prepared statement comes to have: the parameters' values are not known to it.
    private async Task<string> PlanAsync(string prepare, string explain)
    {
        await using var connection = await fixture.Database.Owner.OpenConnectionAsync(Token);
        foreach (var statement in new[] { "SET plan_cache_mode = force_generic_plan", prepare })
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(Token);
        }

        await using var explaining = new NpgsqlCommand(explain, connection);
        await using var reader = await explaining.ExecuteReaderAsync(Token);
        var lines = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
