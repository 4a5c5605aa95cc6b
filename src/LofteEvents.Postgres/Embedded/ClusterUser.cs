namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// Who runs PostgreSQL and owns the cluster's files. PostgreSQL refuses root, so a process of root runs it as another user,
/// without a login shell; an ordinary user runs it as itself.
/// </summary>
/// <param name="Name">For messages.</param>
/// <param name="Prefix">What a command line starts with in order to run as this user; empty where that is who we are.</param>
internal sealed record ClusterUser(string Name, string Uid, string Gid, IReadOnlyList<string> Prefix)
{
    private const string OfThePackage = "postgres";
    private const string MadeByUs = "lofteevents";

    /// <summary>Who is to own a cluster that does not exist yet.</summary>
    public static async Task<ClusterUser> ForNewClusterAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return await SelfAsync(cancellationToken);
        }

        var entry = await LookUpAsync(OfThePackage, cancellationToken)
            ?? await LookUpAsync(MadeByUs, cancellationToken)
            ?? await MakeAsync(cancellationToken);
        return await OtherAsync(entry.Name, entry.Uid, entry.Gid, cancellationToken);
    }

    /// <summary>Who owns the cluster in this folder.</summary>
    /// <exception cref="EmbeddedPostgresException">This process may not run it.</exception>
    public static async Task<ClusterUser> OwnerOfAsync(string folder, CancellationToken cancellationToken)
    {
        var told = await SystemProgram.RunAsync(["stat", "-c", "%u:%g:%U", "--", folder], cancellationToken);
        if (!told.Succeeded)
        {
            throw new EmbeddedPostgresException($"The owner of {folder} cannot be read: {told.Output}");
        }

        var owner = told.Output.Split(':');
        var self = await SelfAsync(cancellationToken);
        if (owner[0] == "0")
        {
            throw new EmbeddedPostgresException(
                $"The cluster in {folder} belongs to root, and PostgreSQL refuses root: "
                + "give it to the user that is to run it (chown -R).");
        }

        if (owner[0] == self.Uid)
        {
            return self;
        }

        return Environment.IsPrivilegedProcess
            ? await OtherAsync(owner[2], owner[0], owner[1], cancellationToken)
            : throw new EmbeddedPostgresException(
                $"The cluster in {folder} belongs to user {owner[2]}: "
                + "start as that user or as root, or choose another Lofte__Data.");
    }

    /// <summary>The command line that runs the program as this user.</summary>
    public IReadOnlyList<string> Command(params IReadOnlyList<string> command) => [.. Prefix, .. command];

    /// <summary>Whether this user can pass through the folder to what lies in it.</summary>
    public async Task<bool> CanReachAsync(string folder, CancellationToken cancellationToken) =>
        (await SystemProgram.RunAsync(Command("test", "-x", folder), cancellationToken)).Succeeded;

    private static async Task<ClusterUser> SelfAsync(CancellationToken cancellationToken)
    {
        var uid = await SystemProgram.RunAsync(["id", "-u"], cancellationToken);
        var gid = await SystemProgram.RunAsync(["id", "-g"], cancellationToken);
        return new ClusterUser(Environment.UserName, uid.Output, gid.Output, []);
    }

    private static async Task<(string Name, string Uid, string Gid)?> LookUpAsync(
        string name, CancellationToken cancellationToken)
    {
        var told = await SystemProgram.RunAsync(["getent", "passwd", name], cancellationToken);
        return told.Succeeded && told.Output.Split(':') is [_, _, var uid, var gid, ..] ? (name, uid, gid) : null;
    }

    private static async Task<(string Name, string Uid, string Gid)> MakeAsync(CancellationToken cancellationToken)
    {
        var told = await SystemProgram.RunAsync(
            [
                "useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
                "--shell", "/usr/sbin/nologin", MadeByUs,
            ],
            cancellationToken);
        return await LookUpAsync(MadeByUs, cancellationToken) ?? throw new EmbeddedPostgresException(
            $"PostgreSQL refuses to run as root, there is no user {OfThePackage}, and the user {MadeByUs} could not be made "
            + $"({told.Output}): make one of them, or start as an ordinary user.");
    }

    /// <summary>The first way to change user that this machine has: small systems lack one or the other.</summary>
    private static async Task<ClusterUser> OtherAsync(string name, string uid, string gid, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>[] ways =
        [
            ["setpriv", "--reuid", uid, "--regid", gid, "--clear-groups", "--"],
            ["runuser", "-u", name, "--"],
            ["su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", name],
        ];
        foreach (var way in ways)
        {
            var told = await SystemProgram.RunAsync([.. way, "id", "-u"], cancellationToken);
            if (told.Succeeded && told.Output == uid)
            {
                return new ClusterUser(name, uid, gid, way);
            }
        }

        throw new EmbeddedPostgresException(
            $"PostgreSQL refuses to run as root, and none of setpriv, runuser and su can run it as user {name}: "
            + "start as an ordinary user.");
    }
}
