using System.Globalization;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using LofteEvents.Server.Intake;

namespace LofteEvents.Server.Events;

/// <summary>
/// Stored events as CloudEvents in the JSON format, one a line. Extensions beside those that intake takes: <c>position</c> and
/// <c>version</c>, numbers as long as they fit a CloudEvents Integer (32 bits, signed) and texts beyond.
/// </summary>
internal static class EventLines
{
    public const string MediaType = "application/x-ndjson";

    private const int FlushAtBytes = 64 * 1024;

    /// <summary>The source of events that no publisher said.</summary>
    private const string OwnSource = "urn:lofte:log";

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // What comes out of the database is JSON already.
        SkipValidation = true,
    };

    /// <param name="events">Standing at its first event.</param>
    public static async Task WriteAsync(
        PipeWriter output, IAsyncEnumerator<StoredEvent> events, CancellationToken cancellationToken)
    {
        await using var writer = new Utf8JsonWriter(output, Options);
        do
        {
            Write(writer, events.Current);
            writer.Flush();
            writer.Reset();
            output.GetSpan(1)[0] = (byte)'\n';
            output.Advance(1);
            if (output.UnflushedBytes >= FlushAtBytes)
            {
                await output.FlushAsync(cancellationToken);
            }
        }
        while (await events.MoveNextAsync());

        await output.FlushAsync(cancellationToken);
    }

    private static void Write(Utf8JsonWriter writer, StoredEvent stored)
    {
        var headers = EventHeaders.FromJson(stored.Headers.Span);
        writer.WriteStartObject();
        writer.WriteString("specversion"u8, "1.0"u8);
        writer.WriteString("type"u8, IncomingEvent.TypePrefix + stored.Type);
        writer.WriteString("source"u8, headers.Source ?? OwnSource);
        if (headers.Id is { } id)
        {
            writer.WriteString("id"u8, id);
        }
        else
        {
            writer.WriteString("id"u8, stored.Id);
        }

        writer.WriteString("subject"u8, stored.Stream);
        writer.WriteString("time"u8, Timestamp.Format(headers.Time ?? stored.RecordedAt));
        writer.WriteString("datacontenttype"u8, "application/json"u8);
        writer.WriteString("recordedtime"u8, Timestamp.Format(stored.RecordedAt));
        WriteInteger(writer, "position"u8, stored.Position);
        WriteInteger(writer, "version"u8, stored.Version);
        if (stored.CorrelationId is { } correlation)
        {
            writer.WriteString("correlationid"u8, correlation);
        }

        if (stored.CausationId is { } causation)
        {
            writer.WriteString("causationid"u8, causation);
        }

        writer.WritePropertyName("data"u8);
        writer.WriteRawValue(stored.Data.Span, skipInputValidation: true);
        writer.WriteEndObject();
    }

    private static void WriteInteger(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long value)
    {
        if (value <= int.MaxValue)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
