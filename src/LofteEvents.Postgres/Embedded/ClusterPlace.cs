using System.Security.Cryptography;
using System.Text;

namespace LofteEvents.Postgres.Embedded;

/// <summary>Where a data folder's cluster lies and who runs it.</summary>
/// <param name="Home">Belongs to <paramref name="User"/>, mode 0700; holds the cluster and what is half-made beside it.</param>
internal sealed record ClusterPlace(string Home, ClusterUser User)
{
    /// <summary>The system's folder for clusters whose user cannot reach the data folder.</summary>
    public const string SystemState = "/var/lib/lofteevents";

    private const string WriteWhole = "umask 077; cat >\"$1.part\" && mv -f \"$1.part\" \"$1\"";

    public string Data => Path.Combine(Home, "data");

    public string VersionFile => Path.Combine(Data, "PG_VERSION");

    public bool HasCluster => File.Exists(VersionFile);

    /// <summary>
    /// Where the cluster is, or else where it is to be: in the data folder, or under <paramref name="stateFolder"/> where its
    /// user cannot pass through to the data folder, which then records it.
    /// </summary>
    public static async Task<ClusterPlace> FindAsync(DataFolder folder, string stateFolder, CancellationToken cancellationToken)
    {
        var record = await PrivateFile.ReadAsync(folder.PlaceFile, EmbeddedJson.Default.PlaceRecord, cancellationToken);
        var home = record?.Home ?? folder.ClusterHome;
        if (Directory.Exists(Path.Combine(home, "data")))
        {
            if (record is not null)
            {
                await ClaimAsync(home, folder, cancellationToken);
            }

            return new ClusterPlace(home, await ClusterUser.OwnerOfAsync(home, cancellationToken));
        }

        var user = await ClusterUser.ForNewClusterAsync(cancellationToken);
        if (user.Prefix.Count == 0 || await user.CanReachAsync(folder.Root, cancellationToken))
        {
            File.Delete(folder.PlaceFile);
            return await MakeAsync(folder.ClusterHome, user, cancellationToken);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.Root)))[..16];
        var place = await MakeAsync(Path.Combine(stateFolder, hash), user, cancellationToken);
        await ClaimAsync(place.Home, folder, cancellationToken);
        await PrivateFile.WriteAsync(
            folder.PlaceFile, new PlaceRecord(place.Home), EmbeddedJson.Default.PlaceRecord, cancellationToken);
        return place;
    }

    /// <summary>The major version of PostgreSQL that made the cluster.</summary>
    public async Task<int> MajorAsync(CancellationToken cancellationToken)
    {
        var text = (await File.ReadAllTextAsync(VersionFile, cancellationToken)).Trim();
        return int.TryParse(text, out var major)
            ? major
            : throw new EmbeddedPostgresException($"{VersionFile} holds no version: '{text}'.");
    }

    /// <summary>Writes a file as the cluster's user, as a whole, so that a kill leaves the old one or the new one.</summary>
    public async Task WriteAsync(string path, string text, CancellationToken cancellationToken) =>
        await MustAsync(["sh", "-c", WriteWhole, "sh", path], text, cancellationToken);

    /// <summary>Runs a program as the cluster's user.</summary>
    /// <exception cref="EmbeddedPostgresException">It failed; the message holds what it said.</exception>
    public async Task<string> MustAsync(IReadOnlyList<string> command, string input, CancellationToken cancellationToken)
    {
        var result = await SystemProgram.RunAsync(User.Command(command), input, cancellationToken);
        return result.Succeeded ? result.Output : throw new EmbeddedPostgresException(
            $"{Path.GetFileName(command[0])} failed for {Home} as user {User.Name} (exit code {result.ExitCode}): "
            + result.Output);
    }

    private static async Task<ClusterPlace> MakeAsync(string home, ClusterUser user, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(home)!);
        IReadOnlyList<string> owner = user.Prefix.Count == 0 ? [] : ["-o", user.Uid, "-g", user.Gid];
        var made = await SystemProgram.RunAsync(["install", "-d", "-m", "0700", .. owner, "--", home], cancellationToken);
        return made.Succeeded
            ? new ClusterPlace(home, user)
            : throw new EmbeddedPostgresException($"The cluster's folder {home} cannot be made: {made.Output}");
    }

    /// <summary>
    /// A cluster outside its data folder serves one data folder. Where that was moved the new one takes the cluster over; where
    /// it was copied, two folders would write one cluster.
    /// </summary>
    private static async Task ClaimAsync(string home, DataFolder folder, CancellationToken cancellationToken)
    {
        var path = home + ".belongs-to";
        var owner = File.Exists(path) ? (await File.ReadAllTextAsync(path, cancellationToken)).Trim() : folder.Root;
        if (owner != folder.Root && Directory.Exists(owner))
        {
            throw new EmbeddedPostgresException(
                $"{folder.PlaceFile} names a cluster that belongs to {owner}: this folder is a copy of it. Delete "
                + $"{folder.PlaceFile} and {folder.SecretsFile} to begin an empty one here, or start with Lofte__Data={owner}.");
        }

        await File.WriteAllTextAsync(path, folder.Root + "\n", cancellationToken);
    }
}

/// <summary><c>cluster.json</c> in the data folder: where the cluster lies when it is not in there.</summary>
internal sealed record PlaceRecord(string Home);
