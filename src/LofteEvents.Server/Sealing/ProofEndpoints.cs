using System.Text;
using System.Text.Json.Serialization;
using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;
using LofteEvents.Server.Access;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Loften;
using LofteEvents.Server.OpenApi;
using Microsoft.OpenApi;

namespace LofteEvents.Server.Sealing;

/// <summary>Proofs that one event, or all events of a period, are in the log.</summary>
internal static class ProofEndpoints
{
    /// <summary>More leaves than these are fetched as entry bundles.</summary>
    private const int MostLeaves = 10_000;

    public static IEndpointRouteBuilder MapProofs(this IEndpointRouteBuilder api)
    {
        api.MapGet("/events/{position:long}/proof", OneAsync)
            .ForRoles(Roles.Auditor)
            .WithTags("Log")
            .WithName("ProveEvent")
            .WithSummary("That an event is in the log: its leaf, the hashes from there to the root, and the signed checkpoint")
            .WithExample(
                """
                {"position":57,"leafIndex":54,"treeSize":1200,"leaf":"AQAA…","path":["kwMgjWv/…="],"checkpoint":"polisen.…"}
                """);
        api.MapGet("/events/proof", RangeAsync)
            .ForRoles(Roles.Auditor)
            .WithTags("Log")
            .WithName("ProveEvents")
            .WithSummary("That these are all events recorded in a period, none left out")
            .WithDescription("The proof covers one leaf before and one behind the period, where there are such. More than "
                + "10 000 leaves are not in the answer: fetch them from /log/tile/entries.")
            .WithQuery("from", JsonSchemaType.String, "The first recorded time, or @position.", "2018-03-01T00:00:00+01:00")
            .WithQuery("to", JsonSchemaType.String, "The first time, or @position, behind it.", "2018-04-01T00:00:00+02:00")
            .WithExample(
                """
                {"begin":54,"end":180,"first":53,"behind":181,"treeSize":1200,"leaves":["AQAA…"],"path":["kwMgjWv/…="],
                  "checkpoint":"polisen.example/…"}
                """);
        return api;
    }

    private static async Task<IResult> OneAsync(long position, HttpContext context, PublishedLog log)
    {
        var (isRecorded, proof) = await log.ProveAsync(position, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return proof is not null
            ? TypedResults.Json(EventProofAnswer.Of(proof), ProofJson.Default.EventProofAnswer)
            : isRecorded ? NotSealed($"The event at position {position} is recorded and not sealed yet. Ask again in a while.")
            : Problems.NotFound($"There is no event at position {position}.");
    }

    private static async Task<IResult> RangeAsync(HttpContext context, IEventStore store, PublishedLog log)
    {
        var from = RecordedBefore.Read(context.Request.Query["from"].ToString());
        var to = RecordedBefore.Read(context.Request.Query["to"].ToString());
        if (from is null || to is null)
        {
            return Problems.BadQuery(
                from is null ? "from" : "to",
                "Give a time with offset, such as 2018-03-01T00:00:00Z (in a query a plus sign is written %2B), or @1234.");
        }

        var after = await from.PositionAsync(store, context.RequestAborted);
        var upTo = await to.PositionAsync(store, context.RequestAborted);
        if (to.LiesBefore(from) || upTo < after)
        {
            return Problems.BadQuery("to", "The period ends before it begins; give a to that is not before from.");
        }

        context.Response.Headers.CacheControl = "no-store";
        return await log.ProveRangeAsync(after, upTo, MostLeaves, context.RequestAborted) is { } proof
            ? TypedResults.Json(RangeProofAnswer.Of(proof), ProofJson.Default.RangeProofAnswer)
            : NotSealed("No sealed event was recorded in that period.");
    }

    private static Problem NotSealed(string detail) => new(404, "log.not-sealed", "Not sealed", detail)
    {
        RetryAfter = TimeSpan.FromSeconds(10),
    };
}

/// <summary>A bound of a period: events recorded before a time, or below a position.</summary>
internal sealed record RecordedBefore(DateTimeOffset? Time, long? Position)
{
    public static RecordedBefore? Read(string text) =>
        text.Length > 0 && WhenAsked.TryReadAsOf(text, out var time, out var position)
            ? new RecordedBefore(time, position)
            : null;

    /// <summary>Known where both are times or both are positions.</summary>
    public bool LiesBefore(RecordedBefore other) => Time < other.Time || Position < other.Position;

    /// <summary>The last position before it.</summary>
    public async Task<long> PositionAsync(IEventStore store, CancellationToken cancellationToken) =>
        Time is not { } time ? Position!.Value - 1
        : time.UtcTicks < TimeSpan.TicksPerMicrosecond ? 0
        : await store.PositionAtAsync(time.AddMicroseconds(-1), cancellationToken);
}

/// <param name="Leaf">Base64; README.md of the log says what is in it.</param>
/// <param name="Path">Base64, from the leaf up (RFC 9162 §2.1.3).</param>
/// <param name="Checkpoint">A signed note.</param>
internal sealed record EventProofAnswer(
    long Position, ulong LeafIndex, ulong TreeSize, string Leaf, IReadOnlyList<string> Path, string Checkpoint)
{
    public static EventProofAnswer Of(EventProof proof) => new(
        proof.Position,
        proof.LeafIndex,
        proof.TreeSize,
        Convert.ToBase64String(proof.Leaf),
        [.. proof.Path.Select(hash => hash.ToBase64())],
        Encoding.UTF8.GetString(proof.Checkpoint));
}

/// <param name="Begin">The first leaf of the period.</param>
/// <param name="End">The first leaf behind it.</param>
/// <param name="First">The first leaf that the proof covers.</param>
/// <param name="Behind">The first leaf that it no longer covers.</param>
/// <param name="Leaves">Base64, from <paramref name="First"/> on; absent where there are more than 10 000.</param>
internal sealed record RangeProofAnswer(
    ulong Begin,
    ulong End,
    ulong First,
    ulong Behind,
    ulong TreeSize,
    IReadOnlyList<string>? Leaves,
    IReadOnlyList<string> Path,
    string Checkpoint)
{
    public static RangeProofAnswer Of(EventRangeProof proof) => new(
        proof.Begin,
        proof.End,
        proof.First,
        proof.Behind,
        proof.TreeSize,
        proof.Leaves?.Select(leaf => Convert.ToBase64String(leaf)).ToList(),
        [.. proof.Path.Select(hash => hash.ToBase64())],
        Encoding.UTF8.GetString(proof.Checkpoint));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventProofAnswer))]
[JsonSerializable(typeof(RangeProofAnswer))]
internal sealed partial class ProofJson : JsonSerializerContext;
