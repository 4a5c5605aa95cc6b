using LofteEvents.Postgres.Projections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace LofteEvents.CritterStack;

/// <summary>
/// Builds projections anew when that is asked for. Marten's own rebuild empties the live tables first; readers would see it. So
/// the default engine's rebuild fills tables beside them, and Marten's agents of this process stand still only while the tables
/// are swapped.
/// </summary>
internal sealed partial class MartenRebuilds(
    IProjectionCoordinator coordinator, IEventStore store, NpgsqlDataSource dataSource, Areas areas, TimeProvider clock,
    ILogger<MartenRebuilds> logger) : BackgroundService
{
    private static readonly TimeSpan s_untilNextLook = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rebuilds = ProjectionNames.All.ToDictionary(
            name => name,
            name => new ProjectionRebuild(
                name, () => ProjectionSet.Make(name, areas), store, dataSource, clock, logger));
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                foreach (var (name, rebuild) in rebuilds)
                {
                    await LookAsync(name, rebuild, stoppingToken);
                }

                await Task.Delay(s_untilNextLook, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            foreach (var rebuild in rebuilds.Values)
            {
                await rebuild.DisposeAsync();
            }
        }
    }

    private async Task LookAsync(string name, ProjectionRebuild rebuild, CancellationToken cancellationToken)
    {
        try
        {
            // Of several processes the one that runs the projection builds it, so that nothing else writes at the swap.
            if (RunsHere(name) && await rebuild.BeginIfAskedAsync(cancellationToken) && rebuild.HasCaughtUp)
            {
                await SwapAsync(name, rebuild, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops; the rebuild begins again in another.
        }
        catch (NpgsqlException away)
        {
            LogInterrupted(logger, name, away.Message);
        }
    }

    private async Task SwapAsync(string name, ProjectionRebuild rebuild, CancellationToken cancellationToken)
    {
        await coordinator.PauseAsync();
        try
        {
            await rebuild.LookAsync(await PositionAsync(name, cancellationToken), mustWait: true, cancellationToken);
        }
        finally
        {
            await coordinator.ResumeAsync();
        }
    }

    private bool RunsHere(string name) =>
        coordinator.DaemonForMainDatabase().CurrentAgents().Any(agent => agent.Name.Identity == ProjectionNames.RowOf(name));

    private async Task<long> PositionAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT last_seq_id FROM lofte.mt_event_progression WHERE name = $1");
        command.Parameters.Add(new() { Value = ProjectionNames.RowOf(name) });
        return await command.ExecuteScalarAsync(cancellationToken) is long position ? position : 0;
    }

    [LoggerMessage(LogLevel.Warning, "The rebuild of projection {Projection} was interrupted and tries again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string projection, string reason);
}
