using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_real_promise
{
    // Set to 1, the test writes the files anew instead of comparing them: for whoever changes the rules.
    private const string WriteSetting = "LOFTE_WRITE_DEMONSTRATION";

    public static TheoryData<string> All => [.. Corpus.Ids];

    [Fact]
    public void Comes_in_eighteen_definitions() => Corpus.Ids.Count.ShouldBe(18);

    [Theory]
    [MemberData(nameof(All))]
    public void Can_be_said_and_is_accepted(string id)
    {
        var given = Sample.Type("lofte.given.v1");
        given.Schema.Check(Corpus.Parsed(id)).ShouldBeEmpty();
        DefinitionCheck.Check(Corpus.Definition(id), Sample.Areas).ShouldBeEmpty();
        Corpus.Definition(id).Id.ShouldBe(id);
    }

    [Fact]
    public void That_starts_on_a_day_that_does_not_exist_is_refused_in_a_sentence()
    {
        var fault = Sample.Type("lofte.given.v1").Schema.Check(Corpus.AsPublished()).ShouldHaveSingleItem();
        fault.Pointer.ShouldBe("/term/from");
        fault.Detail.ShouldContain("2023-06-31");
        fault.Detail.ShouldContain("date");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Ships_with_histories_that_keep_it_half_keep_it_and_miss_it(string id)
    {
        foreach (var share in Enum.GetValues<Share>())
        {
            var made = CorpusExamples.Text(id, share);
            if (Environment.GetEnvironmentVariable(WriteSetting) == "1")
                await File.WriteAllTextAsync(Corpus.ExampleOf(id, share), made, TestContext.Current.CancellationToken);

            (await File.ReadAllTextAsync(Corpus.ExampleOf(id, share), TestContext.Current.CancellationToken)).ShouldBe(made);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Is_fulfilled_when_everything_in_it_is_done(string id) =>
        After(id, Share.Kept).ShouldAllBe(judged => judged.Verdict == Verdict.Fulfilled);

    [Theory]
    [MemberData(nameof(All))]
    public void Is_never_fulfilled_when_half_of_it_is_done(string id)
    {
        var judged = After(id, Share.HalfKept);
        judged.ShouldAllBe(one => one.Verdict == Verdict.Partly || one.Verdict == Verdict.NotFulfilled);
        judged.Where(one => one.Counted > 0).ShouldAllBe(one => one.Verdict == Verdict.Partly);
        judged.ShouldContain(one => one.Verdict == Verdict.Partly);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Is_not_fulfilled_in_any_line_by_what_only_comes_close_and_says_why(string id)
    {
        var story = CorpusExamples.Read(id, Share.Missed);
        var day = story.Status.Term.To.AddDays(1);
        JudgeLofte.Judge(story.Status, day).Commitments.ShouldAllBe(judged => judged.Verdict == Verdict.NotFulfilled);
        foreach (var fact in story.Facts.Where(fact => fact.Type is FactType.Insats or FactType.ForumMeeting))
        {
            // What calls for an answer counts as such, answered or not.
            foreach (var commitment in story.Status.Commitments.Where(Counts))
            {
                var explained = ExplainFact.Explain(story.Status, commitment, fact, day);
                explained.Counted.ShouldBeFalse();
                explained.Unmet.ShouldNotBeEmpty();
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Is_judged_week_by_week_through_its_term_and_around_it(string id)
    {
        var story = CorpusExamples.Read(id, Share.HalfKept);
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
        DefinitionCheck.Check(silent, Sample.Areas).ShouldHaveSingleItem().Code.ShouldBe("definition.double-counting");
    }

    [Fact]
    public void Of_Lulea_shows_the_missed_days_that_an_average_hides()
    {
        var definition = Corpus.Definition("lulea-2018");
        var story = Story.Of(definition, Sample.Areas);
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

    private static bool Counts(CommitmentStatus commitment) =>
        !commitment.Versions[0].Rule.Simple.OfType<ResponseRule>().Any();

    private static IReadOnlyList<JudgedCommitment> After(string id, Share share)
    {
        var story = CorpusExamples.Read(id, share);
        return JudgeLofte.Judge(story.Status, story.Status.Term.To.AddDays(1)).Commitments;
    }
}
