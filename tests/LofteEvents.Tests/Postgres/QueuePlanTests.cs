using System.Text;
using System.Text.RegularExpressions;
using LofteEvents.Postgres.Queue;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

/// <summary>What a worker asks all day touches as little of a long queue, with a long past, as of a short one.</summary>
public sealed partial class Queue_queries(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private const int Lanes = 200;

    private const string Take =
        "SELECT id FROM lofte.work_lease('0193a000-0000-7000-8000-000000000001', 20, '1 hour', '')";

    private const string SettleAll =
        """
        SELECT lofte.work_settle(
            leased_by, array_agg(id), array_agg(attempts), array_agg('done'::varchar), array_agg(interval '0'),
            array_agg(NULL::varchar))
        FROM lofte.work
        WHERE state = 'leased'
        GROUP BY leased_by
        """;

    private const string ExplainTake = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF) " + Take;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Taking_and_settling_work_touches_few_pages_however_much_is_in_line_and_done()
    {
        await FillAsync();

        // Taken twice and settled, so that what is measured has plans and a past; then the next in each lane.
        for (var round = 0; round < 2; round++)
        {
            await ExecuteAsync(Take);
            await ExecuteAsync(SettleAll);
        }

        var pages = await PagesAsync();

        pages.ShouldBeInRange(20, 1_500);
    }

    [Fact]
    public async Task Dead_letters_are_found_by_their_index()
    {
        await FillAsync();

        await using var connection = await fixture.Database.Owner.OpenConnectionAsync(Token);
        await using var settings = new NpgsqlCommand("SET plan_cache_mode = force_generic_plan", connection);
        await settings.ExecuteNonQueryAsync(Token);
        await using var prepare = new NpgsqlCommand(
            "PREPARE dead (varchar, varchar, varchar, integer, integer) AS " + DeadLetters.Page, connection);
        await prepare.ExecuteNonQueryAsync(Token);
        await using var explain = new NpgsqlCommand("EXPLAIN EXECUTE dead (NULL, NULL, NULL, 20, 0)", connection);
        var plan = await LinesAsync(explain);

        plan.ShouldContain("Index Scan using idx_work_dead");
        plan.ShouldNotContain("Sort");
    }

    private async Task FillAsync()
    {
        await using var any = fixture.Database.Owner.CreateCommand("SELECT EXISTS (SELECT 1 FROM lofte.work)");
        if (await any.ExecuteScalarAsync(Token) is true)
        {
            return;
        }

        for (var part = 0; part < 10; part++)
        {
            var work = Enumerable.Range(part * 2_000, 2_000)
                .Select(n => new WorkItem($"{n}", "job", $"lane-{n % Lanes:000}", Encoding.UTF8.GetBytes("{}"), n));
            await QueuedWork.EnqueueAsync(fixture.Database.App, [.. work], Token);
        }

        await ExecuteAsync("UPDATE lofte.work SET state = 'done' WHERE id <= 10000");
        await ExecuteAsync("VACUUM ANALYZE lofte.work");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = fixture.Database.Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private async Task<int> PagesAsync()
    {
        await using var connection = await fixture.Database.Owner.OpenConnectionAsync(Token);
        await using var explain = new NpgsqlCommand(ExplainTake, connection);
        var plan = await LinesAsync(explain);
        return int.Parse(Hits().Match(plan).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> LinesAsync(NpgsqlCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync(Token);
        var lines = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex("shared hit=([0-9]+)")]
    private static partial Regex Hits();
}
