using System.Text.Json.Serialization;
using LofteEvents.Loften;

namespace LofteEvents.Server.Loften;

/// <summary>How a promise stands: the answer of <c>/loften/{id}/status</c>.</summary>
/// <param name="On">The day that is judged, inclusive.</param>
/// <param name="AsOf">When the newest event that the answer rests on was recorded.</param>
/// <param name="Position">The answer rests on every event up to here: with <c>asOf=@{position}</c> it can be had again.</param>
internal sealed record StatusAnswer(
    string Lofte,
    DateOnly On,
    DateTimeOffset? AsOf,
    long Position,
    Phase Phase,
    IReadOnlyList<CommitmentAnswer> Commitments,
    IReadOnlyList<JudgedFeedback> Feedback);

/// <param name="Preliminary">The term is not over, so the verdict can still change.</param>
/// <param name="Unit">What <paramref name="Target"/>, <paramref name="Done"/> and <paramref name="Remaining"/> count: events,
/// or parts of a division in which the threshold is met.</param>
/// <param name="Counted">Every event that counts, also beyond the target.</param>
/// <param name="Planned">Planned and not yet delivered.</param>
/// <param name="Parts">Of a divided commitment: how many of its parts stand how, and the first of them.</param>
/// <param name="Several">The several things that one line promises, each judged by itself.</param>
/// <param name="Responses">How what was asked for was answered.</param>
/// <param name="Deliverable">The one thing that is to be there by a day.</param>
/// <param name="Preferred">How much of what counted is also what is preferred; it never decides.</param>
/// <param name="Follows">The indicators that are followed beside it; they never decide.</param>
/// <param name="Evidence">The newest events that count; <paramref name="Events"/> is where all of them are.</param>
/// <param name="RuleFrom">The first day of the rule in force, where it came by an amendment.</param>
/// <param name="Events">Address of every event that counted, and of those that did not with the reason.</param>
internal sealed record CommitmentAnswer(
    string Id,
    string Text,
    Verdict Verdict,
    bool Preliminary,
    Unit Unit,
    long Target,
    long Done,
    long Remaining,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Pace? Pace,
    long Counted,
    long Planned,
    PartsAnswer? Parts,
    [property: JsonPropertyName("of")] IReadOnlyList<PartOfLineAnswer>? Several,
    JudgedResponses? Responses,
    JudgedDeliverable? Deliverable,
    PreferredShare? Preferred,
    IReadOnlyList<JudgedIndicator>? Follows,
    GivenAssessment? Assessment,
    Hindrance? Hindrance,
    DateOnly? RuleFrom,
    IReadOnlyList<EvidenceAnswer> Evidence,
    string Events)
{
    public const int MostEvidence = 20;

    public static CommitmentAnswer Of(string lofte, JudgedCommitment judged, IReadOnlyList<EvidenceAnswer> evidence) => new(
        judged.Id,
        judged.Text,
        judged.Verdict,
        judged.Preliminary,
        judged.Unit,
        judged.Target,
        judged.Done,
        judged.Remaining,
        judged.Pace,
        judged.Counted,
        judged.Planned,
        PartsAnswer.Of(judged),
        judged.Of?.Select(PartOfLineAnswer.Of).ToList(),
        judged.Responses,
        judged.Deliverable,
        judged.Preferred,
        judged.Follows,
        judged.Assessment,
        judged.Hindrance,
        judged.RuleFrom,
        evidence,
        $"/api/v1/loften/{lofte}/commitments/{judged.Id}");
}

/// <summary>One of the several things that a line promises.</summary>
internal sealed record PartOfLineAnswer(
    string Id,
    string Text,
    Verdict Verdict,
    Unit Unit,
    long Target,
    long Done,
    long Remaining,
    long Counted,
    PartsAnswer? Parts,
    JudgedResponses? Responses,
    JudgedDeliverable? Deliverable)
{
    public static PartOfLineAnswer Of(JudgedCommitment judged) => new(
        judged.Id,
        judged.Text,
        judged.Verdict,
        judged.Unit,
        judged.Target,
        judged.Done,
        judged.Remaining,
        judged.Counted,
        PartsAnswer.Of(judged),
        judged.Responses,
        judged.Deliverable);
}

/// <summary>The parts of a divided commitment. A year of days is counted, and listed as far as it is missed or still
/// open.</summary>
/// <param name="Each">What one part is called, such as <c>day</c> or <c>place</c>.</param>
/// <param name="Listed">At most <see cref="MostListed"/>: first what was missed, then what is open, then the rest, each in
/// order of day.</param>
internal sealed record PartsAnswer(
    string Each, int Total, int Met, int Missed, int Open, int Upcoming, int Exceeded, IReadOnlyList<JudgedPart> Listed)
{
    public const int MostListed = 100;

    public static PartsAnswer? Of(JudgedCommitment judged)
    {
        if (judged is not { Parts: { } parts, PartName: { } each })
        {
            return null;
        }

        var listed = parts.OrderBy(part => Rank(part.State)).ThenBy(part => part.From).Take(MostListed).ToList();
        return new PartsAnswer(
            each,
            parts.Count,
            parts.Count(part => part.State is PartState.Met),
            parts.Count(part => part.State is PartState.Missed),
            parts.Count(part => part.State is PartState.Open),
            parts.Count(part => part.State is PartState.Upcoming),
            parts.Count(part => part.State is PartState.Exceeded),
            parts.Count <= MostListed ? parts : listed);
    }

    private static int Rank(PartState state) => state switch
    {
        PartState.Missed or PartState.Exceeded => 0,
        PartState.Open => 1,
        PartState.Upcoming => 2,
        _ => 3,
    };
}
