using LofteEvents.Insatser;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Server.Errors;
using LofteEvents.Subjects;

namespace LofteEvents.Server.Intake;

/// <summary>
/// Personal data on its way in. The ciphertext is bound to the event's version, which is known here because every request holds
/// its streams to the versions that were read: where one changed, the append is refused, and all is decided and sealed again.
/// The person's stream is held likewise, so that nothing is sealed for somebody who is being forgotten.
/// </summary>
internal sealed partial class IntakePlan
{
    /// <summary>The log says that a person's key is kept, and it is not there.</summary>
    public const string KeyMissing = "subject.key-missing";

    private readonly HashSet<Guid> heldSubjects = [];
    private readonly Dictionary<Guid, byte[]> sealedHere = [];

    private SealingDesk Desk => context.Desk
        ?? throw new InvalidOperationException("A request with events that may be sealed is planned with a desk.");

    /// <summary>Whether a repeat brings the part that its first brought; what nobody can tell any more passes.</summary>
    private bool IsSamePart(Saying saying, Saying? first) =>
        !saying.Incoming.Type.MayBeSealed
        || (first is null
            ? Desk.IsPartOf(saying.Incoming.Key, saying.Sealed) is not false
            : saying.Sealed.AsSpan().SequenceEqual(first.Sealed));

    /// <summary>Why nothing may be sealed for the person; null where it may, or nothing is to be sealed.</summary>
    private IntakeFault? SealingFault(Saying saying)
    {
        if (saying.Sealed is null)
        {
            return null;
        }

        var person = PersonOf(saying);
        return Subject.Of(input.Streams[Subject.StreamOf(person)]) switch
        {
            Subject.Forgotten => Fault(saying, Subject.ForgottenCode, Subject.ForgottenSentence),
            Subject.Kept when !Desk.HasKeyOf(person) => Fault(
                saying,
                KeyMissing,
                "The key of this person is not in the database, although the log does not say that it was destroyed: "
                    + "restore the table of keys, then send this again."),
            _ => null,
        };
    }

    /// <summary>Whether the part says something else than what is sealed last of this person in the stream.</summary>
    private bool IsNewPart(Saying saying, StreamSoFar stream)
    {
        if (saying.Sealed is null)
        {
            return false;
        }

        var person = PersonOf(saying);
        var last = stream.History.LastOrDefault(recorded =>
            recorded.Event is YouthFacts facts && facts.Person == person
            && (sealedHere.ContainsKey(recorded.Id) || Desk.HasPart(recorded.Id)));
        return last is null
            || (sealedHere.TryGetValue(last.Id, out var here)
                ? !here.AsSpan().SequenceEqual(saying.Sealed)
                : Desk.IsPartOf(last.Id, saying.Sealed) is not true);
    }

    private SealedPart? Seal(Saying saying, Guid id, StreamSoFar stream)
    {
        if (saying.Sealed is not { } canonical)
        {
            return null;
        }

        sealedHere.Add(id, canonical);
        return Desk.Seal(PersonOf(saying), id, stream.Name, stream.Version + 1, saying.Incoming.Type.Name, canonical);
    }

    /// <summary>Before the event: its person's key is made, or held to be there still.</summary>
    private void HoldKey(Saying saying, DateTimeOffset now)
    {
        if (saying.Sealed is null || !heldSubjects.Add(PersonOf(saying)))
        {
            return;
        }

        var person = PersonOf(saying);
        var stream = Subject.StreamOf(person);
        var history = input.Streams[stream];
        if (Subject.Of(history) is Subject.Kept)
        {
            parts.Add(new StreamAppend(stream, history.Count, []));
            return;
        }

        // Where another request made the key since the log was read, this one conflicts and is decided again. The stream of
        // somebody without a key is not always empty: what was said of the person in clear may have been read on record.
        var (created, wrapped) = Desk.NewKey(person);
        var type = EventCatalogue.Of(created);
        var incoming = saying.Incoming;
        bool? isImported = incoming.RecordedTime is null ? null : true;
        parts.Add(new StreamAppend(stream, history.Count,
        [
            new NewEvent(
                Guid.NewGuid(),
                type.Name,
                type.Encode(created),
                new EventHeaders(null, null, now, context.Actor, isImported).ToJson(),
                incoming.CorrelationId,
                RecordedAt: incoming.RecordedTime,
                Key: wrapped),
        ]));
        addedCount++;
    }

    private static Guid PersonOf(Saying saying) => ((YouthFacts)saying.Said).Person;

    private static IntakeFault Fault(Saying saying, string code, string sentence) =>
        new(code, new ProblemError(saying.Incoming.PointerTo("/data" + SealedMember.Path), sentence));
}
