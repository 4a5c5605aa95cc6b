using LofteEvents.Postgres.EventStore;
using LofteEvents.Tests.Contracts;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

/// <summary>
/// Recorded history can be neither changed nor removed: not by the server's role, and by no ordinary statement of any other.
/// </summary>
public sealed class Recorded_history(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    // Each would reach a row, so that not only an empty statement is tried.
    public static TheoryData<string> Changes { get; } =
    [
        """UPDATE lofte.mt_events SET data = '{"changed":true}'""",
        "UPDATE lofte.mt_events SET timestamp = timestamp - interval '1 microsecond'",
        "UPDATE lofte.mt_events SET is_archived = true",
        "DELETE FROM lofte.mt_events",
        "TRUNCATE lofte.mt_events",
        "DELETE FROM lofte.mt_streams",
        "TRUNCATE lofte.mt_streams CASCADE",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var store = new PostgresEventStore(fixture.Database.App);
        await store.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Events(2)), Token);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Is_beyond_the_rights_of_the_server(string change)
    {
        var before = await HistoryAsync();

        var refused = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(fixture.Database.ConnectionString, change));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await HistoryAsync()).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Is_defended_by_triggers_against_the_tables_owner(string change)
    {
        var before = await HistoryAsync();

        var refused = await Should.ThrowAsync<PostgresException>(
            () => ExecuteAsync(fixture.Database.OwnerConnectionString, change));

        refused.SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);
        refused.MessageText.ShouldContain("recorded history is never changed or removed");
        refused.Hint.ShouldNotBeNull();
        (await HistoryAsync()).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Is_defended_against_the_superuser_too_also_in_a_replica_s_session(string change)
    {
        var cluster = await PostgresCluster.StartedAsync(Token);
        var superuser = new NpgsqlConnectionStringBuilder(cluster.Superuser.ConnectionString)
        {
            Database = fixture.Database.Name,
            Options = "-c session_replication_role=replica",
        };
        var before = await HistoryAsync();

        var refused = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(superuser.ConnectionString, change));

        refused.SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);
        (await HistoryAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Is_read_by_an_auditor_who_can_write_nothing_and_from_whom_no_policy_hides_a_row()
    {
        await using var connection = await fixture.Database.Owner.OpenConnectionAsync(Token);
        await ExecuteAsync(connection, "GRANT lofte_auditor TO lofte_owner");
        await ExecuteAsync(connection, "SET ROLE lofte_auditor");
        await using (var count = new NpgsqlCommand("SELECT count(*) FROM lofte.mt_events", connection))
        {
            (await count.ExecuteScalarAsync(Token)).ShouldBeOfType<long>().ShouldBeGreaterThan(0);
        }

        var refused = await Should.ThrowAsync<PostgresException>(
            () => ExecuteAsync(connection, "UPDATE lofte.mt_streams SET version = version"));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        await using var setting = fixture.Database.Owner.CreateCommand(
            "SELECT 'row_security=off' = ANY (rolconfig) FROM pg_roles WHERE rolname = 'lofte_auditor'");
        (await setting.ExecuteScalarAsync(Token)).ShouldBe(true);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(Token);
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private async Task<object?> HistoryAsync()
    {
        await using var command = fixture.Database.Owner.CreateCommand(
            "SELECT md5(string_agg(e::text, '|' ORDER BY e.seq_id)) FROM lofte.mt_events AS e");
        return await command.ExecuteScalarAsync(Token);
    }
}
