using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Requests;

namespace LofteEvents.Tests.Loften;

/// <summary>
/// What holds for every shape of rule, whatever was reported, corrected, answered and voided, and wherever the promise was
/// amended.
/// </summary>
public partial class Every_shape_of_rule
{
    private static readonly DateOnly First = new(2018, 1, 1);

    private static IReadOnlyList<(Rule Signed, Rule Amended)> Shapes => SampleShapes.All;

    private static readonly Gen<DomainEvent> Reports =
        from day in Gen.Choose(-5, 370)
        from minute in Gen.Choose(0, 1439)
        from minutes in Gen.Choose(0, 300)
        from kind in Gen.Elements("traffic", "traffic", "narcotics")
        from tag in Gen.Elements("riktad", "annan")
        from party in Gen.Elements("polis", "kommun")
        from partOf in Gen.Elements<string?>(null, null, "0", "1", "2")
        from corrects in Gen.Elements(true, false)
        let start = Stockholm.FirstInstant(First.AddDays(day), new TimeOnly(minute / 60, minute % 60))
        let report = Story.Report("2018-01-01", kind, tags: [tag]) with
        {
            From = start,
            To = start.AddMinutes(minutes),
            Hours = minutes / 30m,
            Parties = [new Party(party)],
            PartOf = partOf,
        }
        select corrects ? (DomainEvent)Correction(report) : report;

    private static readonly Gen<DomainEvent> Questions =
        from day in Gen.Choose(-5, 370)
        from hour in Gen.Choose(0, 23)
        from after in Gen.Choose(0, 100)
        from outcome in Gen.Elements(RequestOutcome.Met, RequestOutcome.Met, RequestOutcome.Waived)
        from what in Gen.Choose(0, 6)
        from about in Gen.Elements<string?>(null, "insats/0", "insats/1", "insats/2")
        let at = Stockholm.FirstInstant(First.AddDays(day), new TimeOnly(hour, 0))
        select what switch
        {
            <= 2 => new RequestReceived("traffic", at, new Place("norrmalm"), About: about),
            <= 5 => new RequestAnswered(DateTimeOffset.UnixEpoch.AddHours(after), outcome),
            _ => (DomainEvent)new RequestVoided("Fel."),
        };

    private static readonly Gen<(string Stream, DomainEvent Said)> Steps = Gen.OneOf(
        from id in Gen.Choose(0, 9)
        from said in Gen.Frequency((8, Reports), (1, Gen.Constant<DomainEvent>(new InsatsVoided("Fel."))))
        select ($"insats/{id}", said),
        from id in Gen.Choose(0, 5)
        from said in Questions
        select ($"request/{id}", said));

    private static readonly Gen<(Story Story, DateOnly On)> Stories =
        from shape in Gen.Elements([.. Shapes])
        from steps in Steps.ArrayOf(40)
        from given in Gen.Choose(0, 40)
        from amended in Gen.Choose(0, 40)
        from judged in Gen.Choose(-5, 380)
        select (Told(shape, steps, given, amended), First.AddDays(judged));

    public static TheoryData<int> All => [.. Enumerable.Range(0, Shapes.Count)];

    [Fact]
    public void Folds_to_the_same_document_event_by_event_and_from_scratch() => Hold((story, _) => story.Status is not null);

    [Fact]
    public void Reads_back_from_its_JSON() => Hold((story, _) =>
    {
        var json = Story.Json(story.Status);
        return Story.Json(JsonSerializer.Deserialize(json, LofteJson.Default.LofteStatus)!) == json;
    });

    [Fact]
    public void Comes_to_a_verdict_that_fits_the_phase_on_every_day() => Hold((story, day) =>
    {
        var judged = JudgeLofte.Judge(story.Status, day).Commitments.Single();
        return day.Year switch
        {
            < 2018 => judged.Verdict is Verdict.Upcoming,
            2018 => judged.Verdict is Verdict.OnTrack or Verdict.AtRisk or Verdict.Fulfilled or Verdict.CanNoLongerBeMet
                or Verdict.NotTriggered,
            _ => judged.Verdict is Verdict.Fulfilled or Verdict.Partly or Verdict.NotFulfilled or Verdict.CannotBeAssessed
                or Verdict.NotTriggered or Verdict.Hindered,
        };
    });

    [Theory]
    [MemberData(nameof(All))]
    public void Is_accepted_by_the_schema_and_the_check_and_reads_back(int shape)
    {
        foreach (var rule in new[] { Shapes[shape].Signed, Shapes[shape].Amended })
        {
            var definition = A.Promise(rule);
            var given = EventCatalogue.Of(new LofteGiven(definition));
            var json = given.Encode(new LofteGiven(definition));
            given.Schema.Check(JsonDocument.Parse(json).RootElement).ShouldBeEmpty();
            given.Encode(given.Decode(json)).ShouldBe(json);
            DefinitionCheck.Check(definition, Norrmalm.Areas).ShouldBeEmpty();
        }

        AmendmentCheck.Check(
                A.Promise(Shapes[shape].Signed),
                A.Promise(Shapes[shape].Signed).Term,
                new LofteAmended(new DateOnly(2018, 6, 1), "Ändring.", A.Promise(Shapes[shape].Amended)),
                Norrmalm.Areas)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Answers_are_what_answering_one_by_one_counts() => Prop
        .ForAll(
            (from steps in (from id in Gen.Choose(0, 5) from said in Questions select ($"request/{id}", said)).ArrayOf(30)
             from judged in Gen.Choose(0, 380)
             select (steps, On: First.AddDays(judged))).ToArbitrary(),
            one =>
            {
                var rule = new ResponseRule { Select = SampleShapes.Requests, WithinHours = 24 };
                var story = Told((rule, rule), one.steps, 0, 0);
                return JudgeLofte.Judge(story.Status, one.On).Commitments.Single().Responses == OneByOne(story, one.On);
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    [Fact]
    public void Answers_to_events_are_what_pairing_them_one_by_one_gives() => Prop
        .ForAll(
            (from steps in Steps.ArrayOf(60) from judged in Gen.Choose(0, 380) select (steps, On: First.AddDays(judged)))
                .ToArbitrary(),
            one => new Selector[] { SampleShapes.Requests, A.Insats with { Kinds = ["narcotics"] } }.All(answer =>
            {
                var rule = new ResponseRule { Select = A.Insats, Answer = answer, WithinHours = 24 };
                var story = Told((rule, rule), one.steps, 0, 0);
                var judged = JudgeLofte.Judge(story.Status, one.On).Commitments.Single();
                return judged.Responses == PairedOneByOne(story, rule, one.On)
                    && judged.Parts!.Count(part => part.State is PartState.Met) == judged.Done;
            }))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    private static JudgedResponses PairedOneByOne(Story story, ResponseRule rule, DateOnly day)
    {
        var inTerm = story.Facts.Where(fact => fact.Day.Year == 2018).ToList();
        var called = inTerm.Where(fact => fact.Type is FactType.Insats && fact.Kind == "traffic" && fact.Day <= day).ToList();
        var first = called.ToDictionary(fact => fact, fact => inTerm
            .Where(other => rule.Answer!.Type is FactType.Request
                ? other.About == fact.Stream && other.AnsweredAt is not null
                : other.Kind == "narcotics" && fact.Stream == "insats/" + other.PartOf)
            .Select(other => (At: other.AnsweredAt ?? other.From, IsWaiver: other.Outcome == "waived"))
            .Where(answer => Stockholm.DayOf(answer.At) <= day)
            .OrderBy(answer => answer.At)
            .Cast<(DateTimeOffset At, bool IsWaiver)?>()
            .FirstOrDefault());
        var open = called.Where(fact => first[fact] is null).ToList();
        var late = called.Count(fact => first[fact] is { IsWaiver: false } answer && answer.At > fact.From.AddHours(24));
        var waived = called.Count(fact => first[fact] is { IsWaiver: true });
        return new(
            called.Count, called.Count - open.Count - late - waived, late, waived, open.Count,
            open.Count(fact => Stockholm.DayOf(fact.From.AddHours(24)) < day));
    }

    private static JudgedResponses OneByOne(Story story, DateOnly day)
    {
        var asked = story.Facts.Where(fact => fact.Type is FactType.Request && fact.Day.Year == 2018 && fact.Day <= day).ToList();
        var handled = asked.Where(fact => fact.AnsweredAt is { } at && Stockholm.DayOf(at) <= day).ToList();
        var waived = handled.Count(fact => fact.Outcome == "waived");
        var late = handled.Count(fact => fact.Outcome == "met" && fact.AnsweredAt > fact.From.AddHours(24));
        var open = asked.Except(handled).ToList();
        return new(
            asked.Count, handled.Count - waived - late, late, waived, open.Count,
            open.Count(fact => Stockholm.DayOf(fact.From.AddHours(24)) < day));
    }

    private static Story Told(
        (Rule Signed, Rule Amended) shape, (string Stream, DomainEvent Said)[] steps, int given, int amended)
    {
        var story = new Story(Norrmalm.Areas);
        var known = new HashSet<string>();
        for (var i = 0; i <= steps.Length; i++)
        {
            if (i == given)
                story.Said("lofte/p", new LofteGiven(A.Promise(shape.Signed)), "2018-01-01T00:00:00+01:00");
            if (i == Math.Max(given, amended))
                story.Said(
                    "lofte/p", new LofteAmended(new(2018, 6, 15), "Ändring.", A.Promise(shape.Amended)), "2018-06-01T00:00:00Z");
            if (i < steps.Length && CanBeSaid(known, steps[i].Stream, steps[i].Said))
                story.Said(steps[i].Stream, AfterItsQuestion(story, steps[i].Stream, steps[i].Said), "2019-01-15T00:00:00Z");
        }

        return story;
    }

    /// <summary>Reported once, then corrected or answered, and voided for good: what the decisions let through.</summary>
    private static bool CanBeSaid(HashSet<string> known, string stream, DomainEvent said) => said switch
    {
        InsatsCarriedOut or RequestReceived => known.Add(stream),
        InsatsVoided or RequestVoided => known.Contains(stream) && known.Add(stream + " is gone"),
        RequestAnswered => known.Contains(stream) && !known.Contains(stream + " is gone") && known.Add(stream + " is answered"),
        _ => known.Contains(stream) && !known.Contains(stream + " is gone"),
    };

    /// <summary>An answer is drawn as the time it takes from the question.</summary>
    private static DomainEvent AfterItsQuestion(Story story, string stream, DomainEvent said) => said is RequestAnswered answer
        ? answer with { At = story.Facts.Single(fact => fact.Stream == stream).From + (answer.At - DateTimeOffset.UnixEpoch) }
        : said;

    private static InsatsCorrected Correction(InsatsCarriedOut report) => new()
    {
        Kind = report.Kind,
        Title = report.Title,
        Organiser = report.Organiser,
        Place = report.Place,
        From = report.From,
        To = report.To,
        Hours = report.Hours,
        Tags = report.Tags,
        Parties = report.Parties,
        PartOf = report.PartOf,
        Reason = "Fel.",
    };

    private static void Hold(Func<Story, DateOnly, bool> law) => Prop
        .ForAll(Stories.ToArbitrary(), one => law(one.Story, one.On))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
}
