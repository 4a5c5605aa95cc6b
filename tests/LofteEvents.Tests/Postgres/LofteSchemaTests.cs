using LofteEvents.Postgres;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Tests.Contracts;
using LofteEvents.Tests.Tidy;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

public sealed class The_schema
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // With LOFTE_WRITE_CATALOGUE=1 the text is written anew instead; what changed is then for the reviewer to read.
    [Fact]
    public async Task Amounts_to_the_catalogue_that_stands_beside_it()
    {
        await using var database = await EmptyDatabase.CreateAsync(Token);
        await database.ExecuteAsync(LofteSchema.Dump(), Token);
        await using var connection = await database.Owner.OpenConnectionAsync(Token);
        var live = (await Catalogue.ReadAsync(connection, Token)).ToString();

        if (Environment.GetEnvironmentVariable("LOFTE_WRITE_CATALOGUE") == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(House.Root, "src/LofteEvents.Postgres/Schema/catalogue.txt"), live, Token);
            return;
        }

        live.ShouldBe(
            LofteSchema.Text("catalogue.txt"),
            "run this test with LOFTE_WRITE_CATALOGUE=1, then look at what changed in Schema/catalogue.txt");
    }

    [Fact]
    public void Applies_every_file_there_is()
    {
        const string prefix = "LofteEvents.Postgres.Schema.";
        var embedded = typeof(LofteSchema).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => name[prefix.Length..]);

        LofteSchema.Files.ShouldBe(embedded, ignoreOrder: true);
    }

    [Fact]
    public async Task Is_made_in_an_empty_database_and_applying_it_again_changes_nothing()
    {
        await using var database = await EmptyDatabase.CreateAsync(Token);

        await LofteSchema.ApplyAsync(database.Owner, Token);
        var oid = await database.ScalarAsync("SELECT 'lofte.mt_events'::regclass::oid::bigint", Token);
        await LofteSchema.ApplyAsync(database.Owner, Token);

        await LofteSchema.AssertAsync(database.Owner, Token);
        (await database.ScalarAsync("SELECT 'lofte.mt_events'::regclass::oid::bigint", Token)).ShouldBe(oid);
    }

    [Fact]
    public async Task Is_made_once_when_several_processes_start_at_once()
    {
        await using var database = await EmptyDatabase.CreateAsync(Token);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => LofteSchema.ApplyAsync(database.Owner, Token)));

        await LofteSchema.AssertAsync(database.Owner, Token);
    }

    [Fact]
    public async Task Comes_back_to_what_it_should_be_where_only_functions_triggers_or_rights_differ()
    {
        await using var database = await EmptyDatabase.CreateAsync(Token);
        await LofteSchema.ApplyAsync(database.Owner, Token);
        await database.ExecuteAsync(
            """
            DROP TRIGGER events_are_never_changed ON lofte.mt_events;
            ALTER TABLE lofte.mt_streams DISABLE TRIGGER streams_are_never_deleted;
            REVOKE INSERT ON lofte.mt_events FROM lofte_app;
            CREATE OR REPLACE FUNCTION lofte.position_at(recorded_at timestamptz) RETURNS bigint
            LANGUAGE sql STABLE AS 'SELECT 0::bigint'
            """,
            Token);

        await LofteSchema.ApplyAsync(database.Owner, Token);

        await LofteSchema.AssertAsync(database.Owner, Token);
    }

    [Fact]
    public async Task Is_not_forced_on_a_database_that_holds_something_else()
    {
        await using var database = await EmptyDatabase.CreateAsync(Token);
        await LofteSchema.ApplyAsync(database.Owner, Token);
        await database.ExecuteAsync(
            """
            ALTER TABLE lofte.intake_key ALTER COLUMN fingerprint TYPE text USING '';
            DROP FUNCTION lofte.position_at
            """,
            Token);

        var refused = await Should.ThrowAsync<LofteSchemaException>(() => LofteSchema.ApplyAsync(database.Owner, Token));

        refused.Differences.ShouldContain("table intake_key: missing: column fingerprint bytea not null");
        refused.Differences.ShouldContain("table intake_key: not expected: column fingerprint text not null");
        (await database.ScalarAsync("SELECT count(*) FROM pg_proc WHERE proname = 'position_at'", Token))
            .ShouldBe(0L, "nothing half-done may remain");
    }

    [Theory]
    [InlineData(
        "ALTER TABLE lofte.mt_events ADD COLUMN note text",
        "table mt_events: not expected: column note text")]
    [InlineData(
        "CREATE INDEX by_type ON lofte.mt_events (type)",
        "table mt_events: not expected: index CREATE INDEX by_type ON lofte.mt_events USING btree (type)")]
    [InlineData(
        "DROP INDEX lofte.pk_mt_events_stream_and_version",
        "table mt_events: missing: index CREATE UNIQUE INDEX pk_mt_events_stream_and_version"
            + " ON lofte.mt_events USING btree (stream_id, version)")]
    [InlineData(
        "ALTER TABLE lofte.mt_events ENABLE TRIGGER events_are_never_changed",
        "table mt_events: missing: trigger CREATE TRIGGER events_are_never_changed BEFORE DELETE OR UPDATE ON lofte.mt_events"
            + " FOR EACH ROW EXECUTE FUNCTION lofte.refuse_change() (always)")]
    [InlineData(
        "GRANT DELETE ON lofte.mt_events TO lofte_app",
        "table mt_events: not expected: grant lofte_app DELETE")]
    [InlineData(
        "ALTER TABLE lofte.mt_events ENABLE ROW LEVEL SECURITY",
        "table mt_events: not expected: row security")]
    [InlineData(
        "CREATE RULE hide AS ON INSERT TO lofte.mt_events DO INSTEAD NOTHING",
        "table mt_events: not expected: rule hide")]
    [InlineData(
        "ALTER SEQUENCE lofte.mt_events_sequence INCREMENT BY 2",
        "sequence mt_events_sequence: missing:"
            + " as bigint start 1 increment 1 minimum 1 maximum 9223372036854775807 cache 1")]
    [InlineData(
        "DROP TABLE lofte.intake_key",
        "table intake_key: missing")]
    public async Task Is_compared_down_to_the_last_difference(string change, string difference)
    {
        await using var database = await TestDatabase.CreateAsync(Token);
        await using (var command = database.Owner.CreateCommand(change))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        var found = await Should.ThrowAsync<LofteSchemaException>(() => LofteSchema.AssertAsync(database.App, Token));

        found.Differences.ShouldContain(difference);
        found.Message.ShouldContain(difference);
    }

    [Fact]
    public async Task Leaves_room_for_what_others_add_beside_it()
    {
        await using var database = await TestDatabase.CreateAsync(Token);
        await using (var command = database.Owner.CreateCommand(
            """
            CREATE TABLE lofte.mt_doc_other (id varchar PRIMARY KEY);
            CREATE FUNCTION lofte.mt_other() RETURNS integer LANGUAGE sql AS 'SELECT 1'
            """))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        await LofteSchema.AssertAsync(database.App, Token);
    }

    [Fact]
    public async Task Must_be_right_before_anything_is_appended()
    {
        await using var database = await TestDatabase.CreateAsync(Token);
        await using (var command = database.Owner.CreateCommand("ALTER TABLE lofte.mt_events DISABLE TRIGGER USER"))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        await using var store = new PostgresEventStore(database.App);
        var refused = await Should.ThrowAsync<LofteSchemaException>(
            () => store.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Event()), Token));

        refused.Differences.ShouldNotBeEmpty();
        (await store.HeadAsync(Token)).ShouldBe(0);
    }

    /// <summary>A database that nothing was applied to.</summary>
    private sealed class EmptyDatabase : IAsyncDisposable
    {
        private readonly TestDatabase database;

        private EmptyDatabase(TestDatabase database) => this.database = database;

        public NpgsqlDataSource Owner => database.Owner;

        public static async Task<EmptyDatabase> CreateAsync(CancellationToken cancellationToken)
        {
            var empty = new EmptyDatabase(await TestDatabase.CreateAsync(cancellationToken));
            await empty.ExecuteAsync("DROP SCHEMA lofte CASCADE", cancellationToken);
            return empty;
        }

        public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
        {
            await using var command = Owner.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
        {
            await using var command = Owner.CreateCommand(sql);
            return await command.ExecuteScalarAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
