using LofteEvents.Postgres.Subjects;
using LofteEvents.Server.Hosting;
using Npgsql;

namespace LofteEvents.Server.Subjects;

/// <summary>
/// Before the server listens, what was forgotten is forgotten again: a crash, or a restore, may have left keys. After that, once
/// an hour: the same, who is to be forgotten by time, and what is due of the master keys' epochs.
/// </summary>
internal sealed partial class SubjectsUpkeep(
    SubjectForgetting forgetting,
    SubjectRetention retention,
    MasterKeyEpochs epochs,
    SubjectSettings settings,
    TimeProvider time,
    ILogger<SubjectsUpkeep> log)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    public Task StartingAsync(CancellationToken cancellationToken) => DestroyAgainAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, time);
        do
        {
            try
            {
                await DestroyAgainAsync(stoppingToken);
                await ForgetByTimeAsync(stoppingToken);
                var work = await epochs.UpkeepAsync(stoppingToken);
                if (work.Begun || work.Rewrapped > 0 || work.Ended.Count > 0)
                {
                    LogEpochs(work.Begun, work.Rewrapped, work.Ended.Count);
                }
            }
            catch (Exception fault) when (fault is NpgsqlException or EventStoreUnavailableException or MasterKeyException
                or IOException or UnauthorizedAccessException)
            {
                LogPutOff(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ForgetByTimeAsync(CancellationToken cancellationToken)
    {
        if (settings.Retention is not { } rules)
        {
            return;
        }

        var due = await retention.DueAsync(rules, cancellationToken);
        if (await retention.RunAsync(due, SubjectRetention.Schedule, cancellationToken) is var persons and > 0)
        {
            LogForgotten(persons);
        }

        if (due.Count(each => each.HasOpenNotice) is var waiting and > 0)
        {
            LogWaiting(waiting);
        }
    }

    private async Task DestroyAgainAsync(CancellationToken cancellationToken)
    {
        if (await forgetting.DestroyAgainAsync(cancellationToken) is var keys and > 0)
        {
            LogDestroyed(keys);
        }
    }

    [LoggerMessage(LogEvents.KeysDestroyed, LogLevel.Warning,
        "Destroyed {Keys} persons' keys that had been destroyed before: a crash or a restored backup had left them.")]
    private partial void LogDestroyed(int keys);

    [LoggerMessage(LogEvents.SubjectsForgotten, LogLevel.Information, "Forgot {Persons} persons whose retention had run out.")]
    private partial void LogForgotten(int persons);

    [LoggerMessage(LogEvents.SubjectsWaiting, LogLevel.Warning,
        "The retention of {Persons} persons has run out, but they have open notices; they wait for those to be closed.")]
    private partial void LogWaiting(int persons);

    [LoggerMessage(LogEvents.EpochsKept, LogLevel.Information,
        "Master keys: new epoch {Begun}, {Rewrapped} persons' keys rewrapped, {Ended} epochs ended.")]
    private partial void LogEpochs(bool begun, long rewrapped, int ended);

    [LoggerMessage(LogEvents.SubjectsPutOff, LogLevel.Warning, "The upkeep of persons' keys is put off to the next hour.")]
    private partial void LogPutOff(Exception fault);
}
