using System.Globalization;
using Npgsql;

namespace LofteEvents.Benchmarks;

/// <summary>
/// What an event costs the projection that keeps promises live: with a promise in every area of the country against one promise,
/// and on a promise that holds many events against one that holds ten. Less is better; 1 means that it makes no difference.
/// </summary>
internal static class PromiseRows
{
    private const int Areas = 300;
    private const int Few = 10;
    private const int PageEvents = 1_000;

    public static RowFamily Family { get; } = new("promises", ["a promise that holds 100 000 events"], MeasureAsync);

    private static async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var many = bench.IsFull ? 100_000 : 10_000;
        await using var connection = await bench.App.OpenConnectionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand("SET search_path = lofte", connection))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var alone = await KeptPromises.StartAsync(connection, "alone", 1, cancellationToken);
        var country = await KeptPromises.StartAsync(connection, "country", Areas, cancellationToken);
        var full = await KeptPromises.StartAsync(connection, "full", 1, cancellationToken);
        for (var done = 0; done < many; done += PageEvents)
        {
            await full.PageAsync(PageEvents, cancellationToken);
        }

        var fews = 0;
        Lane[] lanes =
        [
            new($"an event among {Areas} promises, durable", "among 1", 1.2, country, AloneAsync, KeptPromises.OneByOneAsync),
            new("〃 folded in memory", "among 1", 1.5, country, AloneAsync, KeptPromises.FoldedAsync),
            new($"an event on {many} events, durable", $"on {Few}", 1.2, full, FewAsync, KeptPromises.OneByOneAsync),
            new("〃 folded in memory", $"on {Few}", 1.5, full, FewAsync, KeptPromises.FoldedAsync),
        ];
        foreach (var lane in lanes)
        {
            await lane.RoundAsync(isMeasured: false, cancellationToken);
        }

        for (var round = 0; round < bench.Rounds; round++)
        {
            foreach (var lane in lanes)
            {
                await lane.RoundAsync(isMeasured: true, cancellationToken);
            }
        }

        return [.. lanes.Select(lane => lane.Row())];

        Task<KeptPromises> AloneAsync() => Task.FromResult(alone);

        // Anew for every round, since what is measured adds to it.
        async Task<KeptPromises> FewAsync()
        {
            var few = await KeptPromises.StartAsync(connection, $"few-{++fews}", 1, cancellationToken);
            await few.PageAsync(Few, cancellationToken);
            return few;
        }
    }

    /// <summary>One row while it is measured.</summary>
    private sealed record Lane(
        string What,
        string Reference,
        double Goal,
        KeptPromises More,
        Func<Task<KeptPromises>> Less,
        Func<KeptPromises, CancellationToken, Task<double>> MeasureAsync)
    {
        private readonly List<double> _ratios = [];
        private readonly List<double> _microseconds = [];

        public async Task RoundAsync(bool isMeasured, CancellationToken cancellationToken)
        {
            var less = await MeasureAsync(await Less(), cancellationToken);
            var more = await MeasureAsync(More, cancellationToken);
            if (isMeasured)
            {
                _ratios.Add(more / less);
                _microseconds.Add(more);
            }
        }

        public Row Row() => new(
            What,
            Reference,
            _ratios,
            Goal,
            string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(_microseconds):0.0} µs an event"))
        {
            IsCost = true,
        };
    }
}
