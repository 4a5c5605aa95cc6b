namespace LofteEvents.Postgres.Embedded;

/// <summary>What PostgreSQL says, in <c>postgres.log</c> of the data folder; the one before it is kept beside it.</summary>
internal sealed record PostmasterLog(string File)
{
    private const int TailLines = 12;
    private const long LimitBytes = 16 * 1024 * 1024;

    public long Length => System.IO.File.Exists(File) ? new FileInfo(File).Length : 0;

    /// <summary>Begins a new file where the old one is long. Only while PostgreSQL is down: it keeps its file open.</summary>
    public void TurnOver()
    {
        if (Length > LimitBytes)
        {
            System.IO.File.Move(File, File + ".1", overwrite: true);
        }
    }

    /// <summary>The last lines of what was said after the file had the given length.</summary>
    public async Task<string> SaidSinceAsync(long from, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = from;
        using var reader = new StreamReader(stream);
        var lines = (await reader.ReadToEndAsync(cancellationToken)).TrimEnd().Split('\n');
        return string.Join('\n', lines.TakeLast(TailLines));
    }
}
