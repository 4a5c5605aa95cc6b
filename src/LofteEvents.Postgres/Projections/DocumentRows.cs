using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Projections;

/// <summary>A table of documents in Marten's shape, one per promise.</summary>
/// <param name="select">The query for all documents: <c>id, data</c>.</param>
/// <param name="upsert">Writes arrays of ids and of documents.</param>
internal sealed class DocumentRows<T>(string select, string upsert, JsonTypeInfo<T> json)
{
    public async Task<Dictionary<string, T>> ReadAllAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(select, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var documents = new Dictionary<string, T>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            documents.Add(reader.GetString(0), JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(1), json)!);
        }

        return documents;
    }

    public void Write(NpgsqlBatch batch, IReadOnlyCollection<KeyValuePair<string, T>> documents)
    {
        if (documents.Count == 0)
        {
            return;
        }

        batch.BatchCommands.Add(new(upsert)
        {
            Parameters =
            {
                new() { Value = documents.Select(document => document.Key).ToArray() },
                new()
                {
                    Value = documents.Select(document => JsonSerializer.SerializeToUtf8Bytes(document.Value, json)).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
                },
            },
        });
    }
}
