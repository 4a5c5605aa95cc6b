using System.Diagnostics;
using System.Globalization;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LofteEvents.Benchmarks;

/// <summary>Reading the whole log: its rows as they are, its events as the core's types, every projection built anew.</summary>
internal static class ReadRows
{
    private const string Columns =
        "seq_id, id, stream_id, version, type, data, timestamp, correlation_id, causation_id, headers";

    private static readonly Areas Areas = Areas.Of(
        [new Area("stockholm", "Stockholm"), new Area("norrmalm", "Norrmalm", "stockholm")], out _)!;

    public static RowFamily Family { get; } = new("read", ["reading and rebuilding 1 000 000 events"], MeasureAsync);

    private static async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var events = bench.IsFull ? 1_000_000 : 100_000;
        await FillAsync(bench, events, cancellationToken);
        await using var store = new PostgresEventStore(bench.App);
        await CaughtUpAsync(bench, store, cancellationToken);
        Lane[] lanes =
        [
            new("export, rows as bytes", 0.95, token => ReadAsync(store, isTyped: false, token)),
            new("replay, typed events", 0.7, token => ReadAsync(store, isTyped: true, token)),
            new("rebuild of every projection", 0.45, token => RebuildAsync(bench, store, token)),
        ];
        await CopyAsync(bench, cancellationToken);
        for (var round = 0; round < bench.Rounds; round++)
        {
            foreach (var lane in lanes)
            {
                lane.Add(await RateAsync(lane.RunAsync, cancellationToken), await RateAsync(
                    token => CopyAsync(bench, token), cancellationToken));
            }

            Bench.Say(string.Join(", ", lanes.Select(lane => lane.Latest)));
        }

        return [.. lanes.Select(lane => lane.Row())];
    }

    // Straight into the tables, as the writer would leave them: what is measured here is reading.
    private static async Task FillAsync(Bench bench, int events, CancellationToken cancellationToken)
    {
        Bench.Say($"filling the log with {events} events …");
        await using var connection = await bench.Owner.OpenConnectionAsync(cancellationToken);
        await using var fill = new NpgsqlCommand(
            """
            WITH number AS (
                SELECT n, 'insats/fill-' || lpad(n::text, 9, '0') AS stream
                FROM generate_series((SELECT count(*) FROM lofte.mt_events) + 1, $1) AS n
            ), stream AS (
                INSERT INTO lofte.mt_streams (id, version) SELECT stream, 1 FROM number
            )
            INSERT INTO lofte.mt_events (seq_id, id, stream_id, version, data, type, timestamp, headers)
            SELECT nextval('lofte.mt_events_sequence'), gen_random_uuid(), stream, 1, $2, $3, clock_timestamp(), $4
            FROM number
            ORDER BY n
            """,
            connection)
        {
            CommandTimeout = 0,
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = events },
                new() { Value = Payload.Data, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb },
                new() { Value = Payload.Type },
                new() { Value = Payload.Headers, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb },
            },
        };
        await fill.ExecuteNonQueryAsync(cancellationToken);
        await bench.ExecuteAsync("VACUUM ANALYZE lofte.mt_events", cancellationToken);
    }

    private static async Task CaughtUpAsync(Bench bench, PostgresEventStore store, CancellationToken cancellationToken)
    {
        var positions = new ProjectionPositions(TimeProvider.System);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new ProjectionSet(bench.App, store, Areas, positions, TimeProvider.System, NullLoggerFactory.Instance)
            .RunAsync(stopping.Token);
        var head = await store.HeadAsync(cancellationToken);
        foreach (var name in ProjectionNames.All)
        {
            await positions.WaitForAsync(name, head, TimeSpan.FromHours(1), cancellationToken);
        }

        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>C: the rows as PostgreSQL itself hands them out.</summary>
    private static async Task<long> CopyAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var connection = await bench.App.OpenConnectionAsync(cancellationToken);
        await using (var copy = await connection.BeginRawBinaryCopyAsync(
            $"COPY (SELECT {Columns} FROM lofte.mt_events ORDER BY seq_id) TO STDOUT (FORMAT binary)", cancellationToken))
        {
            var buffer = new byte[64 * 1024];
            while (await copy.ReadAsync(buffer, cancellationToken) > 0)
            {
                // Only the reading is measured.
            }
        }

        await using var count = new NpgsqlCommand("SELECT count(*) FROM lofte.mt_events", connection);
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<long> ReadAsync(PostgresEventStore store, bool isTyped, CancellationToken cancellationToken)
    {
        var read = 0L;
        await foreach (var stored in store.ReadAllAsync(0, long.MaxValue, cancellationToken))
        {
            if (isTyped && EventCatalogue.ToRecorded(stored).Event is null)
            {
                throw new InvalidOperationException("An event came without content.");
            }

            read++;
        }

        return read;
    }

    private static async Task<long> RebuildAsync(Bench bench, PostgresEventStore store, CancellationToken cancellationToken)
    {
        await bench.ExecuteAsync(
            """
            INSERT INTO lofte.projection_rebuild (name, requested_by)
            SELECT split_part(name, ':', 1), 'benchmark' FROM lofte.mt_event_progression WHERE name LIKE '%:All'
            """,
            cancellationToken);
        var head = await store.HeadAsync(cancellationToken);
        await Task.WhenAll(ProjectionNames.All.Select(name => Task.Run(
            async () =>
            {
                await using var rebuild = new ProjectionRebuild(
                    name, () => ProjectionSet.Make(name, Areas), store, bench.App, TimeProvider.System, NullLogger.Instance);
                if (!await rebuild.LookAsync(head, mustWait: true, cancellationToken))
                {
                    throw new InvalidOperationException($"{name} could not be built anew.");
                }
            },
            cancellationToken)));
        await using var count = bench.App.CreateCommand("SELECT count(*) FROM lofte.mt_events");
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<double> RateAsync(Func<CancellationToken, Task<long>> read, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        return await read(cancellationToken) / watch.Elapsed.TotalSeconds;
    }

    /// <summary>One row while it is measured.</summary>
    private sealed record Lane(string What, double Goal, Func<CancellationToken, Task<long>> RunAsync)
    {
        private readonly List<double> rates = [];
        private readonly List<double> ratios = [];

        public string Latest => string.Create(CultureInfo.InvariantCulture, $"{What}: {ratios[^1]:0.00}");

        public void Add(double rate, double copy)
        {
            rates.Add(rate);
            ratios.Add(rate / copy);
        }

        public Row Row() => new(
            What,
            "C (COPY)",
            ratios,
            Goal,
            string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(rates):0} events/s"));
    }
}
