namespace LofteEvents.Postgres.Projections;

/// <summary>
/// The event that a projection could not apply, and why; it stands before this event until its code or the event's is put right.
/// </summary>
/// <param name="Reason">The kind of exception and its message, at most 2 000 characters.</param>
public sealed record ProjectionStop(string Name, long Position, Guid EventId, string Type, string Reason, DateTimeOffset At)
{
    internal const int ReasonCharacters = 2_000;

    internal static ProjectionStop Of(string name, StoredEvent stored, Exception exception, DateTimeOffset at)
    {
        var reason = $"{exception.GetType().Name}: {exception.Message}";
        return new ProjectionStop(
            name,
            stored.Position,
            stored.Id,
            stored.Type,
            reason.Length <= ReasonCharacters ? reason : reason[..ReasonCharacters],
            at);
    }
}
