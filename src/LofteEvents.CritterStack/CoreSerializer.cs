using System.Buffers;
using System.Collections.Frozen;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LofteEvents.Loften;
using LofteEvents.Notices;
using Marten;
using Marten.Services;
using Npgsql;
using NpgsqlTypes;
using Casing = Weasel.Core.Casing;
using EnumStorage = Weasel.Core.EnumStorage;

namespace LofteEvents.CritterStack;

/// <summary>
/// Marten's JSON, for what is ours by the core's own contracts: payloads as they were said, events by the catalogue,
/// documents by the core's source-generated types, so that both engines write the same documents. What is Marten's own goes
/// to Marten's serializer.
/// </summary>
internal sealed class CoreSerializer : ISerializer
{
    private static readonly FrozenDictionary<Type, EventType> Events =
        EventCatalogue.All.ToFrozenDictionary(type => type.ClrType);

    private static readonly FrozenDictionary<Type, JsonTypeInfo> Documents =
        new JsonTypeInfo[]
        {
            LofteJson.Default.LofteStatus, LofteJson.Default.LofteOverview, NoticeOverviewJson.Default.NoticeOverview,
        }
        .ToFrozenDictionary(json => json.Type);

    private readonly SystemTextJsonSerializer _marten = new() { Casing = Casing.CamelCase };

    public EnumStorage EnumStorage => _marten.EnumStorage;

    public Casing Casing => _marten.Casing;

    public ValueCasting ValueCasting => _marten.ValueCasting;

    public void WriteToParameter(NpgsqlParameter parameter, object? value)
    {
        if (Written(value) is not { } json)
        {
            _marten.WriteToParameter(parameter, value);
            return;
        }

        parameter.NpgsqlDbType = NpgsqlDbType.Jsonb;
        parameter.Value = json;
    }

    public string ToJson(object? document) =>
        Written(document) is { } json ? Encoding.UTF8.GetString(json) : _marten.ToJson(document);

    public string ToCleanJson(object? document) => ToJson(document);

    public string ToJsonWithTypes(object document) => ToJson(document);

    public void WriteTo(IBufferWriter<byte> writer, object? value)
    {
        if (Written(value) is { } json)
        {
            writer.Write(json);
        }
        else
        {
            _marten.WriteTo(writer, value);
        }
    }

    public void WriteToCleanJson(IBufferWriter<byte> writer, object? value) => WriteTo(writer, value);

    public void WriteToJsonWithTypes(IBufferWriter<byte> writer, object value) => WriteTo(writer, value);

    public T FromJson<T>(Stream stream) => (T)FromJson(typeof(T), stream);

    public T FromJson<T>(DbDataReader reader, int index) => (T)FromJson(typeof(T), reader, index);

    public object FromJson(Type type, Stream stream)
    {
        if (!IsOurs(type))
        {
            return _marten.FromJson(type, stream);
        }

        using var json = new MemoryStream();
        stream.CopyTo(json);
        return Read(type, json.GetBuffer().AsSpan(0, (int)json.Length));
    }

    public object FromJson(Type type, DbDataReader reader, int index) =>
        IsOurs(type) ? Read(type, reader.GetFieldValue<byte[]>(index)) : _marten.FromJson(type, reader, index);

    public async ValueTask<T> FromJsonAsync<T>(Stream stream, CancellationToken cancellationToken = default) =>
        (T)await FromJsonAsync(typeof(T), stream, cancellationToken);

    public async ValueTask<T> FromJsonAsync<T>(DbDataReader reader, int index, CancellationToken cancellationToken = default) =>
        (T)await FromJsonAsync(typeof(T), reader, index, cancellationToken);

    public async ValueTask<object> FromJsonAsync(Type type, Stream stream, CancellationToken cancellationToken = default)
    {
        if (!IsOurs(type))
        {
            return await _marten.FromJsonAsync(type, stream, cancellationToken);
        }

        using var json = new MemoryStream();
        await stream.CopyToAsync(json, cancellationToken);
        return Read(type, json.GetBuffer().AsSpan(0, (int)json.Length));
    }

    public async ValueTask<object> FromJsonAsync(
        Type type, DbDataReader reader, int index, CancellationToken cancellationToken = default) =>
        IsOurs(type)
            ? Read(type, await reader.GetFieldValueAsync<byte[]>(index, cancellationToken))
            : await _marten.FromJsonAsync(type, reader, index, cancellationToken);

    private static byte[]? Written(object? value) =>
        value is DomainEvent said ? SaidPayload.BytesOf(said) ?? EventCatalogue.Of(said).Encode(said)
        : value is not null && Documents.TryGetValue(value.GetType(), out var json)
            ? JsonSerializer.SerializeToUtf8Bytes(value, json)
            : null;

    private static bool IsOurs(Type type) => Documents.ContainsKey(type) || Events.ContainsKey(type);

    private static object Read(Type type, ReadOnlySpan<byte> json) =>
        Documents.TryGetValue(type, out var document) ? JsonSerializer.Deserialize(json, document)! : Events[type].Decode(json);
}
