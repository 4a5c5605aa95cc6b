using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using LofteEvents.Notices;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Notices;
using LofteEvents.Postgres.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LofteEvents.Benchmarks;

/// <summary>
/// From the commit of an event to the start of the work that it makes, against the commit itself; and queued notices sent to a
/// receiver on this machine over HTTP, each signed, recorded in its case durably and done.
/// </summary>
internal static class NoticeRows
{
    private const int Queued = 10_000;
    private const int WantedPerSecond = 1_000;
    private const int EventsARound = 300;
    private const int DrainRounds = 3;

    private static readonly byte[] Insats = Encoding.UTF8.GetBytes(
        """
        {"kind":"youth-narcotics","title":"Riktad insats","organiser":"norrmalm",
         "place":{"area":"norrmalm","name":"Sergels torg"},
         "from":"2026-03-16T18:00:00+01:00","to":"2026-03-17T01:30:00+01:00","tags":["riktad"],"hours":42}
        """);

    public static RowFamily Family { get; } = new("notices", [], MeasureAsync);

    private static async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        rows.AddRange(await StartsAsync(bench, cancellationToken));
        rows.Add(await DrainsAsync(bench, cancellationToken));
        return rows;
    }

    private static async Task<IReadOnlyList<Row>> StartsAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var store = new PostgresEventStore(bench.App);
        var begun = new ConcurrentDictionary<long, long>();
        var arrived = new SemaphoreSlim(0);
        var worker = new Worker(
            bench.App,
            (work, _) =>
            {
                begun[work.Position] = Stopwatch.GetTimestamp();
                arrived.Release();
                return Task.FromResult(WorkOutcome.Finished);
            },
            new WorkerOptions(),
            TimeProvider.System,
            NullLogger.Instance);
        await using var running = new Running(bench, store, worker);
        var (medians, tails, appends, starts) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        await RoundAsync();
        for (var round = 0; round < bench.Rounds; round++)
        {
            var (committed, started) = await RoundAsync();
            medians.Add(Statistics.Median(started) / Statistics.Median(committed));
            tails.Add(Statistics.Quantile(started, 0.99) / Statistics.Quantile(committed, 0.99));
            appends.AddRange(committed);
            starts.AddRange(started);
            Bench.Say(string.Create(CultureInfo.InvariantCulture, $"commit to start: {medians[^1]:0.00}, p99 {tails[^1]:0.00}"));
        }

        return
        [
            Of("commit → notice work started, p50", medians, 0.5),
            Of("commit → notice work started, p99", tails, 0.99),
        ];

        async Task<(List<double> Committed, List<double> Started)> RoundAsync()
        {
            var (committed, started) = (new List<double>(), new List<double>());
            for (var n = 0; n < EventsARound; n++)
            {
                var before = Stopwatch.GetTimestamp();
                var said = new NewEvent(Guid.NewGuid(), "insats.carried-out.v1", Insats, "{}"u8.ToArray());
                var result = await store.AppendAsync(
                    new AppendRequest([new StreamAppend($"insats/{said.Id}", 0, [said])]), cancellationToken);
                var after = Stopwatch.GetTimestamp();
                await arrived.WaitAsync(cancellationToken);
                var position = ((AppendResult.Appended)result).Events[0].Position;
                committed.Add(Stopwatch.GetElapsedTime(before, after).TotalMicroseconds);
                started.Add(Math.Max(0, Stopwatch.GetElapsedTime(after, begun[position]).TotalMicroseconds));
            }

            return (committed, started);
        }

        Row Of(string what, List<double> ratios, double share) => new(
            what,
            "the same of one durable append",
            ratios,
            1,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Statistics.Quantile(starts, share):0} µs to {Statistics.Quantile(appends, share):0} µs"))
        {
            IsCost = true,
        };
    }

    private static async Task<Row> DrainsAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var receiver = await NoticeReceiver.StartAsync(cancellationToken);
        var (ratios, cpu, memory) = (new List<double>(), new List<double>(), 0L);
        for (var round = 0; round < DrainRounds; round++)
        {
            await using var store = new PostgresEventStore(bench.App);
            await NoticeQueue.FillAsync(bench, store, Queued, receiver.Recipients, cancellationToken);
            var before = bench.Cpu();
            var watch = Stopwatch.StartNew();
            var expected = receiver.Count + Queued;
            await using (receiver.Work(bench, store))
            {
                while (receiver.Count < expected)
                {
                    memory = Math.Max(memory, GC.GetTotalMemory(forceFullCollection: false));
                    await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
                }
            }

            // Also what was sent last is recorded and written down now.
            var took = watch.Elapsed;
            var used = bench.Cpu().Since(before);
            ratios.Add(Queued / took.TotalSeconds / WantedPerSecond);
            cpu.Add((used.Server + used.Client) / Queued);
            Bench.Say(string.Create(CultureInfo.InvariantCulture, $"{Queued} notices sent: {Queued / took.TotalSeconds:0}/s"));
        }

        return new Row(
            $"{Queued} queued notices sent, recorded and done",
            $"{WantedPerSecond} a second",
            ratios,
            1,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Statistics.Median(ratios) * WantedPerSecond:0} a second; CPU per notice, receiver included: "
                + $"{Statistics.Median(cpu):0} µs; at most {memory / 1024 / 1024} MB managed"));
    }

    /// <summary>The policy and a worker, as a process runs them.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Running(Bench bench, IEventStore store, Worker worker)
        {
            var follower = new NoticeFollower(store, bench.App, worker.Wake, TimeProvider.System, NullLogger.Instance);
            _running = Task.WhenAll(follower.RunAsync(_stop.Token), worker.RunAsync(_stop.Token));
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }
    }
}
