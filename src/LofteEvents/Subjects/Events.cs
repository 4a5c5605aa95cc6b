namespace LofteEvents.Subjects;

/// <summary>
/// What happened to the key of one person's sealed data, and who read it; stream <c>subject/{person}</c>. Never through intake.
/// </summary>
public abstract record SubjectEvent : DomainEvent
{
    private protected SubjectEvent()
    {
    }
}

/// <summary>Stored as <c>subject.key-created.v1</c>: recorded with the first part that is sealed under the key.</summary>
/// <param name="Commitment">
/// <see cref="SubjectKey.Commitment"/> in base64: later nobody can show another key, under which the same ciphertext says
/// something else.
/// </param>
public sealed record SubjectKeyCreated(Guid KeyId, string Commitment) : SubjectEvent;

/// <summary>
/// Stored as <c>subject.key-destroyed.v1</c>: the person is forgotten. From here on the key may be nowhere, and every process
/// that finds it destroys it.
/// </summary>
/// <param name="Reason">Why, in words that name no person.</param>
public sealed record SubjectKeyDestroyed(Guid KeyId, string Reason) : SubjectEvent;

/// <summary>Stored as <c>access.read.v1</c>: a sealed part was opened. Who did is in the event's headers.</summary>
/// <param name="Event">Id of the event that the part belongs to.</param>
/// <param name="Path">JSON pointer to where the part was in the event's data.</param>
/// <param name="Case">The stream of the case that it was opened for, such as <c>notice/…</c>.</param>
/// <param name="Opening">Random: tells this opening from the next one of the same part.</param>
public sealed record AccessRead(Guid Event, string Path, string Case, Guid Opening) : SubjectEvent;
