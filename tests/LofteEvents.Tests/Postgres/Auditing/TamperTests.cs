using LofteEvents.Postgres.Sealing;

namespace LofteEvents.Tests.Postgres.Auditing;

/// <summary>What a superuser can do to the history, and by what name it is found. Every log was proved whole before.</summary>
public sealed class A_superuser_who : IAsyncLifetime
{
    private AuditedLog log = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => log = await AuditedLog.CreateAsync(Ct);

    public ValueTask DisposeAsync() => log.DisposeAsync();

    [Theory]
    [InlineData("""UPDATE lofte.mt_events SET data = '{"kind":"traffi"}' WHERE seq_id = 7""", "event.payload @7")]
    [InlineData("UPDATE lofte.mt_events SET timestamp = timestamp - interval '1 us' WHERE seq_id = 7", "event.columns @7")]
    [InlineData("UPDATE lofte.mt_events SET timestamp = timestamp - interval '1 year' WHERE seq_id = 30", "event.columns @30")]
    [InlineData("UPDATE lofte.mt_events SET correlation_id = 'april' WHERE seq_id = 7", "event.columns @7")]
    [InlineData("UPDATE lofte.mt_events SET causation_id = '' WHERE seq_id = 7", "event.columns @7")]
    [InlineData("UPDATE lofte.mt_events SET id = gen_random_uuid() WHERE seq_id = 7", "event.columns @7")]
    [InlineData("UPDATE lofte.mt_events SET type = 'insats.voided.v1' WHERE seq_id = 7", "event.columns @7")]
    [InlineData("UPDATE lofte.mt_events SET version = 9 WHERE seq_id = 7", "event.columns @7")]
    [InlineData("""UPDATE lofte.mt_events SET headers = '{"source":"urn:lofte:other"}' WHERE seq_id = 7""", "event.headers @7")]
    [InlineData("UPDATE lofte.mt_events SET headers = NULL WHERE seq_id = 7", "event.headers @7")]
    public async Task Changes_one_value_is_found_with_its_place(string deed, string verdict)
    {
        await log.DoAsync(deed, Ct);
        (await log.FoundAsync(Ct)).ShouldBe([verdict]);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsChanged);
    }

    [Theory]
    [InlineData("UPDATE lofte.mt_events SET is_archived = true WHERE seq_id = 7")]
    [InlineData("UPDATE lofte.mt_events SET tenant_id = 'other' WHERE seq_id = 7")]
    [InlineData("UPDATE lofte.mt_events SET bdata = 'x' WHERE seq_id = 7")]
    public async Task Sets_aside_an_event_by_a_column_that_no_leaf_has_is_found(string deed)
    {
        await log.DoAsync(deed, Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["event.plain @7"]);
    }

    [Fact]
    public async Task Moves_an_event_to_another_stream_is_found()
    {
        await log.DoAsync(
            """
            UPDATE lofte.mt_events SET stream_id = (SELECT stream_id FROM lofte.mt_events WHERE seq_id = 1), version = 99
            WHERE seq_id = 7
            """,
            Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["event.columns @7"]);
    }

    [Fact]
    public async Task Swaps_two_events_is_found()
    {
        await log.DoAsync(
            """
            UPDATE lofte.mt_events SET seq_id = -7 WHERE seq_id = 7;
            UPDATE lofte.mt_events SET seq_id = 7 WHERE seq_id = 8;
            UPDATE lofte.mt_events SET seq_id = 8 WHERE seq_id = -7;
            """,
            Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["event.columns @7"]);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsChanged);
    }

    [Fact]
    public async Task Swaps_two_versions_is_found()
    {
        await log.DoAsync(
            """
            WITH two AS (SELECT stream_id FROM lofte.mt_events WHERE version = 2 ORDER BY seq_id LIMIT 1)
            UPDATE lofte.mt_events SET version = 100 + version FROM two WHERE mt_events.stream_id = two.stream_id;
            UPDATE lofte.mt_events SET version = 103 - version WHERE version > 100;
            """,
            Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["event.columns @2"]);
    }

    [Theory]
    [InlineData("DELETE FROM lofte.mt_events WHERE seq_id = 31", "event.present @31")]
    [InlineData("DELETE FROM lofte.mt_events WHERE seq_id = 12", "event.present @12")]
    [InlineData("DELETE FROM lofte.mt_events WHERE seq_id = 1", "event.present @1")]
    public async Task Removes_an_event_is_found(string deed, string verdict)
    {
        await log.DoAsync(deed, Ct);
        (await log.FoundAsync(Ct)).ShouldBe([verdict]);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsMissing);
    }

    [Fact]
    public async Task Removes_an_event_and_numbers_the_rest_anew_is_found()
    {
        await log.DoAsync(
            """
            DELETE FROM lofte.mt_events WHERE seq_id = 12;
            UPDATE lofte.mt_events SET seq_id = -(seq_id - 1) WHERE seq_id > 12;
            UPDATE lofte.mt_events SET seq_id = -seq_id WHERE seq_id < 0;
            """,
            Ct);
        (await log.FoundAsync(Ct)).ShouldContain("event.columns @12");
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsChanged);
    }

    [Fact]
    public async Task Puts_an_event_between_others_is_found()
    {
        await log.DoAsync(
            """
            INSERT INTO lofte.mt_streams (id, version) VALUES ('insats/put-in', 1);
            INSERT INTO lofte.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
            SELECT 21, gen_random_uuid(), 'insats/put-in', 1, '{}', 'insats.voided.v1', timestamp
            FROM lofte.mt_events WHERE seq_id = 20;
            """,
            Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["event.logged @21"]);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsChanged);
    }

    [Fact]
    public async Task Loads_an_edited_copy_of_everything_is_found()
    {
        await log.DoAsync(
            """
            CREATE TEMP TABLE copied AS SELECT * FROM lofte.mt_events;
            UPDATE copied SET data = '{"kind":"edited"}' WHERE seq_id = 25;
            DELETE FROM lofte.mt_events;
            INSERT INTO lofte.mt_events SELECT * FROM copied ORDER BY seq_id;
            """,
            Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["event.payload @25"]);
    }

    [Fact]
    public async Task Hides_a_row_behind_a_policy_is_found()
    {
        await log.DoAsync(
            """
            ALTER TABLE lofte.mt_events ENABLE ROW LEVEL SECURITY;
            CREATE POLICY hidden ON lofte.mt_events USING (seq_id <> 7);
            """,
            Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["database.schema"]);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsMissing);
    }

    [Fact]
    public async Task Puts_a_view_in_the_events_place_is_found()
    {
        await log.Log.AsSuperuserAsync(
            """
            ALTER TABLE lofte.mt_events RENAME TO mt_events_all;
            CREATE VIEW lofte.mt_events AS SELECT * FROM lofte.mt_events_all WHERE seq_id <> 7;
            GRANT SELECT, INSERT ON lofte.mt_events TO lofte_app;
            """,
            Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["database.schema"]);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsMissing);
    }

    [Fact]
    public async Task Leaves_the_triggers_off_is_found()
    {
        await log.Log.AsSuperuserAsync("SELECT 1", Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["database.schema"]);
    }

    [Fact]
    public async Task Cuts_the_published_log_back_is_found_by_a_kept_checkpoint_and_by_the_sealer()
    {
        await log.DoAsync(
            """
            DELETE FROM lofte.mt_events WHERE seq_id > 20;
            DELETE FROM lofte.log_leaf WHERE leaf_index >= 20;
            DELETE FROM lofte.log_checkpoint WHERE size > 20;
            UPDATE lofte.log_tile SET hashes = substring(hashes FROM 1 FOR 640);
            """,
            Ct);
        (await log.FoundAsync(Ct)).ShouldBeEmpty("an older state is a good log");
        (await log.FoundAsync(Ct, withKept: true)).ShouldBe(["pinned"]);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsMissing);
    }

    [Fact]
    public async Task Drops_a_leaf_from_the_published_ones_is_found()
    {
        await log.DoAsync("DELETE FROM lofte.log_leaf WHERE leaf_index = 29", Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["size", "root", "checkpoint.older", "tile"]);
    }
}
