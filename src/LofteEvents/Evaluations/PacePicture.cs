namespace LofteEvents.Evaluations;

/// <summary>
/// The pace through the term as lines: what is done, what an even pace would have given, and what was promised. All coordinates
/// are whole tenths of a unit, so they are written alike on every machine.
/// </summary>
/// <param name="Done">The end of each month, from left to right.</param>
/// <param name="Steps">The numbers at the left, from below.</param>
internal sealed record PacePicture(
    IReadOnlyList<PacePoint> Done,
    IReadOnlyList<PacePoint> Even,
    int TargetY,
    string Target,
    IReadOnlyList<(int Y, string Number)> Steps,
    IReadOnlyList<(int X, string Month)> Months)
{
    public const int Width = 640;
    public const int Height = 220;
    public const int Left = 36;
    public const int Right = 560;
    public const int Top = 16;
    public const int Bottom = 186;
    private const int MostSteps = 6;
    private const int MostMonths = 12;

    /// <param name="perUnit">By what the amounts are divided to be shown: 60 where they are minutes and hours are shown.</param>
    public static PacePicture Of(IReadOnlyList<PaceMonth> months, long target, long perUnit)
    {
        var highest = months.Max(month => Math.Max(month.Done, month.Expected));
        var step = StepFor(Math.Max(Math.Max(highest, target) / perUnit, 1));
        var top = ((Math.Max(highest, target) / perUnit / step) + 1) * step * perUnit;
        int Y(long amount) => (Bottom * 10) - (int)(amount * (Bottom - Top) * 10 / top);
        int X(int month) => (Left * 10) + ((month + 1) * (Right - Left) * 10 / (months.Count + 1));
        var every = ((months.Count - 1) / MostMonths) + 1;
        return new PacePicture(
            [.. months.Select((month, i) => new PacePoint(X(i), Y(month.Done), Text(month.Done / perUnit)))],
            [.. months.Select((month, i) => new PacePoint(X(i), Y(month.Expected), Text(month.Expected / perUnit)))],
            Y(target),
            Text(target / perUnit),
            [.. UpTo(top / perUnit, step).Select(number => (Y(number * perUnit), Text(number)))],
            [.. months.Select((month, i) => (X: X(i), Month: ReportWords.ShortMonth(month.To))).Where((_, i) => i % every == 0)]);
    }

    private static IEnumerable<long> UpTo(long top, long step)
    {
        for (var number = 0L; number <= top; number += step)
            yield return number;
    }

    /// <summary>1, 2, 5, 10, 20, 50 …</summary>
    private static long StepFor(long highest)
    {
        for (var ten = 1L; ; ten *= 10)
        {
            foreach (var step in (ReadOnlySpan<long>)[ten, 2 * ten, 5 * ten])
            {
                if (highest / step < MostSteps)
                    return step;
            }
        }
    }

    private static string Text(long number) => ReportWords.Number(number);
}

/// <param name="X">In tenths.</param>
/// <param name="Y">In tenths, downwards.</param>
internal readonly record struct PacePoint(int X, int Y, string Number);
