using LofteEvents.Postgres.EventStore;
using LofteEvents.Tests.Contracts;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

public sealed class A_writer_behind_the_lock : IAsyncLifetime
{
    private TestDatabase? database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestDatabase Database => database!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(Token);

    public async ValueTask DisposeAsync() => await Database.DisposeAsync();

    [Fact]
    public async Task Waits_behind_whoever_holds_the_writer_s_lock_and_then_goes_on_from_what_that_one_wrote()
    {
        await using var store = new PostgresEventStore(Database.App);
        var stream = Said.NewStream();
        await store.AppendAsync(Said.Request(stream, 0, Said.Event()), Token);
        await using var other = await Database.App.OpenConnectionAsync(Token);
        await using var transaction = await TakeWriterLockAsync(other);

        var waiting = store.AppendAsync(Said.Request(stream, 1, Said.Event()), Token);
        await Eventually.BecomesAsync("the writer waits for the lock", WriterWaitsAsync, Token);
        await using (var write = new NpgsqlCommand(
            """
            WITH stream AS (UPDATE lofte.mt_streams SET version = 2 WHERE id = $1)
            INSERT INTO lofte.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
            VALUES (nextval('lofte.mt_events_sequence'), gen_random_uuid(), $1, 2, '{}', 'insats.planned.v1', clock_timestamp())
            """,
            other))
        {
            write.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
            await write.ExecuteNonQueryAsync(Token);
        }

        waiting.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync(Token);

        (await waiting).ShouldBe(new AppendResult.Conflict(stream, 1, 2));
    }

    [Fact]
    public async Task Lets_a_caller_leave_while_he_waits_and_not_once_his_request_is_on_its_way()
    {
        await using var store = new PostgresEventStore(Database.App);
        await using var other = await Database.App.OpenConnectionAsync(Token);
        await using var transaction = await TakeWriterLockAsync(other);
        using var leaving = new CancellationTokenSource();
        var (sent, left) = (Said.NewStream(), Said.NewStream());
        var onItsWay = store.AppendAsync(Said.Request(sent, 0, Said.Event()), leaving.Token);
        await Eventually.BecomesAsync("the writer waits for the lock", WriterWaitsAsync, Token);
        var waiting = store.AppendAsync(Said.Request(left, 0, Said.Event()), leaving.Token);

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
        onItsWay.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync(Token);
        (await onItsWay).ShouldBeOfType<AppendResult.Appended>();
        await store.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Event()), Token);
        (await store.ReadAllAsync(0, 10, Token).Select(stored => stored.Stream).ToListAsync(Token)).ShouldNotContain(left);
    }

    private static async Task<NpgsqlTransaction> TakeWriterLockAsync(NpgsqlConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync(Token);
        await using var take = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection);
        take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PostgresEventStore.WriterLock });
        await take.ExecuteNonQueryAsync(Token);
        return transaction;
    }

    private async Task<bool> WriterWaitsAsync(CancellationToken cancellationToken)
    {
        await using var waiting = Database.Owner.CreateCommand(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)");
        return (bool)(await waiting.ExecuteScalarAsync(cancellationToken))!;
    }
}
