using System.Diagnostics;
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

    /// <summary>Those that work in the folder or below it, and those that were told to.</summary>
    public static IReadOnlyList<int> Under(string folder) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(entry => int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var process) ? process : 0)
            .Where(process => process != 0 && IsPostgres(process))
            .Where(process => Folders(process).Any(known => IsUnder(known, folder))),
    ];

    /// <summary>Whether the process runs and its working folder is the cluster's.</summary>
    public static bool WorksIn(int process, string data) => IsPostgres(process) && LinkOf(process, "cwd") == data;

    /// <exception cref="EmbeddedPostgresException">Some are still there after the patience of half a minute.</exception>
    public static async Task WaitUntilNoneAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (Under(folder) is { Count: > 0 } left)
        {
            if (time.GetElapsedTime(began) > Patience)
            {
                throw new EmbeddedPostgresException(
                    $"Processes of an earlier start still use {folder} after {Patience.TotalSeconds:0} seconds: "
                    + $"{string.Join(", ", left)}. End them and start again.");
            }

            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    /// <summary>Ends them without asking: for what is thrown away afterwards.</summary>
    public static async Task KillUnderAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var number in Under(folder))
        {
            try
            {
                using var process = Process.GetProcessById(number);
                process.Kill();
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                // It ended between our look and the signal.
            }
        }

        await WaitUntilNoneAsync(folder, time, cancellationToken);
    }

    // After an upgrade the link reads "…/postgres (deleted)". A shell that stands in the folder is no concern of ours.
    private static bool IsPostgres(int process) =>
        Path.GetFileName(LinkOf(process, "exe")?.Replace(" (deleted)", "", StringComparison.Ordinal)) is "postgres" or "initdb";

    private static bool IsUnder(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static IEnumerable<string> Folders(int process)
    {
        try
        {
            return [LinkOf(process, "cwd") ?? "", .. File.ReadAllText($"/proc/{process}/cmdline").Split('\0')];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? LinkOf(int process, string name)
    {
        try
        {
            return new FileInfo($"/proc/{process}/{name}").LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
