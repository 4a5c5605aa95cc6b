using LofteEvents.Postgres.Notices;

namespace LofteEvents.Server.Channels;

/// <summary>The folders by which letters and messages are handed over, below <c>Lofte__Channels__Folder</c>.</summary>
internal sealed class ChannelFolder(string root)
{
    public string Letters { get; } = Path.Combine(root, "letters", "out");

    public string LettersPosted { get; } = Path.Combine(root, "letters", "posted");

    public string LettersDone { get; } = Path.Combine(root, "letters", "done");

    public string SecureOut { get; } = Path.Combine(root, "secure-digital", "out");

    public string SecureIn { get; } = Path.Combine(root, "secure-digital", "in");

    public string SecureDone { get; } = Path.Combine(root, "secure-digital", "done");

    public string SecureUnread { get; } = Path.Combine(root, "secure-digital", "unreadable");

    /// <summary>The same at every attempt, so that a repeat replaces the file and adds none.</summary>
    public static string NameOf(NoticeMessage message) => $"{message.Notice}_{message.Attempt:N}";

    /// <summary>The case and the attempt that a name was made of; null where it is none.</summary>
    public static (string Notice, Guid Attempt)? Read(string name)
    {
        var at = name.LastIndexOf('_');
        return at > 0 && Guid.TryParseExact(name.AsSpan(at + 1), "N", out var attempt) ? (name[..at], attempt) : null;
    }

    /// <summary>A file appears whole or not at all, and is on the disk when this returns.</summary>
    /// <returns>Null when it is there; otherwise why not.</returns>
    public static async Task<string?> PutAsync(string folder, string name, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var beside = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}");
            await using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(content, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, Path.Combine(folder, name), overwrite: true);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"The folder {folder} cannot be written: {fault.Message}";
        }
    }
}
