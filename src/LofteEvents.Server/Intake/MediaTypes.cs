using Microsoft.Net.Http.Headers;

namespace LofteEvents.Server.Intake;

/// <summary>The content modes of CloudEvents over HTTP, by the request's media type and headers.</summary>
internal static class MediaTypes
{
    public const string CloudEvent = "application/cloudevents+json";
    public const string CloudEventBatch = "application/cloudevents-batch+json";

    /// <summary>
    /// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#3-http-message-mapping
    /// </summary>
    /// <returns>Null for what intake does not take.</returns>
    public static ContentMode? ModeOf(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
        {
            return null;
        }

        // Nearly every request says just this.
        if (request.ContentType is CloudEvent)
        {
            return ContentMode.Structured;
        }

        if (request.ContentType is null)
        {
            return HasAttributes(request.Headers) ? ContentMode.Binary : null;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsUtf8(type))
        {
            return null;
        }

        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            CloudEvent => ContentMode.Structured,
            CloudEventBatch => ContentMode.Batch,
            { } other when other.StartsWith("application/cloudevents", StringComparison.Ordinal) => null,
            _ => IsJson(type) && HasAttributes(request.Headers) ? ContentMode.Binary : null,
        };
    }

    public static bool IsJson(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && IsUtf8(type) && IsJson(type);

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.SubTypeWithoutSuffix.Equals("json", StringComparison.OrdinalIgnoreCase)
        || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static bool HasAttributes(IHeaderDictionary headers) =>
        headers.ContainsKey("ce-specversion") || headers.ContainsKey("ce-type") || headers.ContainsKey("ce-id");
}

internal enum ContentMode
{
    /// <summary>One event, envelope and data in one JSON document.</summary>
    Structured,

    /// <summary>A JSON array of such documents.</summary>
    Batch,

    /// <summary>The envelope in headers, the data as the body.</summary>
    Binary,
}
