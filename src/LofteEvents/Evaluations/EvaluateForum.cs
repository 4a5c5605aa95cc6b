using LofteEvents.Forums;
using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>Tells of a forum what its own events say, corrections and voidings heeded.</summary>
internal static class EvaluateForum
{
    private const int MostMeetings = 100;
    private const int MostActivities = 100;

    public static EvaluatedForum Of(string stream, IReadOnlyList<Recorded<DomainEvent>> history, Term term, DateOnly on)
    {
        var established = history.Select(happened => happened.Event).OfType<ForumEstablished>().LastOrDefault();
        var meetings = Meetings(history)
            .Where(meeting => term.Contains(meeting.Day) && meeting.Day <= on)
            .OrderBy(meeting => meeting.Day)
            .ThenBy(meeting => meeting.Position)
            .ToList();
        var activities = Activities(history, on)
            .Where(activity => meetings.Exists(one => one.Meeting == activity.Meeting))
            .ToList();
        return new EvaluatedForum(
            stream,
            established?.Name,
            established?.Purpose,
            meetings.Count,
            [.. meetings.Skip(Math.Max(0, meetings.Count - MostMeetings))],
            Drivers(meetings, activities),
            [.. activities.Skip(Math.Max(0, activities.Count - MostActivities))]);
    }

    private static Dictionary<string, EvaluatedMeeting>.ValueCollection Meetings(IReadOnlyList<Recorded<DomainEvent>> history)
    {
        var inForce = new Dictionary<string, EvaluatedMeeting>(StringComparer.Ordinal);
        foreach (var happened in history)
        {
            if (happened.Event is MeetingReport said)
            {
                inForce[said.Meeting] = new(
                    said.Meeting,
                    Stockholm.DayOf(said.At),
                    said.Parties,
                    said.LedTo ?? [],
                    said is MeetingCorrected,
                    happened.Position);
            }
            else if (happened.Event is MeetingVoided voided)
            {
                inForce.Remove(voided.Meeting);
            }
        }

        return inForce.Values;
    }

    private static IEnumerable<EvaluatedActivity> Activities(IReadOnlyList<Recorded<DomainEvent>> history, DateOnly on)
    {
        var completed = history
            .Where(happened => happened.Event is ActivityCompleted said && Stockholm.DayOf(said.At) <= on)
            .GroupBy(happened => ((ActivityCompleted)happened.Event).Activity, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        foreach (var happened in history)
        {
            if (happened.Event is not ActivityAgreed said)
                continue;

            var done = completed.GetValueOrDefault(said.Activity);
            var outcome = done?.Event as ActivityCompleted;
            DateOnly? completedOn = outcome is null ? null : Stockholm.DayOf(outcome.At);
            yield return new(
                said.Activity,
                said.What,
                said.Meeting,
                said.Responsible,
                said.ProposedBy,
                said.Due,
                completedOn,
                outcome?.Outcome,
                said.Due < (completedOn ?? on),
                happened.Position,
                done?.Position);
        }
    }

    private static IReadOnlyList<ForumDriver> Drivers(List<EvaluatedMeeting> meetings, List<EvaluatedActivity> activities) =>
    [
        .. meetings.SelectMany(meeting => meeting.Parties.Select(party => party.Name))
            .Concat(activities.Select(activity => activity.ProposedBy).OfType<string>())
            .Distinct(StringComparer.Ordinal)
            .Select(party => new ForumDriver(
                party,
                meetings.Count(meeting => meeting.Parties.Any(one => one.Name == party)),
                meetings.Count(meeting => meeting.Parties.Any(one => one.Name == party && one.Role == "lead")),
                meetings.Count(meeting => meeting.Parties.Any(one => one.Name == party && one.Role == "chair")),
                activities.Count(activity => activity.ProposedBy == party)))
            .OrderByDescending(driver => driver.Led + driver.Proposed)
            .ThenByDescending(driver => driver.Chaired)
            .ThenByDescending(driver => driver.Attended)
            .ThenBy(driver => driver.Party, StringComparer.Ordinal),
    ];
}
