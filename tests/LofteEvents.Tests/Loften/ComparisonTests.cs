using System.Text.Json;
using LofteEvents.Loften;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Loften;

/// <summary>The real change from 2018 to 2019: 2→4, 3→3, 4→5, and one of the seven problems dropped.</summary>
public sealed class Comparing_two_years
{
    [Fact]
    public void Shows_what_was_raised_and_what_was_dropped()
    {
        var compared = CompareLoften.Compare(Side("norrmalm-2019"), Side("norrmalm-2018"));

        compared.Earlier.Id.ShouldBe("norrmalm-2018");
        compared.Commitments.Select(line => (line.Earlier!.Target, line.Later!.Target, line.Change)).ShouldBe(
        [
            (2, 4, CommitmentChange.Raised),
            (3, 3, CommitmentChange.Same),
            (4, 5, CommitmentChange.Raised),
            (3, 3, CommitmentChange.Same),
        ]);
        compared.Problems.Dropped.ShouldBe(["Mörka otrygga områden"]);
        compared.Problems.Kept.Count.ShouldBe(6);
        compared.Aims.NotPublished.ShouldBeTrue();
        compared.Aims.Dropped.ShouldBeEmpty();
    }

    [Fact]
    public void Says_that_a_rule_counts_otherwise_beside_its_number() =>
        CompareLoften.Compare(Side("norrmalm-2018"), Side("norrmalm-2019")).Commitments
            .Select(line => line.RuleChanged)
            .ShouldBe([false, false, true, false]);

    [Fact]
    public void Knows_a_renamed_line_by_what_it_counts_and_shows_what_came_and_went()
    {
        var earlier = Side(A.Promise(A.Count(2).As("gammal"), new AssessmentRule { Question = "Gick det?" }.As("bort")));
        var later = Side(A.Promise(A.Count(1).As("ny"), new DeliverableRule { Deliverable = "En bänk." }.As("till")) with
        {
            Id = "q",
            Term = new Term(new DateOnly(2019, 1, 1), new DateOnly(2019, 12, 31)),
        });

        CompareLoften.Compare(earlier, later).Commitments.Select(line => line.Change)
            .ShouldBe([CommitmentChange.Lowered, CommitmentChange.Dropped, CommitmentChange.Added]);
    }

    private static LofteSide Side(string id) => Side(JsonSerializer.Deserialize(
        File.ReadAllBytes(Path.Combine(House.Root, "deploy", "loften", id + ".json")), LofteJson.Default.LofteDefinition)!);

    private static LofteSide Side(LofteDefinition definition)
    {
        var on = new DateOnly(2018, 6, 1);
        var status = Story.Of(definition, Norrmalm.Areas).Status;
        return new LofteSide(
            new ComparedLofte(definition.Id, definition.Title, definition.Area, definition.Term, on, Phase.During, 1),
            definition.Commitments,
            definition.Problems,
            definition.Aims,
            JudgeLofte.Judge(status, on));
    }
}

file static class Lines
{
    public static Commitment As(this Rule rule, string id) => new(id, $"Vi lovar {id}.", rule);
}
