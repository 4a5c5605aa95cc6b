using System.Collections.Immutable;
using LofteEvents.Insatser;

namespace LofteEvents.Notices;

/// <summary>
/// An insats as the policy sees it: the facts in force, when they happened and when they were learnt. Which cases it calls for is
/// a function of this alone, so a correction, a new identity or a voiding needs no rule of its own: what is called for now is
/// compared with what was called for before.
/// </summary>
/// <param name="Version">Of the newest event that was folded.</param>
internal sealed record InsatsNotices(
    string Stream,
    long Version,
    InsatsFacts? Facts,
    Reported? Report,
    ImmutableDictionary<Guid, Encounter> Young) : NoticeState
{
    public static InsatsNotices Initial(string stream) =>
        new(stream, 0, null, null, ImmutableDictionary<Guid, Encounter>.Empty);

    public InsatsNotices After(Recorded<DomainEvent> happened) => Folded(happened) with { Version = happened.Version };

    private InsatsNotices Folded(Recorded<DomainEvent> happened) => happened.Event switch
    {
        InsatsPlanned plan => this with { Facts = plan },
        InsatsReport report => this with
        {
            Facts = report,
            Report = Report is null
                ? new Reported(happened.HappenedAt, happened.RecordedAt, happened.Version, happened.Imported)
                : SaysTheSame(report) ? Report : Report with { LearntAt = happened.RecordedAt, Stated = happened.Version },
        },
        YouthEncountered said => this with
        {
            Young = Young.SetItem(said.Person, Encounter.Of(said, happened, happened.HappenedAt)),
        },
        YouthCorrected said => Corrected(said, happened),
        InsatsVoided or InsatsCancelled => Initial(Stream),
        _ => this,
    };

    /// <summary>The cases that the facts call for, by id.</summary>
    public IReadOnlyDictionary<string, NoticeNeed> CalledFor(LegalGrounds law)
    {
        var needs = new Dictionary<string, NoticeNeed>(StringComparer.Ordinal);
        if (Facts is InsatsReport report && Report is { IsImported: false } reported)
        {
            foreach (var rules in law.Of(report.Kind, Stockholm.DayOf(report.From)).GroupBy(rule => rule.Tell))
                needs.Add(IdOf("insats", rules.Key, report.Place.Area), reported.Need(this, [.. rules]));
        }

        foreach (var encounter in Facts is null ? [] : Young.Values.Where(encounter => !encounter.IsImported))
        {
            foreach (var rules in law.Of(encounter.Facts, Stockholm.DayOf(encounter.At)).GroupBy(rule => rule.Tell))
            {
                var home = rules.Key == NoticeTo.Socialtjanst
                    ? encounter.Facts.HomeMunicipality ?? Facts!.Place.Area
                    : "";
                needs.Add(IdOf(encounter.Facts.Person.ToString(), rules.Key, home), encounter.Need(this, [.. rules]));
            }
        }

        return needs;
    }

    /// <summary>
    /// The case's id: the same for the same question, so that it is one case however often it is asked. Another home or place is
    /// another recipient, and so another case.
    /// </summary>
    private string IdOf(string about, NoticeTo to, string where) =>
        EventId.From("urn:lofte:notice", $"{Stream}\n{about}\n{to}\n{where}").ToString();

    private bool SaysTheSame(InsatsReport other) =>
        Facts is InsatsReport report
        && (report.Kind, report.Place, report.From, report.To, report.MinorsEncountered, report.CaseNumber)
            == (other.Kind, other.Place, other.From, other.To, other.MinorsEncountered, other.CaseNumber);

    private InsatsNotices Corrected(YouthCorrected said, Recorded<DomainEvent> happened)
    {
        var before = said.Replaces ?? said.Person;
        var earlier = Young.GetValueOrDefault(before);
        var corrected = Encounter.Of(said, happened, earlier?.At ?? happened.HappenedAt);
        return this with { Young = Young.Remove(before).SetItem(said.Person, corrected) };
    }
}

/// <summary>The report of an insats.</summary>
/// <param name="LearntAt">When what the notice says was last changed.</param>
/// <param name="Stated">The version that last changed what the notice says.</param>
/// <param name="IsImported">History that was dealt with elsewhere: nobody is told of it again.</param>
internal sealed record Reported(DateTimeOffset At, DateTimeOffset LearntAt, long Stated, bool IsImported)
{
    public NoticeNeed Need(InsatsNotices insats, IReadOnlyList<LegalRule> rules) =>
        NeedOf.Rules(rules, NoticeAbout.Insats, insats, null, At, LearntAt, Stated);
}

/// <summary>A young person who was met.</summary>
/// <param name="At">When: the rules of that day hold.</param>
/// <param name="ClockFrom">When what is in force was found: a corrected fact starts the clock anew.</param>
internal sealed record Encounter(
    YouthFacts Facts, DateTimeOffset At, DateTimeOffset ClockFrom, DateTimeOffset LearntAt, long Stated, bool IsImported)
{
    public static Encounter Of(YouthFacts said, Recorded<DomainEvent> happened, DateTimeOffset at) =>
        new(said, at, happened.HappenedAt, happened.RecordedAt, happened.Version, happened.Imported);

    public NoticeNeed Need(InsatsNotices insats, IReadOnlyList<LegalRule> rules) =>
        NeedOf.Rules(rules, NoticeAbout.Person, insats, Facts, ClockFrom, LearntAt, Stated);
}

/// <summary>
/// Several rules may want the same recipient told: the shortest clock and the exceptions that all of them give hold.
/// </summary>
internal static class NeedOf
{
    public static NoticeNeed Rules(
        IReadOnlyList<LegalRule> rules,
        NoticeAbout about,
        InsatsNotices insats,
        YouthFacts? young,
        DateTimeOffset happenedAt,
        DateTimeOffset learntAt,
        long stated)
    {
        var strictest = rules.MinBy(rule => rule.Minutes)!;
        return new NoticeNeed(
            about,
            insats.Stream,
            strictest.Tell,
            insats.Facts!.Place.Area,
            [.. rules.Select(rule => rule.Ground)],
            strictest.Minutes,
            strictest.ClockFrom == ClockStart.Learnt ? learntAt : happenedAt,
            learntAt,
            InAll(rules, rule => rule.Postpone),
            InAll(rules, rule => rule.Waive),
            rules.Any(rule => rule.MustReachAnAdult),
            stated,
            insats.Version,
            young?.Person,
            young?.HomeMunicipality);
    }

    private static IReadOnlyList<string> InAll(
        IReadOnlyList<LegalRule> rules, Func<LegalRule, IReadOnlyList<string>> exceptions) =>
        [.. rules.Select(exceptions).Aggregate((one, other) => [.. one.Intersect(other)])];
}
