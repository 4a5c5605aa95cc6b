using System.Diagnostics;
using System.Globalization;
using System.Text;
using LofteEvents.Postgres.EventStore;
using Npgsql;
using NpgsqlTypes;

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
        using var groups = new GroupSizes();
        await using var source = NpgsqlDataSource.Create(bench.AppConnectionString);
        await using var store = new PostgresEventStore(source);
        Reference[] references =
        [
            new("R1 (pgbench, 1 client)", 1,
            [
                new("append, 1 caller", 0.75, token => AppendAsync(store, 1, bench.Slice, token)),
                new("one INSERT by Npgsql", null, token => InsertAsync(bench, token)),
            ]),
            new("R (pgbench, 32 clients)", 32,
            [
                new("append, 32 callers", 1.5, token => AppendAsync(store, 32, bench.Slice, token)),
                new("append, 128 callers", 2.2, token => AppendAsync(store, 128, bench.Slice, token)),
            ]),
        ];

        await bench.ExecuteAsync(PgBench.NewTable, cancellationToken);
        await AppendAsync(store, 32, bench.Slice, cancellationToken);
        await bench.PgBench.RunAsync(32, bench.Slice, cancellationToken);
        for (var round = 0; round < bench.Rounds; round++)
        {
            foreach (var reference in references)
            {
                await MeasureAsync(bench, reference, groups, cancellationToken);
            }

            Bench.Say(string.Join(", ", references.SelectMany(each => each.Lanes).Select(lane => lane.Latest)));
        }

        return [.. references.SelectMany(reference => reference.Lanes.Select(lane => lane.Row(reference)))];
    }

    /// <summary>One round: the reference, then at once what is divided by it.</summary>
    private static async Task MeasureAsync(
        Bench bench, Reference reference, GroupSizes groups, CancellationToken cancellationToken)
    {
        var before = bench.Cpu();
        var result = await bench.PgBench.RunAsync(reference.Clients, bench.Slice, cancellationToken);
        reference.Rates.Add(result.Rate);
        reference.ServerCpu.Add(bench.Cpu().Since(before).Server / result.Latencies.Count);
        foreach (var lane in reference.Lanes)
        {
            groups.Restart();
            before = bench.Cpu();
            var (events, rate) = await lane.RunAsync(cancellationToken);
            var used = bench.Cpu().Since(before);
            lane.Rates.Add(rate);
            lane.Ratios.Add(rate / result.Rate);
            lane.GroupSizes.Add(groups.Average);
            lane.ServerCpu.Add(used.Server / events);
            lane.ClientCpu.Add(used.Client / events);
        }
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
                    var stream = Payload.Stream(Interlocked.Increment(ref streams));
                    var request = new AppendRequest([new StreamAppend(stream, 0, [said])]);
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

    /// <summary>The reference's own statement by .NET's driver: what a caller of the library cannot be faster than.</summary>
    private static async Task<(long Events, double Rate)> InsertAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var connection = await bench.Owner.OpenConnectionAsync(cancellationToken);
        await using var insert = new NpgsqlCommand(PgBench.Insert, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<byte[]> { TypedValue = Data, NpgsqlDbType = NpgsqlDbType.Jsonb },
                new NpgsqlParameter<string> { TypedValue = Payload.Type },
                new NpgsqlParameter<byte[]> { TypedValue = Headers, NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        await insert.PrepareAsync(cancellationToken);
        var watch = Stopwatch.StartNew();
        var count = 0L;
        for (; watch.Elapsed < bench.Slice; count++)
        {
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        return (count, count / watch.Elapsed.TotalSeconds);
    }

    /// <summary>What pgbench does with so many clients, and the rows that are divided by it.</summary>
    private sealed record Reference(string Name, int Clients, IReadOnlyList<Lane> Lanes)
    {
        public List<double> Rates { get; } = [];

        public List<double> ServerCpu { get; } = [];
    }

    /// <summary>One row while it is measured.</summary>
    private sealed record Lane(string What, double? Goal, Func<CancellationToken, Task<(long Events, double Rate)>> RunAsync)
    {
        public List<double> Rates { get; } = [];

        public List<double> Ratios { get; } = [];

        public List<double> GroupSizes { get; } = [];

        public List<double> ServerCpu { get; } = [];

        public List<double> ClientCpu { get; } = [];

        public string Latest => string.Create(CultureInfo.InvariantCulture, $"{What}: {Ratios[^1]:0.00}");

        public Row Row(Reference reference) => new(
            What,
            reference.Name,
            Ratios,
            Goal,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Statistics.Median(Rates):0} events/s to {Statistics.Median(reference.Rates):0}, "
                + $"{Statistics.Median(GroupSizes):0.0} a commit; CPU per event: server {Statistics.Median(ServerCpu):0} µs, "
                + $"client {Statistics.Median(ClientCpu):0} µs "
                + $"(reference: server {Statistics.Median(reference.ServerCpu):0} µs)"));
    }
}
