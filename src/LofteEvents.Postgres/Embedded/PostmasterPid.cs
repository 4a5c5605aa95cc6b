using System.Globalization;

namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// <c>postmaster.pid</c>, PostgreSQL's own note of the process that runs a cluster (its eight lines are described in
/// miscadmin.h).
/// </summary>
/// <param name="Status">The eighth line: <c>starting</c>, <c>ready</c>, <c>stopping</c>; empty while it is not written
/// yet.</param>
internal sealed record PostmasterPid(int Process, int Port, string Status)
{
    private const int PortLine = 3;
    private const int StatusLine = 7;

    public bool IsReady => Status == "ready";

    public bool IsStopping => Status == "stopping";

    public static string PathIn(string data) => Path.Combine(data, "postmaster.pid");

    /// <returns>Null where there is no such file, or none that makes sense.</returns>
    public static PostmasterPid? Read(string data)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(data));
            var at = (int line) => line < lines.Length ? lines[line].Trim() : "";
            if (!int.TryParse(at(0), CultureInfo.InvariantCulture, out var process) || process <= 0)
            {
                return null;
            }

            var hasPort = int.TryParse(at(PortLine), CultureInfo.InvariantCulture, out var port);
            return new PostmasterPid(process, hasPort ? port : 0, at(StatusLine));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
