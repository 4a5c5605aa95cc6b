namespace LofteEvents.Log;

/// <summary>What happened to the log itself; stream <c>log</c>. Never through intake.</summary>
public abstract record LogEvent : DomainEvent
{
    private protected LogEvent()
    {
    }
}

/// <summary>
/// Stored as <c>log.continued.v1</c>: sealed events, or the sealer's memory of them, were lost, and the log goes on openly
/// under a new name. It is the first event behind what was still there.
/// </summary>
/// <param name="Origin">The new name.</param>
/// <param name="PreviousOrigin">The name until then.</param>
/// <param name="PreviousSize">How many leaves the newest known checkpoint of that name was over.</param>
/// <param name="PreviousRoot">That checkpoint's root, in base64.</param>
/// <param name="Kept">How many events were still there.</param>
/// <param name="Position">The last of them; 0 where there were none.</param>
/// <param name="Reason">What happened and who decided, in words that name no private person.</param>
public sealed record LogContinued(
    string Origin, string PreviousOrigin, long PreviousSize, string PreviousRoot, long Kept, long Position, string Reason)
    : LogEvent;
