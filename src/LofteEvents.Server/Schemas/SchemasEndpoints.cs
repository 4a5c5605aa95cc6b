using System.Text.Json.Serialization;
using LofteEvents.Loften;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Intake;
using LofteEvents.Server.Loften;
using LofteEvents.Server.OpenApi;

namespace LofteEvents.Server.Schemas;

/// <summary>The event types that intake takes, each with the JSON Schema that it is held against.</summary>
internal static class SchemasEndpoints
{
    private const string SchemaMediaType = "application/schema+json";

    public static IEndpointRouteBuilder MapSchemas(this IEndpointRouteBuilder api)
    {
        var schemas = api.MapGroup("/schemas").AllowAnonymous().WithTags("Schemas");
        schemas.MapGet("", List)
            .WithName("ListSchemas")
            .WithSummary("The event types, with their streams and who publishes them")
            .WithPages()
            .WithExample(
                """
                {"items":[{"name":"insats.carried-out.v1","type":"se.lofteevents.insats.carried-out.v1","subject":"insats/{id}",
                  "role":"publisher","schema":"/api/v1/schemas/insats.carried-out.v1"}],"page":1,"limit":20,"total":23}
                """);
        schemas.MapGet("/{type}", One)
            .WithName("GetSchema")
            .WithSummary("The JSON Schema (2020-12) of an event type's data; lofte.definition.v1 is the definition language's")
            .WithExample(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"/api/v1/schemas/insats.voided.v1",
                  "type":"object","required":["reason"],"properties":{"reason":{"type":"string","minLength":1}},
                  "additionalProperties":false}
                """,
                SchemaMediaType);
        return api;
    }

    private static IResult List(HttpContext context)
    {
        if (Paging.Read(context.Request.Query, out var fault) is not { } paging)
        {
            return fault!;
        }

        var page = EventCatalogue.All.Skip((int)Math.Min(paging.Offset, int.MaxValue)).Take(paging.Limit).Select(Item).ToArray();
        return TypedResults.Json(paging.Listing(page, EventCatalogue.All.Count), SchemasJson.Default.ListingSchemaItem);
    }

    /// <param name="type">The stored name, or the CloudEvents type, or the name of the definition language.</param>
    private static IResult One(string type, HttpContext context)
    {
        var prefix = IncomingEvent.TypePrefix;
        var name = type.StartsWith(prefix, StringComparison.Ordinal) ? type[prefix.Length..] : type;
        var schema =
            name == DefinitionSchema.Name ? DefinitionSchema.Schema
            : EventCatalogue.TryFind(name, out var found) ? found.Schema
            : null;
        if (schema is null)
        {
            var suggestion = EventCatalogue.Nearest(name) is { } near ? $" Did you mean '{near.Name}'?" : "";
            return Problems.NotFound($"There is no event type '{type}'.{suggestion} GET /api/v1/schemas lists the types.");
        }

        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Bytes(schema.Text, SchemaMediaType);
    }

    private static SchemaItem Item(EventType type) => new(
        type.Name,
        IncomingEvent.TypePrefix + type.Name,
        $"{type.StreamPrefix}/{{id}}",
        type.PublishedBy,
        $"/api/v1/schemas/{type.Name}");
}

/// <param name="Name">The stored name, such as <c>insats.carried-out.v1</c>.</param>
/// <param name="Type">The CloudEvents type.</param>
/// <param name="Subject">The form of the CloudEvents subject.</param>
/// <param name="Role">The role that publishes it; absent where nobody does.</param>
/// <param name="Schema">Address of the schema of its data.</param>
internal sealed record SchemaItem(string Name, string Type, string Subject, string? Role, string Schema);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Listing<SchemaItem>))]
internal sealed partial class SchemasJson : JsonSerializerContext;
