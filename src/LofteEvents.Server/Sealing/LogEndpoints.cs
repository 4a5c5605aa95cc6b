// C2SP tlog-tiles, "APIs" https://c2sp.org/tlog-tiles
using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;
using LofteEvents.Server.Access;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Hosting;

namespace LofteEvents.Server.Sealing;

/// <summary>
/// The log for any client of transparency logs. Hashes and checkpoints are for everyone; entry bundles are for auditors, since
/// the digest of a tiny payload can be guessed.
/// </summary>
internal static class LogEndpoints
{
    private const string Text = "text/plain; charset=utf-8";
    private const string Bytes = "application/octet-stream";

    // What a tile holds never changes, also not what a partial one holds.
    private const string ForEver = "max-age=31536000, immutable";

    private const string EveryTime = "no-cache";

    public static IEndpointRouteBuilder MapLog(this IEndpointRouteBuilder endpoints, ServerSettings settings)
    {
        var log = endpoints.MapGroup("/log").WithTags("Log");
        log.MapGet("/key", KeyAsync).AllowAnonymous()
            .WithName("ReadLogKey")
            .WithSummary("The log's verifier key, a line; after a rotation the older ones below it. Keep a copy of your own");
        log.MapGet("/checkpoint", CheckpointAsync).AllowAnonymous()
            .WithName("ReadCheckpoint")
            .WithSummary("The newest checkpoint, a signed note: origin, number of leaves, root");
        log.MapGet("/tile/{**path}", TileAsync).AllowAnonymous()
            .WithName("ReadTile")
            .WithSummary("256 consecutive hashes of a height of the tree (C2SP tlog-tiles), such as 0/x001/067 or 1/000.p/17");
        var entries = log.MapGet("/tile/entries/{**path}", EntriesAsync)
            .WithName("ReadEntries")
            .WithSummary("256 consecutive leaves (C2SP tlog-tiles); for auditors, and in Development for everyone");
        _ = settings.IsDevelopment ? entries.AllowAnonymous() : entries.ForRoles(Roles.Auditor);
        endpoints.MapGroup("/api/v1").MapProofs();
        return endpoints;
    }

    private static async Task<IResult> KeyAsync(HttpContext context, PublishedLog log)
    {
        var keys = await log.KeysAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = EveryTime;
        return keys.Count > 0 ? Results.Text(string.Concat(keys.Select(key => key + "\n")), Text) : NotYet();
    }

    private static async Task<IResult> CheckpointAsync(HttpContext context, PublishedLog log)
    {
        var note = await log.CheckpointAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = EveryTime;
        return note is null ? NotYet() : Results.Text(note, Text);
    }

    private static Task<IResult> TileAsync(string? path, HttpContext context, PublishedLog log) =>
        AnswerAsync($"tile/{path}", $"public, {ForEver}", context, log);

    private static Task<IResult> EntriesAsync(string? path, HttpContext context, PublishedLog log) =>
        AnswerAsync($"tile/entries/{path}", $"private, {ForEver}", context, log);

    private static async Task<IResult> AnswerAsync(string path, string caching, HttpContext context, PublishedLog log)
    {
        if (!TilePath.TryParse(path, out var tile) || await log.TileAsync(tile, context.RequestAborted) is not { } bytes)
        {
            return Problems.NotFound($"The log has no /log/{path}. GET /log/checkpoint says how many leaves it has.");
        }

        context.Response.Headers.CacheControl = caching;
        return Results.Bytes(bytes, Bytes);
    }

    private static Problem NotYet() => new(
        404, "log.not-sealed", "Nothing is sealed yet", "Ask again when the sealer has signed its first checkpoint.");
}
