using System.Text.Json;

namespace LofteEvents.Tests.Server;

public sealed class The_read_of_a_commitment(NorrmalmFixture norrmalm) : IClassFixture<NorrmalmFixture>
{
    private const string Trafik = "/api/v1/loften/norrmalm-2018/commitments/trafik?on=2019-06-01";

    [Fact]
    public async Task Says_why_each_event_that_might_have_counted_did_not()
    {
        var answer = await norrmalm.ReadAsync($"{Trafik}&limit=100");

        answer.GetProperty("counted").GetProperty("total").GetInt64().ShouldBe(4);
        var notCounted = answer.GetProperty("notCounted").GetProperty("items").EnumerateArray().ToList();
        notCounted.ShouldNotBeEmpty();
        notCounted.ShouldAllBe(one => one.GetProperty("reasons").GetArrayLength() > 0);
        var codes = notCounted.SelectMany(Codes).ToHashSet();
        codes.ShouldContain("kind");
        codes.ShouldContain("tags");
        codes.ShouldContain("voided");
    }

    [Fact]
    public async Task Calls_nothing_voided_that_was_a_plan_and_was_carried_out_or_called_off()
    {
        var answer = await norrmalm.ReadAsync($"{Trafik}&limit=100");

        var voided = answer.GetProperty("notCounted").GetProperty("items").EnumerateArray()
            .Where(one => Codes(one).Contains("voided"))
            .Select(one => one.GetProperty("event").GetProperty("type").GetString())
            .ToList();
        voided.ShouldNotBeEmpty();
        voided.ShouldAllBe(type => type == "insats");
    }

    [Fact]
    public async Task Puts_first_what_failed_least()
    {
        var answer = await norrmalm.ReadAsync($"{Trafik}&limit=100");

        answer.GetProperty("notCounted").GetProperty("items").EnumerateArray()
            .Select(one => one.GetProperty("reasons").GetArrayLength())
            .ShouldBeInOrder(SortDirection.Ascending);
    }

    [Fact]
    public async Task Turns_its_pages_without_losing_or_repeating_an_event()
    {
        var total = (await norrmalm.ReadAsync($"{Trafik}&limit=100")).GetProperty("notCounted").GetProperty("total").GetInt64();
        var seen = new List<(string?, string?)>();
        for (var page = 1; seen.Count < total; page++)
        {
            var items = (await norrmalm.ReadAsync($"{Trafik}&limit=50&page={page}"))
                .GetProperty("notCounted").GetProperty("items").EnumerateArray().ToList();
            items.ShouldNotBeEmpty();
            seen.AddRange(items.Select(one => one.GetProperty("event")).Select(one =>
                (one.GetProperty("stream").GetString(), one.GetProperty("item").GetString())));
        }

        seen.Count.ShouldBe((int)total);
        seen.ShouldBeUnique();
    }

    [Fact]
    public async Task Goes_back_from_a_day_so_that_what_one_read_leaves_out_can_be_had()
    {
        var all = await Events("");
        var early = await Events("&until=2018-06-30");
        early.Count.ShouldBeGreaterThan(0);
        early.ShouldAllBe(one => string.CompareOrdinal(one.Day, "2018-06-30") <= 0);
        early.ShouldBe(all.Where(one => string.CompareOrdinal(one.Day, "2018-06-30") <= 0), ignoreOrder: true);

        using var page = await norrmalm.GetAsync("/loften/norrmalm-2018/atagande/trafik?on=2019-06-01&until=2018-09-30");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain("page=2&amp;until=2018-09-30");

        using var refused = await norrmalm.GetAsync($"{Trafik}&until=June");
        refused.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Counts_nothing_that_happened_after_the_judged_day()
    {
        var answer = await norrmalm.ReadAsync("/api/v1/loften/norrmalm-2018/commitments/trafik?on=2018-10-01&limit=100");

        answer.GetProperty("counted").GetProperty("total").GetInt64().ShouldBe(1);
        answer.GetProperty("notCounted").GetProperty("items").EnumerateArray()
            .SelectMany(Codes)
            .ShouldContain("after-judged-day");
    }

    [Theory]
    [InlineData("/api/v1/loften")]
    [InlineData("/api/v1/loften/norrmalm-2018")]
    [InlineData("/api/v1/loften/norrmalm-2018/status")]
    [InlineData("/api/v1/loften/norrmalm-2018/commitments/unga-narkotika?limit=100")]
    [InlineData("/loften/norrmalm-2018")]
    [InlineData("/loften/norrmalm-2018/atagande/unga-narkotika?limit=100")]
    public async Task Shows_nobody_a_case_number_or_a_small_number_of_persons(string address)
    {
        using var answer = await norrmalm.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        answer.IsSuccessStatusCode.ShouldBeTrue();
        text.ShouldNotContain("caseNumber");
        text.ShouldNotContain("5000-K");
        text.ShouldNotMatch("\"minorsEncountered\":[0-4][,}]");
    }

    [Fact]
    public async Task Says_fewer_than_five_in_words()
    {
        var answer = await norrmalm.ReadAsync("/api/v1/loften/norrmalm-2018/commitments/unga-narkotika?on=2019-06-01");

        var shown = answer.GetProperty("counted").GetProperty("items").EnumerateArray()
            .Select(one => one.GetProperty("minorsEncountered"))
            .ToList();
        shown.ShouldContain(number => number.ValueKind == JsonValueKind.String && number.GetString() == "färre än fem");
        shown.Where(number => number.ValueKind == JsonValueKind.Number).ShouldAllBe(number => number.GetInt64() >= 5);
    }

    private async Task<List<(string? Stream, string? Day)>> Events(string until)
    {
        var events = new List<(string?, string?)>();
        for (var page = 1; page < 10; page++)
        {
            var answer = await norrmalm.ReadAsync($"{Trafik}&limit=100&page={page}{until}");
            var notCounted = answer.GetProperty("notCounted").GetProperty("items").EnumerateArray();
            events.AddRange(answer.GetProperty("counted").GetProperty("items").EnumerateArray()
                .Concat(notCounted.Select(one => one.GetProperty("event")))
                .Select(one => (one.GetProperty("stream").GetString(), one.GetProperty("day").GetString())));
        }

        return events;
    }

    private static IEnumerable<string?> Codes(JsonElement notCounted) =>
        notCounted.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString());
}
