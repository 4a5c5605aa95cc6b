namespace LofteEvents.Benchmarks;

/// <summary>
/// <c>--quick</c> (about a minute) or <c>--full</c>, each with <c>--json</c>; <c>--only NAME</c> runs one family.
/// </summary>
internal static class CommandLine
{
    private const string Usage = "usage: LofteEvents.Benchmarks --quick|--full [--json] [--only FAMILY]";

    /// <returns>0 when every goal that was measured is reached, 3 when one is not, 2 for wrong use.</returns>
    public static async Task<int> RunAsync(string[] args, IReadOnlyList<RowFamily> families, CancellationToken cancellationToken)
    {
        var isFull = args.Contains("--full");
        var only = args.SkipWhile(argument => argument != "--only").Skip(1).FirstOrDefault();
        if (isFull == args.Contains("--quick") || (only is not null && families.All(family => family.Name != only)))
        {
            await Console.Error.WriteLineAsync($"{Usage}\nfamilies: {string.Join(", ", families.Select(family => family.Name))}");
            return 2;
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stopping.Cancel();
        };
        var chosen = families.Where(family => only is null || family.Name == only).ToList();
        var rows = await MeasureAsync(chosen, isFull, stopping.Token);
        if (args.Contains("--json"))
        {
            Console.WriteLine(Report.Json(rows));
        }
        else
        {
            Console.WriteLine(Report.Text(rows, isFull ? [] : chosen.SelectMany(family => family.OnlyFull)));
        }

        return rows.All(row => row.Reached is not false) ? 0 : 3;
    }

    private static async Task<List<Row>> MeasureAsync(
        IReadOnlyList<RowFamily> families, bool isFull, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        await using var bench = await Bench.StartAsync(isFull, cancellationToken);
        foreach (var family in families)
        {
            Bench.Say($"{family.Name} …");
            rows.AddRange(await family.MeasureAsync(bench, cancellationToken));
        }

        return rows;
    }
}
