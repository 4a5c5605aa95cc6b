using System.Text.Json;
using LofteEvents.Evaluations;
using LofteEvents.Loften;
using LofteEvents.Tests.Loften;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Evaluations;

public sealed class A_drafted_promise
{
    public static TheoryData<string> Shipped =>
    [
        .. Directory.EnumerateFiles(Path.Combine(House.Root, "deploy", "loften"), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(id => DefinitionCheck.Check(Read(id), Sample.Areas).Count == 0)
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Can_be_given_whatever_was_promised(string id)
    {
        var definition = Read(id);
        var year = definition.Term.From.Year + 1;

        var draft = Draft(Story.Of(definition, Sample.Areas), definition.Term.To, year).Definition;

        DefinitionCheck.Check(draft, Sample.Areas).ShouldBeEmpty();
        DefinitionWarnings.Check(draft).ShouldNotContain(warning => warning.Code == "definition.text-not-published");
        draft.Term.From.ShouldBe(definition.Term.From.AddYears(1));
        draft.Id.ShouldNotBe(definition.Id);
        EventCatalogue.TryFind("lofte.given.v1", out var given);
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(draft, LofteJson.Default.LofteDefinition));
        given!.Schema.Check(document.RootElement).ShouldBeEmpty();
    }

    [Fact]
    public void Raises_what_was_far_over_delivered_in_the_rule_and_in_the_words()
    {
        var story = Norrmalm.Story;
        for (var i = 1; i <= 4; i++)
            story.Insats($"n{i}", $"2018-0{i}-10", "criminal-network");

        var draft = Draft(story, new DateOnly(2018, 12, 31), 2019);

        var line = draft.Definition.Commitments[0];
        ((CountRule)line.Rule).AtLeast.ShouldBe(4);
        line.Text.ShouldBe(
            "Polisen skall genomföra minst fyra riktade insatser mot kriminella nätverk som vistas i Stockholms innerstad.");
        draft.Lines.Select(one => one.Ground).ShouldBe(
            [DraftGround.OverDelivered, DraftGround.Missed, DraftGround.Missed, DraftGround.NotMeasurable]);
        draft.Definition.Id.ShouldBe("norrmalm-2019");
        draft.Definition.Commitments[3].Text.ShouldContain("under 2019");
        draft.Definition.Feedback![0].By.ShouldBe(new DateOnly(2019, 11, 30));
    }

    [Fact]
    public void Lowers_nothing_and_says_what_hindered()
    {
        var story = Norrmalm.Story.Said(
            "lofte/norrmalm-2018",
            new CommitmentHindered("trafik", new DateOnly(2018, 10, 1), "Personalen lånades ut.", "Chefen"),
            "2018-10-02T12:00:00+02:00");

        var draft = Draft(story, new DateOnly(2018, 12, 31), 2019);

        ((CountRule)draft.Definition.Commitments[2].Rule).AtLeast.ShouldBe(4);
        draft.Lines[2].Ground.ShouldBe(DraftGround.Hindered);
        draft.Lines[2].Reason.ShouldContain("Personalen lånades ut.");
    }

    private static PromiseDraft Draft(Story story, DateOnly on, int year)
    {
        var (definition, report) = Told.Report(story, Sample.Areas, on);
        return DraftPromise.From(definition, report, year);
    }

    private static LofteDefinition Read(string id) => JsonSerializer.Deserialize(
        File.ReadAllBytes(Path.Combine(House.Root, "deploy", "loften", id + ".json")), LofteJson.Default.LofteDefinition)!;
}
