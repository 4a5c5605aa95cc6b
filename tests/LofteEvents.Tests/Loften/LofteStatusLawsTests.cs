using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

/// <summary>
/// What holds for every history: told as random reports, corrections and voidings of a year, with the promise given somewhere
/// among them.
/// </summary>
public class The_status_of_a_promise
{
    private static readonly DateOnly First = new(2018, 1, 1);
    private static readonly string[] Places = ["norrmalm", "sodermalm", "farsta"];
    private static readonly string[] Kinds = ["traffic", "narcotics"];

    private static readonly Gen<Step> Steps =
        from insats in Gen.Choose(0, 12)
        from what in Gen.Frequency((6, Gen.Constant("report")), (2, Gen.Constant("correct")), (1, Gen.Constant("void")))
        from day in Gen.Choose(-10, 374)
        from minute in Gen.Choose(0, 1439)
        from place in Gen.Elements(Places)
        from kind in Gen.Elements(Kinds)
        from tag in Gen.Elements("riktad", "annan")
        select new Step(insats, what, First.AddDays(day), minute, place, kind, tag);

    private static readonly Gen<Rule> Rules =
        from divide in Gen.Elements<Division?>(
        [
            null,
            .. Enum.GetValues<CalendarPart>().Select(every => new CalendarDivision(every)),
            new AreaDivision { Of = ["norrmalm", "sodermalm"] },
        ])
        from atLeast in Gen.Choose(1, 3)
        from exactly in Gen.Elements(false, false, true)
        from area in Gen.Elements<string?>(null, "norrmalm", "stockholms-innerstad")
        from tag in Gen.Elements<string?>(null, "riktad")
        from night in Gen.Elements(false, true)
        select (Rule)new CountRule
        {
            Select = A.Insats with
            {
                Areas = area is null ? null : [area],
                Tags = tag is null ? null : [tag],
                TimeOfDay = night ? new ClockWindow(new TimeOnly(20, 0), new TimeOnly(4, 0)) : null,
            },
            Divide = divide,
            AtLeast = exactly ? null : atLeast,
            Exactly = exactly ? atLeast : null,
        };

    private static readonly Gen<Tale> Tales =
        from rule in Rules
        from amended in Rules
        from isAmended in Gen.Elements(true, false)
        from steps in Steps.ArrayOf(60)
        from given in Gen.Choose(0, 60)
        from judged in Gen.Choose(-5, 380)
        select new Tale(rule, isAmended ? amended : null, steps, given, First.AddDays(judged));

    /// <summary>
    /// <see cref="Story.Status"/> itself compares the document folded event by event with the one folded from scratch.
    /// </summary>
    [Fact]
    public void Is_the_same_folded_event_by_event_as_from_scratch() => Hold(tale => tale.Told().Status is not null);

    [Fact]
    public void Reads_back_from_its_JSON() => Hold(tale =>
    {
        var json = Story.Json(tale.Told().Status);
        return Story.Json(JsonSerializer.Deserialize(json, LofteJson.Default.LofteStatus)!) == json;
    });

    /// <summary>A <c>jsonb</c> column keeps no order of members: it sorts names by their length, then by their bytes.</summary>
    [Fact]
    public void Reads_back_from_a_jsonb_column() => Hold(tale =>
    {
        var json = Story.Json(tale.Told().Status);
        var stored = AsJsonb(JsonNode.Parse(json)!).ToJsonString();
        return Story.Json(JsonSerializer.Deserialize(stored, LofteJson.Default.LofteStatus)!) == json;
    });

    [Fact]
    public void Counts_what_counting_one_by_one_counts() => Hold(tale =>
    {
        var judged = JudgeLofte.Judge(tale.Told().Status, tale.On).Commitments.Single();
        var oracle = new Oracle(tale);
        return judged.Counted == oracle.Counted
            && (judged.Parts?.Select(part => (part.Key, part.Done)).ToList() ?? [("term", judged.Done)])
                .SequenceEqual(oracle.Parts);
    });

    [Fact]
    public void Explains_as_counted_exactly_what_it_counts() => Hold(tale =>
    {
        var story = tale.Told();
        var commitment = story.Status.Commitments.Single();
        var explained = story.Facts.Count(fact => ExplainFact.Explain(story.Status, commitment, fact, tale.On).Counted);
        return explained == new Oracle(tale).AllCounted;
    });

    [Fact]
    public void Does_not_grow_with_the_number_of_events()
    {
        var few = A.Story(A.Count(1, new CalendarDivision(CalendarPart.Day)));
        var status = few.Status;
        var fact = new Story(Norrmalm.Areas).Insats("a", "2018-01-01", "traffic").Facts.Single();
        for (var i = 0; i < 100_000; i++)
            status = LofteStatusProjection.Apply(
                status, new FactChange(null, fact with { Stream = $"insats/{i}", Day = First.AddDays(i % 365) }));

        JudgeLofte.Judge(status, new DateOnly(2018, 12, 31)).Commitments.Single().Counted.ShouldBe(100_000);
        (Story.Json(status).Length - Story.Json(few.Status).Length).ShouldBeLessThan(365 * 5);
    }

    private static JsonNode AsJsonb(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key.Length)
            .ThenBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : AsJsonb(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : AsJsonb(item))]),
        _ => node.DeepClone(),
    };

    private static void Hold(Func<Tale, bool> law) =>
        Prop.ForAll(Tales.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));
}
