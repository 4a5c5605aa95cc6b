namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// Makes the cluster beside its place and moves it there when it is whole. What an interrupted attempt left is removed first,
/// with the programs that may still be writing it.
/// </summary>
internal static class ClusterCreation
{
    private const string HalfMade = "new.";

    // Only these ways in, and each wants the password: PostgreSQL's own default for local connections would ask for none.
    private const string Access =
        """
        local all all scram-sha-256
        host all all 127.0.0.1/32 scram-sha-256

        """;

    private const string Include =
        """

        # What LofteEvents itself needs; it is written anew at every start, and what it sets wins over the settings above.
        include 'lofte.conf'

        """;

    /// <param name="durable">False only for the clusters of tests: nothing is forced to disk.</param>
    public static async Task CreateAsync(
        DataFolder folder,
        ClusterPlace place,
        ServerBinaries binaries,
        bool durable,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await RemoveHalfMadeAsync(place, time, cancellationToken);
        var made = Path.Combine(place.Home, HalfMade + Guid.NewGuid().ToString("N"));
        var secrets = Secrets.Random();
        await place.MustAsync(
            [
                binaries.Initdb, "-D", made, "--username=postgres", "--encoding=UTF8",
                $"--locale={await LocaleAsync(cancellationToken)}", "--lc-collate=C", "--data-checksums", "--auth=reject",
                "--no-instructions", "--no-sync",
            ],
            "",
            cancellationToken);
        await place.WriteAsync(Path.Combine(made, "pg_hba.conf"), Access, cancellationToken);
        await place.MustAsync(
            ["sh", "-c", "cat >>\"$1\"", "sh", Path.Combine(made, "postgresql.conf")], Include, cancellationToken);
        await place.WriteAsync(Path.Combine(made, ClusterSettings.FileName), "", cancellationToken);
        await SetSuperuserPasswordAsync(place, made, binaries, secrets, cancellationToken);
        await secrets.WriteAsync(folder, cancellationToken);
        if (durable)
        {
            await place.MustAsync([binaries.Initdb, "--sync-only", "-D", made], "", cancellationToken);
        }

        await place.MustAsync(["mv", "-T", "--", made, place.Data], "", cancellationToken);
    }

    /// <summary>
    /// Gives the superuser its password from inside: PostgreSQL runs for this one statement without listening anywhere, and the
    /// password goes in on standard input.
    /// </summary>
    public static async Task SetSuperuserPasswordAsync(
        ClusterPlace place, string data, ServerBinaries binaries, Secrets secrets, CancellationToken cancellationToken)
    {
        var said = await place.MustAsync(
            [
                binaries.Postgres, "--single", "-D", data, "-c", "password_encryption=scram-sha-256",
                "-c", "log_min_error_statement=panic", "-c", "log_checkpoints=off", "postgres",
            ],
            $"ALTER ROLE postgres PASSWORD {QuoteLiteral(secrets.Superuser)}\n",
            cancellationToken);
        if (said.Contains("ERROR:", StringComparison.Ordinal))
        {
            throw new EmbeddedPostgresException($"The superuser of the cluster in {data} could not be given a password: {said}");
        }
    }

    private static string QuoteLiteral(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static async Task RemoveHalfMadeAsync(ClusterPlace place, TimeProvider time, CancellationToken cancellationToken)
    {
        var listed = await place.MustAsync(["ls", "-A", "--", place.Home], "", cancellationToken);
        foreach (var name in listed.Split('\n').Where(name => name.StartsWith(HalfMade, StringComparison.Ordinal)))
        {
            var left = Path.Combine(place.Home, name);
            await ClusterProcesses.KillUnderAsync(left, time, cancellationToken);
            await place.MustAsync(["rm", "-rf", "--", left], "", cancellationToken);
        }
    }

    /// <summary>
    /// With C.UTF-8 the letters åäö also have their capitals. Sorting is C's own: by code point too, and by comparing bytes
    /// instead of asking the locale, which every lookup by a stream's name is the faster for.
    /// </summary>
    private static async Task<string> LocaleAsync(CancellationToken cancellationToken)
    {
        var known = await SystemProgram.RunAsync(["locale", "-a"], cancellationToken);
        return known.Output.Split('\n').FirstOrDefault(name => name is "C.UTF-8" or "C.utf8") ?? "C";
    }
}
