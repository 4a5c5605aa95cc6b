using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_real_promise
{
    public static TheoryData<string> All => [.. Corpus.Ids];

    public static TheoryData<string> Dated => [.. Corpus.Ids.Where(id => id != Corpus.Undated)];

    [Theory]
    [MemberData(nameof(Dated))]
    public void Can_be_said_and_is_accepted(string id)
    {
        var given = Sample.Type("lofte.given.v1");
        given.Schema.Check(Corpus.Parsed(id)).ShouldBeEmpty();
        DefinitionCheck.Check(Corpus.Definition(id), Corpus.Areas).ShouldBeEmpty();
    }

    [Fact]
    public void That_starts_on_a_day_that_does_not_exist_is_refused_in_a_sentence()
    {
        var fault = Sample.Type("lofte.given.v1").Schema.Check(Corpus.Parsed(Corpus.Undated)).ShouldHaveSingleItem();
        fault.Pointer.ShouldBe("/term/from");
        fault.Detail.ShouldContain("2023-06-31");
        fault.Detail.ShouldContain("date");
    }

    [Theory]
    [MemberData(nameof(Dated))]
    public void Is_fulfilled_when_everything_in_it_is_done(string id) =>
        After(id, 1).ShouldAllBe(judged => judged.Verdict == Verdict.Fulfilled);

    [Theory]
    [MemberData(nameof(Dated))]
    public void Is_never_fulfilled_when_half_of_it_is_done(string id)
    {
        var judged = After(id, 0.5m);
        judged.ShouldAllBe(one => one.Verdict == Verdict.Partly || one.Verdict == Verdict.NotFulfilled);
        judged.Where(one => one.Counted > 0).ShouldAllBe(one => one.Verdict == Verdict.Partly);
    }

    [Theory]
    [MemberData(nameof(Dated))]
    public void Is_not_fulfilled_in_any_line_when_nothing_is_done(string id) => After(id, 0).ShouldAllBe(judged =>
        judged.Verdict == Verdict.NotFulfilled || (judged.Verdict == Verdict.Partly && judged.Of != null));

    [Theory]
    [MemberData(nameof(Dated))]
    public void Is_judged_week_by_week_through_its_term_and_around_it(string id)
    {
        var story = new Keeping(Corpus.Definition(id), Corpus.Areas, 0.5m).Told();
        var term = story.Status.Term;
        for (var day = term.From.AddDays(-1); day <= term.To.AddDays(8); day = day.AddDays(7))
        {
            var judged = JudgeLofte.Judge(story.Status, day);
            judged.Commitments.ShouldAllBe(one => one.Preliminary == term.Contains(day));
            judged.Commitments.ShouldAllBe(one => one.Remaining == Math.Max(0, one.Target - one.Done));
        }
    }

    [Fact]
    public void Of_Ale_is_refused_when_its_double_counting_is_not_declared()
    {
        var ale = Corpus.Definition("ale-2019");
        var silent = ale with
        {
            Commitments = [.. ale.Commitments.Select(commitment => commitment with { SharesEventsWith = null })],
        };
        DefinitionCheck.Check(silent, Corpus.Areas).ShouldHaveSingleItem().Code.ShouldBe("definition.double-counting");
    }

    [Fact]
    public void Of_Lulea_shows_the_missed_days_that_an_average_hides()
    {
        var definition = Corpus.Definition("lulea-2018");
        var story = Story.Of(definition, Corpus.Areas);
        for (var i = 0; i < 450; i++)
        {
            var day = definition.Term.From.AddDays(i % 360);
            var report = Story.Report(Days.Of(day), "trafikkontroll", "lulea");
            story.Said($"insats/i{i}", report, "2019-01-01T00:00:00Z");
        }

        var judged = story.On("2019-01-01", "trafikkontroll");
        judged.Counted.ShouldBe(450);
        judged.Verdict.ShouldBe(Verdict.Partly);
        judged.Parts!.Where(part => part.State is PartState.Missed).Select(part => part.Key)
            .ShouldBe(["2018-12-27", "2018-12-28", "2018-12-29", "2018-12-30", "2018-12-31"]);
    }

    [Theory]
    [InlineData("lulea-2018", false)]
    [InlineData("kungalv-2018", false)]
    [InlineData("goteborg-centrum-2018", true)]
    public void Is_warned_of_open_wording_only_where_no_person_judges(string id, bool warned) =>
        DefinitionWarnings.Check(Corpus.Definition(id)).Any(warning => warning.Code == "definition.wording-open")
            .ShouldBe(warned);

    private static IReadOnlyList<JudgedCommitment> After(string id, decimal share)
    {
        var story = new Keeping(Corpus.Definition(id), Corpus.Areas, share).Told();
        return JudgeLofte.Judge(story.Status, story.Status.Term.To.AddDays(1)).Commitments;
    }
}
