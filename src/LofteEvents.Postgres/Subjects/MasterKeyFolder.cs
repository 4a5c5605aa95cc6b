using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LofteEvents.Postgres.Embedded;

namespace LofteEvents.Postgres.Subjects;

/// <summary>
/// What must never be in the database: one file per master-key epoch, and the list of persons' keys that were destroyed, so that
/// a database restored from a backup cannot bring them back. Files are for their owner alone (0600).
/// </summary>
/// <param name="path"><c>Lofte__MasterKeys</c>, by default <c>master-keys</c> in <c>Lofte__Data</c>.</param>
public sealed class MasterKeyFolder(string path)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Its full path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    private string DestroyedFile => System.IO.Path.Combine(Path, "destroyed.txt");

    /// <summary>Every epoch that is there, the newest last.</summary>
    /// <exception cref="MasterKeyException">A file cannot be read, or is none.</exception>
    internal async Task<IReadOnlyList<MasterKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var found = new List<MasterKey>();
        if (Directory.Exists(Path))
        {
            foreach (var file in Directory.EnumerateFiles(Path, "epoch-*.json"))
            {
                found.Add(await ReadAsync(file, cancellationToken));
            }
        }

        return [.. found.OrderBy(key => key.Epoch)];
    }

    /// <summary>Makes a random key for the next epoch. It is on the disk when this returns.</summary>
    internal async Task<MasterKey> AddAsync(int epoch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var added = MasterKey.Random(epoch, now);
        await WriteAsync(added, cancellationToken);
        return added;
    }

    internal async Task WriteAsync(MasterKey key, CancellationToken cancellationToken)
    {
        try
        {
            Make();
            await PrivateFile.WriteAsync(FileOf(key.Epoch), key, MasterKeyJson.Default.MasterKey, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new MasterKeyException(
                $"A master key cannot be written to {Path} ({fault.Message}): set Lofte__MasterKeys to a folder that this user "
                + "may write.",
                fault);
        }
    }

    /// <summary>
    /// Overwrites the file and removes it, and what a crash left of an earlier one. What a disk or a copy keeps of it is beyond
    /// reach: keep no copies past an epoch's end.
    /// </summary>
    internal void Destroy(int epoch)
    {
        // Under another name first, so that a crash halfway leaves nothing that would be taken for a key.
        File.Move(FileOf(epoch), System.IO.Path.ChangeExtension(FileOf(epoch), ".ended"), overwrite: true);
        FinishDestroying();
    }

    /// <summary>Removes what a crash left of keys that were being destroyed.</summary>
    internal void FinishDestroying()
    {
        foreach (var file in Directory.Exists(Path) ? Directory.GetFiles(Path, "epoch-*.ended") : [])
        {
            using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write))
            {
                stream.Write(RandomNumberGenerator.GetBytes((int)stream.Length));
                stream.Flush(flushToDisk: true);
            }

            File.Delete(file);
        }
    }

    /// <summary>Ids of persons' keys that may never come back, each with the time of its destruction.</summary>
    internal async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> DestroyedAsync(CancellationToken cancellationToken)
    {
        var destroyed = new Dictionary<Guid, DateTimeOffset>();
        if (!File.Exists(DestroyedFile))
        {
            return destroyed;
        }

        foreach (var line in await File.ReadAllLinesAsync(DestroyedFile, cancellationToken))
        {
            // A crash may have left half a line, which is then written again behind it.
            var words = line.Split(' ');
            if (words.Length == 2 && Guid.TryParseExact(words[0], "D", out var id)
                && DateTimeOffset.TryParse(words[1], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at))
            {
                destroyed.TryAdd(id, at);
            }
        }

        return destroyed;
    }

    /// <summary>On the disk when it returns.</summary>
    internal async Task RememberDestroyedAsync(Guid keyId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Make();
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var stream = new FileStream(DestroyedFile, options);
        var line = string.Create(CultureInfo.InvariantCulture, $"\n{keyId:D} {now.UtcDateTime:O}\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line), cancellationToken);
        stream.Flush(flushToDisk: true);
    }

    private static async Task<MasterKey> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var key = await JsonSerializer.DeserializeAsync(stream, MasterKeyJson.Default.MasterKey, cancellationToken);
            return key is { IsWhole: true } ? key : throw new JsonException("it lacks an epoch or 32 bytes of key");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new MasterKeyException(
                $"The master key in {file} cannot be read ({fault.Message}): restore the file from its own copy.", fault);
        }
    }

    private void Make()
    {
        Directory.CreateDirectory(Path);
        File.SetUnixFileMode(Path, Private);
    }

    private string FileOf(int epoch) =>
        System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:D6}.json"));
}
