using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Server.Loften;

namespace LofteEvents.Server.Notices;

/// <summary>JSON of notices: camelCase, enums in kebab-case, times in UTC, what is absent left out.</summary>
internal static class NoticeJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new UtcTimeJson(),
        },
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, s_options);
}
