using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Queue;

/// <summary>
/// Hears of work that other processes put in line. A lost connection is made again; the worker looks by itself meanwhile.
/// </summary>
internal sealed partial class WorkListener(NpgsqlDataSource dataSource, Action wake, TimeProvider clock, ILogger logger)
{
    private const string Listen = "LISTEN " + QueuedWork.Channel;

    // A connection that has died without a word is found out by a question now and then.
    private static readonly TimeSpan s_untilAsked = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_untilNextTry = TimeSpan.FromSeconds(1);

    /// <summary>Runs until cancelled.</summary>
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
                LogInterrupted(logger, failure.Message);
            }

            await Task.Delay(s_untilNextTry, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => wake();
        await using var listen = new NpgsqlCommand(Listen, connection);
        while (true)
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
            wake();
            while (await connection.WaitAsync(s_untilAsked, cancellationToken))
            {
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "The queue's notifications cannot be heard and are tried again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string reason);
}
