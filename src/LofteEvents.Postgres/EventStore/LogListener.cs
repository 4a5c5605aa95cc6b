using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// Carries the commits of other processes to <see cref="LogSignal"/>: one connection that listens, from the first wait on,
/// and polling behind it for as long as somebody waits, so that a lost notification or connection delays but never stops a
/// follower.
/// </summary>
internal sealed partial class LogListener : IAsyncDisposable
{
    /// <summary>The channel that <c>lofte.append_at_once</c> notifies; the payload is the newest position.</summary>
    public const string Channel = "lofte_events";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    // A connection that has died without a word is found out by a question now and then.
    private static readonly TimeSpan ListenCheckInterval = TimeSpan.FromSeconds(30);

    private readonly NpgsqlDataSource dataSource;
    private readonly LogSignal signal;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private Task? listening;
    private Task? polling;
    private bool isPolling;
    private int waiting;

    public LogListener(NpgsqlDataSource dataSource, LogSignal signal, TimeProvider time, ILogger logger)
    {
        this.dataSource = dataSource;
        this.signal = signal;
        this.time = time;
        this.logger = logger;
    }

    public async Task<long> WaitForNewAsync(long afterPosition, CancellationToken cancellationToken)
    {
        if (signal.Head > afterPosition)
        {
            return signal.Head;
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        Enter();
        try
        {
            while (true)
            {
                var next = signal.Next;
                if (signal.Head > afterPosition)
                {
                    return signal.Head;
                }

                await next.WaitAsync(both.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(PostgresEventStore));
        }
        finally
        {
            Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        Task[] left;
        lock (gate)
        {
            left = [listening ?? Task.CompletedTask, polling ?? Task.CompletedTask];
        }

        await Task.WhenAll(left);
        stopping.Dispose();
    }

    private void Enter()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping.IsCancellationRequested, typeof(PostgresEventStore));
            listening ??= Task.Run(() => ListenAsync(stopping.Token));
            waiting++;
            if (!isPolling)
            {
                isPolling = true;
                polling = Task.Run(() => PollAsync(stopping.Token));
            }
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            waiting--;
        }
    }

    // The loop ends itself in the same breath in which it sees that nobody waits, so there is never none or two of it while
    // somebody does.
    private bool GoesOnPolling()
    {
        lock (gate)
        {
            return isPolling = waiting > 0;
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        while (GoesOnPolling())
        {
            try
            {
                await using (var connection = await dataSource.OpenConnectionAsync(cancellationToken))
                {
                    await AdvanceToHeadAsync(connection, cancellationToken);
                }
            }
            catch (Exception exception) when (DatabaseFault.IsUnavailability(exception))
            {
                LogUnavailable(exception.Message);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(cancellationToken);
            }
            catch (Exception exception) when (DatabaseFault.IsUnavailability(exception))
            {
                LogUnavailable(exception.Message);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenOnceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) =>
        {
            if (long.TryParse(notification.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                signal.Advance(position);
            }
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        LogListening();
        while (true)
        {
            // Also right after LISTEN: what was committed before it is not notified.
            await AdvanceToHeadAsync(connection, cancellationToken);
            while (await connection.WaitAsync(ListenCheckInterval, cancellationToken))
            {
            }
        }
    }

    private async Task AdvanceToHeadAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        signal.Advance(await LogReader.HeadAsync(connection, cancellationToken));

    [LoggerMessage(LogLevel.Debug, "Listening for new events")]
    private partial void LogListening();

    [LoggerMessage(LogLevel.Warning, "Cannot follow the log at the moment: {Reason}")]
    private partial void LogUnavailable(string reason);
}
