#if CRITTERSTACK
using LofteEvents.CritterStack;
using LofteEvents.Loften;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;
using LofteEvents.Tests.Contracts;
using LofteEvents.Tests.Postgres;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LofteEvents.Tests.CritterStack;

/// <summary>Marten's daemon, with the core's functions, keeps the contract of every engine's projections.</summary>
public sealed class The_projections_on_Marten : ProjectionContract, IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _opened = [];
    private TestDatabase? _database;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The runner did not initialise the class.");

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    protected override async Task<IEventStore> OpenAsync(CancellationToken cancellationToken)
    {
        await MartenHosting.ApplySchemaAsync(Database.Owner, Sample.Areas, Token);
        var marten = DocumentStore.For(options => LofteMarten.Configure(options, Database.App, Sample.Areas));
        var store = new MartenEventStore(marten, Database.App);
        _opened.Add(store);
        _opened.Add(marten);
        return store;
    }

    // Marten stores no type that it does not know; the rows of a newer program are the default engine's to write.
    protected override async Task AppendAsNewerProgramAsync(
        IEventStore store, AppendRequest request, CancellationToken cancellationToken)
    {
        await using var newer = new PostgresEventStore(Database.App);
        await newer.AppendAsync(request, cancellationToken);
    }

    protected override IAsyncDisposable StartProjections(IEventStore store) => new MartenProcess(Database);

    protected override Task<LofteStatus?> ReadStatusAsync(string id, CancellationToken cancellationToken) =>
        ProjectionDatabase.ReadAsync(
            Database.App, "SELECT data FROM lofte.mt_doc_loftestatus WHERE id = $1", id, LofteJson.Default.LofteStatus,
            cancellationToken);

    protected override Task<LofteOverview?> ReadOverviewAsync(string id, CancellationToken cancellationToken) =>
        ProjectionDatabase.ReadAsync(
            Database.App, "SELECT data FROM lofte.mt_doc_lofteoverview WHERE id = $1", id, LofteJson.Default.LofteOverview,
            cancellationToken);

    protected override async Task<long> PositionAsync(string projection, CancellationToken cancellationToken) =>
        (await StateAsync(projection, cancellationToken)).Position;

    protected override async Task<(long Position, string Type, string Reason)?> StopAsync(
        string projection, CancellationToken cancellationToken) =>
        (await StateAsync(projection, cancellationToken)).Stop is { } stop ? (stop.Position, stop.Type, stop.Reason) : null;

    private async Task<ProjectionState> StateAsync(string projection, CancellationToken cancellationToken) =>
        (await new ProjectionStates(Database.App).ReadAsync(cancellationToken)).Single(state => state.Name == projection);

    /// <summary>A process as the server runs it: a host with Marten's store and daemon.</summary>
    private sealed class MartenProcess : IAsyncDisposable
    {
        private readonly IHost _host;
        private readonly Task _starting;
        private bool _isGone;

        public MartenProcess(TestDatabase database)
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Logging.SetMinimumLevel(LogLevel.None);
            builder.Services.AddLofteMarten(database.App, Sample.Areas);
            _host = builder.Build();
            _starting = _host.StartAsync(Token);
        }

        public async ValueTask DisposeAsync()
        {
            if (_isGone)
            {
                return;
            }

            _isGone = true;
            await _starting;
            await _host.StopAsync(CancellationToken.None);
            _host.Dispose();
        }
    }
}
#endif
