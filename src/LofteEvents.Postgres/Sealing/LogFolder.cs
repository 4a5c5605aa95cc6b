namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// What a sealer keeps outside the database, below <c>Lofte__Data</c>: its key, and what it has sealed so far. Whoever can change
/// the database must not be able to change this folder, or the log proves nothing against him.
/// </summary>
/// <param name="Root">Absolute.</param>
public sealed record LogFolder(string Root)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    internal string StateFile => Path.Combine(Root, "state.json");

    internal string KeyFile => Path.Combine(Root, "key.pem");

    /// <summary>The key before a rotation, until the operator takes it away.</summary>
    internal string KeyBeforeFile => Path.Combine(Root, "key-before.pem");

    internal string AlarmFile => Path.Combine(Root, "alarm.json");

    /// <param name="dataFolder">The path of <c>Lofte__Data</c>.</param>
    public static LogFolder In(string dataFolder) => new(Path.Combine(Path.GetFullPath(dataFolder), "log"));

    internal void Make() => Directory.CreateDirectory(Root, OwnerOnly);
}
