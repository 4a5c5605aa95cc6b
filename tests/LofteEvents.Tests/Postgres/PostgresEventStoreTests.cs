using LofteEvents.Postgres.EventStore;
using LofteEvents.Tests.Contracts;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

/// <summary>The default engine keeps the contract of every event store.</summary>
public sealed class The_PostgreSQL_event_store(DatabaseFixture fixture) : EventStoreContract, IClassFixture<DatabaseFixture>
{
    private readonly List<NpgsqlDataSource> sources = [];

    protected override NpgsqlDataSource Rows => fixture.Database.App;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var source in sources)
        {
            await source.DisposeAsync();
        }
    }

    protected override IEventStore Open(int queueCapacity)
    {
        var source = NpgsqlDataSource.Create(fixture.Database.ConnectionString);
        sources.Add(source);
        return new PostgresEventStore(source, queueCapacity: queueCapacity);
    }
}
