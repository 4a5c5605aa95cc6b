using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// A small file, for its owner alone (mode 0600), that is replaced as a whole and has reached the disk when the call returns:
/// written beside, flushed, renamed, and the folder flushed too, since a rename is a change of the folder.
/// </summary>
public static class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="IOException">The disk did not take it; the old file still stands.</exception>
    public static async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var beside = $"{path}.{Environment.ProcessId}.part";
        File.Delete(beside);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = OwnerOnly,
        };
        await using (var stream = new FileStream(beside, options))
        {
            await stream.WriteAsync(content, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <returns>Null where there is no such file.</returns>
    public static async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>.NET opens no folders, and without this a power cut can bring the old file back.</summary>
    private static void FlushFolder(string folder)
    {
        const int readOnly = 0;
        var handle = Open(folder, readOnly);
        if (handle < 0)
        {
            throw Fault(folder);
        }

        try
        {
            if (Fsync(handle) != 0)
            {
                throw Fault(folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Fault(string folder) =>
        new($"{folder} did not reach the disk: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

#pragma warning disable SYSLIB1054 // Source-generated imports need unsafe code, which nothing else here does.
    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false,
        ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Close(int handle);
#pragma warning restore SYSLIB1054
}
