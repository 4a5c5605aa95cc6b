using LofteEvents.Tests.Server;

namespace LofteEvents.Tests.Cli;

public sealed class Publishing(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private Lofte Lofte => Lofte.Beside(fixture.Server);

    [Fact]
    public async Task A_file_goes_in_in_batches_and_again_without_effect()
    {
        var text = Said.Lines(Enumerable.Range(1, 25).Select(number => Said.Insats($"batches-{number}")));
        using var file = new TemporaryFile("events.ndjson", text);

        (await Lofte.RunAsync($"events publish {file.Path} --batch 10"))
            .ShouldExitWith(0).Error.ShouldContain("25 recorded, 0 there already");
        (await Lofte.RunAsync($"events publish {file.Path} --batch 7"))
            .ShouldExitWith(0).Error.ShouldContain("0 recorded, 25 there already");
        (await StoredAsync("insats/batches-25")).ShouldBe(1);
    }

    [Fact]
    public async Task Stdin_is_a_file_too()
    {
        var lofte = new Lofte { Input = "\n" + Said.Lines(Said.Insats("stdin-1")) + "\r\n" };
        var ran = await lofte.RunAsync($"events publish - --url {fixture.Server.Anonymous().BaseAddress}");
        ran.ShouldExitWith(0).Error.ShouldContain("1 recorded");
    }

    [Theory]
    [InlineData("{\"specversion\":", "line 3, /specversion: This is no JSON from byte")]
    [InlineData("[1]", "line 3: This line is no JSON object")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}", "line 3, /id: This name stands twice")]
    [InlineData("{\"data\":{\"hours\":1.5}}", "line 3, /data/hours: This number has a fraction")]
    public async Task A_line_that_cannot_be_read_is_named_and_what_stands_before_it_is_stored(string line, string fault)
    {
        var name = Guid.NewGuid().ToString("N");
        using var file = new TemporaryFile(
            "events.ndjson", Said.Lines(Said.Insats($"{name}-1"), Said.Insats($"{name}-2"), line, Said.Insats($"{name}-4")));

        var ran = await Lofte.RunAsync($"events publish {file.Path}");

        ran.ShouldExitWith(1).Error.ShouldContain(fault);
        ran.Error.ShouldContain("Up to line 2 everything is stored (2 recorded, 0 there already).");
        (await StoredAsync($"insats/{name}-2")).ShouldBe(1);
        (await StoredAsync($"insats/{name}-4")).ShouldBe(0);
    }

    [Fact]
    public async Task A_line_that_does_not_fit_its_schema_is_named_with_its_place_and_nothing_of_its_batch_is_stored()
    {
        var misfit =
            Said.Insats("schema-4").Replace("\"kind\":\"traffic\"", "\"kind\":\"Traffic Stop\"", StringComparison.Ordinal);
        using var file = new TemporaryFile(
            "events.ndjson", Said.Lines(Said.Insats("schema-1"), Said.Insats("schema-2"), Said.Insats("schema-3"), misfit));

        var ran = await Lofte.RunAsync($"events publish {file.Path} --batch 2");

        ran.ShouldExitWith(5).Error.ShouldContain("lines 3 to 4 were refused");
        ran.Error.ShouldContain("line 4, /data/kind: ");
        ran.Error.ShouldContain("Up to line 2 everything is stored");
        (await StoredAsync("insats/schema-3")).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_rule_refuses_ends_with_5_and_the_rest_of_the_file_is_not_sent()
    {
        using var file = new TemporaryFile(
            "events.ndjson", Said.Lines(Said.Insats("rule-1"), Said.Void("rule-nothing", "v-1"), Said.Insats("rule-3")));

        var ran = await Lofte.RunAsync($"events publish {file.Path} --batch 1 --json");

        ran.ShouldExitWith(5).Error.ShouldContain("lines 2 to 2 were refused");
        ran.Output.ShouldContain("\"lastLine\": 1");
        (await StoredAsync("insats/rule-3")).ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_was_used_for_something_else_is_refused()
    {
        using var first = new TemporaryFile("events.ndjson", Said.Lines(Said.Insats("key")));
        using var other = new TemporaryFile("events.ndjson", Said.Lines(Said.Insats("key", kind: "presence")));
        (await Lofte.RunAsync($"events publish {first.Path}")).ShouldExitWith(0);
        (await Lofte.RunAsync($"events publish {other.Path}")).ShouldExitWith(5).Error.ShouldContain("event.key-reused");
    }

    [Fact]
    public async Task A_token_that_may_not_publish_is_told_so()
    {
        var token = (await Lofte.RunAsync("token --role auditor")).Output.TrimEnd('\n');
        using var file = new TemporaryFile("events.ndjson", Said.Lines(Said.Insats("token-1")));
        var ran = await Lofte.RunAsync($"events publish {file.Path} --token {token}");
        ran.ShouldExitWith(1).Error.ShouldContain("Nothing of the file is stored.");
    }

    [Fact]
    public async Task History_must_say_when_it_was_recorded()
    {
        using var file = new TemporaryFile("events.ndjson", Said.Lines(Said.Insats("history-1")));
        var ran = await Lofte.RunAsync($"events publish {file.Path} --history");
        ran.ShouldExitWith(1).Error.ShouldContain("line 1, /recordedtime: ");
    }

    [Fact]
    public async Task Without_history_an_event_is_recorded_now()
    {
        using var file = new TemporaryFile(
            "events.ndjson", Said.Lines(Said.Insats("now-1", more: ",\"recordedtime\":\"2018-04-01T08:00:00Z\"")));
        (await Lofte.RunAsync($"events publish {file.Path}")).ShouldExitWith(0);
        var stored = await fixture.Server.Store.ReadStreamAsync("insats/now-1", 0, 1, TestContext.Current.CancellationToken)
            .SingleAsync(TestContext.Current.CancellationToken);
        stored.RecordedAt.Year.ShouldBeGreaterThan(2018);
    }

    [Fact]
    public async Task What_was_cancelled_can_be_published_again()
    {
        using var stop = new CancellationTokenSource();
        var sent = 0;
        var lofte = new Lofte
        {
            Input = Said.Lines(Said.Insats("stop-1"), Said.Insats("stop-2")),
            Transport = () => new Answering(async (_, cancellationToken) => ++sent switch
            {
                1 => Answering.Json("""{"token":"t","expires":"2030-01-01T00:00:00Z"}"""),
                2 => Answering.Json(
                    """{"results":[{"id":"a","source":"s","stream":"i","version":1,"position":1,"duplicate":false}]}"""),
                _ => await CancelledAsync(stop, cancellationToken),
            }),
        };

        var ran = await lofte.RunAsync(["events", "publish", "-", "--batch", "1", "--url", "http://127.0.0.1:9"], stop.Token);

        ran.ShouldExitWith(130).Error.ShouldContain("Up to line 1 everything is stored");
        ran.Error.ShouldContain("Publish the file again");
    }

    [Fact]
    public async Task On_a_terminal_progress_is_one_line_on_stderr()
    {
        using var file = new TemporaryFile("events.ndjson", Said.Lines(Said.Insats("progress-1")));
        var lofte = new Lofte { IsTerminal = true };
        var ran = await lofte.RunAsync($"events publish {file.Path} --url {fixture.Server.Anonymous().BaseAddress}");
        ran.ShouldExitWith(0).Error.ShouldContain("\r[##############################] 100 %  1 events");
        ran.Output.ShouldBeEmpty();
    }

    private static async Task<HttpResponseMessage> CancelledAsync(
        CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        return await new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
    }

    private async Task<int> StoredAsync(string stream) =>
        await fixture.Server.Store.ReadStreamAsync(stream, 0, 10, TestContext.Current.CancellationToken)
            .CountAsync(TestContext.Current.CancellationToken);
}
