namespace LofteEvents.Log;

/// <summary>Counts what one check looked at, and keeps the first thing that was wrong.</summary>
internal sealed class Tally(string name)
{
    private ulong _counted;
    private ulong _failures;
    private LogFinding? _first;

    public LogCheck Result => new(name, _counted, _failures, _first);

    /// <param name="finding">What is wrong; null where nothing is.</param>
    public void Count(LogFinding? finding)
    {
        _counted++;
        if (finding is null)
            return;
        _failures++;
        _first ??= finding;
    }
}
