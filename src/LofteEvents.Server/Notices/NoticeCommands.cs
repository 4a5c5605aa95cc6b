using LofteEvents.Notices;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Hosting;

namespace LofteEvents.Server.Notices;

/// <summary>Says to a case what a person said, and decides again where the case changed meanwhile.</summary>
internal sealed class NoticeCommands(
    IEventStore store, Recipients recipients, Areas areas, NoticeReader reader, TimeProvider clock)
{
    private const string Source = "urn:lofte:notices";
    private const int MaxAttempts = 16;

    public static Problem NoSuchNotice(string id) =>
        Problems.NotFound($"There is no notice '{Shown(id)}' that you may see. GET /api/v1/notices lists those that you may.");

    /// <returns>The notice as it is then, or the problem to answer.</returns>
    public async Task<(NoticeAnswer? Notice, Problem? Refused)> SayAsync(
        string id, NoticeCommand command, NoticeViewer viewer, CancellationToken cancellationToken)
    {
        var stream = $"notice/{id}";
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var input = await store.LoadAsync([], [stream], cancellationToken);
            IReadOnlyList<Recorded<DomainEvent>> history = [.. input.Streams[stream].Select(EventCatalogue.ToRecorded)];
            if (NoticeReader.Overview(history) is not { } notice || !viewer.MayOpen(notice, areas))
            {
                return (null, NoSuchNotice(id));
            }

            var now = clock.GetUtcNow();
            var decision = NoticeDecisions.Decide(id, history, command, new NoticeContext(now, recipients, areas));
            if (decision.IsRefused)
            {
                return (null, Refused(decision.Refusals));
            }

            if (decision.Events.Count == 0)
            {
                return (reader.Answer(history, viewer), null);
            }

            var version = history[^1].Version;
            NewEvent[] said = [.. decision.Events.Select((each, n) => New(each, $"{id}\n{version}\n{n}", viewer.Subject, now))];
            var append = new AppendRequest([new StreamAppend(stream, version, said)]);
            if (await store.AppendAsync(append, cancellationToken) is AppendResult.Appended appended)
            {
                return (reader.Answer([.. history, .. Recorded(decision.Events, appended.Events, now)], viewer), null);
            }
        }

        return (null, Contended);
    }

    private static Problem Contended { get; } = new(
        503,
        "notice.contended",
        "The notice changes too fast",
        "Others kept changing the notice while this was decided. Nothing was stored; send it again after Retry-After.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private static NewEvent New(NoticeEvent said, string id, string actor, DateTimeOffset now)
    {
        var type = EventCatalogue.Of(said);
        return new NewEvent(
            EventId.From(Source, id), type.Name, type.Encode(said), new EventHeaders(Source, null, now, actor).ToJson());
    }

    private static IEnumerable<Recorded<DomainEvent>> Recorded(
        IReadOnlyList<NoticeEvent> said, IReadOnlyList<AppendedEvent> appended, DateTimeOffset now) =>
        said.Zip(appended, (each, place) => new Recorded<DomainEvent>(
            place.Position, place.Id, place.Stream, place.Version, each, now, place.RecordedAt));

    private static Problem Refused(IReadOnlyList<Refusal> refusals) => refusals[0].Code == "notice.unknown"
        ? Problems.NotFound(refusals[0].Sentence)
        : new Problem(409, refusals[0].Code, "A rule refuses this", refusals[0].Sentence)
        {
            Errors = [.. refusals.Select(refusal => new ProblemError("#" + refusal.Pointer, refusal.Sentence))],
        };

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
