using System.Text;
using System.Text.Json;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

/// <summary>
/// The written-down log with a sixth event, which destroys the key of the third one's sealed parts: rows, leaves and checkpoint
/// that fit each other, for a test to spoil one of them.
/// </summary>
internal sealed record SampleLog(
    IReadOnlyList<StoredRow> Rows, IReadOnlyList<byte[]> Leaves, Checkpoint Checkpoint, IReadOnlyList<Checkpoint> Pinned)
{
    private const string Origin = "polisen.example/norrmalm/1";

    /// <summary>Which row holds the sealed parts.</summary>
    public const int Youth = 2;

    public static SampleLog Good { get; } = Of(
    [
        .. WrittenDownLog.Events.Select(row => new StoredRow(row.Stored, row.Parts)),
        new StoredRow(
            new StoredEvent(
                11,
                new Guid("5d3c6b1a-0f4e-8d2c-9b7a-112233445566"),
                "subject/1b4e28ba-2fa1-81d2-883f-0016d3cca427",
                1,
                "subject.key-destroyed.v1",
                Encoding.UTF8.GetBytes($$"""{"key":"{{WrittenDownLog.Events[Youth].Parts[0].KeyId}}"}"""),
                WrittenDownLog.Events[^1].Stored.RecordedAt,
                null,
                null,
                default),
            []),
    ]);

    public static SampleLog Of(IReadOnlyList<StoredRow> rows)
    {
        List<byte[]> leaves = [.. rows.Select((row, index) => Leaf.From(row.Event, (ulong)index, row.Parts).Encode())];
        return new SampleLog(rows, leaves, At(leaves), [At(leaves[..1]), At(leaves[..3])]);
    }

    public static Checkpoint At(IReadOnlyList<byte[]> leaves) => new(Origin, (ulong)leaves.Count, new SampleTree(leaves).Root);

    public static Guid? DestroyedKey(StoredEvent stored)
    {
        if (stored.Type != "subject.key-destroyed.v1")
            return null;
        using var data = JsonDocument.Parse(stored.Data);
        return data.RootElement.GetProperty("key").GetGuid();
    }

    public LogReport Verify() =>
        LogVerifier.Verify(Checkpoint, Pinned, Leaves.Select(leaf => (ReadOnlyMemory<byte>)leaf), Rows, DestroyedKey);

    /// <summary>Names of the checks that found something, each with the first position or index that it names.</summary>
    public IEnumerable<string> Found() => Verify().Checks
        .Where(check => check.First is not null)
        .Select(check => check.First!.Position is { } position ? $"{check.Name} @{position}" : check.Name);

    public SampleLog WithRow(int index, Func<StoredRow, StoredRow> change) =>
        this with { Rows = [.. Rows.Select((row, at) => at == index ? change(row) : row)] };

    public SampleLog WithEvent(int index, Func<StoredEvent, StoredEvent> change) =>
        WithRow(index, row => row with { Event = change(row.Event) });

    public SampleLog WithLeaf(int index, Func<Leaf, Leaf> change) => this with
    {
        Leaves = [.. Leaves.Select((leaf, at) => at == index ? change(Decoded(leaf)).Encode() : leaf)],
    };

    private static Leaf Decoded(byte[] bytes) =>
        Leaf.TryDecode(bytes, out var leaf, out var fault) ? leaf : throw new InvalidOperationException(fault);
}
