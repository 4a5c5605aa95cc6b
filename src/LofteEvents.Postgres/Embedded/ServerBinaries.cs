using System.Globalization;
using System.Text.RegularExpressions;

namespace LofteEvents.Postgres.Embedded;

/// <summary>The PostgreSQL server's programs on this machine.</summary>
/// <param name="Folder">Holds initdb, pg_ctl and postgres.</param>
internal sealed partial record ServerBinaries(string Folder, int Major)
{
    /// <summary>The oldest major version that the schema's SQL is written for.</summary>
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    public string Initdb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>
    /// The first that serves: on PATH, then Debian's folders with the newest first, then where pg_config points.
    /// </summary>
    /// <param name="major">The only major version that will do, because a cluster of it exists; null for any that is new
    /// enough.</param>
    /// <exception cref="EmbeddedPostgresException">None was found; the message says what to install.</exception>
    public static async Task<ServerBinaries> FindAsync(BinariesSearch search, int? major, CancellationToken cancellationToken)
    {
        var unfit = new List<ServerBinaries>();
        foreach (var folder in (await FoldersAsync(search, cancellationToken)).Distinct())
        {
            if (await LookAsync(folder, cancellationToken) is not { } found)
            {
                continue;
            }

            if (major is null ? found.Major >= OldestMajor : found.Major == major)
            {
                return found;
            }

            unfit.Add(found);
        }

        throw new EmbeddedPostgresException(Missing(unfit, major));
    }

    private static async Task<List<string>> FoldersAsync(BinariesSearch search, CancellationToken cancellationToken)
    {
        var folders = search.Path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (Directory.Exists(search.Debian))
        {
            folders.AddRange(Directory.EnumerateDirectories(search.Debian)
                .OrderByDescending(MajorOf)
                .Select(folder => Path.Combine(folder, "bin")));
        }

        foreach (var tool in folders.Select(folder => Path.Combine(folder, "pg_config")).Where(File.Exists).ToList())
        {
            var told = await SystemProgram.RunAsync([tool, "--bindir"], cancellationToken);
            if (told.Succeeded)
            {
                folders.Add(told.Output);
            }
        }

        return folders;
    }

    private static int MajorOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) ? major : 0;

    private static async Task<ServerBinaries?> LookAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Needed.All(name => File.Exists(Path.Combine(folder, name))))
        {
            return null;
        }

        var told = await SystemProgram.RunAsync([Path.Combine(folder, "postgres"), "--version"], cancellationToken);
        var version = Version().Match(told.Output);
        return version.Success
            ? new ServerBinaries(folder, int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            : null;
    }

    private static string Missing(List<ServerBinaries> unfit, int? major)
    {
        var found = unfit.Count == 0
            ? "none was found on PATH, under /usr/lib/postgresql/*/bin or where pg_config points"
            : "found only " + string.Join(", ", unfit.Select(other => $"{other.Major} in {other.Folder}"));
        return major is null
            ? $"A PostgreSQL server of version {OldestMajor} or newer is needed; {found}. Install it (as root: 'apt-get install "
                + "postgresql' on Debian and Ubuntu, 'dnf install postgresql-server' on Fedora), or name a database in "
                + "ConnectionStrings__Lofte."
            : $"The cluster was made by PostgreSQL {major} and only that version can open it; {found}. Install it "
                + $"(as root: 'apt-get install postgresql-{major}' on Debian and Ubuntu), or move the data with pg_dump.";
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}

/// <summary>Where the server's programs are looked for.</summary>
/// <param name="Path">Folders as in the environment's PATH.</param>
/// <param name="Debian">The folder with one folder per major version.</param>
internal sealed record BinariesSearch(string Path, string Debian)
{
    public static BinariesSearch OfThisMachine { get; } =
        new(Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin", "/usr/lib/postgresql");
}
