using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Subjects;

namespace LofteEvents.Postgres.EventStore;

/// <summary>What comes with an event beside its payload, as <c>lofte.store_sealed</c> takes it.</summary>
internal static class SealedJson
{
    /// <returns>JSON in UTF-8, or null where nothing comes with the event.</returns>
    public static byte[]? Of(NewEvent said)
    {
        var row = said switch
        {
            { Key: { } key } => new SealedRow(
                key.KeyId, Person: key.Person, Epoch: key.Epoch, Wrapped: Convert.ToBase64String(key.Wrapped.Span)),
            { Sealed: { } part } => new SealedRow(
                part.KeyId,
                Path: part.Path,
                Origin: part.Origin,
                Ciphertext: Convert.ToBase64String(part.Ciphertext.Span),
                Fingerprint: Convert.ToBase64String(part.Fingerprint.Span)),
            _ => null,
        };
        return row is null ? null : JsonSerializer.SerializeToUtf8Bytes(row, SealedRowJson.Default.SealedRow);
    }
}

internal sealed record SealedRow(
    Guid KeyId,
    Guid? Person = null,
    int? Epoch = null,
    string? Wrapped = null,
    string? Path = null,
    string? Origin = null,
    string? Ciphertext = null,
    string? Fingerprint = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SealedRow))]
internal sealed partial class SealedRowJson : JsonSerializerContext;
