using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents;

/// <summary>What travels beside an event in the column <c>headers</c>, as a JSON object; absent members are left out.</summary>
/// <param name="Source">CloudEvents <c>source</c>.</param>
/// <param name="Id">CloudEvents <c>id</c>: with <paramref name="Source"/> the idempotency key.</param>
/// <param name="Time">When it happened, in UTC.</param>
/// <param name="Actor">Who said so: the <c>sub</c> of the token, never a name.</param>
/// <param name="Imported">True where the recorded time was given by an import of history.</param>
public sealed record EventHeaders(string? Source, string? Id, DateTimeOffset? Time, string? Actor, bool? Imported = null)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, EventHeadersJson.Default.EventHeaders);

    /// <summary>Reads the headers of any writer: unknown members are passed over, no headers are no values.</summary>
    public static EventHeaders FromJson(ReadOnlySpan<byte> json) =>
        json.IsEmpty
            ? new EventHeaders(null, null, null, null)
            : JsonSerializer.Deserialize(json, EventHeadersJson.Default.EventHeaders) ?? new EventHeaders(null, null, null, null);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventHeaders))]
internal sealed partial class EventHeadersJson : JsonSerializerContext;
