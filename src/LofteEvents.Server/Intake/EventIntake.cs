using LofteEvents.Postgres.Subjects;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Hosting;
using LofteEvents.Subjects;

namespace LofteEvents.Server.Intake;

/// <summary>
/// Takes events in: loads what a decision needs, decides, appends; and decides again where the stream changed meanwhile.
/// </summary>
internal sealed partial class EventIntake(
    IEventStore store, SubjectKeyRing keyRing, Areas areas, TimeProvider time, ILogger<EventIntake> log)
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
        ServerTelemetry.SetCorrelations(activity, events.Select(incoming => incoming.CorrelationId));
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
        var streams = sayings.SelectMany(StreamsOf).Distinct(StringComparer.Ordinal).ToArray();
        IDisposable? turn = null;
        try
        {
            for (var attempt = 1; attempt <= MaxAttempts; attempt++)
            {
                var input = await store.LoadAsync(keys, streams, cancellationToken);
                using var desk = await OpenDeskAsync(sayings, input, cancellationToken);
                var plan = IntakePlan.Make(sayings, input, new IntakeContext(actor, time.GetUtcNow(), areas, desk));
                if (plan.Refusal is { Code: IntakePlan.KeyMissing } && attempt == 1)
                {
                    // The person may have been forgotten between the reading of the log and of the keys.
                    continue;
                }

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
        catch (MasterKeyException fault)
        {
            LogCannotSeal(fault);
            return IntakeProblems.CannotSeal;
        }
        finally
        {
            turn?.Dispose();
        }
    }

    private static IEnumerable<string> StreamsOf(Saying saying) =>
        saying.SealedFor is { } person
            ? [saying.Incoming.Stream, Subject.StreamOf(person)]
            : [saying.Incoming.Stream];

    /// <summary>Persons' keys, where an event may bring a sealed part or repeat one that did.</summary>
    private async Task<SealingDesk?> OpenDeskAsync(
        IReadOnlyList<Saying> sayings, DecisionInput input, CancellationToken cancellationToken)
    {
        var sealable = sayings.Where(saying => saying.Incoming.Type.MayBeSealed).ToList();
        if (sealable.Count == 0)
        {
            return null;
        }

        var earlier = sealable.Select(saying => saying.Incoming.Stream).Distinct(StringComparer.Ordinal)
            .SelectMany(stream => input.Streams[stream])
            .Where(stored => EventCatalogue.TryFind(stored.Type, out var type) && type.MayBeSealed)
            .Select(stored => stored.Id);
        return await keyRing.OpenDeskAsync(
            [.. sealable.Select(saying => saying.SealedFor).OfType<Guid>().Distinct()],
            [.. sealable.Select(saying => saying.Incoming.Key).Concat(earlier).Distinct()],
            cancellationToken);
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

    [LoggerMessage(LogEvents.CannotSeal, LogLevel.Error, "Personal data cannot be sealed, so events with it are refused.")]
    private partial void LogCannotSeal(Exception fault);

    [LoggerMessage(LogEvents.DecidedAgain, LogLevel.Debug, "{Stream} changed meanwhile; deciding again after attempt {Attempt}.")]
    private partial void LogAgain(string stream, int attempt);
}
