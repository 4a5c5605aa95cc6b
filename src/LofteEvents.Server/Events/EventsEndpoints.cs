using System.Globalization;
using LofteEvents.Server.Access;
using LofteEvents.Server.OpenApi;
using Microsoft.OpenApi;

namespace LofteEvents.Server.Events;

/// <summary>
/// <c>GET /api/v1/events</c>: the log as lines of CloudEvents, in the order of positions, in the format that intake takes.
/// </summary>
internal static class EventsEndpoints
{
    /// <summary>
    /// Header: the position from which to go on where fewer lines came than <c>limit</c> though the log was not looked at to
    /// its end.
    /// </summary>
    public const string GoOnAfter = "Lofte-Go-On-After";

    public static IEndpointRouteBuilder MapEvents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/events", ReadAsync)
            .ForRoles(Roles.Auditor)
            .WithTags("Events")
            .WithName("ReadEvents")
            .WithSummary("The log, a CloudEvent a line (NDJSON)")
            .WithDescription("In the format that intake takes. Go on with after = the last line's position, until no line comes. "
                + $"To find a type's events an answer looks at {EventsQuery.MostLookedAt} at most: where fewer lines come than "
                + $"limit, or none, and the answer has the header {GoOnAfter}, go on with after = the position in it.")
            .WithQuery("after", JsonSchemaType.Integer, "Only events with a position above this one; default 0.", "0")
            .WithQuery("limit", JsonSchemaType.Integer, "How many lines at most, 1 to 10000; default 1000.", "100")
            .WithQuery("type", JsonSchemaType.String, "Only events of this type.", "insats.carried-out.v1")
            .WithQuery("stream", JsonSchemaType.String, "Only events of this stream.", "forum/ungdomar")
            .WithExample(
                """
                {"specversion":"1.0","type":"se.lofteevents.insats.voided.v1","source":"urn:lofte:demo","id":"2018-03-16-void",
                  "subject":"insats/2018-03-16-sergels-torg","time":"2018-03-20T08:00:00Z","datacontenttype":"application/json",
                  "recordedtime":"2018-03-20T08:00:01.123456Z","position":57,"version":2,"data":{"reason":"Fel dag."}}
                """,
                EventLines.MediaType);
        return api;
    }

    private static async Task<IResult> ReadAsync(HttpContext context, IEventStore store, CancellationToken cancellationToken)
    {
        if (EventsQuery.Read(context.Request.Query, out var fault) is not { } query)
        {
            return fault!;
        }

        var (chosen, goOnAfter) = await query.ReadFromAsync(store, cancellationToken);
        await using var events = chosen.GetAsyncEnumerator(cancellationToken);

        // The first event is read before the answer begins, so that a database that is away is still a 503.
        var hasFirst = await events.MoveNextAsync();
        context.Response.ContentType = EventLines.MediaType;
        context.Response.Headers.CacheControl = "no-store";
        if (goOnAfter is { } position)
        {
            context.Response.Headers[GoOnAfter] = position.ToString(CultureInfo.InvariantCulture);
        }

        if (hasFirst)
        {
            await EventLines.WriteAsync(context.Response.BodyWriter, events, cancellationToken);
        }

        return Results.Empty;
    }
}
