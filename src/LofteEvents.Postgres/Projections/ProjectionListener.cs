using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// Tells <see cref="ProjectionPositions"/> what other processes' projections have committed, within milliseconds.
/// </summary>
internal sealed partial class ProjectionListener(
    NpgsqlDataSource dataSource, IReadOnlyList<string> projections, ProjectionPositions positions, TimeProvider clock,
    ILogger logger)
{
    private static readonly TimeSpan s_untilLookedAnyway = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_untilNextTry = TimeSpan.FromSeconds(1);

    /// <summary>Runs until cancelled. A lost connection is made again, and what was missed is read from the table.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
            {
                LogLost(logger, failure.Message);
            }

            await Task.Delay(s_untilNextTry, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, told) => Heard(told.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN lofte_projection", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            await LookAsync(connection, cancellationToken);
            await connection.WaitAsync(s_untilLookedAnyway, cancellationToken);
        }
    }

    private async Task LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT split_part(name, ':', 1), last_seq_id
            FROM lofte.mt_event_progression
            WHERE name = ANY ($1)
              AND last_seq_id IS NOT NULL
            """,
            connection)
        {
            Parameters = { new() { Value = projections.Select(ProjectionNames.RowOf).ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            positions.Moved(reader.GetString(0), reader.GetInt64(1));
        }
    }

    private void Heard(string payload)
    {
        var gap = payload.IndexOf(' ', StringComparison.Ordinal);
        if (gap > 0 && long.TryParse(payload.AsSpan(gap + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            positions.Moved(payload[..gap], position);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The connection that listens to projections was lost and is made again: {Reason}")]
    private static partial void LogLost(ILogger logger, string reason);
}
