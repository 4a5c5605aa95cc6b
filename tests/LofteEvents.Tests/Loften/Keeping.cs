using LofteEvents.Forums;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Requests;

namespace LofteEvents.Tests.Loften;

/// <summary>How much of a promise happens.</summary>
internal enum Share
{
    /// <summary>Nothing of it, but what comes close to it and does not count.</summary>
    Missed,
    HalfKept,
    Kept,
}

/// <summary>One thing that is said, and when it happened.</summary>
internal sealed record Happening(string Stream, DomainEvent Said, DateTimeOffset At);

/// <summary>Lets happen what a promise demands, or half of it, or only what comes close to it.</summary>
internal sealed class Keeping(LofteDefinition definition, Share share)
{
    private const string Invented = "Påhittat exempel";
    private readonly List<Happening> _happened = [];

    private decimal Portion => share switch { Share.Kept => 1, Share.HalfKept => 0.5m, _ => 0 };

    private string Lofte => $"lofte/{definition.Id}";

    /// <summary>The promise first, then what happened in order of time.</summary>
    public IReadOnlyList<Happening> Happened()
    {
        foreach (var commitment in definition.Commitments)
            Keep(commitment.Id, commitment.Rule);

        var signed = Noon(definition.Term.From.AddDays(-14));
        var forums = _happened.Where(happening => happening.Said is MeetingHeld).Select(happening => happening.Stream).Distinct()
            .Select(forum => new Happening(forum, new ForumEstablished(Invented, new Place(definition.Area)), signed));
        return
        [
            new Happening(Lofte, new LofteGiven(definition), signed), .. forums, .. _happened.OrderBy(happening => happening.At),
        ];
    }

    private void Keep(string commitment, Rule rule)
    {
        switch (rule)
        {
            case CountRule count:
                Count(count);
                break;
            case DisjointRule disjoint:
                foreach (var group in disjoint.Groups)
                    Count(new CountRule { Select = group.Select, AtLeast = group.AtLeast });
                break;
            case CombinedRule combined:
                foreach (var part in combined.Of)
                    Keep(commitment, part.Rule);
                break;
            case ResponseRule response:
                for (var i = 0; i < 4; i++)
                    Ask(response, Noon(definition.Term.From.AddDays(10 + i)), i);
                break;
            case DeliverableRule deliverable:
                Deliver(commitment, deliverable.By ?? definition.Term.To);
                break;
            case AssessmentRule assessment:
                if (assessment.CountedEvidence is CountRule evidence)
                    Count(evidence);
                Assess(commitment);
                break;
            default:
                break;
        }
    }

    /// <summary>Four occasions, the second of which is lawfully set aside where it is handled at all.</summary>
    private void Ask(ResponseRule rule, DateTimeOffset at, int number)
    {
        var occasion = rule.Answer is null ? null : Occasion(rule.Select, at);
        var (asked, stream) = (rule.Answer ?? rule.Select, Next("request"));
        if (occasion is null || number < 4 * Portion)
            Say(stream, new RequestReceived(asked.Kinds![0], at, new Place(asked.Areas![0]), About: occasion), at);
        if (number < 4 * Portion)
            Say(stream, Answer(at.AddHours(2), number), at.AddHours(2));
    }

    /// <summary>The insats that calls for an answer; both parts of a line may be about the same one.</summary>
    private string Occasion(Selector select, DateTimeOffset at)
    {
        if (_happened.Find(happening => happening.At == at && happening.Said is InsatsCarriedOut) is { } there)
            return there.Stream;

        var insats = Next("insats");
        Say(insats, Insats(new CountRule { Select = select }, new Part("", "", default, default), at, 0), at);
        return insats;
    }

    private static RequestAnswered Answer(DateTimeOffset at, int number) => number == 1
        ? new RequestAnswered(at, RequestOutcome.Waived, Ground: "Påhittat exempel på ett lagligt skäl.")
        : new RequestAnswered(at, RequestOutcome.Met);

    /// <summary>What is not kept is first postponed and then done too late: the original deadline stays.</summary>
    private void Deliver(string commitment, DateOnly by)
    {
        if (share is Share.Kept)
        {
            Say(Lofte, new DeliverableCompleted(commitment, by), Noon(by));
            return;
        }

        Say(Lofte, new DeliverablePostponed(commitment, by.AddDays(300), "Det hanns inte med."), Noon(by.AddDays(-7)));
        if (share is Share.HalfKept)
            Say(Lofte, new DeliverableCompleted(commitment, by.AddDays(290)), Noon(by.AddDays(290)));
    }

    /// <summary>At the end of the term, or before it for a term that ends late, so that its file can be published.</summary>
    private void Assess(string commitment)
    {
        var on = Days.Earlier(definition.Term.To, new DateOnly(2025, 12, 31));
        var outcome = share switch
        {
            Share.Kept => Assessment.Fulfilled,
            Share.HalfKept => Assessment.Partly,
            _ => Assessment.NotFulfilled,
        };
        var said = new CommitmentAssessed(commitment, on, outcome, [$"{Invented}."], "Påhittad lokalpolisområdeschef");
        Say(Lofte, said, Noon(on));
    }

    private void Count(CountRule rule)
    {
        var parts = rule.Parts(definition.Term);
        if (share is Share.Missed)
        {
            Miss(rule, parts[0]);
            return;
        }

        if (parts.Count == 1)
        {
            Happen(rule, parts[0], (int)(rule.Threshold(parts[0].Key) * Portion));
            return;
        }

        foreach (var part in parts.Take((int)(parts.Count * Portion)))
            Happen(rule, part, (int)rule.Threshold(part.Key));
    }

    private void Happen(CountRule rule, Part part, int times)
    {
        var days = part.To.DayNumber - part.From.DayNumber + 1;
        for (var i = 0; i < times; i++)
        {
            var day = rule.Divide is OccurrenceDivision ? part.From : part.From.AddDays(i * days / times);
            Happen(rule, part, Start(rule, day), i);
        }
    }

    /// <summary>One the week before the term, and one on its first day that nobody who promised took part in.</summary>
    private void Miss(CountRule rule, Part part)
    {
        Happen(rule, part, Start(rule, definition.Term.From.AddDays(-7)), 0);
        if (rule.Select.Type is FactType.ForumMeeting)
        {
            Say(part.Key, Meeting(Start(rule, part.From)) with { Parties = [new Party("granne")] }, Start(rule, part.From));
            return;
        }

        var insats = Insats(rule, part, Start(rule, part.From), 0);
        var stream = Next("insats");
        Say(stream, insats with { Kind = "annan-insats" }, insats.From);
        var struck = Next("insats");
        Say(struck, insats, insats.From);
        Say(struck, new InsatsVoided("Den blev inte av; rapporten var ett misstag."), insats.From.AddDays(2));
    }

    private static DateTimeOffset Start(CountRule rule, DateOnly day)
    {
        var window = rule.Select.TimeOfDay ?? (rule.Divide as OccurrenceDivision)?.Window;
        return LofteEvents.Stockholm.FirstInstant(day, window?.From ?? new TimeOnly(12, 0));
    }

    private void Happen(CountRule rule, Part part, DateTimeOffset from, int number)
    {
        if (rule.Select.Type is FactType.ForumMeeting)
            Say(part.Key, Meeting(from) with { Parties = Parties(rule.Select) }, from);
        else
            Say(Next("insats"), Insats(rule, part, from, number), from);
    }

    private MeetingHeld Meeting(DateTimeOffset at) => new() { Meeting = $"m{_happened.Count}", At = at, Parties = [] };

    private InsatsCarriedOut Insats(CountRule rule, Part part, DateTimeOffset from, int number) => new()
    {
        Kind = rule.Select.Kinds![0],
        Title = Invented,
        Organiser = definition.Area,
        Place = new Place(
            rule.Select.Areas?[0] ?? definition.Area, rule.Divide is PlaceDivision ? part.Key : rule.Select.Places?[0]),
        From = from,
        To = from.AddHours(1),
        Tags = rule.Select.Tags,
        TargetGroup = rule.Select.TargetGroups?[0] ?? (number % 2 == 0 ? rule.Prefer?.TargetGroups?[0] : null),
        Parties = Parties(rule.Select),
    };

    private static List<Party> Parties(Selector select) =>
        [.. (select.Parties ?? select.AnyParty?.Take(1) ?? []).Select(party => new Party(party.Name, party.Role))];

    private static DateTimeOffset Noon(DateOnly day) => LofteEvents.Stockholm.FirstInstant(day, new TimeOnly(12, 0));

    private string Next(string prefix) => $"{prefix}/{definition.Id}-{Corpus.NameOf(share)}-{_happened.Count + 1}";

    private void Say(string stream, DomainEvent said, DateTimeOffset at) => _happened.Add(new(stream, said, at));
}
