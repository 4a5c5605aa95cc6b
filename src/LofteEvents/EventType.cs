using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LofteEvents.Schemas;

namespace LofteEvents;

/// <summary>One kind of stored event: its name, where it belongs, who may say it, and how it is read and written.</summary>
public sealed class EventType
{
    private readonly JsonTypeInfo _json;
    private readonly Lazy<JsonSchema> _schema;

    internal EventType(string name, string streamPrefix, string? publishedBy, JsonTypeInfo json, bool mayBeSealed = false)
    {
        Name = name;
        StreamPrefix = streamPrefix;
        PublishedBy = publishedBy;
        MayBeSealed = mayBeSealed;
        _json = json;
        _schema = new Lazy<JsonSchema>(() => EmbeddedSchemas.Load(name));
    }

    /// <summary>The stored name, explicit and versioned, such as <c>insats.carried-out.v1</c>.</summary>
    public string Name { get; }

    /// <summary>The event lies in streams <c>{StreamPrefix}/{id}</c>.</summary>
    public string StreamPrefix { get; }

    public Type ClrType => _json.Type;

    /// <summary>
    /// The role that may publish it: <c>publisher</c>, <c>coordinator</c> or <c>evaluator</c>; null where nobody may.
    /// </summary>
    public string? PublishedBy { get; }

    /// <summary>True where publishers say it through intake; otherwise only our own commands and workers do.</summary>
    public bool ThroughIntake => PublishedBy is not null;

    /// <summary>
    /// Its data may bring the member <c>sealed</c>, which is taken out at intake and stored encrypted under the key of
    /// <c>person</c>.
    /// </summary>
    public bool MayBeSealed { get; }

    /// <summary>What intake validates a payload with; compiled when it is first asked for.</summary>
    public JsonSchema Schema => _schema.Value;

    /// <summary>Reads a payload that fitted the type's schema when it was taken in.</summary>
    /// <exception cref="JsonException">The payload never fitted the schema.</exception>
    public DomainEvent Decode(ReadOnlySpan<byte> json) =>
        (DomainEvent?)JsonSerializer.Deserialize(json, _json)
        ?? throw new JsonException($"The payload of {Name} is null where an object belongs.");

    /// <summary>The payload as UTF-8 JSON: camelCase, missing members left out.</summary>
    public byte[] Encode(DomainEvent said) => JsonSerializer.SerializeToUtf8Bytes(said, _json);

    public override string ToString() => Name;
}
