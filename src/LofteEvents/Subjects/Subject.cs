using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Subjects.SubjectEvent>;

namespace LofteEvents.Subjects;

/// <summary>Where the key of one person stands. A person has one key in all: who is forgotten stays so.</summary>
public abstract record Subject
{
    /// <summary>Streams of persons begin so.</summary>
    public const string StreamPrefix = "subject";

    private Subject()
    {
    }

    public static Subject Initial { get; } = new Unknown();

    /// <summary>Nothing was ever sealed of this person.</summary>
    public sealed record Unknown : Subject;

    /// <summary>What was sealed can be opened.</summary>
    /// <param name="Commitment">See <see cref="SubjectKeyCreated"/>.</param>
    /// <param name="LastRead">The newest opening; null where there was none.</param>
    public sealed record Kept(Guid KeyId, string Commitment, AccessRead? LastRead = null) : Subject;

    public sealed record Forgotten(Guid KeyId, string Reason) : Subject;

    public static string StreamOf(Guid person) => $"{StreamPrefix}/{person:D}";

    public static Subject Evolve(Subject state, DomainEvent happened) => happened switch
    {
        SubjectKeyCreated created => new Kept(created.KeyId, created.Commitment),
        SubjectKeyDestroyed destroyed => new Forgotten(destroyed.KeyId, destroyed.Reason),
        AccessRead read when state is Kept kept => kept with { LastRead = read },
        _ => state,
    };

    public static Subject Of(IEnumerable<StoredEvent> history) =>
        history.Aggregate(Initial, (state, stored) => Evolve(state, EventCatalogue.Decode(stored)));

    internal static Decision<SubjectEvent> Decide(Subject state, SubjectEvent said) => (state, said) switch
    {
        (Unknown, SubjectKeyCreated) => Accept(said),
        (Kept kept, SubjectKeyCreated created) when kept.KeyId == created.KeyId => Nothing,
        (Kept, SubjectKeyCreated) => Refuse(
            "subject.has-key", "This person has a key already; seal under it."),
        (Kept kept, SubjectKeyDestroyed destroyed) when kept.KeyId == destroyed.KeyId => Accept(said),
        (Kept, SubjectKeyDestroyed) => Refuse(
            "subject.other-key", "This person's key is another one; look it up and destroy that."),
        (Kept kept, AccessRead read) when kept.LastRead == read => Nothing,
        (Kept, AccessRead) => Accept(said),
        (Forgotten, SubjectKeyDestroyed) => Nothing,
        (Forgotten, SubjectKeyCreated or AccessRead) => Refuse(ForgottenCode, ForgottenSentence),
        (Unknown, SubjectKeyDestroyed or AccessRead) => Refuse(UnknownCode, UnknownSentence),
        _ => throw new UnreachableException($"No decision for {said.GetType().Name}."),
    };

    /// <summary>The code of every refusal because a person is forgotten.</summary>
    public const string ForgottenCode = "subject.forgotten";

    public const string ForgottenSentence =
        "This person is forgotten: the key was destroyed, and nothing is sealed for this id or opened again.";

    public const string UnknownCode = "subject.unknown";

    public const string UnknownSentence = "Nothing was ever sealed for this person; check the id.";
}
