using LofteEvents.Evaluations;
using LofteEvents.Loften;
using LofteEvents.Notices;
using LofteEvents.Tests.Loften;

namespace LofteEvents.Tests.Evaluations;

public sealed class Notices_in_a_report
{
    private static readonly DateTimeOffset s_deed = new(2018, 5, 4, 20, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void Of_which_none_is_recorded_are_no_data() => Fold().Told().ShouldBeNull();

    [Fact]
    public void Hide_how_few_they_are_and_how_fast_they_were()
    {
        var fold = Fold();
        fold.Add(Case(1, toldAfter: 30));

        var told = fold.Told()!;
        told.Opened.IsFew.ShouldBeTrue();
        told.MedianMinutes.ShouldBeNull();
    }

    [Fact]
    public void Say_how_many_were_told_and_how_fast_when_they_are_many()
    {
        var fold = Fold();
        for (var i = 1; i <= 6; i++)
            fold.Add(Case(i, toldAfter: i * 10));

        var told = fold.Told()!;
        told.Opened.Value.ShouldBe(6);
        told.Delivered.Value.ShouldBe(6);
        told.MedianMinutes.ShouldBe(30);
    }

    [Fact]
    public void Of_another_area_or_another_year_are_not_the_promises()
    {
        var fold = Fold();
        fold.Add(Case(1, toldAfter: 30, area: "farsta"));
        fold.Add(Case(2, toldAfter: 30, deed: s_deed.AddYears(1)));

        fold.Told().ShouldBeNull();
    }

    private static NoticeFold Fold() => new(
        EvaluationFold.Begin(
            [.. Norrmalm.Story.History.Where(happened => happened.Event is LofteEvent)],
            new EvaluationPoint(100, null, new DateOnly(2018, 11, 15)))!,
        Norrmalm.Areas);

    private static IReadOnlyList<Recorded<DomainEvent>> Case(
        int number, int toldAfter, string area = "norrmalm", DateTimeOffset? deed = null)
    {
        var from = deed ?? s_deed;
        var terms = ((NoticeOpened)Sample.Of("notice.opened.v1")).Terms with
        {
            Area = area,
            ClockFrom = from,
            Deadline = from.AddHours(2),
            FallbackAt = from.AddHours(1),
        };
        var delivered = (NoticeDelivered)Sample.Of("notice.delivered.v1");
        return [At(1, new NoticeOpened(terms), from), At(2, delivered, from.AddMinutes(toldAfter))];

        Recorded<DomainEvent> At(long version, DomainEvent said, DateTimeOffset time) =>
            new((number * 10) + version, Guid.Empty, $"notice/n{number}", version, said, time, time);
    }
}
