using System.Globalization;
using LofteEvents.Server.Errors;
using LofteEvents.Server.OpenApi;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.OpenApi;

namespace LofteEvents.Server.Loften;

/// <summary>
/// <c>/loften/{id}/feed</c>: server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), one for each
/// change of the status. The id of an event is the position that it rests on, so a follower that comes back says what it knows.
/// </summary>
internal static class FeedEndpoint
{
    private const string MediaType = "text/event-stream";
    private const string LastEventId = "Last-Event-ID";

    /// <summary>Proxies and clients cut connections that say nothing.</summary>
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_whenFull = TimeSpan.FromSeconds(30);

    public static RouteHandlerBuilder MapFeed(this IEndpointRouteBuilder loften) =>
        loften.MapGet("/{id}/feed", AnswerAsync)
            .WithName("FollowLofte")
            .WithSummary("Server-sent events: the status of a promise, again with each change")
            .WithQuery("on", JsonSchemaType.String, "The day that is judged, inclusive; default today, day by day.", "2018-10-01")
            .WithQuery(
                "after",
                JsonSchemaType.Integer,
                "The position that the follower knows, as the header Last-Event-ID says it on coming back.",
                "241")
            .WithExample("\"id: 241\\nevent: status\\ndata: {…the status as /status answers it…}\\n\\n\"", MediaType);

    private static async Task<IResult> AnswerAsync(
        string id, HttpContext context, LofteFeed feed, FeedConnections connections, TimeProvider clock)
    {
        if (WhenAsked.Read(context.Request.Query, clock, out var fault) is not { } asked)
        {
            return fault!;
        }

        if (!asked.IsLive)
        {
            return Problems.BadQuery("asOf", "A feed tells what is learnt from now on; leave it out, or read the status.");
        }

        if (!TryReadAfter(context.Request, out var after))
        {
            return Problems.BadQuery("after", "Give a whole number from 0: a position, as an event's id said it.");
        }

        if (connections.TryEnter(context.Connection.RemoteIpAddress) is not { } place)
        {
            return Full();
        }

        context.Response.RegisterForDispose(place);
        var key = new FeedKey(id, asked.OnGiven ? asked.On : null);
        return await feed.ReadAsync(key, null, context.RequestAborted) is { } status
            ? new Stream(feed, key, FeedState.Of(status), after)
            : Problems.NotFound($"There is no promise '{id}'. GET /api/v1/loften lists them.");
    }

    /// <summary>The header is a browser's, which sends back whatever it was told: what is no position knows nothing.</summary>
    private static bool TryReadAfter(HttpRequest request, out long? after)
    {
        after = Position(request.Headers[LastEventId].ToString());
        var given = request.Query["after"].ToString();
        if (after is not null || given.Length == 0)
        {
            return true;
        }

        after = Position(given);
        return after is not null;
    }

    private static long? Position(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;

    private static Problem Full() => new(
        503, "feed.full", "Too many follow already", "Read the status now and then, or come back after the time in Retry-After.")
    {
        RetryAfter = s_whenFull,
    };

    /// <summary>Writes until the follower leaves or the server stops.</summary>
    private sealed class Stream(LofteFeed feed, FeedKey key, FeedState now, long? after) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            var response = httpContext.Response;
            response.ContentType = MediaType;
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
            try
            {
                await WriteAsync(response, "retry: 3000\n\n"u8.ToArray(), either.Token);
                await foreach (var state in feed.FollowAsync(key, now, after, s_heartbeat, either.Token))
                {
                    await WriteAsync(response, state is null ? ":\n\n"u8.ToArray() : Event(state), either.Token);
                }
            }
            catch (Exception left) when (left is OperationCanceledException or IOException && either.IsCancellationRequested)
            {
                // The follower is gone, or the server stops: the answer ends, and a follower comes back by itself.
            }
        }

        private static byte[] Event(FeedState state) =>
        [
            .. System.Text.Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"id: {state.Position}\nevent: status\ndata: ")),
            .. state.Json,
            .. "\n\n"u8,
        ];

        private static async Task WriteAsync(HttpResponse response, byte[] bytes, CancellationToken cancellationToken)
        {
            await response.Body.WriteAsync(bytes, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }
}
