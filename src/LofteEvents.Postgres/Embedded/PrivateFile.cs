using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// Files that only their owner may read (mode 0600), replaced as a whole: a reader sees the old text or the new one.
/// </summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task WriteAsync<T>(string path, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var part = $"{path}.{Environment.ProcessId}.part";
        File.Delete(part);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = OwnerOnly,
        };
        await using (var stream = new FileStream(part, options))
        {
            await JsonSerializer.SerializeAsync(stream, value, type, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }

    /// <returns>Null where there is no such file, or none that this user may read and that holds what it should.</returns>
    public static async Task<T?> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return await JsonSerializer.DeserializeAsync(stream, type, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
