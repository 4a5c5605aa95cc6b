using System.Globalization;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_time_of_day
{
    private static readonly ClockWindow Evening = new(new TimeOnly(18, 0), new TimeOnly(3, 0));

    [Theory]
    [InlineData("2018-05-04T17:59:59+02:00", null)]
    [InlineData("2018-05-04T18:00:00+02:00", "2018-05-04")]
    [InlineData("2018-05-05T00:30:00+02:00", "2018-05-04")]
    [InlineData("2018-05-05T02:59:59+02:00", "2018-05-04")]
    [InlineData("2018-05-05T03:00:00+02:00", null)]
    [InlineData("2018-05-04T16:00:00Z", "2018-05-04")]
    public void Past_midnight_belongs_to_the_day_it_starts_on(string from, string? day) =>
        Evening.DayOf(Time(from), Time(from)).ShouldBe(day is null ? null : Story.Day(day));

    [Theory]
    [InlineData(ClockMatch.Starts, "17:00", "19:00", false)]
    [InlineData(ClockMatch.Overlaps, "17:00", "19:00", true)]
    [InlineData(ClockMatch.Overlaps, "16:00", "18:00", false)]
    [InlineData(ClockMatch.Within, "18:30", "19:30", true)]
    [InlineData(ClockMatch.Within, "17:30", "18:30", false)]
    [InlineData(ClockMatch.Covers, "17:00", "21:00", true)]
    [InlineData(ClockMatch.Covers, "18:30", "21:00", false)]
    public void Is_matched_as_the_rule_says(ClockMatch match, string from, string to, bool matches) =>
        new ClockWindow(new TimeOnly(18, 0), new TimeOnly(20, 0), match)
            .DayOf(Time($"2018-05-04T{from}:00+02:00"), Time($"2018-05-04T{to}:00+02:00")).HasValue.ShouldBe(matches);

    [Fact]
    public void Is_an_hour_shorter_in_the_night_when_summer_time_begins()
    {
        var night = new ClockWindow(new TimeOnly(1, 0), new TimeOnly(4, 0));
        night.DayOf(Time("2018-03-25T00:00:00Z"), Time("2018-03-25T00:00:00Z")).ShouldBe(Story.Day("2018-03-25"));
        night.DayOf(Time("2018-03-25T01:59:00Z"), Time("2018-03-25T01:59:00Z")).ShouldBe(Story.Day("2018-03-25"));
        night.DayOf(Time("2018-03-25T02:00:00Z"), Time("2018-03-25T02:00:00Z")).ShouldBeNull();
    }

    [Fact]
    public void Holds_the_repeated_hour_twice_when_summer_time_ends()
    {
        var hour = new ClockWindow(new TimeOnly(2, 0), new TimeOnly(3, 0));
        hour.DayOf(Time("2018-10-28T00:30:00Z"), Time("2018-10-28T00:30:00Z")).ShouldBe(Story.Day("2018-10-28"));
        hour.DayOf(Time("2018-10-28T01:30:00Z"), Time("2018-10-28T01:30:00Z")).ShouldBe(Story.Day("2018-10-28"));
        hour.DayOf(Time("2018-10-28T02:00:00Z"), Time("2018-10-28T02:00:00Z")).ShouldBeNull();
    }

    [Fact]
    public void That_the_clocks_skip_is_taken_as_much_later() =>
        Stockholm.FirstInstant(Story.Day("2018-03-25"), new TimeOnly(2, 30)).UtcDateTime
            .ShouldBe(new DateTime(2018, 3, 25, 1, 30, 0));

    [Fact]
    public void Selects_evenings_and_nights_only()
    {
        var rule = new CountRule { Select = A.Insats with { TimeOfDay = Evening }, AtLeast = 4 };
        A.Story(rule)
            .Insats("noon", "2018-05-04", "traffic", from: "12:00")
            .Insats("evening", "2018-05-04", "traffic", from: "22:00")
            .Insats("night", "2018-05-05", "traffic", from: "01:00")
            .On("2018-06-01", "c").Done.ShouldBe(2);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
