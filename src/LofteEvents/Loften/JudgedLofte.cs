namespace LofteEvents.Loften;

/// <summary>What a promise's <see cref="LofteStatus"/> says on a day.</summary>
/// <param name="On">The judged day, inclusive: what happened on it counts, but the day is not yet over.</param>
public sealed record JudgedLofte(
    string Lofte,
    DateOnly On,
    Phase Phase,
    IReadOnlyList<JudgedCommitment> Commitments,
    IReadOnlyList<JudgedFeedback> Feedback);

/// <summary>Where the judged day lies in relation to the term.</summary>
public enum Phase
{
    Before,
    During,
    After,
}

public sealed record JudgedCommitment
{
    public required string Id { get; init; }

    public required string Text { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>
    /// True where the judged day lies inside the term: the verdict can still change, and a later evaluation closes it.
    /// </summary>
    public required bool Preliminary { get; init; }

    /// <summary>What <see cref="Target"/>, <see cref="Done"/> and <see cref="Remaining"/> count.</summary>
    public required Unit Unit { get; init; }

    public required long Target { get; init; }

    /// <summary>Over-delivery is kept: it may exceed the target.</summary>
    public required long Done { get; init; }

    public required long Remaining { get; init; }

    /// <summary>Everything that counted, also beyond what a part demands.</summary>
    public required long Counted { get; init; }

    /// <summary>What is planned and not yet delivered, on whichever day of the term.</summary>
    public long Planned { get; init; }

    /// <summary>Only where it can still be met and is not yet.</summary>
    public Pace? Pace { get; init; }

    /// <summary>The parts of a divided commitment, in order of day; nothing where the term is the only part.</summary>
    public IReadOnlyList<JudgedPart>? Parts { get; init; }

    /// <summary>
    /// What one of the parts is called: <c>day</c>, <c>week</c>, <c>month</c>, <c>tertial</c>, <c>half-year</c>, <c>year</c>,
    /// <c>weekend</c>, <c>season</c>, <c>occurrence</c>, a member of a set (<c>area</c>, <c>place</c>, <c>forum</c>, <c>kind</c>,
    /// <c>tag</c>, <c>party</c>), <c>group</c>, <c>occasion</c>, or <c>event</c> that called for an answer.
    /// </summary>
    public string? PartName { get; init; }

    /// <summary>The several things that one line promises, each judged by itself.</summary>
    public IReadOnlyList<JudgedCommitment>? Of { get; init; }

    /// <summary>How what was asked for was answered.</summary>
    public JudgedResponses? Responses { get; init; }

    /// <summary>The one thing that is to be there by a day.</summary>
    public JudgedDeliverable? Deliverable { get; init; }

    /// <summary>How much of what counted is also what is preferred.</summary>
    public PreferredShare? Preferred { get; init; }

    /// <summary>The indicators that are followed beside it; they never decide.</summary>
    public IReadOnlyList<JudgedIndicator>? Follows { get; init; }

    /// <summary>The first day of the rule in force on the judged day, where it came by an amendment.</summary>
    public DateOnly? RuleFrom { get; init; }

    /// <summary>The assessment in force, where a person judges.</summary>
    public GivenAssessment? Assessment { get; init; }

    /// <summary>Why it could not be kept, where that was decided.</summary>
    public Hindrance? Hindrance { get; init; }
}

/// <summary>The verdict on a commitment; in JSON in kebab-case.</summary>
public enum Verdict
{
    /// <summary>The term, or the commitment that was added to it, has not begun.</summary>
    Upcoming,
    OnTrack,

    /// <summary>It can still be met but less is done than the even pace expects.</summary>
    AtRisk,
    Fulfilled,

    /// <summary>Something that is over was missed, or there is more than exactly the number promised.</summary>
    CanNoLongerBeMet,

    /// <summary>Nothing has called for it.</summary>
    NotTriggered,

    /// <summary>After the term: something was done, but not all of it.</summary>
    Partly,

    /// <summary>After the term: nothing of it was done.</summary>
    NotFulfilled,

    /// <summary>After the term: what the judgement needs is missing.</summary>
    CannotBeAssessed,

    /// <summary>After the term: not fulfilled, for a reason that somebody decided and answers for.</summary>
    Hindered,
}

public enum Unit
{
    Events,
    Minutes,

    /// <summary>Parts of the division in which the threshold is met, or of a line that promises several things.</summary>
    Parts,

    /// <summary>Occasions that are whole.</summary>
    Occasions,

    /// <summary>Requests that were handled as promised.</summary>
    Requests,

    /// <summary>One thing that is there or not.</summary>
    Deliverables,

    /// <summary>Nothing is counted: a person judges.</summary>
    Assessment,
}

/// <summary>
/// How what is done lies to an even pace. Days count as passed when they are before the judged day. Each part expects its
/// threshold in proportion to the days of it that have passed; the sum over the parts, scaled down where not all parts are
/// demanded, is rounded half up to whole events. What is done is credited up to the threshold of each part, so that one part's
/// plenty hides no other's want. Less credited than expected is at risk.
/// </summary>
/// <param name="Expected">Events (or minutes) that an even pace expects by now.</param>
/// <param name="Credited">Events (or minutes) done, each part's at most its threshold.</param>
/// <param name="DaysLeft">Days of the term that remain, the judged day included.</param>
/// <param name="NeededPerMonth">Events (or minutes) a month (of 365.25/12 days) from now on that would meet it, rounded up to one
/// decimal.</param>
public sealed record Pace(long Expected, long Credited, int DaysLeft, decimal NeededPerMonth);

/// <param name="Key">A stretch of the calendar (<c>2018-03-16</c>, <c>2018-W11</c>, <c>2018-03</c>, <c>2018-T1</c>,
/// <c>2018-H1</c>, <c>2018</c>) or a member of the set.</param>
public sealed record JudgedPart(string Key, DateOnly From, DateOnly To, long Target, long Done, PartState State);

/// <summary>Where a part stands on the judged day; in JSON in kebab-case.</summary>
public enum PartState
{
    /// <summary>It has not begun.</summary>
    Upcoming,

    /// <summary>It has begun, is not over, and its threshold is not met.</summary>
    Open,
    Met,

    /// <summary>It is over and its threshold was not met.</summary>
    Missed,

    /// <summary>There is more than exactly the number promised.</summary>
    Exceeded,
}

/// <param name="GivenOn">When it was given; null where it was not, or not yet.</param>
/// <param name="Overdue">It was not given on the last day that keeps the promise, and still is not; or it was given later than
/// that.</param>
public sealed record JudgedFeedback(FeedbackAudience To, DateOnly By, string? Text, DateOnly? GivenOn, bool Overdue);

/// <param name="Received">Requests up to the judged day.</param>
/// <param name="Open">Not handled yet.</param>
/// <param name="Overdue">Those of the open ones whose clock has run out.</param>
public sealed record JudgedResponses(long Received, long InTime, long Late, long Waived, long Open, long Overdue);

/// <param name="By">The original deadline, inclusive.</param>
/// <param name="PostponedTo">The newest deadline beside it, where it was postponed.</param>
/// <param name="DeliveredOn">Null where it is not there yet.</param>
public sealed record JudgedDeliverable(string What, DateOnly By, DateOnly? PostponedTo, DateOnly? DeliveredOn, string? Outcome);

/// <param name="Percent">Rounded down to whole percent; null where nothing counted.</param>
public sealed record PreferredShare(long Preferred, long Counted, int? Percent);

/// <param name="Latest">The newest measurement up to the judged day; null where there is none: no data is not zero.</param>
/// <param name="Change">Latest − baseline, where both are there.</param>
public sealed record JudgedIndicator(
    string Indicator, IndicatorAim Aim, IndicatorBaseline? Baseline, FollowedMeasurement? Latest, decimal? Change);
