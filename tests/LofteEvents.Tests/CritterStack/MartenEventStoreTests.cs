#if CRITTERSTACK
using LofteEvents.CritterStack;
using LofteEvents.Tests.Contracts;
using LofteEvents.Tests.Postgres;
using Marten;
using Npgsql;

namespace LofteEvents.Tests.CritterStack;

/// <summary>The engine on Marten keeps the contract of every event store, on a database that the default engine made.</summary>
public sealed class The_Marten_event_store(DatabaseFixture fixture) : EventStoreContract, IClassFixture<DatabaseFixture>
{
    private readonly List<IAsyncDisposable> _opened = [];

    protected override NpgsqlDataSource Rows => fixture.Database.App;

    public override async ValueTask InitializeAsync() =>
        await MartenHosting.ApplySchemaAsync(
            fixture.Database.Owner, Sample.Areas, TestContext.Current.CancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }
    }

    protected override IEventStore Open(int queueCapacity)
    {
        var source = NpgsqlDataSource.Create(fixture.Database.ConnectionString);
        var marten = DocumentStore.For(options => LofteMarten.Configure(options, source, Sample.Areas));
        _opened.Add(marten);
        _opened.Add(source);
        return new MartenEventStore(marten, source, Math.Min(queueCapacity, 16));
    }
}
#endif
