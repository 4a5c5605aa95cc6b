using LofteEvents.Insatser;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

/// <summary>One thing that somebody says of an insats.</summary>
internal sealed record Step(int Insats, string What, DateOnly Day, int Minute, string Area, string Kind, string Tag)
{
    public DateTimeOffset From => Stockholm.FirstInstant(Day, new TimeOnly(Minute / 60, Minute % 60));
}

/// <summary>
/// A year as it is told, and the promise that is given (and amended) before the step <paramref name="GivenAt"/>.
/// </summary>
internal sealed record Tale(Rule Rule, Rule? Amended, Step[] Steps, int GivenAt, DateOnly On)
{
    public static DateOnly AmendedFrom { get; } = new(2018, 6, 15);

    public Story Told()
    {
        var story = new Story(Norrmalm.Areas);
        var known = new Dictionary<int, string>();
        for (var i = 0; i <= Steps.Length; i++)
        {
            if (i == GivenAt)
            {
                story.Said("lofte/p", new LofteGiven(A.Promise(Rule)), "2018-01-01T00:00:00+01:00");
                if (Amended is not null)
                    story.Said(
                        "lofte/p", new LofteAmended(AmendedFrom, "Ändring.", A.Promise(Amended)), "2018-06-01T00:00:00+02:00");
            }

            if (i < Steps.Length)
                Tell(story, known, Steps[i]);
        }

        return story;
    }

    /// <summary>Only what the decisions of an insats let through: reported once, then corrected, voided for good.</summary>
    private static void Tell(Story story, Dictionary<int, string> known, Step step)
    {
        DomainEvent? said = (known.GetValueOrDefault(step.Insats), step.What) switch
        {
            (null, "report") => Report(step),
            ("report", "correct") => new InsatsCorrected
            {
                Kind = step.Kind,
                Title = "Rättad",
                Organiser = "norrmalm",
                Place = new Place(step.Area),
                From = step.From,
                To = step.From.AddHours(1),
                Tags = [step.Tag],
                Reason = "Fel.",
            },
            ("report", "void") => new InsatsVoided("Ingen insats."),
            _ => null,
        };
        if (said is null)
            return;

        known[step.Insats] = said is InsatsVoided ? "void" : "report";
        story.Said($"insats/{step.Insats}", said, "2019-01-15T00:00:00+01:00");
    }

    private static InsatsCarriedOut Report(Step step) => new()
    {
        Kind = step.Kind,
        Title = "Rapport",
        Organiser = "norrmalm",
        Place = new Place(step.Area),
        From = step.From,
        To = step.From.AddHours(1),
        Tags = [step.Tag],
    };
}
