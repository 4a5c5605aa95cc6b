using System.Globalization;

namespace LofteEvents.Benchmarks;

/// <summary>
/// CPU time in microseconds, out of <c>/proc/*/stat</c> (proc(5)): user and system, own and of the children that have ended.
/// </summary>
internal readonly record struct CpuTimes(double Server, double Client)
{
    // USER_HZ, which is 100 on every Linux that .NET runs on.
    private const double MicrosecondsPerTick = 10_000;

    public static CpuTimes Of(int postmaster) => new(Server: WithChildren(postmaster), Client: Ticks(Environment.ProcessId).All);

    /// <summary>Of one process that runs, in microseconds.</summary>
    public static double OfProcess(int process) => Ticks(process).All;

    public CpuTimes Since(CpuTimes before) => new(Server - before.Server, Client - before.Client);

    /// <summary>Per event, in words.</summary>
    public string Per(double events) => string.Create(
        CultureInfo.InvariantCulture, $"CPU per event: server {Server / events:0} µs, client {Client / events:0} µs");

    private static double WithChildren(int parent)
    {
        var own = Ticks(parent).All;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process)
                && Ticks(process) is var ticks && ticks.Parent == parent)
            {
                own += ticks.All;
            }
        }

        return own;
    }

    private static (int Parent, double All) Ticks(int process)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{process}/stat");
        }
        catch (IOException)
        {
            return (0, 0);
        }

        // The name in parentheses may hold spaces; behind it stand the state, the parent, and from the 12th on utime, stime,
        // cutime, cstime.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            fields[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) * MicrosecondsPerTick);
    }
}
