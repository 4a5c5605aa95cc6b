using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>
/// A time of day by the clocks of Stockholm. A window whose end is not after its start goes past midnight and belongs to the day
/// it starts on.
/// </summary>
/// <param name="From">Inclusive; in JSON <c>18:00</c>.</param>
/// <param name="To">Exclusive; in JSON <c>03:00</c>.</param>
/// <param name="Match">How an event must lie in relation to the window; <see cref="ClockMatch.Starts"/> where nothing is
/// said.</param>
public sealed record ClockWindow(
    [property: JsonConverter(typeof(ClockTimeJson))] TimeOnly From,
    [property: JsonConverter(typeof(ClockTimeJson))] TimeOnly To,
    ClockMatch Match = ClockMatch.Starts)
{
    /// <summary>The day whose window an event lies in as <see cref="Match"/> demands; null where it lies in none.</summary>
    internal DateOnly? DayOf(DateTimeOffset from, DateTimeOffset to)
    {
        var day = Stockholm.DayOf(from);
        foreach (var candidate in (ReadOnlySpan<DateOnly>)[day.AddDays(-1), day, day.AddDays(1)])
        {
            if (IsIn(candidate, from, to))
                return candidate;
        }

        return null;
    }

    internal bool Holds(TimeOnly time) => From < To ? From <= time && time < To : From <= time || time < To;

    /// <summary>The last day that the window of a day reaches into.</summary>
    internal DateOnly LastDay(DateOnly day) => To <= From && To > TimeOnly.MinValue ? day.AddDays(1) : day;

    private bool IsIn(DateOnly day, DateTimeOffset from, DateTimeOffset to)
    {
        var opens = Stockholm.FirstInstant(day, From);
        var closes = Stockholm.LastInstant(To <= From ? day.AddDays(1) : day, To);
        return Match switch
        {
            ClockMatch.Starts => opens <= from && from < closes,
            ClockMatch.Overlaps => from < closes && (opens < to || (from == to && opens <= from)),
            ClockMatch.Within => opens <= from && to <= closes && from < closes,
            _ => from <= opens && closes <= to,
        };
    }
}

public enum ClockMatch
{
    /// <summary>It begins inside the window.</summary>
    Starts,

    /// <summary>Some part of it lies inside the window.</summary>
    Overlaps,

    /// <summary>All of it lies inside the window.</summary>
    Within,

    /// <summary>It lasts through the whole window.</summary>
    Covers,
}

/// <summary>A clock time is written <c>HH:mm</c>.</summary>
internal sealed class ClockTimeJson : JsonConverter<TimeOnly>
{
    public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeOnly.TryParseExact(reader.GetString(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new JsonException($"'{reader.GetString()}' is no time of day; write it as 18:00.");

    public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("HH:mm", CultureInfo.InvariantCulture));
}
