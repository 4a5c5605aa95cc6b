using System.Threading.Channels;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using LofteEvents.Postgres.Projections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace LofteEvents.CritterStack;

/// <summary>
/// Tells what the default engine's runners tell of themselves: every process how far a projection is, and the operator which
/// event has stopped it, and why, in <c>projection_stop</c>. Marten's own row says neither of an event whose type it does not
/// know.
/// </summary>
internal sealed partial class MartenProgress(
    IProjectionCoordinator coordinator, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<MartenProgress> logger)
    : BackgroundService, IObserver<ShardState>
{
    private const int StatesWaiting = 1024;

    // What is dropped under pressure are positions, and the next one says more.
    private readonly Channel<ShardState> _states = Channel.CreateBounded<ShardState>(
        new BoundedChannelOptions(StatesWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    public void OnNext(ShardState value) => _states.Writer.TryWrite(value);

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = coordinator.DaemonForMainDatabase().Tracker.Subscribe(this);
        await foreach (var state in _states.Reader.ReadAllAsync(stoppingToken))
        {
            if (ProjectionNames.All.FirstOrDefault(name => ProjectionNames.RowOf(name) == state.ShardName) is not { } name)
            {
                continue;
            }

            try
            {
                await TellAsync(name, state, stoppingToken);
            }
            catch (NpgsqlException away)
            {
                // The next state is told again; the positions themselves lie in the table.
                LogUntold(logger, name, away.Message);
            }
        }
    }

    private async Task TellAsync(string name, ShardState state, CancellationToken cancellationToken)
    {
        await using var connection = await OwnTables.OpenAsync(dataSource, cancellationToken);
        if (state.Action is ShardAction.Updated)
        {
            await MartenStops.MovedAsync(connection, name, state.Sequence, cancellationToken);
        }
        else if (state is { Action: ShardAction.Paused, Exception: { } failure }
            && await MartenStops.FindAsync(connection, name, failure, clock.GetUtcNow(), cancellationToken) is { } stop)
        {
            await MartenStops.WriteAsync(connection, stop, cancellationToken);
            LogStopped(logger, name, stop.Position, stop.EventId, stop.Type, stop.Reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "How far projection {Projection} is could not be told: {Reason}")]
    private static partial void LogUntold(ILogger logger, string projection, string reason);

    [LoggerMessage(
        LogLevel.Error,
        "Projection {Projection} stopped at position {Position}, event {EventId} of type {Type}: {Reason} "
        + "It goes on when a program that can apply the event is started.")]
    private static partial void LogStopped(
        ILogger logger, string projection, long position, Guid eventId, string type, string reason);
}
