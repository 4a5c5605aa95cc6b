using System.Text.Json;

namespace LofteEvents.Tests.Server;

public sealed class The_timeline_of_a_promise(NorrmalmFixture norrmalm) : IClassFixture<NorrmalmFixture>
{
    private const string Timeline = "/api/v1/loften/norrmalm-2018/timeline";

    [Fact]
    public async Task Has_every_event_once_with_both_times_the_newest_learnt_first()
    {
        var all = await AllAsync(Timeline);

        all.Count.ShouldBe((int)(await norrmalm.ReadAsync(Timeline)).GetProperty("total").GetInt64());
        var positions = all.ConvertAll(Position);
        positions.ShouldBe(positions.OrderDescending());
        positions.ShouldBeUnique();
        all.ShouldAllBe(entry => entry.GetProperty("happenedAt").GetDateTimeOffset()
            <= entry.GetProperty("recordedAt").GetDateTimeOffset());
        var given = all[^1];
        given.GetProperty("type").GetString().ShouldBe("lofte.given.v1");
        all.ShouldContain(entry => entry.GetProperty("type").GetString() == "insats.cancelled.v1");
    }

    [Fact]
    public async Task Says_what_counts_as_the_status_counts_it()
    {
        var status = await norrmalm.ReadAsync("/api/v1/loften/norrmalm-2018/status?on=2018-12-31");
        var all = await AllAsync($"{Timeline}?on=2018-12-31");

        foreach (var commitment in status.GetProperty("commitments").EnumerateArray())
        {
            var id = commitment.GetProperty("id").GetString()!;
            all.Count(entry => CountsFor(entry).Contains(id)).ShouldBe((int)commitment.GetProperty("counted").GetInt64(), id);
        }
    }

    [Fact]
    public async Task Shows_a_voided_report_and_what_voided_it()
    {
        var all = await AllAsync(Timeline);
        var voiding = all.Single(entry => entry.GetProperty("type").GetString() == "insats.voided.v1");
        var voided = all.Single(entry => Position(entry) == voiding.GetProperty("replaces").GetInt64());

        voided.GetProperty("replacedBy").GetInt64().ShouldBe(Position(voiding));
        voided.GetProperty("title").GetString().ShouldBe(voiding.GetProperty("title").GetString());
        CountsFor(voided).ShouldBeEmpty();
        CountsFor(voiding).ShouldBeEmpty();
        var before = await AllAsync($"{Timeline}?asOf=@{Position(voiding) - 1}");
        CountsFor(before.Single(entry => Position(entry) == Position(voided))).ShouldBe(["unga-narkotika"]);
    }

    [Fact]
    public async Task Is_answered_of_the_past_as_it_was_known_then()
    {
        var past = await AllAsync($"{Timeline}?asOf=2018-07-01T00:00:00Z");

        past.ShouldAllBe(entry =>
            entry.GetProperty("recordedAt").GetDateTimeOffset() <= DateTimeOffset.Parse("2018-07-01T00:00:00Z"));
        past.Count.ShouldBeLessThan((await AllAsync(Timeline)).Count);
        (await norrmalm.RefusedAsync($"{Timeline}?asOf=@0")).Status.ShouldBe(404);
        (await norrmalm.RefusedAsync($"{Timeline}?limit=0")).Status.ShouldBe(400);
        (await norrmalm.RefusedAsync("/api/v1/loften/nowhere-2018/timeline")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Shows_no_case_number_and_no_number_of_persons()
    {
        foreach (var entry in await AllAsync(Timeline))
        {
            entry.GetRawText().ShouldNotContain("5000-K");
            entry.TryGetProperty("minorsEncountered", out _).ShouldBeFalse();
            entry.TryGetProperty("results", out _).ShouldBeFalse();
        }
    }

    private static long Position(JsonElement entry) => entry.GetProperty("position").GetInt64();

    private static IEnumerable<string?> CountsFor(JsonElement entry) =>
        entry.GetProperty("countsFor").EnumerateArray().Select(id => id.GetString());

    private async Task<List<JsonElement>> AllAsync(string address)
    {
        var all = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var answer = await norrmalm.ReadAsync(
                $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page={page}&limit=100");
            all.AddRange(answer.GetProperty("items").EnumerateArray());
            if (all.Count >= answer.GetProperty("total").GetInt64())
            {
                return all;
            }
        }
    }
}
