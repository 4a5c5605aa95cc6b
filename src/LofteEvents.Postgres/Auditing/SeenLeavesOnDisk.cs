using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LofteEvents.Log;

namespace LofteEvents.Postgres.Auditing;

/// <summary>
/// Remembers streams and ids in temporary files, dealt out by their hashes, and looks at one file after the other: a log of any
/// size in the memory of its hundred-and-twenty-eighth part.
/// </summary>
internal sealed class SeenLeavesOnDisk : ISeenLeaves, IDisposable
{
    private const int Files = 128;
    private const int BufferBytes = 1 << 14;
    private const int HashBytes = 16;
    private const int RecordBytes = HashBytes + (3 * sizeof(long));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lofte-verify-");
    private readonly FileStream[] _streams;
    private readonly FileStream[] _ids;
    private ulong _tombstones;
    private LogFinding? _badTombstone;
    private ulong _badTombstones;

    public SeenLeavesOnDisk()
    {
        _streams = Open("streams");
        _ids = Open("ids");
    }

    public void See(Leaf leaf)
    {
        Span<byte> record = stackalloc byte[RecordBytes];
        BinaryPrimitives.WriteInt64BigEndian(record[HashBytes..], leaf.Version);
        BinaryPrimitives.WriteUInt64BigEndian(record[(HashBytes + sizeof(long))..], leaf.Index);
        BinaryPrimitives.WriteInt64BigEndian(record[(HashBytes + (2 * sizeof(long)))..], leaf.Position);
        leaf.EventId.TryWriteBytes(record, bigEndian: true, out _);
        _ids[record[HashBytes - 1] % Files].Write(record);
        if (leaf.IsTombstone)
        {
            SeeTombstone(leaf);
            return;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(leaf.Stream), hash);
        hash[..HashBytes].CopyTo(record);
        _streams[hash[0] % Files].Write(record);
    }

    public IEnumerable<LogCheck> Results()
    {
        var streams = new Found { Counted = _tombstones, Failures = _badTombstones, First = _badTombstone };
        foreach (var file in _streams)
        {
            var versions = new Dictionary<UInt128, long>();
            Read(file, (hash, version, index, position) =>
            {
                var expected = versions.GetValueOrDefault(hash) + 1;
                versions[hash] = version;
                streams.Count(version == expected ? null : new LogFinding(
                    index, position, $"Version {version} of the event's stream stands where {expected} belongs."));
            });
        }

        var ids = new Found();
        foreach (var file in _ids)
        {
            var known = new HashSet<UInt128>();
            Read(file, (id, _, index, position) =>
                ids.Count(known.Add(id) ? null : SeenLeavesInMemory.Twice(index, position, ToGuid(id))));
        }

        return [streams.Result(LogCheckNames.LeafStream), ids.Result(LogCheckNames.LeafId)];
    }

    public void Dispose()
    {
        foreach (var file in _streams.Concat(_ids))
        {
            file.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private void SeeTombstone(Leaf leaf)
    {
        _tombstones++;
        if (leaf.Version != leaf.Position)
        {
            _badTombstones++;
            _badTombstone ??= new LogFinding(
                leaf.Index, leaf.Position, $"Version {leaf.Version} of '{leaf.Stream}' stands where {leaf.Position} belongs.");
        }
    }

    private FileStream[] Open(string name) =>
    [
        .. Enumerable.Range(0, Files).Select(number => new FileStream(
            Path.Combine(_folder.FullName, $"{name}-{number}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            BufferBytes)),
    ];

    private static void Read(FileStream file, Action<UInt128, long, ulong, long> each)
    {
        file.Seek(0, SeekOrigin.Begin);
        Span<byte> record = stackalloc byte[RecordBytes];
        while (file.ReadAtLeast(record, RecordBytes, throwOnEndOfStream: false) == RecordBytes)
        {
            each(
                BinaryPrimitives.ReadUInt128BigEndian(record),
                BinaryPrimitives.ReadInt64BigEndian(record[HashBytes..]),
                BinaryPrimitives.ReadUInt64BigEndian(record[(HashBytes + sizeof(long))..]),
                BinaryPrimitives.ReadInt64BigEndian(record[(HashBytes + (2 * sizeof(long)))..]));
        }
    }

    private static Guid ToGuid(UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[HashBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The files come in no order of leaves, so the first finding is the one with the smallest index.</summary>
    private sealed class Found
    {
        public ulong Counted { get; set; }

        public ulong Failures { get; set; }

        public LogFinding? First { get; set; }

        public void Count(LogFinding? finding)
        {
            Counted++;
            if (finding is null)
            {
                return;
            }

            Failures++;
            First = First is null || finding.LeafIndex < First.LeafIndex ? finding : First;
        }

        public LogCheck Result(string name) => new(name, Counted, Failures, First);
    }
}
