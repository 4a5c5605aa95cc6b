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
