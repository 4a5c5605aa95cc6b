using System.Text;
using LofteEvents.Notices;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Notices;
using LofteEvents.Postgres.Queue;
using LofteEvents.Server.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LofteEvents.Benchmarks;

/// <summary>A municipality's endpoint on this machine that says 204, and the product's own workers that send to it.</summary>
internal sealed class NoticeReceiver : IAsyncDisposable
{
    private const int Lanes = 100;
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("lofte-benchmark-secret-of-32-byt");

    private readonly WebApplication _app;
    private int _count;

    private NoticeReceiver(WebApplication app) => _app = app;

    public int Count => Volatile.Read(ref _count);

    public Recipients Recipients { get; private set; } = null!;

    public static async Task<NoticeReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new NoticeReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync(cancellationToken);
        receiver.Recipients = RecipientsAt(app.Urls.Single());
        return receiver;
    }

    /// <summary>Starts what a process of the product runs.</summary>
    public IAsyncDisposable Work(Bench bench, PostgresEventStore store)
    {
        var settings = new WebhookSettings(
            new Uri("http://localhost:5080/"),
            AllowInternal: true,
            Recipients.All.ToDictionary(each => each.Id, _ => (IReadOnlyList<byte[]>)[Secret]));
        var channel = new WebhookChannel(
            ChannelsHosting.Client(settings), settings, new WebhookEndpoints(bench.App, TimeProvider.System), TimeProvider.System,
            NullLogger<WebhookChannel>.Instance);
        var workers = new NoticeWorkers(
            bench.App, store, Recipients, Areas.None, [channel], null, new WorkerOptions(), TimeProvider.System,
            NullLoggerFactory.Instance);
        return new Running(workers).Started();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        Interlocked.Increment(ref _count);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Recipients RecipientsAt(string url)
    {
        var entries = Enumerable.Range(0, Lanes).Select(n =>
            $$"""
            { "id": "recipient-{{n}}", "name": "R", "municipality": "{{n:0000}}",
              "channels": [{ "channel": "webhook", "url": "{{url}}/notices" }] }
            """);
        var file = $$"""
            { "recipients": [{{string.Join(",", entries)}}], "fallback": "recipient-0", "guardians": ["phone"], "officers": [] }
            """;
        return Recipients.Parse(Encoding.UTF8.GetBytes(file), Areas.None, out var refusals)
            ?? throw new InvalidOperationException(refusals[0].Sentence);
    }

    private sealed class Running(NoticeWorkers workers) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task? _running;

        public Running Started()
        {
            _running = workers.RunAsync(_stop.Token);
            return this;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await (_running ?? Task.CompletedTask);
            _stop.Dispose();
        }
    }
}
