using LofteEvents.Postgres.Subjects;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Intake;

/// <summary>
/// What becomes of the events of one request, worked out on one reading of the store: repeats are recognised, the rest is held
/// against its schemas and decided in order, each decision seeing what those before it add.
/// </summary>
internal sealed partial class IntakePlan
{
    private readonly IReadOnlyList<Saying> sayings;
    private readonly DecisionInput input;
    private readonly IntakeContext context;
    private readonly (Numbers Numbers, bool IsRepeat)[] answers;
    private readonly Dictionary<string, StreamSoFar> streams = new(StringComparer.Ordinal);
    private readonly List<StreamAppend> parts = [];
    private readonly List<int> fresh = [];
    private readonly List<(int Repeat, int First)> repeats = [];
    private List<NewEvent> part = [];
    private int addedCount;

    private IntakePlan(IReadOnlyList<Saying> sayings, DecisionInput input, IntakeContext context)
    {
        this.sayings = sayings;
        this.input = input;
        this.context = context;
        answers = new (Numbers, bool)[sayings.Count];
    }

    /// <summary>Why nothing of the request may be stored; null where it may.</summary>
    public Problem? Refusal { get; private set; }

    /// <summary>What is to be appended, in the request's order; null where all of it is recorded already.</summary>
    public AppendRequest? Append => parts.Count > 0 ? new AppendRequest(parts) : null;

    public static IntakePlan Make(IReadOnlyList<Saying> sayings, DecisionInput input, IntakeContext context)
    {
        var plan = new IntakePlan(sayings, input, context);
        plan.Refusal = plan.FindRepeats() ?? plan.HoldAgainstSchemas() ?? plan.Decide();
        return plan;
    }

    /// <param name="appended">What the store said of <see cref="Append"/>; empty where there was nothing to append.</param>
    public IntakeAnswer Answer(IReadOnlyList<AppendedEvent> appended)
    {
        var results = new IntakeResult[sayings.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var incoming = sayings[i].Incoming;
            var (numbers, isRepeat) = answers[i];
            var (version, position) = numbers.Place is { } place
                ? (appended[place].Version, appended[place].Position)
                : (numbers.Version, numbers.Position);
            results[i] = new IntakeResult(incoming.Id, incoming.Source, incoming.Stream, version, position, isRepeat);
        }

        return new IntakeAnswer(results);
    }

    /// <summary>
    /// A key that was used before, earlier or in this very request, answers as then, if what was said is the same.
    /// </summary>
    private Problem? FindRepeats()
    {
        List<ProblemError>? reused = null;
        var first = new Dictionary<Guid, int>(sayings.Count);
        for (var i = 0; i < sayings.Count; i++)
        {
            var saying = sayings[i];
            var isTaken = input.Keys.TryGetValue(saying.Incoming.Key, out var taken);
            if (!isTaken && first.TryAdd(saying.Incoming.Key, i))
            {
                fresh.Add(i);
                continue;
            }

            var said = isTaken ? null : sayings[first[saying.Incoming.Key]];
            var before = isTaken ? taken!.Fingerprint.Span : said!.Fingerprint;
            if (!before.SequenceEqual(saying.Fingerprint) || !IsSamePart(saying, said))
            {
                (reused ??= []).Add(Reused(saying.Incoming, taken));
            }
            else if (isTaken)
            {
                answers[i] = (Numbers.Stored(taken!.Version, taken.Position), true);
            }
            else
            {
                repeats.Add((i, first[saying.Incoming.Key]));
            }
        }

        return reused is null ? null : IntakeProblems.KeyReused(reused);
    }

    private static ProblemError Reused(IncomingEvent incoming, TakenKey? taken) => new(
        incoming.PointerTo("/id"),
        taken is null
            ? $"The id '{incoming.Id}' stands twice in this batch with different content; give each event an id of its own."
            : $"The id '{incoming.Id}' of this source was used for another event ({taken.Stream}, version {taken.Version}); "
                + "if this is something new, give it a new id.");

    private Problem? HoldAgainstSchemas()
    {
        List<ProblemError>? faults = null;
        foreach (var i in fresh)
        {
            var found = sayings[i].SchemaFaults();
            if (found.Count > 0)
            {
                (faults ??= []).AddRange(found);
            }
        }

        return faults is null ? null : IntakeProblems.DoesNotFit(faults);
    }

    private Problem? Decide()
    {
        var mismatches = new List<ProblemError>();
        var refusals = new List<IntakeFault>();
        foreach (var i in fresh)
        {
            var incoming = sayings[i].Incoming;
            var stream = StreamOf(incoming.Stream);
            if (incoming.ExpectedVersion is { } expected && expected != stream.Version)
            {
                mismatches.Add(new ProblemError(
                    incoming.PointerTo("/expectedversion"),
                    $"{incoming.Stream} is at version {stream.Version}, not {expected}; read it again and decide anew."));
                continue;
            }

            Take(i, stream, refusals);
        }

        // A repeat within the request answers as the first of its key does.
        foreach (var (repeat, first) in repeats)
        {
            answers[repeat] = (answers[first].Numbers, true);
        }

        return mismatches.Count > 0 ? IntakeProblems.VersionMismatch(mismatches)
            : refusals.Count > 0 ? IntakeProblems.Refused(refusals)
            : null;
    }

    private void Take(int index, StreamSoFar stream, List<IntakeFault> refusals)
    {
        var saying = sayings[index];
        var incoming = saying.Incoming;
        if (SealingFault(saying) is { } fault)
        {
            refusals.Add(fault);
            return;
        }

        var now = incoming.RecordedTime ?? context.Now;
        var known = new DecisionContext(now, context.Areas) { SealedIsNew = IsNewPart(saying, stream) };
        var decision = StreamDecisions.Decide(stream.Name, stream.History, saying.Said, known);
        if (decision.IsRefused)
        {
            refusals.AddRange(decision.Refusals.Select(refusal => new IntakeFault(
                refusal.Code, new ProblemError(incoming.PointerTo("/data" + refusal.Pointer), refusal.Sentence))));
            return;
        }

        if (decision.Events.Count == 0)
        {
            answers[index] = (stream.WhereRecorded(saying.Said), true);
            return;
        }

        HoldKey(saying, now);
        answers[index] = (Numbers.Added(addedCount), false);
        for (var n = 0; n < decision.Events.Count; n++)
        {
            Add(saying, decision.Events[n], n, stream, now);
        }
    }

    /// <param name="n">The first event of a decision has the publisher's key; others have ids that follow from it.</param>
    private void Add(Saying saying, DomainEvent said, int n, StreamSoFar stream, DateTimeOffset now)
    {
        var incoming = saying.Incoming;
        if (parts.Count == 0 || parts[^1].Stream != stream.Name)
        {
            // Later parts of a stream follow the first, which alone is held against the version that was read.
            part = [];
            parts.Add(new StreamAppend(stream.Name, stream.Version == stream.StoredVersion ? stream.StoredVersion : null, part));
        }

        // A CloudEvents id holds no control character, so no publisher's id is the same as this.
        var id = n == 0 ? incoming.Key : EventId.From(incoming.Source, $"{incoming.Id}\n{n}");
        var isTheirs = ReferenceEquals(said, saying.Said);
        var headers = new EventHeaders(
            incoming.Source, incoming.Id, incoming.Time, context.Actor, incoming.RecordedTime is null ? null : true);
        part.Add(new NewEvent(
            id,
            EventCatalogue.Of(said).Name,
            isTheirs ? saying.Data.ToArray() : EventCatalogue.Of(said).Encode(said),
            headers.ToJson(),
            incoming.CorrelationId,
            incoming.CausationId,
            n == 0 ? saying.Fingerprint : default(ReadOnlyMemory<byte>),
            incoming.RecordedTime,
            isTheirs ? Seal(saying, id, stream) : null));
        stream.Add(id, said, incoming.Time, now, addedCount++);
    }

    private StreamSoFar StreamOf(string name)
    {
        if (!streams.TryGetValue(name, out var stream))
        {
            streams.Add(name, stream = new StreamSoFar(name, input.Streams[name]));
        }

        return stream;
    }
}

/// <param name="Actor">Who says so: the token's <c>sub</c>.</param>
/// <param name="Desk">Persons' keys; null where no event of the request may bring a sealed part.</param>
internal sealed record IntakeContext(string Actor, DateTimeOffset Now, Areas Areas, SealingDesk? Desk);
