using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LofteEvents.Log;
using LofteEvents.Postgres.Auditing;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LofteEvents.Benchmarks;

/// <summary>Whether sealing keeps up with appending, and what verifying leaves costs beside hashing their bytes.</summary>
internal static class LogSealingRows
{
    private const int Callers = 32;

    public static RowFamily Family { get; } = new("log", ["verifying 1 000 000 leaves"], MeasureAsync);

    private static async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var verifying = Verifying(bench, bench.IsFull ? 1_000_000 : 100_000);
        return [await SealingAsync(bench, cancellationToken), verifying];
    }

    private static async Task<Row> SealingAsync(Bench bench, CancellationToken cancellationToken)
    {
        const int events = 20_000;
        var data = Directory.CreateTempSubdirectory("lofte-bench-log-");
        var (ratios, rates) = (new List<double>(), new List<(double Append, double Seal)>());
        await using var store = new PostgresEventStore(bench.App);
        for (var round = 0; round < bench.Rounds; round++)
        {
            var append = await RateAsync(events, token => AppendAsync(store, events, token), cancellationToken);
            var seal = await RateAsync(events, token => SealAsync(bench, store, data.FullName, token), cancellationToken);
            ratios.Add(seal / append);
            rates.Add((append, seal));
            Bench.Say(string.Create(CultureInfo.InvariantCulture, $"appended {append:0}/s, sealed {seal:0}/s"));
        }

        data.Delete(recursive: true);
        var remarks = string.Create(
            CultureInfo.InvariantCulture,
            $"{Statistics.Median([.. rates.Select(rate => rate.Seal)]):0} sealed a second, durably, with tiles and checkpoint");
        return new Row("sealing", $"appending by {Callers} callers", ratios, Goal: 1, remarks);
    }

    private static async Task<double> RateAsync(
        int events, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await work(cancellationToken);
        return events / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task AppendAsync(PostgresEventStore store, int events, CancellationToken cancellationToken)
    {
        var left = events;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var said = new NewEvent(Guid.NewGuid(), Payload.Type, Data, Headers);
                await store.AppendAsync(
                    new AppendRequest([new StreamAppend($"insats/{said.Id:N}", 0, [said])]), cancellationToken);
            }
        }));
    }

    private static byte[] Data { get; } = Encoding.UTF8.GetBytes(Payload.Data);

    private static byte[] Headers { get; } = Encoding.UTF8.GetBytes(Payload.Headers);

    private static async Task SealAsync(Bench bench, PostgresEventStore store, string data, CancellationToken cancellationToken)
    {
        var head = await store.HeadAsync(cancellationToken);
        var status = new SealerStatus();
        var options = SealerOptions.Default with { MaxLeaves = 1, WalkLeaves = 0 };
        var sealer = new Sealer(
            bench.App, store, LogFolder.In(data), options, status, TimeProvider.System, NullLogger<Sealer>.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = sealer.RunAsync(stop.Token);
        var end = await status.WhenAsync(now => now.Position >= head || now.Alarm is not null, cancellationToken);
        await stop.CancelAsync();
        await running;
        if (end.Alarm is { } alarm)
        {
            throw new InvalidOperationException($"{alarm.Code}: {alarm.Sentence}");
        }
    }

    /// <summary>Leaves alone, without rows: form, order, streams, ids and root, against SHA-256 over each leaf.</summary>
    private static Row Verifying(Bench bench, int count)
    {
        var leaves = Leaves(count);
        var root = MerkleTree.Root(leaves.Select(leaf => MerkleTree.HashLeaf(leaf)));
        var checkpoint = new Checkpoint("bench/1", (ulong)count, root);
        var ratios = new List<double>();
        for (var round = 0; round < bench.Rounds; round++)
        {
            var verifying = Stopwatch.GetTimestamp();
            using var seen = new SeenLeavesOnDisk();
            var verifier = new LogVerifier(checkpoint, [], hasRows: false, _ => null, seen);
            foreach (var leaf in leaves)
            {
                verifier.Leaf(leaf);
            }

            var isWhole = verifier.Report().IsWhole;
            var verified = Stopwatch.GetElapsedTime(verifying);
            var hashing = Stopwatch.GetTimestamp();
            var sum = leaves.Sum(leaf => SHA256.HashData(leaf)[0]);
            var hashed = Stopwatch.GetElapsedTime(hashing);
            if (!isWhole || sum == 0)
            {
                throw new InvalidOperationException("The leaves of the benchmark are not whole.");
            }

            ratios.Add(verified / hashed);
        }

        return new Row($"verifying {count} leaves", "SHA-256 over the same bytes", ratios, Goal: 3, "streams and ids on the disk")
        {
            IsCost = true,
        };
    }

    private static List<byte[]> Leaves(int count) =>
    [
        .. Enumerable.Range(0, count).Select(n => new Leaf(
            (ulong)n,
            n + 1,
            new Guid(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            $"insats/2018-{n:000000000}",
            1,
            "insats.carried-out.v1",
            1_520_000_000_000_000 + n,
            "mars",
            null,
            MerkleTree.EmptyRoot,
            MerkleTree.EmptyRoot,
            []).Encode()),
    ];
}
