namespace LofteEvents.Benchmarks;

/// <summary>Rows that are measured together, interleaved round by round.</summary>
/// <param name="Name">For <c>--only</c>.</param>
/// <param name="OnlyFull">What <c>--quick</c> leaves out, in words.</param>
internal sealed record RowFamily(
    string Name, IReadOnlyList<string> OnlyFull, Func<Bench, CancellationToken, Task<IReadOnlyList<Row>>> MeasureAsync);

/// <summary>One compared thing: how many times the reference it does, over the paired rounds.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Reference">What it was divided by, measured in the same round.</param>
/// <param name="Ratios">One per round.</param>
/// <param name="Goal">For the median; null for a row that is told and not judged.</param>
/// <param name="Remarks">Figures beside the ratio, such as rates and CPU time.</param>
internal sealed record Row(string What, string Reference, IReadOnlyList<double> Ratios, double? Goal, string Remarks)
{
    /// <summary>Whether less is better: the goal is then an upper bound.</summary>
    public bool IsCost { get; init; }

    public double Min => Ratios.Min();

    public double Max => Ratios.Max();

    public double Median => Statistics.Median(Ratios);

    public bool? Reached => Goal is not { } goal ? null : IsCost ? Median <= goal : Median >= goal;
}
