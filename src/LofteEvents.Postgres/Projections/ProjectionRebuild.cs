using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// Builds a projection anew in tables beside the live ones, while the live ones go on, and swaps them when it has caught up.
/// The process that runs the projection does it, so nothing else writes at the swap. After a crash it begins again; the live
/// tables never notice.
/// </summary>
internal sealed partial class ProjectionRebuild(
    string name, Func<Projection> make, IEventStore store, NpgsqlDataSource dataSource, TimeProvider clock, ILogger logger)
    : IAsyncDisposable
{
    // Large pages: nobody waits for a rebuild's single events, and every page writes each promise that it touched once.
    private const int PageEvents = 5_000;

    private readonly CancellationTokenSource _ended = new();
    private ProjectionLock? _beside;
    private CatchUp? _copy;
    private Task<ProjectionStop?>? _running;

    public static async Task<bool> IsRequestedAsync(NpgsqlDataSource dataSource, string name, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT true FROM lofte.projection_rebuild WHERE name = $1");
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>
    /// Whether one goes on and has caught up with the log, so that <see cref="LookAsync"/> would end it now.
    /// </summary>
    public bool HasCaughtUp => _running is { IsCompleted: true };

    /// <summary>Begins a rebuild that was asked for, lets a running one go on, and swaps when it has caught up with the
    /// log.</summary>
    /// <param name="livePosition">Where the live tables are; nothing moves them while this runs.</param>
    /// <param name="mustWait">The live projection cannot go on: wait for the rebuild, should there be one.</param>
    /// <returns>True when the tables were swapped.</returns>
    public async Task<bool> LookAsync(long livePosition, bool mustWait, CancellationToken cancellationToken)
    {
        if (!await BeginIfAskedAsync(cancellationToken))
        {
            return false;
        }

        if (!mustWait && _running is { IsCompleted: false })
        {
            return false;
        }

        return await FinishAsync(livePosition, cancellationToken);
    }

    /// <returns>Whether one goes on.</returns>
    public async Task<bool> BeginIfAskedAsync(CancellationToken cancellationToken)
    {
        if (_running is null && await IsRequestedAsync(dataSource, name, cancellationToken))
        {
            await BeginAsync(cancellationToken);
        }

        return _running is not null;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await LeaveAsync();
        _ended.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _beside = await ProjectionLock.TryTakeAsync(dataSource, name + ".rebuild", ProjectionLock.Beside, cancellationToken)
            ?? throw new NpgsqlException($"Another session is still rebuilding {name}.");
        await using (var begin = new NpgsqlCommand("SELECT lofte.projection_rebuild_begin($1)", _beside.Connection))
        {
            begin.Parameters.Add(new() { Value = name });
            await begin.ExecuteNonQueryAsync(cancellationToken);
        }

        _copy = new CatchUp(make(), store, _beside.Connection, PageEvents, _ => { }, clock, logger);
        await _copy.BeginAsync(cancellationToken);
        LogBegun(logger, name);
        _running = _copy.RunAsync(_ended.Token);
    }

    private async Task<bool> FinishAsync(long livePosition, CancellationToken cancellationToken)
    {
        try
        {
            var stop = await _running!.WaitAsync(cancellationToken);

            // What came while it caught up; the live projection stands still meanwhile, so this ends at or after it.
            stop ??= await _copy!.RunAsync(cancellationToken);
            if (stop is null)
            {
                await SwapAsync(livePosition, cancellationToken);
                LogSwapped(logger, name, _copy!.Position);
                return true;
            }

            LogStopped(logger, name, stop.Position, stop.EventId, stop.Type, stop.Reason);
            await GiveUpAsync(cancellationToken);
            return false;
        }
        finally
        {
            await LeaveAsync();
        }
    }

    private async Task SwapAsync(long livePosition, CancellationToken cancellationToken)
    {
        await using var swap = new NpgsqlCommand("SELECT lofte.projection_rebuild_swap($1, $2, $3)", _beside!.Connection);
        swap.Parameters.Add(new() { Value = name });
        swap.Parameters.Add(new() { Value = livePosition });
        swap.Parameters.Add(new() { Value = _copy!.Position });
        await swap.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A rebuild that met an event it cannot apply is over; where and why stays to be read until the next one is asked
    /// for.</summary>
    private async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("DELETE FROM lofte.projection_rebuild WHERE name = $1");
        command.Parameters.Add(new() { Value = name });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task LeaveAsync()
    {
        if (_running is { IsCompleted: false } running)
        {
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _running = null;
        _copy = null;
        if (_beside is { } beside)
        {
            _beside = null;
            await beside.DisposeAsync();
        }
    }

    [LoggerMessage(LogLevel.Information, "Projection {Projection} is built anew beside the live one.")]
    private static partial void LogBegun(ILogger logger, string projection);

    [LoggerMessage(
        LogLevel.Information, "Projection {Projection} was built anew up to position {Position} and is now the live one.")]
    private static partial void LogSwapped(ILogger logger, string projection, long position);

    [LoggerMessage(
        LogLevel.Error,
        "The rebuild of projection {Projection} stopped at position {Position}, event {EventId} of type {Type}: {Reason} "
        + "The live one is as it was.")]
    private static partial void LogStopped(
        ILogger logger, string projection, long position, Guid eventId, string type, string reason);
}
