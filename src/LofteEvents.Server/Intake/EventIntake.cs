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

    private static readonly AppendResult NothingToAppend = new AppendResult.Appended([]);

    private readonly ContendedStreams contended = new();

    /// <returns>An <see cref="IntakeAnswer"/> or a <see cref="Problem"/>; with a problem, nothing is stored.</returns>
    public async Task<IResult> TakeAsync(IReadOnlyList<IncomingEvent> events, string actor, CancellationToken cancellationToken)
    {
        using var activity = ServerTelemetry.Activities.StartActivity("lofte.intake");
        activity?.SetTag("lofte.events", events.Count);
        var result = await TakeOrRefuseAsync(events, actor, cancellationToken);
        if (result is Problem problem)
        {
            activity?.SetTag("lofte.code", problem.Code);
            ServerTelemetry.RequestsRefused.Add(1, new KeyValuePair<string, object?>("code", problem.Code));
            LogRefused(problem.Status, problem.Code, events.Count);
        }

        return result;
    }

    private async Task<IResult> TakeOrRefuseAsync(
        IReadOnlyList<IncomingEvent> events, string actor, CancellationToken cancellationToken)
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
                    return refusal;
                }

                switch (plan.Append is { } append ? await store.AppendAsync(append, cancellationToken) : NothingToAppend)
                {
                    case AppendResult.Appended appended:
                        return Answer(plan, appended.Events, events.Count);
                    case AppendResult.RecordedTimeRefused refused:
                        return IntakeProblems.RecordedTimeRefused(refused);
                    case AppendResult.Conflict conflict:
                        LogAgain(conflict.Stream, attempt);
                        ServerTelemetry.DecidedAgain.Add(1);
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

    private IntakeAnswer Answer(IntakePlan plan, IReadOnlyList<AppendedEvent> appended, int asked)
    {
        var answer = plan.Answer(appended);
        var repeats = answer.Results.Count(result => result.Duplicate);
        ServerTelemetry.EventsTaken.Add(asked - repeats);
        ServerTelemetry.EventsRepeated.Add(repeats);
        LogTaken(asked - repeats, repeats);
        return answer;
    }

    [LoggerMessage(LogEvents.EventsAccepted, LogLevel.Debug, "Took {Events} events, beside {Repeats} repeats.")]
    private partial void LogTaken(int events, int repeats);

    [LoggerMessage(LogEvents.EventsRefused, LogLevel.Debug, "Refused a request of {Events} events with {Status} {Code}.")]
    private partial void LogRefused(int status, string code, int events);

    [LoggerMessage(LogEvents.DecidedAgain, LogLevel.Debug, "{Stream} changed meanwhile; deciding again after attempt {Attempt}.")]
    private partial void LogAgain(string stream, int attempt);
}
