using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class Publishers_at_the_same_time(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int Publishers = 32;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_identical_posts_one_is_stored_and_the_others_are_its_repeats()
    {
        var client = fixture.Server.As(Roles.Publisher);
        var head = await fixture.Server.Store.HeadAsync(Ct);
        var said = CarriedOut();

        var answers = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => client.PublishAsync(said, Ct)));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Count(answer => answer.Status == 200).ShouldBe(Publishers - 1);
        answers.Select(answer => answer.Results[0].GetProperty("position").GetInt64()).Distinct().Count().ShouldBe(1);
        (await CountAfterAsync(head)).ShouldBe(1);
    }

    [Fact]
    public async Task Of_posts_with_one_key_and_different_content_one_is_stored_and_the_others_are_refused()
    {
        var client = fixture.Server.As(Roles.Publisher);
        var head = await fixture.Server.Store.HeadAsync(Ct);
        var said = CarriedOut();

        var answers = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(hours =>
            client.PublishAsync(said.With(it => it["data"]!["hours"] = hours), Ct)));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Count(answer => answer is { Status: 409, Code: "event.key-reused" }).ShouldBe(Publishers - 1);
        (await CountAfterAsync(head)).ShouldBe(1);
    }

    [Fact]
    public async Task To_one_stream_without_an_expected_version_all_get_through_in_some_order()
    {
        var client = fixture.Server.As(Roles.Publisher);
        var forum = $"forum/{NewId()}";
        var established = Event("forum.established.v1", forum, NewId(), new JsonObject
        {
            ["name"] = "Samverkansforum",
            ["place"] = new JsonObject { ["area"] = "norrmalm" },
            ["parties"] = new JsonArray(new JsonObject { ["name"] = "polis", ["role"] = "chair" }),
            ["purpose"] = "Samverkan",
        });
        (await client.PublishAsync(established, Ct)).ShouldBeTaken();

        var answers = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(number =>
            client.PublishAsync(Meeting(forum, number), Ct)));

        answers.ShouldAllBe(answer => answer.Status == 201);
        answers.Select(answer => answer.Results[0].GetProperty("version").GetInt64()).Order()
            .ShouldBe(Enumerable.Range(2, Publishers).Select(version => (long)version));
    }

    [Fact]
    public async Task To_one_stream_with_the_same_expected_version_one_gets_through()
    {
        var client = fixture.Server.As(Roles.Publisher);
        var subject = $"insats/{NewId()}";

        var answers = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(hours =>
            client.PublishAsync(
                CarriedOut(subject: subject).With(it =>
                {
                    it["expectedversion"] = 0;
                    it["data"]!["hours"] = hours;
                }),
                Ct)));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Count(answer => answer is { Status: 412, Code: "stream.version-mismatch" }).ShouldBe(Publishers - 1);
    }

    [Fact]
    public async Task Overlapping_batches_store_each_event_once()
    {
        var client = fixture.Server.As(Roles.Publisher);
        var head = await fixture.Server.Store.HeadAsync(Ct);
        var events = Enumerable.Range(0, 40).Select(_ => CarriedOut()).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(start =>
            client.PublishAsync(new JsonArray([.. events.Skip(start).Take(21).Select(said => said.DeepClone())]), Ct)));

        answers.ShouldAllBe(answer => answer.Status == 201 || answer.Status == 200);
        answers.Sum(answer => answer.Results.Count(result => !result.GetProperty("duplicate").GetBoolean())).ShouldBe(40);
        (await CountAfterAsync(head)).ShouldBe(40);
    }

    private static JsonObject Meeting(string forum, int number) => Event("forum.meeting-held.v1", forum, NewId(), new JsonObject
    {
        ["meeting"] = $"m{number}",
        ["at"] = "2018-03-15T09:00:00+01:00",
        ["place"] = new JsonObject { ["area"] = "norrmalm" },
        ["parties"] = new JsonArray(new JsonObject { ["name"] = "polis", ["role"] = "chair" }),
    });

    private async Task<int> CountAfterAsync(long position)
    {
        var count = 0;
        await foreach (var _ in fixture.Server.Store.ReadAllAsync(position, 1000, Ct))
        {
            count++;
        }

        return count;
    }
}
