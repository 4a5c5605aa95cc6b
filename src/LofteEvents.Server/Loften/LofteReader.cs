using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Server.Loften;

/// <summary>Reads a promise's text and how it stands.</summary>
internal sealed class LofteReader(LofteReads loften, StatusReader statuses, Areas areas)
{
    /// <returns>Null where there is no such promise, or was none then.</returns>
    public async Task<(LofteAnswer Lofte, JudgedStatus Status)?> ReadAsync(
        string id, PositionAsked position, DateOnly on, CancellationToken cancellationToken)
    {
        if (await statuses.ReadAsync(id, position, on, cancellationToken) is not { } status)
        {
            return null;
        }

        var events = await loften.EventsAsync(id, status.Answer.Position, cancellationToken);
        return InForce(events, on) is { } definition ? (LofteAnswer.Of(definition, status, areas), status) : null;
    }

    /// <summary>The definition as it reads on a day: an amendment is not in force before its day.</summary>
    private static LofteDefinition? InForce(IReadOnlyList<Recorded<DomainEvent>> events, DateOnly on) =>
        events.Aggregate((LofteDefinition?)null, (definition, happened) => happened.Event switch
        {
            LofteGiven given => given.Definition,
            LofteAmended amended when amended.EffectiveFrom <= on => amended.Definition,
            _ => definition,
        });
}
