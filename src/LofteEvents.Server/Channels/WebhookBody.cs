using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Postgres.Notices;

namespace LofteEvents.Server.Channels;

/// <summary>The thin payload: which notice, and where it is fetched. Nothing of what it says.</summary>
internal static class WebhookBody
{
    public static byte[] Of(NoticeMessage message, Uri publicUrl, DateTimeOffset now) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new WebhookEvent(
                message.IsCorrection ? "notice.correction" : "notice.available",
                now,
                new WebhookData(message.Notice, new Uri(publicUrl, $"api/v1/notices/{message.Notice}/content"))),
            WebhookJson.Default.WebhookEvent);
}

/// <param name="Type"><c>notice.available</c> or <c>notice.correction</c>.</param>
internal sealed record WebhookEvent(string Type, DateTimeOffset Timestamp, WebhookData Data);

/// <param name="Content">Answers whoever signs in with role <c>recipient</c> and this recipient's claim.</param>
internal sealed record WebhookData(string Notice, Uri Content);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookEvent))]
internal sealed partial class WebhookJson : JsonSerializerContext;
