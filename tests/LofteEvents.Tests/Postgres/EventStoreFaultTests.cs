using LofteEvents.Postgres.EventStore;
using LofteEvents.Tests.Contracts;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

public sealed class An_event_store_in_trouble : IAsyncLifetime
{
    private readonly List<NpgsqlDataSource> sources = [];
    private TestDatabase? database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestDatabase Database => database!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources)
        {
            await source.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    [Fact]
    public async Task Loses_and_doubles_nothing_when_its_connections_are_cut_again_and_again()
    {
        await using var store = Open();
        using var done = new CancellationTokenSource();
        var cutting = CutConnectionsAsync(done.Token);
        var said = Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 60).Select(_ => Said.Keyed()).ToList()).ToList();

        var told = await Task.WhenAll(said.Select(async mine =>
        {
            var positions = new Dictionary<Guid, long>();
            foreach (var each in mine)
            {
                positions.Add(each.Id, await SayUntilHeardAsync(store, Said.Request(Said.NewStream(), null, each)));
            }

            return positions;
        }));
        await done.CancelAsync();
        var cuts = await cutting;

        var log = await store.ReadAllAsync(0, long.MaxValue, Token).ToListAsync(Token);
        log.Count.ShouldBe(8 * 60);
        log.ToDictionary(stored => stored.Id, stored => stored.Position)
            .ShouldBe(told.SelectMany(positions => positions).ToDictionary(), ignoreOrder: true);
        cuts.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Says_that_a_read_only_database_is_unavailable_and_recovers_by_itself()
    {
        await using var store = Open();
        var stream = Said.NewStream();
        await store.AppendAsync(Said.Request(stream, 0, Said.Event()), Token);
        await SuperuserAsync($"ALTER DATABASE {QuoteName()} SET default_transaction_read_only = on");
        await CutAsync();

        await Eventually.BecomesAsync(
            "the store says that its database takes nothing",
            async token =>
            {
                try
                {
                    await store.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Event()), token);
                    return false;
                }
                catch (EventStoreUnavailableException away)
                {
                    return away.InnerException is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };
                }
            },
            Token);
        await SuperuserAsync($"ALTER DATABASE {QuoteName()} RESET default_transaction_read_only");
        await CutAsync();

        (await SayUntilHeardAsync(store, Said.Request(stream, 1, Said.Event()))).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Says_at_once_that_a_database_that_is_not_there_is_unavailable()
    {
        var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Database=lofte;Username=nobody;Timeout=5");
        sources.Add(nowhere);
        await using var store = new PostgresEventStore(nowhere);

        await Should.ThrowAsync<EventStoreUnavailableException>(
            () => store.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Event()), Token));
        await Should.ThrowAsync<EventStoreUnavailableException>(() => store.LoadAsync([], ["insats/1"], Token));
        await Should.ThrowAsync<EventStoreUnavailableException>(() => store.HeadAsync(Token));
        await Should.ThrowAsync<EventStoreUnavailableException>(
            async () => await store.ReadAllAsync(0, 10, Token).CountAsync(Token));
    }

    [Fact]
    public async Task Waits_behind_whoever_holds_the_writer_s_lock_and_then_goes_on_from_what_that_one_wrote()
    {
        await using var store = Open();
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
        await using var store = Open();
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

    [Fact]
    public async Task Wakes_followers_again_after_its_listening_connection_was_cut()
    {
        await using var store = Open();
        await using var other = Open();
        for (var i = 0; i < 3; i++)
        {
            var waiting = other.WaitForNewAsync(await store.HeadAsync(Token), Token);
            await CutAsync();
            var position = await SayUntilHeardAsync(store, Said.Request(Said.NewStream(), null, Said.Keyed()));

            (await waiting.WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBe(position);
        }
    }

    private static async Task<long> SayUntilHeardAsync(PostgresEventStore store, AppendRequest request)
    {
        while (true)
        {
            try
            {
                switch (await store.AppendAsync(request, Token))
                {
                    case AppendResult.Appended appended:
                        return appended.Events[0].Position;
                    case AppendResult.KeysTaken taken:
                        return taken.Keys[0].Position;
                    case var other:
                        throw new InvalidOperationException($"Neither stored nor a repeat: {other}");
                }
            }
            catch (EventStoreUnavailableException)
            {
                // What the contract asks of a caller: the same again.
            }
        }
    }

    private static async Task<NpgsqlTransaction> TakeWriterLockAsync(NpgsqlConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync(Token);
        await using var take = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection);
        take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PostgresEventStore.WriterLock });
        await take.ExecuteNonQueryAsync(Token);
        return transaction;
    }

    private PostgresEventStore Open()
    {
        var source = NpgsqlDataSource.Create(Database.ConnectionString);
        sources.Add(source);
        return new PostgresEventStore(source);
    }

    private async Task<int> CutConnectionsAsync(CancellationToken cancellationToken)
    {
        var cuts = 0;
        using var rhythm = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!cancellationToken.IsCancellationRequested)
        {
            cuts += await CutAsync();
            try
            {
                await rhythm.WaitForNextTickAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return cuts;
            }
        }

        return cuts;
    }

    private async Task<int> CutAsync()
    {
        await using var source = await SuperuserAsync();
        await using var cut = source.CreateCommand(
            """
            SELECT count(pg_terminate_backend(pid))
            FROM pg_stat_activity
            WHERE datname = $1 AND pid <> pg_backend_pid()
            """);
        cut.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Database.Name });
        return (int)(long)(await cut.ExecuteScalarAsync(Token))!;
    }

    private async Task<bool> WriterWaitsAsync(CancellationToken cancellationToken)
    {
        await using var waiting = Database.Owner.CreateCommand(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)");
        return (bool)(await waiting.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task SuperuserAsync(string sql)
    {
        await using var source = await SuperuserAsync();
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<NpgsqlDataSource> SuperuserAsync() =>
        NpgsqlDataSource.Create((await PostgresCluster.StartedAsync(Token)).Superuser.ConnectionString);

    private string QuoteName() => new NpgsqlCommandBuilder().QuoteIdentifier(Database.Name);
}
