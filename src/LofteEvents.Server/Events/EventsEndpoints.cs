using LofteEvents.Server.Access;
using LofteEvents.Server.OpenApi;
using Microsoft.OpenApi;

namespace LofteEvents.Server.Events;

/// <summary>
/// <c>GET /api/v1/events</c>: the log as lines of CloudEvents, in the order of positions, in the format that intake takes.
/// </summary>
internal static class EventsEndpoints
{
    public static IEndpointRouteBuilder MapEvents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/events", ReadAsync)
            .ForRoles(Roles.Auditor)
            .WithTags("Events")
            .WithName("ReadEvents")
            .WithSummary("The log, a CloudEvent a line (NDJSON)")
            .WithDescription("In the format that intake takes. Go on with after = the last line's position, until no line comes.")
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

        await using var events = query.ReadFrom(store, cancellationToken).GetAsyncEnumerator(cancellationToken);

        // The first event is read before the answer begins, so that a database that is away is still a 503.
        var hasFirst = await events.MoveNextAsync();
        context.Response.ContentType = EventLines.MediaType;
        context.Response.Headers.CacheControl = "no-store";
        if (hasFirst)
        {
            await EventLines.WriteAsync(context.Response.BodyWriter, events, cancellationToken);
        }

        return Results.Empty;
    }
}
