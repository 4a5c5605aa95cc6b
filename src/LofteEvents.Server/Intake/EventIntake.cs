using LofteEvents.Server.Errors;
using LofteEvents.Server.Hosting;

namespace LofteEvents.Server.Intake;

/// <summary>
/// Takes events in: loads what a decision needs, decides, appends; and decides again where the stream changed meanwhile.
/// </summary>
internal sealed partial class EventIntake(IEventStore store, Areas areas, TimeProvider time, ILogger<EventIntake> log)
{
    /// <summary>So often a request is decided before its caller is asked to come back.</summary>
    private const int MaxAttempts = 16;

    private readonly ContendedStreams contended = new();

    /// <returns>An <see cref="IntakeAnswer"/> or a <see cref="Problem"/>; with a problem, nothing is stored.</returns>
    public async Task<IResult> TakeAsync(IReadOnlyList<IncomingEvent> events, string actor, CancellationToken cancellationToken)
    {
        var sayings = events.Select(incoming => new Saying(incoming)).ToArray();
        var keys = events.Select(incoming => incoming.Key).Distinct().ToArray();
        var streams = events.Select(incoming => incoming.Stream).Distinct(StringComparer.Ordinal).ToArray();
        IDisposable? turn = null;
        try
        {
            for (var attempt = 1; attempt <= MaxAttempts; attempt++)
            {
                var input = await store.LoadAsync(keys, streams, cancellationToken);
                var plan = IntakePlan.Make(sayings, input, new IntakeContext(actor, time.GetUtcNow(), areas));
                if (plan.Refusal is { } refusal)
                {
                    LogRefused(refusal.Status, refusal.Code, events.Count);
                    return refusal;
                }

                if (plan.Append is not { } append)
                {
                    return plan.Answer([]);
                }

                switch (await store.AppendAsync(append, cancellationToken))
                {
                    case AppendResult.Appended appended:
                        LogTaken(events.Count, appended.Events[^1].Position);
                        return plan.Answer(appended.Events);
                    case AppendResult.RecordedTimeRefused refused:
                        return IntakeProblems.RecordedTimeRefused(refused);
                    case AppendResult.Conflict conflict:
                        LogAgain(conflict.Stream, attempt);
                        turn?.Dispose();
                        turn = null;
                        turn = await contended.WaitForTurnAsync(conflict.Stream, cancellationToken);
                        break;
                    case AppendResult.KeysTaken:
                        // The same events came twice at once: the next reading knows them as repeats.
                        break;
                }
            }

            return IntakeProblems.Contended;
        }
        finally
        {
            turn?.Dispose();
        }
    }

    [LoggerMessage(LogEvents.EventsAccepted, LogLevel.Debug, "Took {Events} events, up to position {Position}.")]
    private partial void LogTaken(int events, long position);

    [LoggerMessage(LogEvents.EventsRefused, LogLevel.Debug, "Refused a request of {Events} events with {Status} {Code}.")]
    private partial void LogRefused(int status, string code, int events);

    [LoggerMessage(LogEvents.DecidedAgain, LogLevel.Debug, "{Stream} changed meanwhile; deciding again after attempt {Attempt}.")]
    private partial void LogAgain(string stream, int attempt);
}
