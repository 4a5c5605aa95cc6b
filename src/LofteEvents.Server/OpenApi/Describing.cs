using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using LofteEvents.Server.Loften;
using Microsoft.OpenApi;

namespace LofteEvents.Server.OpenApi;

/// <summary>What an endpoint says of itself in <c>/openapi/v1.json</c> beside its types.</summary>
internal static class Describing
{
    /// <summary>A query parameter that may be left out.</summary>
    public static TBuilder WithQuery<TBuilder>(
        this TBuilder endpoint, string name, JsonSchemaType type, string description, string example)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = description,
                Schema = new OpenApiSchema { Type = type },
                Example = type == JsonSchemaType.Integer ? long.Parse(example, CultureInfo.InvariantCulture) : example,
            });
            return Task.CompletedTask;
        });

    /// <summary>The parameters of a list, <see cref="Paging"/>.</summary>
    public static TBuilder WithPages<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint
            .WithQuery("page", JsonSchemaType.Integer, "Which page, from 1; default 1.", "1")
            .WithQuery(
                "limit",
                JsonSchemaType.Integer,
                $"How many on a page, 1 to {Paging.MostLimit}; default {Paging.DefaultLimit}.",
                Paging.DefaultLimit.ToString(CultureInfo.InvariantCulture));

    /// <summary>An example of the JSON body that is sent.</summary>
    public static TBuilder WithBody<TBuilder>(
        this TBuilder endpoint, [StringSyntax(StringSyntaxAttribute.Json)] string json)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Example = JsonNode.Parse(json) },
                },
            };
            return Task.CompletedTask;
        });

    /// <summary>An example of the answer 200.</summary>
    public static TBuilder WithExample<TBuilder>(
        this TBuilder endpoint, [StringSyntax(StringSyntaxAttribute.Json)] string json, string mediaType = "application/json")
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Responses ??= [];
            if (!operation.Responses.TryGetValue("200", out var given) || given is not OpenApiResponse response)
            {
                operation.Responses["200"] = response = new OpenApiResponse { Description = "OK" };
            }

            response.Content ??= new Dictionary<string, OpenApiMediaType>();
            response.Content.TryAdd(mediaType, new OpenApiMediaType());
            response.Content[mediaType].Example = JsonNode.Parse(json);
            return Task.CompletedTask;
        });
}
