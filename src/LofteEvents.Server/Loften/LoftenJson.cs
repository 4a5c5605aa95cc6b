using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LofteEvents.Loften;

namespace LofteEvents.Server.Loften;

/// <summary>JSON of the reads: camelCase, enums in kebab-case, what is absent left out; the core's own types as the core writes
/// them.</summary>
internal static class LoftenJson
{
    private static readonly JsonSerializerOptions s_options = Make();

    /// <summary>Such as <c>on-track</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, s_options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

            // Letters beyond ASCII stay letters: people read the answers too, and they are never put into HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(LofteJson.Default, new DefaultJsonTypeInfoResolver()),
        };
        foreach (var converter in LofteJson.Default.Options.Converters)
        {
            options.Converters.Add(converter);
        }

        options.Converters.Add(new UtcTimeJson());
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>Times are answered in UTC.</summary>
internal sealed class UtcTimeJson : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
