using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;

namespace LofteEvents.Benchmarks;

/// <summary>Reading how a promise stands, over HTTP, beside reading its document from PostgreSQL.</summary>
internal static class StatusRows
{
    private const int Ok = 200;
    private const string Lofte = "norrmalm-2018";
    private const string Status = $"/api/v1/loften/{Lofte}/status";

    public static RowFamily Family { get; } = new("status", [], MeasureAsync);

    private static async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var server = await ServerUnderLoad.StartAsync(bench.AppConnectionString, cancellationToken);
        await PublishYearAsync(server, await server.TokenAsync(cancellationToken), cancellationToken);
        var head = await HeadAsync(bench, cancellationToken);
        await IsReadAsync(server, $"{Status}?minPosition={head}", cancellationToken);
        List<double> half = [], tail = [], past = [], medians = [];
        for (var round = 0; round < bench.Rounds; round++)
        {
            var select = await SelectAsync(bench, cancellationToken);
            var status = await ReadAsync(Status);
            var empty = await ReadAsync("/health/live");
            var asOf = await ReadAsync($"{Status}?asOf=@{head - 10}&on=2018-12-31");
            half.Add(status.Percentile(0.5) / Statistics.Quantile(select, 0.5));
            tail.Add(status.Percentile(0.99) / empty.Percentile(0.99));
            past.Add(asOf.Percentile(0.5) / status.Percentile(0.5));
            medians.Add(status.Percentile(0.5));
        }

        var remarks = string.Create(CultureInfo.InvariantCulture, $"p50 {Statistics.Median(medians):0} µs");
        return
        [
            new("status read over HTTP, p50", "SELECT of the document, p50", half, 2, remarks) { IsCost = true },
            new("status read over HTTP, p99", "an empty endpoint's p99", tail, 3, "") { IsCost = true },
            new("status as of a past position, p50", "status read now, p50", past, 50, "") { IsCost = true },
        ];

        Task<LoadResult> ReadAsync(string path) => HttpLoad.RunAsync(
            server.Port, 1, bench.Slice / 2, Ok, () => (HttpLoad.Get(server.Port, path), 1), cancellationToken);
    }

    /// <summary>The shipped demonstration year, recorded now.</summary>
    private static async Task PublishYearAsync(ServerUnderLoad server, string token, CancellationToken cancellationToken)
    {
        var year = Path.Combine(ServerUnderLoad.Root(), "deploy", "loften", $"{Lofte}-year.ndjson");
        var lines = await File.ReadAllLinesAsync(year, cancellationToken);
        var batch = new StringBuilder("[")
            .AppendJoin(',', lines.Where(line => line.Length > 0).Select(line => line.Replace("\"recordedtime\":", "\"learnt\":",
                StringComparison.Ordinal)))
            .Append(']')
            .ToString();
        var request = HttpLoad.Post(server.Port, "/api/v1/events", token, CloudEvents.Batch, batch);
        using var load = await HttpLoad.ConnectAsync(server.Port, cancellationToken);
        if (await load.SendAsync(request, cancellationToken) is var status and not 201)
        {
            throw new InvalidOperationException($"The demonstration year was answered with {status}.");
        }
    }

    /// <summary>Waits until the projections have come so far: until then the server says 503.</summary>
    private static async Task IsReadAsync(ServerUnderLoad server, string path, CancellationToken cancellationToken)
    {
        using var load = await HttpLoad.ConnectAsync(server.Port, cancellationToken);
        while (await load.SendAsync(HttpLoad.Get(server.Port, path), cancellationToken) != Ok)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private static async Task<List<double>> SelectAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var connection = await bench.App.OpenConnectionAsync(cancellationToken);
        await using var select = new NpgsqlCommand("SELECT data FROM lofte.mt_doc_loftestatus WHERE id = $1", connection)
        {
            Parameters = { new() { Value = Lofte } },
        };
        await select.PrepareAsync(cancellationToken);
        var latencies = new List<double>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < bench.Slice / 2)
        {
            var started = Stopwatch.GetTimestamp();
            if (await select.ExecuteScalarAsync(cancellationToken) is not string)
            {
                throw new InvalidOperationException("The promise has no document.");
            }

            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        return latencies;
    }

    private static async Task<long> HeadAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var command = bench.App.CreateCommand("SELECT max(seq_id) FROM lofte.mt_events");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
