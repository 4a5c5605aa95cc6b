using System.Globalization;
using System.Text.Json;
using JasperFx.Events;

namespace LofteEvents.CritterStack;

/// <summary>Marten's view of an event, in the core's words.</summary>
internal static class MartenEvents
{
    /// <exception cref="UnknownEventTypeException">A type that this version does not know; the projection stops
    /// there.</exception>
    public static Recorded<DomainEvent> ToRecorded(IEvent stored) => new(
        stored.Sequence,
        stored.Id,
        stored.StreamKey!,
        stored.Version,
        stored.Data as DomainEvent ?? throw new UnknownEventTypeException(stored.EventTypeName, stored.Sequence),
        HappenedAt(stored),
        stored.Timestamp);

    private static DateTimeOffset HappenedAt(IEvent stored) => stored.GetHeader("time") switch
    {
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetDateTimeOffset(),
        _ => stored.Timestamp,
    };
}
