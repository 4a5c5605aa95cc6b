using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LofteEvents.Server.Intake;

/// <summary>
/// Reads the JSON event format, one event or a batch.
/// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
/// </summary>
internal static class StructuredMode
{
    /// <summary>Levels that an event and a batch wrap around the data, whose own depth is limited.</summary>
    private const int EventLevels = 1;
    private const int BatchLevels = 2;

    /// <summary>Reads what the body holds, faults and all.</summary>
    /// <param name="maxEvents">Reading stops behind so many events of a batch.</param>
    /// <param name="bodyFaults">Set where the body is no JSON; there are then no envelopes.</param>
    public static IReadOnlyList<Envelope> Read(
        ReadOnlyMemory<byte> body, bool isBatch, int maxEvents, out IReadOnlyList<Fault>? bodyFaults)
    {
        bodyFaults = null;
        var depth = StrictJson.MaxDepth + (isBatch ? BatchLevels : EventLevels);
        var envelopes = new List<Envelope>();
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
            reader.Read();
            if (!isBatch)
            {
                envelopes.Add(ReadEvent(ref reader, body, null));
            }
            else if (reader.TokenType != JsonTokenType.StartArray)
            {
                var whole = new Envelope(null);
                whole.Add("", "A batch is a JSON array of events.");
                return [whole];
            }
            else
            {
                ReadItems(ref reader, body, envelopes, maxEvents);
                if (envelopes.Count > maxEvents)
                {
                    return envelopes;
                }
            }

            // Whatever stands behind the document is a fault too.
            reader.Read();
        }
        catch (JsonException)
        {
            bodyFaults = StrictJson.Check(body.Span, depth);
            return [];
        }

        AddStrictFaults(StrictJson.Check(body.Span, depth), envelopes, isBatch);
        return envelopes;
    }

    private static void ReadItems(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, List<Envelope> envelopes, int maxEvents)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            envelopes.Add(ReadEvent(ref reader, body, envelopes.Count));
            if (envelopes.Count > maxEvents)
            {
                return;
            }
        }
    }

    private static Envelope ReadEvent(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, int? index)
    {
        var envelope = new Envelope(index);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            envelope.Add("", "An event is a JSON object.");
            reader.Skip();
            return envelope;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                ReadData(ref reader, body, envelope);
                continue;
            }

            var name = Text(ref reader);
            reader.Read();
            if (name == "data_base64")
            {
                ReadBinaryData(ref reader, envelope);
            }
            else
            {
                ReadAttribute(ref reader, envelope, name);
            }
        }

        return envelope;
    }

    private static void ReadData(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, Envelope envelope)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        SetData(envelope, body[start..(int)reader.BytesConsumed], "/data");
    }

    /// <summary>§3.1: binary data in base64; ours is JSON all the same.</summary>
    private static void ReadBinaryData(ref Utf8JsonReader reader, Envelope envelope)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out var data))
        {
            envelope.Add("/data_base64", "data_base64 is a text in base64 (RFC 4648 §4); or send the JSON itself as data.");
            reader.Skip();
            return;
        }

        SetData(envelope, data, "/data_base64");
        envelope.AddRange(StrictJson.Check(data).Select(fault => fault with { Pointer = "/data" + fault.Pointer }));
    }

    private static void SetData(Envelope envelope, ReadOnlyMemory<byte> data, string pointer)
    {
        if (envelope.Data is not null)
        {
            envelope.Add(pointer, "An event has data or data_base64, and that once; take the others out.");
            return;
        }

        envelope.Data = data;
    }

    /// <summary>§2.2: strings, numbers and booleans; null is the same as nothing.</summary>
    private static void ReadAttribute(ref Utf8JsonReader reader, Envelope envelope, string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.String:
                envelope.Set(name, Text(ref reader), isText: true);
                return;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                envelope.Set(name, Encoding.UTF8.GetString(reader.ValueSpan), isText: false);
                return;
            default:
                envelope.Add(
                    JsonPointer.Member("", name), "An attribute is a text, an integer or a boolean; put others in data.");
                reader.Skip();
                return;
        }
    }

    /// <summary>
    /// A text that is no text (half a surrogate pair) is named by the strict check; here it only must not stop the reading.
    /// </summary>
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>Hands each fault of the whole body to the event that it is in.</summary>
    private static void AddStrictFaults(IReadOnlyList<Fault> faults, List<Envelope> envelopes, bool isBatch)
    {
        foreach (var fault in faults)
        {
            if (!isBatch)
            {
                envelopes[0].AddRange([fault]);
                continue;
            }

            var end = fault.Pointer.IndexOf('/', 1);
            end = end < 0 ? fault.Pointer.Length : end;
            var index = int.Parse(fault.Pointer.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture);
            envelopes[index].AddRange([fault with { Pointer = fault.Pointer[end..] }]);
        }
    }
}
