namespace LofteEvents.Postgres.Embedded;

/// <summary>The folder of <c>Lofte__Data</c>: what one server keeps on its machine.</summary>
/// <param name="Root">Absolute, without symbolic links.</param>
public sealed record DataFolder(string Root)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    internal string LockFile => Path.Combine(Root, "lock");

    internal string HolderFile => Path.Combine(Root, "holder");

    internal string GuestsFile => Path.Combine(Root, "guests");

    internal string RunFile => Path.Combine(Root, "run.json");

    internal string SecretsFile => Path.Combine(Root, "secrets.json");

    internal string PlaceFile => Path.Combine(Root, "cluster.json");

    internal string ClusterHome => Path.Combine(Root, "postgres");

    internal string LogFile => Path.Combine(Root, "postgres.log");

    /// <summary>
    /// The default of <c>Lofte__Data</c>: <c>.lofte</c> in the checkout that this was built in, else in the working folder.
    /// </summary>
    public static string DefaultPath()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "LofteEvents.sln")))
            {
                return Path.Combine(folder, ".lofte");
            }
        }

        return Path.Combine(Environment.CurrentDirectory, ".lofte");
    }

    /// <summary>Opens the folder and makes it where it is missing.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be made or written.</exception>
    public static async Task<DataFolder> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        try
        {
            Make(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException(
                $"The data folder {full} cannot be made ({exception.Message}): "
                + "set Lofte__Data to a folder that this user may write.",
                exception);
        }

        var real = await SystemProgram.RunAsync(["realpath", "--", full], cancellationToken);
        return real.Succeeded
            ? new DataFolder(real.Output)
            : throw new EmbeddedPostgresException($"The data folder {full} cannot be opened: {real.Output}");
    }

    private static void Make(string full)
    {
        if (Directory.Exists(full))
        {
            return;
        }

        // The user that runs PostgreSQL for root must pass through on its way to the cluster; it can read nothing here.
        var mode = Environment.IsPrivilegedProcess ? Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Private;
        Directory.CreateDirectory(full);
        File.SetUnixFileMode(full, mode);
    }
}
