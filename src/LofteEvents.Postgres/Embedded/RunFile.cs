namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// <c>run.json</c> in the data folder (mode 0600): how the command line reaches the running server and its database. It is
/// removed when the process that wrote it stops; one that a killed process left is recognised because nobody holds the folder's
/// lock.
/// </summary>
/// <param name="Url">Where the server listens, such as <c>http://localhost:5080</c>; null while it does not yet, and where no
/// server runs.</param>
/// <param name="Connection">Connection string with the rights of the running server.</param>
/// <param name="OwnerConnection">Connection string that may change the schema.</param>
/// <param name="Process">The process that runs the database.</param>
public sealed record RunFile(string? Url, string Connection, string OwnerConnection, int Process)
{
    /// <param name="dataFolder">The path of <c>Lofte__Data</c>, which need not exist.</param>
    /// <returns>Null when nothing runs on the folder.</returns>
    public static Task<RunFile?> ReadAsync(string dataFolder, CancellationToken cancellationToken) =>
        ReadAsync(new DataFolder(Path.GetFullPath(dataFolder)), cancellationToken);

    internal static async Task<RunFile?> ReadAsync(DataFolder folder, CancellationToken cancellationToken)
    {
        var found = await PrivateFile.ReadAsync(folder.RunFile, EmbeddedJson.Default.RunFile, cancellationToken);
        return found is not null && FolderLock.IsHeld(folder) ? found : null;
    }

    public override string ToString() => $"{nameof(RunFile)} {Url}";

    internal Task WriteAsync(DataFolder folder, CancellationToken cancellationToken) =>
        PrivateFile.WriteAsync(folder.RunFile, this, EmbeddedJson.Default.RunFile, cancellationToken);
}
