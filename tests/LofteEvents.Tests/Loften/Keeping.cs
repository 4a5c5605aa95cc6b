using LofteEvents.Forums;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Requests;

namespace LofteEvents.Tests.Loften;

/// <summary>Lets happen what a promise demands, or half of it.</summary>
internal sealed class Keeping(LofteDefinition definition, Areas areas, decimal share)
{
    private readonly Story _story = Story.Of(definition, areas);
    private int _next;

    public Story Told()
    {
        foreach (var commitment in definition.Commitments)
            Keep(commitment.Id, commitment.Rule);

        return _story;
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
                    Ask(response, isAnswered: i < 4 * share);
                break;
            case DeliverableRule when share == 1:
                Say($"lofte/{definition.Id}", new DeliverableCompleted(commitment, definition.Term.To));
                break;
            case AssessmentRule assessment:
                if (assessment.CountedEvidence is CountRule evidence)
                    Count(evidence);
                var outcome = share switch { 1 => Assessment.Fulfilled, 0 => Assessment.NotFulfilled, _ => Assessment.Partly };
                Say(
                    $"lofte/{definition.Id}",
                    new CommitmentAssessed(commitment, definition.Term.To, outcome, ["Så gick det."], "Chefen"));
                break;
            default:
                break;
        }
    }

    private void Count(CountRule rule)
    {
        var parts = rule.Parts(definition.Term);
        if (parts.Count == 1)
        {
            Happen(rule, parts[0], (int)(rule.Threshold(parts[0].Key) * share));
            return;
        }

        foreach (var part in parts.Take((int)(parts.Count * share)))
            Happen(rule, part, (int)rule.Threshold(part.Key));
    }

    private void Happen(CountRule rule, Part part, int times)
    {
        var days = part.To.DayNumber - part.From.DayNumber + 1;
        for (var i = 0; i < times; i++)
        {
            var day = rule.Divide is OccurrenceDivision ? part.From : part.From.AddDays(i % days);
            var window = rule.Select.TimeOfDay ?? (rule.Divide as OccurrenceDivision)?.Window;
            Happen(rule, part, LofteEvents.Stockholm.FirstInstant(day, window?.From ?? new TimeOnly(12, 0)));
        }
    }

    private void Happen(CountRule rule, Part part, DateTimeOffset from)
    {
        var select = rule.Select;
        var parties = (select.Parties ?? select.AnyParty?.Take(1) ?? [])
            .Select(party => new Party(party.Name, party.Role))
            .ToList();
        if (select.Type is FactType.ForumMeeting)
        {
            Say(part.Key, new MeetingHeld { Meeting = $"m{_next}", At = from, Parties = parties });
            return;
        }

        var place = rule.Divide is PlaceDivision ? part.Key : select.Places?[0];
        Say($"insats/i{_next}", new InsatsCarriedOut
        {
            Kind = select.Kinds![0],
            Title = "En insats",
            Organiser = definition.Area,
            Place = new Place(select.Areas?[0] ?? definition.Area, place),
            From = from,
            To = from.AddHours(1),
            Tags = select.Tags,
            TargetGroup = select.TargetGroups?[0],
            Parties = parties,
        });
    }

    private void Ask(ResponseRule rule, bool isAnswered)
    {
        var at = LofteEvents.Stockholm.FirstInstant(definition.Term.From.AddDays(10), new TimeOnly(12, 0));
        var stream = $"request/r{_next}";
        Say(stream, new RequestReceived(rule.Select.Kinds![0], at, new Place(rule.Select.Areas![0])));
        if (isAnswered)
            Say(stream, new RequestAnswered(at.AddHours(2), RequestOutcome.Met));
    }

    private void Say(string stream, DomainEvent said)
    {
        _next++;
        _story.Said(stream, said, "2026-01-01T00:00:00Z");
    }
}
