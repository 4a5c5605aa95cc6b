namespace LofteEvents;

/// <summary>
/// Something that happened and was recorded. Every capability has its own family below this one, in its <c>Events.cs</c>.
/// </summary>
public abstract record DomainEvent
{
    private protected DomainEvent()
    {
    }
}
