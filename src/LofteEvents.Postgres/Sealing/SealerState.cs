using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Log;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// What the sealer has sealed, in its own words and outside the database: enough to know the newest leaves again, and to extend
/// the tree, without believing anything that the database says.
/// </summary>
/// <param name="Origin">Authority and incarnation, such as <c>polisen.example/norrmalm/1</c>.</param>
/// <param name="Position">Of the last sealed event; 0 before the first.</param>
/// <param name="Anchor">The tree up to the last full bundle before <paramref name="Size"/>: the leaves behind it are read and
/// hashed anew in every round, and must give <paramref name="Root"/>.</param>
internal sealed record SealerState(LogOrigin Origin, ulong Size, Digest Root, long Position, SealedAnchor Anchor)
{
    public static SealerState New(LogOrigin origin) =>
        new(origin, 0, MerkleTree.EmptyRoot, 0, new SealedAnchor(0, 0, []));

    public Checkpoint Checkpoint => new(Origin.ToString(), Size, Root);

    /// <returns>Null where there is none.</returns>
    /// <exception cref="FormatException">The file is not what <see cref="WriteAsync"/> writes.</exception>
    public static async Task<SealerState?> ReadAsync(LogFolder folder, CancellationToken cancellationToken)
    {
        if (await DurableFile.ReadAsync(folder.StateFile, cancellationToken) is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, SealingJson.Default.StateFile)?.ToState()
                ?? throw new FormatException($"{folder.StateFile} holds nothing.");
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new FormatException($"{folder.StateFile} is not a sealer's state: {fault.Message}", fault);
        }
    }

    /// <summary>On the disk when it returns.</summary>
    public Task WriteAsync(LogFolder folder, CancellationToken cancellationToken)
    {
        folder.Make();
        return DurableFile.ReplaceAsync(
            folder.StateFile,
            JsonSerializer.SerializeToUtf8Bytes(StateFile.Of(this), SealingJson.Default.StateFile),
            cancellationToken);
    }
}

/// <param name="Size">A multiple of 256, and 0 or less than what is sealed.</param>
/// <param name="Position">Of the last leaf below it; 0 where there is none.</param>
/// <param name="Hashes">Of <see cref="CompactRange"/>.</param>
internal sealed record SealedAnchor(ulong Size, long Position, IReadOnlyList<Digest> Hashes)
{
    public CompactRange Range() => CompactRange.Restore(0, Size, Hashes);
}

internal sealed record StateFile(string Origin, ulong Size, string Root, long Position, AnchorFile Anchor)
{
    public static StateFile Of(SealerState state) => new(
        state.Origin.ToString(),
        state.Size,
        state.Root.ToBase64(),
        state.Position,
        new AnchorFile(
            state.Anchor.Size, state.Anchor.Position, [.. state.Anchor.Hashes.Select(hash => hash.ToBase64())]));

    public SealerState ToState()
    {
        if (!LogOrigin.TryParse(Origin, out var origin))
        {
            throw new FormatException($"'{Origin}' is no log's origin.");
        }

        var anchor = new SealedAnchor(Anchor.Size, Anchor.Position, [.. Anchor.Hashes.Select(Read)]);
        anchor.Range();
        return new SealerState(origin, Size, Read(Root), Position, anchor);
    }

    private static Digest Read(string text) =>
        Digest.TryParseBase64(text, out var digest) ? digest : throw new FormatException($"'{text}' is no digest in base64.");
}

internal sealed record AnchorFile(ulong Size, long Position, IReadOnlyList<string> Hashes);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(StateFile))]
[JsonSerializable(typeof(SealerAlarm))]
internal sealed partial class SealingJson : JsonSerializerContext;
