using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;

namespace LofteEvents.Postgres.Auditing;

/// <summary>
/// One line of an export's <c>events.ndjson</c>: a row of the event store with its sealed parts, encrypted as they are.
/// </summary>
/// <param name="RecordedAt">In UTC with six decimals.</param>
internal sealed record ExportedEvent(
    long Position,
    Guid Id,
    string Stream,
    long Version,
    string Type,
    string RecordedAt,
    JsonElement Data,
    string? CorrelationId = null,
    string? CausationId = null,
    JsonElement? Headers = null,
    IReadOnlyList<ExportedPart>? Parts = null)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the line, without its newline.</summary>
    public static void Write(Utf8JsonWriter writer, RowWithParts row)
    {
        var stored = row.Event;
        writer.WriteStartObject();
        writer.WriteNumber("position", stored.Position);
        writer.WriteString("id", stored.Id);
        writer.WriteString("stream", stored.Stream);
        writer.WriteNumber("version", stored.Version);
        writer.WriteString("type", stored.Type);
        writer.WriteString("recordedAt", stored.RecordedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        if (stored.CorrelationId is not null)
        {
            writer.WriteString("correlationId", stored.CorrelationId);
        }

        if (stored.CausationId is not null)
        {
            writer.WriteString("causationId", stored.CausationId);
        }

        writer.WritePropertyName("data");
        writer.WriteRawValue(stored.Data.Span, skipInputValidation: true);
        if (!stored.Headers.IsEmpty)
        {
            writer.WritePropertyName("headers");
            writer.WriteRawValue(stored.Headers.Span, skipInputValidation: true);
        }

        if (row.Parts.Count > 0)
        {
            writer.WriteStartArray("parts");
            foreach (var part in row.Parts.OrderBy(part => part.Path, StringComparer.Ordinal))
            {
                writer.WriteStartObject();
                writer.WriteString("path", part.Path);
                writer.WriteString("keyId", part.KeyId);
                writer.WriteBase64String("ciphertext", part.Ciphertext);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    public static Utf8JsonWriter Writer(Stream stream) => new(stream, Plain);

    /// <exception cref="JsonException">The line is not what <see cref="Write"/> writes.</exception>
    public static StoredRow Read(ReadOnlySpan<byte> line)
    {
        var read = JsonSerializer.Deserialize(line, ExportJson.Default.ExportedEvent)
            ?? throw new JsonException("The line is null.");
        return DateTimeOffset.TryParseExact(
                read.RecordedAt, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var recordedAt)
            ? new StoredRow(
                new StoredEvent(
                    read.Position,
                    read.Id,
                    read.Stream,
                    read.Version,
                    read.Type,
                    Raw(read.Data),
                    recordedAt,
                    read.CorrelationId,
                    read.CausationId,
                    read.Headers is { } headers ? Raw(headers) : default),
                [.. (read.Parts ?? []).Select(part => new SealedPartDigest(part.Path, part.KeyId, Digest.Of(part.Ciphertext)))])
            : throw new JsonException($"'{read.RecordedAt}' is no time with six decimals in UTC.");
    }

    private static byte[] Raw(JsonElement element) => JsonMarshal.GetRawUtf8Value(element).ToArray();
}

/// <param name="Ciphertext">Nonce, ciphertext and tag.</param>
internal sealed record ExportedPart(string Path, Guid KeyId, byte[] Ciphertext);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ExportedEvent))]
internal sealed partial class ExportJson : JsonSerializerContext;
