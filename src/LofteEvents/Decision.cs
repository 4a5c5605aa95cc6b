namespace LofteEvents;

/// <summary>
/// The answer of a pure <c>Decide</c>: events to append, nothing (the fact is already recorded), or refusals.
/// </summary>
public sealed record Decision<E>
    where E : DomainEvent
{
    private Decision(IReadOnlyList<E> events, IReadOnlyList<Refusal> refusals)
    {
        Events = events;
        Refusals = refusals;
    }

    /// <summary>What is to be appended, in order; empty when refused, and when the same command was obeyed before.</summary>
    public IReadOnlyList<E> Events { get; }

    /// <summary>Every reason for the refusal; empty when accepted.</summary>
    public IReadOnlyList<Refusal> Refusals { get; }

    public bool IsRefused => Refusals.Count > 0;

    /// <summary>The command's effect is already recorded: nothing to append, nothing wrong.</summary>
    public static Decision<E> Nothing { get; } = new([], []);

    public static Decision<E> Accept(params IReadOnlyList<E> events) => new(events, []);

    public static Decision<E> Refuse(params IReadOnlyList<Refusal> refusals) => new([], refusals);

    public static Decision<E> Refuse(string code, string sentence, string? pointer = null) =>
        new([], [new Refusal(code, sentence, pointer)]);
}
