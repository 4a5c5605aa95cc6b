using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>Runs every projection of the product for as long as a process lives, and hears of those that other processes
/// run.</summary>
public sealed class ProjectionSet(
    NpgsqlDataSource dataSource,
    IEventStore store,
    Areas areas,
    ProjectionPositions positions,
    TimeProvider clock,
    ILoggerFactory loggers)
{
    /// <summary>Runs until cancelled. One projection that stops does not stop the others.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger<ProjectionSet>();
        ProjectionRunner Runner(string name, Func<Projection> make) =>
            new(name, make, store, dataSource, positions, clock, logger);
        return Task.WhenAll(
            new ProjectionListener(dataSource, ProjectionNames.All, positions, clock, logger).RunAsync(cancellationToken),
            Runner(ProjectionNames.LofteStatus, () => new LofteStatusInPostgres(areas)).RunAsync(cancellationToken),
            Runner(ProjectionNames.LofteOverview, () => new LofteOverviewInPostgres()).RunAsync(cancellationToken),
            Runner(ProjectionNames.NoticeOverview, () => new NoticeOverviewInPostgres()).RunAsync(cancellationToken));
    }
}
