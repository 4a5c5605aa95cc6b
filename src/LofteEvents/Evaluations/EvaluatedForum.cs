namespace LofteEvents.Evaluations;

/// <summary>A standing meeting that the promise names: how often it met, who drove it, and what came of it.</summary>
/// <param name="Name">Null where nobody established it.</param>
/// <param name="MeetingsTotal">Meetings within the term up to the judged day.</param>
/// <param name="Meetings">The newest of them, in order of day.</param>
/// <param name="Drivers">Who led and who proposed, the most first.</param>
/// <param name="Activities">What the meetings agreed on, in order of agreement.</param>
public sealed record EvaluatedForum(
    string Stream,
    string? Name,
    string? Purpose,
    long MeetingsTotal,
    IReadOnlyList<EvaluatedMeeting> Meetings,
    IReadOnlyList<ForumDriver> Drivers,
    IReadOnlyList<EvaluatedActivity> Activities);

public sealed record EvaluatedMeeting(
    string Meeting, DateOnly Day, IReadOnlyList<Party> Parties, IReadOnlyList<string> LedTo, bool Corrected, long Position);

/// <param name="Attended">Meetings that the party took part in.</param>
/// <param name="Led">Meetings that it drove (role <c>lead</c>).</param>
/// <param name="Chaired">Meetings that it chaired.</param>
/// <param name="Proposed">Activities that it proposed.</param>
public sealed record ForumDriver(string Party, long Attended, long Led, long Chaired, long Proposed);

/// <param name="Late">Not done on its day, or done after it.</param>
public sealed record EvaluatedActivity(
    string Activity,
    string What,
    string Meeting,
    string Responsible,
    string? ProposedBy,
    DateOnly? Due,
    DateOnly? CompletedOn,
    string? Outcome,
    bool Late,
    long Position,
    long? CompletedPosition);

/// <summary>What those who must be told were told, and how fast; small numbers stay hidden.</summary>
/// <param name="MedianMinutes">Null where too few were told to say it without pointing somebody out.</param>
public sealed record EvaluatedNotices(
    ShownNumber Opened, ShownNumber Delivered, ShownNumber Waived, ShownNumber Overdue, ShownNumber Open, long? MedianMinutes);
