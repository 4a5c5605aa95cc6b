using System.Net;
using System.Text.Json;

namespace LofteEvents.Tests.Server;

public sealed class The_reads_of_promises(NorrmalmFixture norrmalm) : IClassFixture<NorrmalmFixture>
{
    private const string Status = "/api/v1/loften/norrmalm-2018/status";

    private static readonly string[] s_members =
        ["id", "text", "verdict", "preliminary", "target", "done", "remaining", "pace", "evidence"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_status_has_the_members_of_the_interface()
    {
        var status = await norrmalm.ReadAsync($"{Status}?on=2018-10-01");

        status.GetProperty("lofte").GetString().ShouldBe("norrmalm-2018");
        status.GetProperty("on").GetString().ShouldBe("2018-10-01");
        status.GetProperty("asOf").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
        status.GetProperty("position").GetInt64().ShouldBe(norrmalm.Head);
        foreach (var commitment in status.GetProperty("commitments").EnumerateArray())
        {
            foreach (var member in s_members)
            {
                commitment.TryGetProperty(member, out _).ShouldBeTrue(member);
            }
        }
    }

    [Theory]
    [InlineData("2017-12-31", "natverk", "upcoming", 0, false)]
    [InlineData("2018-10-01", "natverk", "fulfilled", 3, true)]
    [InlineData("2018-10-01", "trafik", "at-risk", 1, true)]
    [InlineData("2018-12-31", "trafik", "fulfilled", 4, true)]
    [InlineData("2019-06-01", "trafik", "fulfilled", 4, false)]
    public async Task A_verdict_is_that_of_the_day(string on, string id, string verdict, int done, bool preliminary)
    {
        var commitment = Commitment(await norrmalm.ReadAsync($"{Status}?on={on}"), id);

        commitment.GetProperty("verdict").GetString().ShouldBe(verdict);
        commitment.GetProperty("done").GetInt64().ShouldBe(done);
        commitment.GetProperty("preliminary").GetBoolean().ShouldBe(preliminary);
    }

    [Fact]
    public async Task Evidence_is_the_newest_events_that_count_and_says_where_the_rest_is()
    {
        var forum = Commitment(await norrmalm.ReadAsync($"{Status}?on=2019-06-01"), "forum");

        forum.GetProperty("counted").GetInt64().ShouldBeGreaterThan(20);
        var evidence = forum.GetProperty("evidence").EnumerateArray().ToList();
        evidence.Count.ShouldBe(20);
        evidence.Select(one => one.GetProperty("day").GetString()).ShouldBeInOrder(SortDirection.Descending);
        evidence[0].GetProperty("stream").GetString()!.ShouldStartWith("forum/");
        evidence[0].GetProperty("title").GetString().ShouldNotBeNullOrEmpty();

        var all = await norrmalm.ReadAsync(forum.GetProperty("events").GetString() + "?on=2019-06-01&limit=100");
        all.GetProperty("counted").GetProperty("total").GetInt64().ShouldBe(forum.GetProperty("counted").GetInt64());
    }

    [Fact]
    public async Task The_past_is_answered_to_the_byte_as_it_was_answered_then()
    {
        var live = await TextAsync($"{Status}?on=2018-10-01");

        (await TextAsync($"{Status}?on=2018-10-01&asOf=@{norrmalm.Head}")).ShouldBe(live);
    }

    [Fact]
    public async Task What_was_learnt_late_was_not_known_before()
    {
        var known = await norrmalm.ReadAsync($"{Status}?on=2018-07-10&asOf=2018-07-10T00:00:00%2B02:00");
        var learnt = await norrmalm.ReadAsync($"{Status}?on=2018-07-10");

        Commitment(known, "natverk").GetProperty("done").GetInt64().ShouldBe(2);
        Commitment(learnt, "natverk").GetProperty("done").GetInt64().ShouldBe(3);
        known.GetProperty("asOf").GetDateTimeOffset().ShouldBeLessThan(DateTimeOffset.Parse("2018-07-10T00:00:00+02:00"));
    }

    [Theory]
    [InlineData("/api/v1/loften/norrmalm-2018/status?on=2018-10-01")]
    [InlineData("/api/v1/loften/norrmalm-2018?on=2018-10-01")]
    [InlineData("/api/v1/loften/norrmalm-2018/commitments/trafik?on=2018-10-01")]
    public async Task The_same_again_is_not_sent_again(string address)
    {
        var client = norrmalm.Server.Anonymous();
        var first = await client.GetAsync(address, Token);
        var tag = first.Headers.ETag.ShouldNotBeNull();
        using var again = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { tag } } };
        using var otherDay = new HttpRequestMessage(HttpMethod.Get, address.Replace("10-01", "10-02", StringComparison.Ordinal))
        {
            Headers = { IfNoneMatch = { tag } },
        };

        (await client.SendAsync(again, Token)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await client.SendAsync(otherDay, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("on=2018-02-30", "on")]
    [InlineData("on=yesterday", "on")]
    [InlineData("on=2018-1-1", "on")]
    [InlineData("asOf=2018-10-01T12:00:00", "asOf")]
    [InlineData("asOf=2018-10-01", "asOf")]
    [InlineData("asOf=@", "asOf")]
    [InlineData("asOf=@-1", "asOf")]
    [InlineData("asOf=@99999999", "asOf")]
    [InlineData("asOf=2999-01-01T00:00:00Z", "asOf")]
    [InlineData("minPosition=many", "minPosition")]
    [InlineData("minPosition=-1", "minPosition")]
    public async Task A_time_that_cannot_be_read_is_named(string query, string parameter)
    {
        foreach (var address in (string[])
            ["/api/v1/loften", "/api/v1/loften/norrmalm-2018", Status, "/api/v1/loften/norrmalm-2018/commitments/trafik"])
        {
            var (status, problem) = await norrmalm.RefusedAsync($"{address}?{query}");

            status.ShouldBe(400, address);
            problem.GetProperty("code").GetString().ShouldBe("query.invalid");
            problem.GetProperty("detail").GetString()!.ShouldStartWith(parameter + ": ");
        }
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("page=x")]
    [InlineData("page=99999999999")]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=-5")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        foreach (var address in (string[])["/api/v1/loften", "/api/v1/loften/norrmalm-2018/commitments/trafik"])
        {
            var (status, problem) = await norrmalm.RefusedAsync($"{address}?{query}");

            status.ShouldBe(400);
            problem.GetProperty("code").GetString().ShouldBe("query.invalid");
        }
    }

    [Theory]
    [InlineData("/api/v1/loften/nowhere-2018")]
    [InlineData("/api/v1/loften/nowhere-2018/status")]
    [InlineData("/api/v1/loften/nowhere-2018/commitments/trafik")]
    [InlineData("/api/v1/loften/norrmalm-2018/commitments/nothing")]
    [InlineData("/api/v1/loften/norrmalm-2018/status?asOf=@0")]
    [InlineData("/api/v1/loften/norrmalm-2018?asOf=2016-01-01T00:00:00Z")]
    public async Task What_is_not_there_is_not_found(string address) =>
        (await norrmalm.RefusedAsync(address)).Status.ShouldBe(404);

    [Fact]
    public async Task A_position_that_is_not_reached_is_waited_for_and_then_said_to_be_behind()
    {
        var (status, problem) = await norrmalm.RefusedAsync($"{Status}?minPosition={norrmalm.Head + 1}");

        status.ShouldBe(503);
        problem.GetProperty("code").GetString().ShouldBe("projection.behind");
    }

    [Fact]
    public async Task A_promise_reads_as_it_was_signed()
    {
        var lofte = await norrmalm.ReadAsync("/api/v1/loften/norrmalm-2018?on=2018-10-01");

        lofte.GetProperty("problems").GetArrayLength().ShouldBe(7);
        lofte.GetProperty("commitments").GetArrayLength().ShouldBe(4);
        lofte.GetProperty("aims").GetArrayLength().ShouldBe(5);
        lofte.GetProperty("text").GetString()!.ShouldContain("narkotika narkotikamissbrukare");
        lofte.GetProperty("areaName").GetString().ShouldBe("Norrmalm");
        lofte.GetProperty("status").GetString().ShouldBe(Status);
    }

    [Fact]
    public async Task The_list_has_every_promise_with_how_its_commitments_stand()
    {
        var list = await norrmalm.ReadAsync("/api/v1/loften?on=2018-10-01");

        (list.GetProperty("page").GetInt32(), list.GetProperty("limit").GetInt32(), list.GetProperty("total").GetInt64())
            .ShouldBe((1, 20, 1));
        var line = list.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        line.GetProperty("id").GetString().ShouldBe("norrmalm-2018");
        line.GetProperty("verdicts").EnumerateObject().Sum(verdict => verdict.Value.GetInt32()).ShouldBe(4);

        var beyond = await norrmalm.ReadAsync("/api/v1/loften?page=2");
        (beyond.GetProperty("items").GetArrayLength(), beyond.GetProperty("total").GetInt64()).ShouldBe((0, 1));
        (await norrmalm.ReadAsync("/api/v1/loften?asOf=@0")).GetProperty("total").GetInt64().ShouldBe(0);
    }

    internal static JsonElement Commitment(JsonElement status, string id) =>
        status.GetProperty("commitments").EnumerateArray().Single(one => one.GetProperty("id").GetString() == id);

    private async Task<string> TextAsync(string address)
    {
        using var answer = await norrmalm.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
