using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LofteEvents.Log;

namespace LofteEvents.Postgres.Auditing;

/// <summary>A log that was exported to a folder. What cannot be read in it is a finding, not a failure.</summary>
public sealed class AuditedFolder : IAuditedLog
{
    private const int LongestLineBytes = 64 << 20;

    private readonly ExportLayout _from;
    private ulong _lines;
    private ulong _faults;
    private LogFinding? _first;

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public AuditedFolder(string folder)
    {
        _from = new ExportLayout(Path.GetFullPath(folder));
        if (!Directory.Exists(_from.Root))
        {
            throw new DirectoryNotFoundException($"There is no folder {_from.Root}.");
        }
    }

    public Task<LogCheck?> ObstacleAsync(CancellationToken cancellationToken) => Task.FromResult<LogCheck?>(null);

    public async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken) =>
        File.Exists(_from.Key) ? await File.ReadAllLinesAsync(_from.Key, cancellationToken) : [];

    public async Task<byte[]?> CheckpointAsync(CancellationToken cancellationToken) =>
        await ReadAsync(_from.Checkpoint, cancellationToken);

    public IAsyncEnumerable<byte[]> CheckpointsAsync(CancellationToken cancellationToken) =>
        File.Exists(_from.Checkpoints)
            ? NoteFile.ReadAsync(_from.Checkpoints, cancellationToken)
            : AsyncEnumerable.Empty<byte[]>();

    /// <summary>Bundle after bundle; the one that is not full is the last.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> LeavesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var index = 0UL; ; index++)
        {
            var path = BundleAt(index);
            if (path is null || await ReadAsync(_from.Tile(path.Value), cancellationToken) is not { } bytes)
            {
                yield break;
            }

            if (!EntryBundle.TryDecode(bytes, path.Value.Width, out var leaves))
            {
                Fault(new LogFinding(
                    index * TilePath.FullWidth, null, $"{path} does not hold {path.Value.Width} leaves, as its name says."));
                yield break;
            }

            foreach (var leaf in leaves)
            {
                yield return leaf;
            }

            if (!path.Value.IsFull)
            {
                yield break;
            }
        }
    }

    public async IAsyncEnumerable<StoredRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(_from.Events))
        {
            Fault(new LogFinding(null, null, "There is no events.ndjson."));
            yield break;
        }

        await foreach (var line in LinesAsync(cancellationToken))
        {
            _lines++;
            if (Read(line) is { } row)
            {
                yield return row;
            }
        }
    }

    /// <summary>The events alone, for a replay.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read.</exception>
    public async IAsyncEnumerable<StoredEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(cancellationToken))
        {
            yield return row.Event;
        }

        if (_first is not null)
        {
            throw new InvalidDataException($"{_from.Root}: {_first.Sentence}");
        }
    }

    public Task<byte[]?> TileAsync(TilePath path, CancellationToken cancellationToken) =>
        ReadAsync(_from.Tile(path), cancellationToken);

    public Task<IReadOnlyList<LogCheck>> PlaceAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LogCheck>>([new LogCheck("folder", _lines, _faults, _first)]);

    private StoredRow? Read(ReadOnlySequence<byte> line)
    {
        try
        {
            return line.IsSingleSegment ? ExportedEvent.Read(line.FirstSpan) : ExportedEvent.Read(line.ToArray());
        }
        catch (JsonException unreadable)
        {
            Fault(new LogFinding(null, null, $"Line {_lines} of events.ndjson cannot be read: {unreadable.Message}"));
            return null;
        }
    }

    private async IAsyncEnumerable<ReadOnlySequence<byte>> LinesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            _from.Events, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 1 << 16));
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                yield return rest.Slice(0, end);
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (read.IsCompleted || rest.Length > LongestLineBytes)
            {
                if (rest.Length > 0)
                {
                    Fault(new LogFinding(null, null, $"events.ndjson ends within a line, behind line {_lines}."));
                }

                await pipe.CompleteAsync();
                yield break;
            }

            pipe.AdvanceTo(rest.Start, rest.End);
        }
    }

    private TilePath? BundleAt(ulong index)
    {
        var full = TilePath.Entries(index);
        if (File.Exists(_from.Tile(full)))
        {
            return full;
        }

        for (var width = TilePath.FullWidth - 1; width > 0; width--)
        {
            var partial = TilePath.Entries(index, width);
            if (File.Exists(_from.Tile(partial)))
            {
                return partial;
            }
        }

        return null;
    }

    private void Fault(LogFinding finding)
    {
        _faults++;
        _first ??= finding;
    }

    private static async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
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

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
