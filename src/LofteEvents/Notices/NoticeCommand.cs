namespace LofteEvents.Notices;

/// <summary>What people and channels say to a case. The same again gives no events.</summary>
public abstract record NoticeCommand
{
    private protected NoticeCommand()
    {
    }
}

/// <summary>An officer decides.</summary>
/// <param name="By">The officer: the token's <c>sub</c>.</param>
public sealed record DecideNotice(
    NoticeAction Action, string By, string? Ground = null, DateTimeOffset? Until = null, string? Reason = null)
    : NoticeCommand;

/// <summary>An officer tried to tell it.</summary>
/// <param name="Attempt">Made by the caller; the same where the same attempt is said again.</param>
public sealed record RecordPersonsAttempt(Guid Attempt, string Channel, AttemptOutcome Outcome, string By, string? Note = null)
    : NoticeCommand;

/// <summary>A channel has taken it, and its receipt comes later.</summary>
public sealed record RecordAttempted(Guid Attempt, string Channel) : NoticeCommand;

/// <summary>A channel has delivered it.</summary>
public sealed record RecordDelivered(Guid Attempt, string Channel, string? Receipt = null) : NoticeCommand;

/// <summary>A channel is given up.</summary>
/// <param name="Reason">A code or a short sentence, never a text about anybody.</param>
public sealed record RecordFailed(Guid Attempt, string Channel, string Reason) : NoticeCommand;

/// <summary>The recipient has it.</summary>
public sealed record AcknowledgeNotice(string By) : NoticeCommand;
