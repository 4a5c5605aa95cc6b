namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// At most one process runs the database of a data folder. The lock is the kernel's (flock) and ends with the process that holds
/// it, however it ends, so nothing stale can stay behind.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(DataFolder folder, FileStream file)
    {
        Folder = folder;
        _file = file;
    }

    public DataFolder Folder { get; }

    /// <param name="holder">Noted for whoever finds the folder locked.</param>
    /// <returns>Null while another process holds it.</returns>
    /// <exception cref="EmbeddedPostgresException">This user may not open the lock's file.</exception>
    public static FolderLock? TryTake(DataFolder folder, FolderHolder holder)
    {
        FileStream file;
        try
        {
            file = new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EmbeddedPostgresException(
                $"{folder.LockFile} belongs to another user: start as that user, or choose another Lofte__Data.", exception);
        }
        catch (IOException) when (File.Exists(folder.LockFile))
        {
            return null;
        }

        // In a file of its own: .NET does not open a locked one, not even to read.
        File.WriteAllText(folder.HolderFile, $"{holder} {Environment.ProcessId}");
        return new FolderLock(folder, file);
    }

    /// <summary>Whether a process holds the lock now.</summary>
    public static bool IsHeld(DataFolder folder)
    {
        try
        {
            using var _ = new FileStream(folder.LockFile, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Who holds the lock, as it noted; null when that cannot be read.</summary>
    public static (FolderHolder Holder, int Process)? HolderOf(DataFolder folder)
    {
        try
        {
            return File.ReadAllText(folder.HolderFile).Split(' ') is [var holder, var process]
                && Enum.TryParse<FolderHolder>(holder, out var kind) && int.TryParse(process, out var id) ? (kind, id) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>What kind of process runs the database of a folder.</summary>
public enum FolderHolder
{
    /// <summary>A server, until it is stopped.</summary>
    Server,

    /// <summary>A command of <c>lofte</c>, for as long as it takes.</summary>
    Command,
}
