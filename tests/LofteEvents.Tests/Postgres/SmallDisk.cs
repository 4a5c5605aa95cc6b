using LofteEvents.Postgres.Embedded;

namespace LofteEvents.Tests.Postgres;

/// <summary>A disk of its own that can be filled: a file system in memory, which only root may mount.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _ballast;

    private SmallDisk(string path)
    {
        Path = path;
        _ballast = System.IO.Path.Combine(path, "ballast");
    }

    public string Path { get; }

    /// <summary>Skips the test where it cannot be had, and says why.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes, CancellationToken cancellationToken)
    {
        var path = Directory.CreateTempSubdirectory("lofte-disk-").FullName;
        var mount = await SystemProgram.RunAsync(
            ["mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0755", "lofte-test", path], cancellationToken);
        if (mount.ExitCode != 0)
        {
            Directory.Delete(path);
            Assert.Skip($"A disk to fill needs the right to mount one, which this machine does not give: {mount.Output}");
        }

        return new SmallDisk(path);
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(_ballast, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        foreach (var size in (int[])[1 << 20, 4 << 10])
        {
            var zeros = new byte[size];
            try
            {
                while (true)
                {
                    file.Write(zeros);
                }
            }
            catch (IOException)
            {
                // There is no room for so much.
            }
        }
    }

    public void Empty() => File.Delete(_ballast);

    public async ValueTask DisposeAsync()
    {
        await SystemProgram.RunAsync(["umount", "-l", Path], CancellationToken.None);
        Directory.Delete(Path);
    }
}
