using LofteEvents.Log;

namespace LofteEvents.Postgres.Sealing;

/// <summary>How this process's sealer stands, for health checks and for whoever waits for a checkpoint.</summary>
public sealed class SealerStatus
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SealerSnapshot _now = new(SealerPhase.Off, null, 0, 0, null, null);

    public SealerSnapshot Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>Completes when the condition holds.</summary>
    public async Task<SealerSnapshot> WhenAsync(Func<SealerSnapshot, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            SealerSnapshot now;
            Task next;
            lock (_gate)
            {
                (now, next) = (_now, _next.Task);
            }

            if (condition(now))
            {
                return now;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    internal void Become(Func<SealerSnapshot, SealerSnapshot> change)
    {
        TaskCompletionSource reached;
        lock (_gate)
        {
            _now = change(_now);
            reached = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        reached.SetResult();
    }
}

/// <param name="Checkpoint">The newest that this process sealed or found sealed.</param>
/// <param name="Position">Of the last event below it.</param>
/// <param name="Walks">How often this process has read everything that is sealed anew, and found it whole.</param>
/// <param name="WaitingSince">Since when an event waits for a checkpoint; null while none does.</param>
public sealed record SealerSnapshot(
    SealerPhase Phase, Checkpoint? Checkpoint, long Position, long Walks, DateTimeOffset? WaitingSince, SealerAlarm? Alarm);

public enum SealerPhase
{
    /// <summary>This process seals nothing.</summary>
    Off,

    /// <summary>Another process has the sealer's lock.</summary>
    Standby,

    /// <summary>It seals what comes.</summary>
    Sealing,

    /// <summary>It found something wrong and signs nothing more.</summary>
    Stopped,
}
