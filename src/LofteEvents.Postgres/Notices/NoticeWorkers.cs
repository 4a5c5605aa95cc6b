using LofteEvents.Notices;
using LofteEvents.Postgres.Queue;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Notices;

/// <summary>Sends a word without content that there is something to look at.</summary>
/// <param name="id">The same however often it is sent.</param>
/// <returns>Null when it is sent; otherwise why not, to be tried again.</returns>
public delegate Task<string?> SendNudge(string address, Guid id, CancellationToken cancellationToken);

/// <summary>
/// What a process runs so that whoever must be told is told: the policy, which follows the log in one process, and workers, in
/// any number of them.
/// </summary>
/// <param name="nudge">Null where this deployment sends no e-mail.</param>
public sealed class NoticeWorkers(
    NpgsqlDataSource dataSource,
    IEventStore store,
    Recipients recipients,
    Areas areas,
    IReadOnlyList<INoticeChannel> channels,
    SendNudge? nudge,
    WorkerOptions options,
    TimeProvider clock,
    ILoggerFactory loggers)
{
    private readonly NoticeRecords _records = new(store, recipients, areas, clock);

    /// <summary>Runs until cancelled; what is being sent then is brought to its end.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var handler = new NoticeWorkHandler(
            _records, recipients, areas, channels, nudge, loggers.CreateLogger<NoticeWorkHandler>());
        var worker = new Worker(dataSource, handler.HandleAsync, options, clock, loggers.CreateLogger<Worker>());
        var follower = new NoticeFollower(store, dataSource, worker.Wake, clock, loggers.CreateLogger<NoticeFollower>());
        return Task.WhenAll(follower.RunAsync(cancellationToken), worker.RunAsync(cancellationToken));
    }

    /// <summary>Says to a case what a receipt says that came later than the attempt. Said again it changes nothing.</summary>
    /// <param name="reason">Null when it was received; otherwise why it was not, and the case goes on to its next
    /// channel.</param>
    public Task ReceiveAsync(
        string notice, Guid attempt, string channel, string? reason, CancellationToken cancellationToken) =>
        _records.SayAsync(
            notice,
            reason is null ? new RecordDelivered(attempt, channel, "receipt") : new RecordFailed(attempt, channel, reason),
            $"{notice}/receipt/{attempt}",
            read: null,
            cancellationToken);
}
