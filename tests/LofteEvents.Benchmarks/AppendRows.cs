using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using LofteEvents.Postgres.EventStore;
using Npgsql;

namespace LofteEvents.Benchmarks;

/// <summary>Durable, ordered appends through the library: one event a call, each to a new stream.</summary>
internal static class AppendRows
{
    private static readonly byte[] Data = Encoding.UTF8.GetBytes(Payload.Data);
    private static readonly byte[] Headers = Encoding.UTF8.GetBytes(Payload.Headers);

    private static long streams;

    public static RowFamily Family { get; } = new("append", [], MeasureAsync);

    private static async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        using var groups = new MeterListener();
        var commits = 0L;
        var grouped = 0L;
        groups.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "lofte.append.group_size")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        groups.SetMeasurementEventCallback<int>((_, size, _, _) =>
        {
            Interlocked.Increment(ref commits);
            Interlocked.Add(ref grouped, size);
        });
        groups.Start();
        await using var source = NpgsqlDataSource.Create(bench.AppConnectionString);
        await using var store = new PostgresEventStore(source);
        Lane[] lanes =
        [
            new("append, 1 caller", "R1 (pgbench, 1 client)", 1, 1, 0.75),
            new("append, 32 callers", "R (pgbench, 32 clients)", 32, 32, 1.5),
            new("append, 128 callers", "R (pgbench, 32 clients)", 128, 32, 2.2),
        ];

        await bench.ExecuteAsync(PgBench.NewTable, cancellationToken);
        await AppendAsync(store, 32, TimeSpan.FromSeconds(2), cancellationToken);
        await bench.PgBench.RunAsync(32, bench.Slice, cancellationToken);
        for (var round = 0; round < bench.Rounds; round++)
        {
            var references = new Dictionary<int, double>();
            foreach (var clients in lanes.Select(lane => lane.ReferenceClients).Distinct())
            {
                var before = bench.Cpu();
                var result = await bench.PgBench.RunAsync(clients, bench.Slice, cancellationToken);
                references[clients] = result.Rate;
                foreach (var lane in lanes.Where(lane => lane.ReferenceClients == clients))
                {
                    lane.Reference.Add(result.Rate);
                    lane.ReferenceCpu.Add(bench.Cpu().Since(before).Server / result.Latencies.Count);
                }
            }

            foreach (var lane in lanes)
            {
                (commits, grouped) = (0, 0);
                var before = bench.Cpu();
                var (events, rate) = await AppendAsync(store, lane.Callers, bench.Slice, cancellationToken);
                var used = bench.Cpu().Since(before);
                lane.Rates.Add(rate);
                lane.GroupSizes.Add((double)grouped / commits);
                lane.ServerCpu.Add(used.Server / events);
                lane.ClientCpu.Add(used.Client / events);
            }

            Bench.Say(string.Join(", ", lanes.Select(lane =>
                string.Create(CultureInfo.InvariantCulture, $"{lane.Callers}: {lane.Rates[^1] / lane.Reference[^1]:0.00}"))));
        }

        return [.. lanes.Select(lane => lane.Row())];
    }

    private static async Task<(long Events, double Rate)> AppendAsync(
        PostgresEventStore store, int callers, TimeSpan duration, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(
            async () =>
            {
                var count = 0L;
                while (watch.Elapsed < duration)
                {
                    var said = new NewEvent(Guid.NewGuid(), Payload.Type, Data, Headers);
                    var request = new AppendRequest([new StreamAppend(Payload.Stream(Interlocked.Increment(ref streams)), 0, [said])]);
                    if (await store.AppendAsync(request, cancellationToken) is not AppendResult.Appended)
                    {
                        throw new InvalidOperationException("A new stream was refused.");
                    }

                    count++;
                }

                return count;
            },
            cancellationToken)));
        return (counts.Sum(), counts.Sum() / watch.Elapsed.TotalSeconds);
    }

    /// <summary>One row while it is measured.</summary>
    private sealed record Lane(string What, string ReferenceName, int Callers, int ReferenceClients, double Goal)
    {
        public List<double> Reference { get; } = [];

        public List<double> ReferenceCpu { get; } = [];

        public List<double> Rates { get; } = [];

        public List<double> GroupSizes { get; } = [];

        public List<double> ServerCpu { get; } = [];

        public List<double> ClientCpu { get; } = [];

        public Row Row() => new(
            What,
            ReferenceName,
            [.. Rates.Zip(Reference, (rate, reference) => rate / reference)],
            Goal,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Statistics.Median(Rates):0} events/s to {Statistics.Median(Reference):0}; CPU per event: server"
                + $" {Statistics.Median(ServerCpu):0} µs, client {Statistics.Median(ClientCpu):0} µs"
                + $" (reference: server {Statistics.Median(ReferenceCpu):0} µs); {Statistics.Median(GroupSizes):0.0} events a commit"));
    }
}
