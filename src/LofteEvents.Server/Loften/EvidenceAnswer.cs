using LofteEvents.Forums;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Server.Loften;

/// <summary>An event as it is shown to everyone: no case number, and no small number of persons.</summary>
/// <param name="Position">Of the newest report of it.</param>
/// <param name="Item">Which thing of the stream: <c>insats</c>, <c>meeting:…</c>, <c>activity:…</c>.</param>
/// <param name="Title">What it was: an insats' title, a forum's name, what an activity was to achieve.</param>
/// <param name="Day">The day it counts on, in Stockholm.</param>
/// <param name="MinorsEncountered">A number of at least five, or the words that stand for fewer; absent where nothing was
/// reported.</param>
/// <param name="Corrected">The facts are those of a correction.</param>
/// <param name="RecordedAt">When this version of it was learnt.</param>
internal sealed record EvidenceAnswer(
    long Position,
    string Stream,
    string Item,
    FactType Type,
    string? Kind,
    string? Title,
    DateOnly Day,
    DateTimeOffset From,
    DateTimeOffset To,
    string? Place,
    string? Area,
    IReadOnlyList<Party> Parties,
    string? TargetGroup,
    IReadOnlyList<string> Tags,
    ShownNumber? MinorsEncountered,
    IReadOnlyDictionary<string, ShownNumber>? Results,
    IReadOnlyList<string>? LedTo,
    bool Corrected,
    DateTimeOffset RecordedAt)
{
    public static EvidenceAnswer Of(CountedFact fact, EvidenceEvent? behind)
    {
        var said = behind?.Decode();
        var report = said as InsatsReport;
        return new EvidenceAnswer(
            fact.Position,
            fact.Stream,
            fact.Item,
            fact.Type,
            fact.Kind,
            TitleOf(said, behind),
            fact.Day,
            fact.From,
            fact.To,
            fact.Place,
            fact.Areas.Count > 0 ? fact.Areas[0] : null,
            fact.Parties,
            fact.TargetGroup,
            fact.Tags,
            report?.MinorsEncountered is { } minors ? new ShownNumber(minors) : null,
            report?.Results?.ToDictionary(result => result.Key, result => new ShownNumber(result.Value)),
            (said as MeetingReport)?.LedTo,
            said is InsatsCorrected or MeetingCorrected,
            fact.RecordedAt);
    }

    /// <summary>What it was, in the words of its publisher.</summary>
    public static string? TitleOf(DomainEvent? said, EvidenceEvent? behind) => said switch
    {
        InsatsFacts facts => facts.Title,
        ForumEstablished forum => forum.Name,
        MeetingReport => behind?.Forum is { } forum
            && EvidenceEvent.Decode("forum.established.v1", forum) is ForumEstablished established ? established.Name : null,
        ActivityAgreed agreed => agreed.What,
        ActivityCompleted => behind?.Agreed is { } agreed
            && EvidenceEvent.Decode("forum.activity-agreed.v1", agreed) is ActivityAgreed what ? what.What : null,
        _ => null,
    };
}
