using System.Globalization;

namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// The processes of a cluster, found by what the kernel knows of them: PostgreSQL's have the cluster's folder as their working
/// folder, initdb has it as an argument. A process number in a file proves nothing, since the system gives it to other processes
/// later.
/// </summary>
internal static class ClusterProcesses
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    public static IReadOnlyList<int> At(string data) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? process : 0)
            .Where(process => process != 0 && process != Environment.ProcessId)
            .Where(process => WorksIn(process, data) || IsToldOf(process, data)),
    ];

    /// <summary>Whether the process runs and its working folder is the cluster's.</summary>
    public static bool WorksIn(int process, string data)
    {
        try
        {
            return new FileInfo($"/proc/{process}/cwd").LinkTarget == data;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <exception cref="EmbeddedPostgresException">Some are still there after the patience of half a minute.</exception>
    public static async Task WaitUntilNoneAsync(string data, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (At(data) is { Count: > 0 } left)
        {
            if (time.GetElapsedTime(began) > Patience)
            {
                throw new EmbeddedPostgresException(
                    $"Processes of an earlier start still use {data} after {Patience.TotalSeconds:0} seconds: "
                    + $"{string.Join(", ", left)}. End them and start again.");
            }

            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    private static bool IsToldOf(int process, string data)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0').Contains(data);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
