using System.Globalization;

namespace LofteEvents.Server.Pages;

/// <summary>The picture beside a count: a block for each that was promised, filled when it is done; what was done beyond it is
/// paler.</summary>
internal sealed record Meter(IReadOnlyList<MeterBlock> Blocks)
{
    public const int Width = 320;
    public const int Height = 18;

    /// <summary>Above this many blocks single ones cannot be told apart, and a bar says the same.</summary>
    private const int MostBlocks = 24;
    private const double Gap = 4;

    public static Meter Of(long done, long target, bool fulfilled)
    {
        var whole = Math.Max(done, target);
        if (whole <= 0)
        {
            return new Meter([]);
        }

        var filled = fulfilled ? "done" : "part";
        return whole <= MostBlocks ? InBlocks(done, target, (int)whole, filled) : AsBar(done, target, whole, filled);
    }

    private static Meter InBlocks(long done, long target, int whole, string filled)
    {
        var width = (Width - Gap * (whole - 1)) / whole;
        return new Meter(
        [
            .. Enumerable.Range(0, whole).Select(i => new MeterBlock(
                i * (width + Gap), width, i >= target ? "over" : i < done ? filled : "left")),
        ]);
    }

    private static Meter AsBar(long done, long target, long whole, string filled)
    {
        var kept = (double)Math.Min(done, target) / whole * Width;
        var end = (double)target / whole * Width;
        var blocks = new List<MeterBlock> { new(0, end, "left") };
        if (kept > 0)
        {
            blocks.Add(new(0, kept, filled));
        }

        if (end < Width)
        {
            blocks.Add(new(end + 2, Width - end - 2, "over"));
        }

        return new Meter(blocks);
    }
}

/// <param name="Class">How it is drawn: <c>done</c>, <c>part</c>, <c>left</c> or <c>over</c>.</param>
internal sealed record MeterBlock(double From, double Length, string Class)
{
    public string X => From.ToString("0.##", CultureInfo.InvariantCulture);

    public string Width => Length.ToString("0.##", CultureInfo.InvariantCulture);
}
