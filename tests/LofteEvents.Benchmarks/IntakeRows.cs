using System.Globalization;

namespace LofteEvents.Benchmarks;

/// <summary>
/// The whole way of an event over HTTP: parsed, held against its schema, looked up, decided, appended, durable, answered. Server,
/// database and load share the processors.
/// </summary>
internal static class IntakeRows
{
    private const int BatchEvents = 100;
    private const int HistoryEvents = 1000;
    private const int Created = 201;
    private const string Path = "/api/v1/events";

    public static RowFamily Family { get; } = new("intake", [], MeasureAsync);

    private static async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var server = await ServerUnderLoad.StartAsync(bench.AppConnectionString, cancellationToken);
        var token = await server.TokenAsync(cancellationToken);
        var copy = CopiedEvents.Make();
        (byte[], int) One() => (HttpLoad.Post(server.Port, Path, token, CloudEvents.Structured, CloudEvents.New()), 1);
        (byte[], int) Hundred() =>
            (HttpLoad.Post(server.Port, Path, token, CloudEvents.Batch, CloudEvents.NewBatch(BatchEvents)), BatchEvents);
        (byte[], int) History()
        {
            var batch = CloudEvents.NewBatch(HistoryEvents, TimeProvider.System.GetUtcNow());
            return (HttpLoad.Post(server.Port, Path, token, CloudEvents.Batch, batch), HistoryEvents);
        }

        Lane[] lanes =
        [
            new("intake over HTTP, 32 connections", 0.7, 32, One),
            new("intake over HTTP, 128 connections", 1.0, 128, One),
            new($"intake in batches of {BatchEvents}, 1 caller", 2.5, 1, Hundred),
        ];
        var import = new Lane("import of history, batches of 1000", 0.75, 1, History);

        await bench.ExecuteAsync(PgBench.NewTable, cancellationToken);
        foreach (var lane in lanes.Append(import))
        {
            await lane.LoadAsync(server, bench.Slice, cancellationToken);
        }

        for (var round = 0; round < bench.Rounds; round++)
        {
            var reference = await bench.PgBench.RunAsync(32, bench.Slice, cancellationToken);
            var p99 = Statistics.Quantile(reference.Latencies, 0.99);
            foreach (var lane in lanes)
            {
                await lane.MeasureAsync(bench, server, reference.Rate, p99, cancellationToken);
            }

            await import.MeasureAsync(bench, server, await copy.RateAsync(bench, cancellationToken), p99, cancellationToken);
            Bench.Say(string.Join(", ", lanes.Append(import).Select(lane => lane.Latest)));
        }

        return
        [
            .. lanes.Select(lane => lane.Row("R (pgbench, 32 clients)")),
            .. lanes.Take(2).Select(lane => lane.TailRow()),
            import.Row("COPY into the same indexed table"),
        ];
    }

    /// <summary>One row while it is measured.</summary>
    private sealed record Lane(string What, double Goal, int Connections, Func<(byte[] Request, int Things)> Next)
    {
        private readonly List<double> rates = [];
        private readonly List<double> ratios = [];
        private readonly List<double> tails = [];
        private readonly List<double> tailRatios = [];
        private readonly List<(double Database, double Server, double Client)> cpu = [];

        public string Latest => string.Create(CultureInfo.InvariantCulture, $"{What}: {ratios[^1]:0.00}");

        public Task<LoadResult> LoadAsync(ServerUnderLoad server, TimeSpan duration, CancellationToken cancellationToken) =>
            HttpLoad.RunAsync(server.Port, Connections, duration, Created, Next, cancellationToken);

        public async Task MeasureAsync(
            Bench bench, ServerUnderLoad server, double reference, double referenceTail, CancellationToken cancellationToken)
        {
            var (before, served) = (bench.Cpu(), server.Cpu());
            var result = await LoadAsync(server, bench.Slice, cancellationToken);
            var used = bench.Cpu().Since(before);
            cpu.Add((used.Server / result.Things, (server.Cpu() - served) / result.Things, used.Client / result.Things));
            rates.Add(result.Rate);
            ratios.Add(result.Rate / reference);
            tails.Add(result.Percentile(0.99));
            tailRatios.Add(tails[^1] / referenceTail);
        }

        public Row Row(string reference) => new(
            What,
            reference,
            ratios,
            Goal,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Statistics.Median(rates):0} events/s; CPU per event: "
                + $"database {Statistics.Median(cpu.Select(each => each.Database)):0} µs, "
                + $"server {Statistics.Median(cpu.Select(each => each.Server)):0} µs, "
                + $"client {Statistics.Median(cpu.Select(each => each.Client)):0} µs"));

        public Row TailRow() => new(
            $"{What}, p99",
            "p99 of R",
            tailRatios,
            2,
            string.Create(CultureInfo.InvariantCulture, $"p99 {Statistics.Median(tails) / 1000:0.0} ms"))
        {
            IsCost = true,
        };
    }
}
