using System.Text.Json.Nodes;
using LofteEvents.Server.Intake;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LofteEvents.Server.OpenApi;

/// <summary>
/// How intake is described: its body is CloudEvents in three modes, which no type of ours stands for. The examples are those of
/// the events' own schemas.
/// </summary>
internal static class IntakeDescription
{
    private const string CloudEvent = "CloudEvent";
    private const string IntakeResults = "IntakeResults";

    private const string ExampleAnswer =
        """
        {
          "results": [
            {
              "id": "2018-03-16-sergels-torg",
              "source": "urn:lofte:demo",
              "stream": "insats/2018-03-16-sergels-torg",
              "version": 1,
              "position": 42,
              "duplicate": false
            }
          ]
        }
        """;

    public static void AddSchemas(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas[CloudEvent] = Event();
        schemas[IntakeResults] = Results();
    }

    public static Task Describe(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var one = new OpenApiSchemaReference(CloudEvent, context.Document);
        var examples = EventCatalogue.All.Where(type => type.ThroughIntake).ToDictionary(type => type.Name, ExampleOf);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaTypes.CloudEvent] = new() { Schema = one, Examples = Shown(examples) },
                [MediaTypes.CloudEventBatch] = new()
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = IntakeEndpoints.MaxEvents, Items = one },
                    Example = new JsonArray(examples.Values.First().DeepClone()),
                },
                ["application/json"] = new()
                {
                    Schema = new OpenApiSchema { Description = "Binary mode: the data alone; the attributes are ce- headers." },
                    Example = examples.Values.First()["data"]?.DeepClone(),
                },
            },
        };
        var answer = new OpenApiMediaType
        {
            Schema = new OpenApiSchemaReference(IntakeResults, context.Document),
            Example = JsonNode.Parse(ExampleAnswer),
        };
        operation.Responses ??= [];
        operation.Responses["201"] = Response("Stored, in one durable commit.", answer);
        operation.Responses["200"] = Response("All of it was recorded before: the numbers are those of then.", answer);
        return Task.CompletedTask;
    }

    private static Dictionary<string, IOpenApiExample> Shown(Dictionary<string, JsonObject> examples) =>
        examples.ToDictionary(example => example.Key, example => (IOpenApiExample)new OpenApiExample { Value = example.Value });

    private static OpenApiResponse Response(string description, OpenApiMediaType answer) =>
        new() { Description = description, Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = answer } };

    private static JsonObject ExampleOf(EventType type) => new()
    {
        ["specversion"] = "1.0",
        ["type"] = IncomingEvent.TypePrefix + type.Name,
        ["source"] = "urn:lofte:demo",
        ["id"] = $"example-{type.Name}",
        ["subject"] = $"{type.StreamPrefix}/example",
        ["time"] = "2018-03-17T02:00:00+01:00",
        ["datacontenttype"] = "application/json",
        ["data"] = JsonNode.Parse(type.Schema.Text.Span)?["examples"]?[0]?.DeepClone(),
    };

    private static OpenApiSchema Event() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A CloudEvent 1.0 in the JSON format. The data's schema is at GET /api/v1/schemas/{type}.",
        Required = new HashSet<string> { "specversion", "type", "source", "id", "subject", "time", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["specversion"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = "1.0" },
            ["type"] = ApiDescription.Text("se.lofteevents. and the stored name."),
            ["source"] = ApiDescription.Text("The publishing system, a URI reference. With id the idempotency key."),
            ["id"] = ApiDescription.Text("The publisher's own id of the event."),
            ["subject"] = ApiDescription.Text("The stream, prefix/id, with the prefix of the type."),
            ["time"] = ApiDescription.Text("When it happened, RFC 3339 with an offset."),
            ["datacontenttype"] = ApiDescription.Text("application/json."),
            ["correlationid"] = ApiDescription.Text("What this belongs to, across systems."),
            ["causationid"] = ApiDescription.Text("What this follows from."),
            ["expectedversion"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Description = "The version of the stream that the publisher saw; 0 for a new one. Otherwise 412.",
            },
            ["recordedtime"] = ApiDescription.Text("When it was recorded, for imported history; role operator."),
            ["data"] = new OpenApiSchema { Type = JsonSchemaType.Object },
        },
    };

    private static OpenApiSchema Results() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "results" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["results"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "In the request's order.",
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "id", "source", "stream", "version", "position", "duplicate" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["id"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["source"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["stream"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["version"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "In its stream, from 1." },
                        ["position"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "In the whole log." },
                        ["duplicate"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Recorded before." },
                    },
                },
            },
        },
    };
}
