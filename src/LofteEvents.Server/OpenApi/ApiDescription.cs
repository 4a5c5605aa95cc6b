using System.Text.Json.Nodes;
using LofteEvents.Server.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LofteEvents.Server.OpenApi;

/// <summary><c>/openapi/v1.json</c>: the whole interface, with who may use it and how it errs.</summary>
internal static class ApiDescription
{
    private const string Bearer = "bearer";
    private const string ProblemSchema = "Problem";

    private const string About =
        "LofteEvents is the system of record for public promises (medborgarlöften). What happened goes in as CloudEvents 1.0 and "
        + "is kept for good; how each promise stands is read from it. Errors are problem details (RFC 9457) with a stable code. "
        + "Nothing of a refused request is stored.";

    private const string NotFoundExample =
        """
        {
          "type": "urn:lofte:problem:request.not-found",
          "title": "Not found",
          "status": 404,
          "detail": "There is no promise 'norrmalm-2081'. GET /api/v1/loften lists them.",
          "instance": "/api/v1/loften/norrmalm-2081",
          "code": "request.not-found",
          "traceId": "7e9a8e3ec6f6f2b5ad4f2df6d7cd5a06"
        }
        """;

    private const string AwayExample =
        """
        {
          "type": "urn:lofte:problem:store.unavailable",
          "title": "The event store is unavailable",
          "status": 503,
          "detail": "The database cannot be reached or cannot write. Send the same request again after Retry-After.",
          "instance": "/api/v1/loften",
          "code": "store.unavailable",
          "traceId": "7e9a8e3ec6f6f2b5ad4f2df6d7cd5a06"
        }
        """;

    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer(DescribeWhole);
            options.AddOperationTransformer(DescribeAccessAndErrors);
        });

    public static WebApplication MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }

    private static Task DescribeWhole(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "LofteEvents", Version = "1.0.0", Description = About };
        foreach (var server in document.Servers ?? [])
        {
            server.Url = server.Url?.TrimEnd('/');
        }

        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            BearerFormat = "JWT",
            Description = "Claims: sub, name, roles[], sources[] (exact or prefix/*), areas[], recipient.",
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[ProblemSchema] = Problem();
        IntakeDescription.AddSchemas(document.Components.Schemas);
        return Task.CompletedTask;
    }

    private static Task DescribeAccessAndErrors(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isOpen = metadata.OfType<IAllowAnonymous>().Any();
        operation.Security = isOpen
            ? [[]]
            : [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        operation.Responses ??= [];
        operation.Responses["4XX"] = Failure("The request is at fault; its code says how.", NotFoundExample, context.Document);
        operation.Responses["5XX"] = Failure("The server is at fault, or what it stands on.", AwayExample, context.Document);
        return Task.CompletedTask;
    }

    private static OpenApiResponse Failure(string description, string example, OpenApiDocument? document) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Errors.Problem.MediaType] = new()
            {
                Schema = new OpenApiSchemaReference(ProblemSchema, document),
                Example = JsonNode.Parse(example),
            },
        },
    };

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Problem details, RFC 9457.",
        Required = new HashSet<string> { "type", "title", "status", "detail", "instance", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Stable for each code: urn:lofte:problem:{code}."),
            ["title"] = Text("The same words for every occurrence of the code."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("What is wrong here, where, and what to do."),
            ["instance"] = Text("The path that was asked."),
            ["code"] = Text("Stable and machine-readable."),
            ["traceId"] = Text("Finds the request in logs and traces."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "Every fault of the first check that failed.",
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "pointer", "detail" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["pointer"] = Text("JSON pointer into the request's body: #/data/kind, in a batch #/1/data/kind."),
                        ["detail"] = Text("What is wrong there."),
                    },
                },
            },
        },
    };

    internal static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };
}
