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
        var runners = ProjectionNames.All.Select(name =>
            new ProjectionRunner(name, () => Make(name, areas), store, dataSource, positions, clock, logger));
        return Task.WhenAll(
            runners.Select(runner => runner.RunAsync(cancellationToken))
                .Append(new ProjectionListener(dataSource, ProjectionNames.All, positions, clock, logger)
                    .RunAsync(cancellationToken))
                .Append(new ProjectionLag(new ProjectionStates(dataSource), clock, logger).RunAsync(cancellationToken)));
    }

    /// <summary>A projection by its name, with nothing in memory yet.</summary>
    internal static Projection Make(string name, Areas areas) => name switch
    {
        ProjectionNames.LofteStatus => new LofteStatusInPostgres(areas),
        ProjectionNames.LofteOverview => new LofteOverviewInPostgres(),
        ProjectionNames.NoticeOverview => new NoticeOverviewInPostgres(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such projection."),
    };
}
