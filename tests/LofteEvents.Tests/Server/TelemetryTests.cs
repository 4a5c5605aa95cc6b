using System.Collections.Concurrent;
using System.Diagnostics;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Contracts;
using LofteEvents.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class What_the_server_tells_of_itself
{
    // As many as a span links to.
    private const int Callers = 32;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follows_an_event_by_its_correlation_from_intake_to_append_to_projection_in_one_trace()
    {
        await using var server = await LofteServer.StartAsync(Ct);
        using var spans = new Spans();
        var correlation = NewId();

        var answer = await server.As(Roles.Publisher).PublishAsync(
            CarriedOut().With(said => said["correlationid"] = correlation), Ct);

        answer.ShouldBeTaken();
        await Eventually.BecomesAsync(
            "every projection has it", () => spans.Of("lofte.project", correlation).Count == ProjectionNames.All.Count, Ct);
        var intake = spans.Of("lofte.intake", correlation).ShouldHaveSingleItem();
        var append = spans.Of("lofte.append", correlation).ShouldHaveSingleItem();
        append.ParentSpanId.ShouldBe(intake.SpanId);
        var projected = spans.Of("lofte.project", correlation);
        projected.ShouldAllBe(span => span.ParentSpanId == append.SpanId && span.TraceId == intake.TraceId);
        projected.Select(span => span.GetTagItem("lofte.projection")).ShouldBe(ProjectionNames.All, ignoreOrder: true);
    }

    [Fact]
    public async Task Leads_from_a_commit_to_every_request_that_it_made_durable()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var store = new PostgresEventStore(database.App);
        using var spans = new Spans();
        using var source = new ActivitySource(NewId());
        spans.Hear(source.Name);
        var correlation = NewId();

        // While the first commit is held, the rest gathers behind it and shares the next.
        await using var hold = await StepHold.TakeAsync(database.ConnectionString, StepHold.Appends, Ct);
        var begun = 0;
        var calling = Enumerable.Range(0, Callers).Select(_ => Task.Run(AppendInATraceAsync, Ct)).ToArray();
        await Eventually.BecomesAsync("all have called", () => Volatile.Read(ref begun) == Callers, Ct);
        await hold.WhenSomebodyWaitsAsync(Ct);
        await hold.DisposeAsync();
        var callers = await Task.WhenAll(calling);

        var commits = spans.Of("lofte.append", correlation);
        commits.Sum(commit => (int)commit.GetTagItem("lofte.requests")!).ShouldBe(Callers);
        var led = commits.SelectMany(commit => commit.Links.Select(link => link.Context.SpanId).Append(commit.ParentSpanId));
        callers.Except(led).ShouldBeEmpty();
        commits.ShouldContain(commit => commit.Links.Count() > 1);

        async Task<ActivitySpanId> AppendInATraceAsync()
        {
            using var caller = source.StartActivity("caller").ShouldNotBeNull();
            var appending = store.AppendAsync(
                Said.Request(Said.NewStream(), 0, Said.Event() with { CorrelationId = correlation }), Ct);
            Interlocked.Increment(ref begun);
            await appending;
            return caller.SpanId;
        }
    }

    [Fact]
    public async Task Is_sent_to_the_collector_that_the_standard_setting_names_without_a_word_of_what_was_said()
    {
        await using var collector = await Collector.StartAsync(Ct);
        await using var server = await LofteServer.StartAsync(Ct, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "50",
        });
        const string Title = "Ett-ord-som-inte-får-synas";
        var correlation = NewId();

        (await server.As(Roles.Publisher).PublishAsync(
            CarriedOut().With(said =>
            {
                said["correlationid"] = correlation;
                said["data"]!["title"] = Title;
            }),
            Ct)).ShouldBeTaken();

        string[] expected =
        [
            "lofte-server", "lofte.intake", "lofte.append", "lofte.project", correlation, "lofte.intake.events",
            "lofte.append.group_size", "lofte.append.queue_length", "lofte.append.duration", "lofte.projection.lag",
            "lofte.projection.lag_time", "lofte.projection.stopped", "lofte.projection.events", "http.server.request.duration",
        ];
        await Eventually.BecomesAsync(
            $"the collector has all of {string.Join(", ", expected)}", () => Array.TrueForAll(expected, collector.Has), Ct);
        collector.Has(Title).ShouldBeFalse();
    }

    [Fact]
    public async Task Is_sent_nowhere_without_that_setting()
    {
        await using var server = await LofteServer.StartAsync(Ct);

        server.Services.GetService<TracerProvider>().ShouldBeNull();
    }

    /// <summary>Every span of the product that ends while this listens, those of other tests among them.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = new();
        private readonly ConcurrentBag<ActivityListener> _listeners = [];

        public Spans()
        {
            Hear("LofteEvents.Server");
            Hear("LofteEvents.Postgres");
        }

        public void Hear(string source)
        {
            var listener = new ActivityListener
            {
                ShouldListenTo = each => each.Name == source,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(listener);
            _listeners.Add(listener);
        }

        public IReadOnlyList<Activity> Of(string name, string correlation) =>
        [
            .. _ended.Where(span => span.OperationName == name
                && span.GetTagItem("lofte.correlations") is string[] correlations
                && correlations.Contains(correlation)),
        ];

        public void Dispose()
        {
            foreach (var listener in _listeners)
            {
                listener.Dispose();
            }
        }
    }
}
