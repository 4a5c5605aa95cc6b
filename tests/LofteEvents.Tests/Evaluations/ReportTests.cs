using System.Text;
using LofteEvents.Evaluations;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Tests.Loften;

namespace LofteEvents.Tests.Evaluations;

public sealed class A_report
{
    private static readonly DateOnly s_autumn = new(2018, 11, 15);

    [Fact]
    public void Says_since_when_the_promised_is_there()
    {
        var story = Norrmalm.Story.Insats("n1", "2018-02-10", "criminal-network").Insats("n2", "2018-04-10", "criminal-network");

        Of(story, "natverk").MetOn.ShouldBe(Story.Day("2018-04-10"));
        Of(story, "trafik").MetOn.ShouldBeNull();
    }

    [Fact]
    public void Counts_plans_apart_from_what_was_delivered()
    {
        var story = Norrmalm.Story
            .Said("insats/a", Planned("2018-05-01"), "2018-04-01T12:00:00+02:00")
            .Said("insats/b", Planned("2018-05-02"), "2018-04-01T12:00:00+02:00")
            .Said("insats/b", new InsatsCancelled("Snö."), "2018-04-20T12:00:00+02:00")
            .Said("insats/c", Planned("2018-12-02"), "2018-04-01T12:00:00+02:00")
            .Said("insats/a", Story.Report("2018-05-01", "criminal-network"), "2018-05-02T12:00:00+02:00");

        var plans = Of(story, "natverk").Plans;

        (plans.Planned, plans.Delivered, plans.CancelledTotal, plans.Open).ShouldBe((3, 1, 1, 1));
        plans.Cancelled.ShouldHaveSingleItem().Reason.ShouldBe("Snö.");
    }

    [Fact]
    public void Tells_a_correction_that_made_something_count_and_one_that_took_it_away()
    {
        var story = Norrmalm.Story
            .Insats("n1", "2018-02-10", "criminal-network", area: "farsta")
            .Said("insats/n1", Corrected("2018-02-10", "norrmalm"), "2018-03-01T12:00:00+01:00")
            .Insats("n2", "2018-03-10", "criminal-network")
            .Said("insats/n2", new InsatsVoided("Dubblett."), "2018-04-01T12:00:00+01:00");

        var told = Of(story, "natverk");

        told.Events.ShouldBe(1);
        told.CorrectionsTotal.ShouldBe(2);
        told.Corrections.Select(one => (one.CountedBefore, one.CountsAfter)).ShouldBe([(false, true), (true, false)]);
    }

    [Fact]
    public void Says_what_is_missing_and_takes_it_for_no_zero()
    {
        var report = Told.Report(Norrmalm.Story.Insats("n1", "2018-02-10", "criminal-network"), Norrmalm.Areas, s_autumn).Report;

        Of(Norrmalm.Story.Insats("n1", "2018-02-10", "criminal-network"), "natverk").Hours.Hours.ShouldBeNull();
        report.Missing.Select(missing => missing.What).ShouldBe(
            [
                MissingWhat.Hours, MissingWhat.Evidence, MissingWhat.Evidence, MissingWhat.Assessment, MissingWhat.Evidence,
                MissingWhat.Effect, MissingWhat.Meetings, MissingWhat.Meetings, MissingWhat.Meetings, MissingWhat.Notices,
            ]);
    }

    [Fact]
    public void Is_the_same_in_whatever_order_its_facts_are_added()
    {
        var story = Norrmalm.Story;
        for (var i = 1; i <= 9; i++)
            story.Insats($"n{i}", $"2018-0{i}-10", "criminal-network");

        var at = new EvaluationPoint(story.History[^1].Position, null, s_autumn);
        var facts = ReportedFacts.Of(story.History.Select(happened => (happened, (string?)null)), Norrmalm.Areas).ToList();
        var (there, back) = (Fold(facts), Fold(facts.AsEnumerable().Reverse()));

        back.ShouldBe(there);

        string Fold(IEnumerable<ReportedFact> added)
        {
            var fold = EvaluationFold.Begin([.. story.History.Where(happened => happened.Event is LofteEvent)], at)!;
            foreach (var fact in added)
                fold.Add(fact);

            return PublishedEvaluation.DigestOf(fold.Report(
                new Dictionary<string, IReadOnlyList<Recorded<DomainEvent>>>(),
                new Dictionary<long, ShownSaying>(),
                Norrmalm.Areas,
                notices: null));
        }
    }

    [Fact]
    public void Escapes_what_publishers_say_in_HTML_and_takes_formulas_from_tables()
    {
        var said = Story.Report("2018-02-10", "criminal-network") with { Title = "=1+1<script>alert(1)</script>" };
        var evaluation = Told.Published(
            Norrmalm.Story.Said("insats/n1", said, "2018-02-11T12:00:00+01:00"), Norrmalm.Areas, s_autumn);

        Encoding.UTF8.GetString(EvaluationFiles.ToHtml(evaluation, "")).ShouldNotContain("<script");
        Encoding.UTF8.GetString(EvaluationFiles.ToEventsCsv(evaluation)).ShouldContain(";'=1+1<script>");
    }

    [Fact]
    public void Shows_no_case_number_and_no_small_number_of_young_people_in_any_file()
    {
        var said = Story.Report("2018-02-10", "criminal-network") with
        {
            CaseNumber = "5000-K123456-18",
            MinorsEncountered = 3,
            Results = new Dictionary<string, long> { ["reports"] = 4 },
        };
        var evaluation = Told.Published(
            Norrmalm.Story.Said("insats/n1", said, "2018-02-11T12:00:00+01:00"), Norrmalm.Areas, s_autumn);

        foreach (var (name, content) in EvaluationFiles.Of(evaluation, ""))
            Encoding.Latin1.GetString(content).ShouldNotContain("5000-K123456-18", customMessage: name);

        var shown = evaluation.Report.Commitments[0].Evidence[0];
        shown.MinorsEncountered!.Value.IsFew.ShouldBeTrue();
        Encoding.UTF8.GetString(EvaluationFiles.ToJson(evaluation)).ShouldContain("\"minorsEncountered\": \"färre än fem\"");
    }

    [Fact]
    public void Is_a_PDF_whose_table_of_objects_leads_to_each_object()
    {
        var pdf = Encoding.ASCII.GetString(EvaluationFiles.ToPdf(
            Told.Published(Norrmalm.Story.Insats("n1", "2018-02-10", "criminal-network"), Norrmalm.Areas, s_autumn)));

        var table = int.Parse(pdf.Split("startxref\n")[1].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
        var lines = pdf[table..].Split('\n');
        var count = int.Parse(lines[1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 1; i < count; i++)
        {
            var offset = int.Parse(lines[2 + i][..10], System.Globalization.CultureInfo.InvariantCulture);
            pdf[offset..].ShouldStartWith($"{i} 0 obj\n");
        }

        pdf.ShouldNotContain("/CreationDate");
    }

    private static InsatsPlanned Planned(string day)
    {
        var report = Story.Report(day, "criminal-network");
        return new() { Kind = report.Kind, Place = report.Place, From = report.From, To = report.To, Tags = report.Tags };
    }

    private static InsatsCorrected Corrected(string day, string area)
    {
        var report = Story.Report(day, "criminal-network", area);
        return new()
        {
            Kind = report.Kind,
            Place = report.Place,
            From = report.From,
            To = report.To,
            Tags = report.Tags,
            Reason = "Fel område.",
        };
    }

    private static EvaluatedCommitment Of(Story story, string commitment) =>
        Told.Report(story, Norrmalm.Areas, s_autumn).Report.Commitments.Single(one => one.Id == commitment);
}
