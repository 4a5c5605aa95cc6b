using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>
/// <c>{"whole":["2018-03-16",1,0,2,"2018-05-01",1]}</c>: a day, then what counted on it and on the days after it. Cells
/// and days are in order, and a day takes a few bytes, so that writing a document costs much the same however much it holds.
/// </summary>
internal sealed class TallyJson : JsonConverter<Tally>
{
    /// <summary>Empty days that are written as zeros; after more of them the next day is named.</summary>
    private const int MostEmptyDays = 5;

    public override Tally Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var cells =
            ImmutableSortedDictionary.CreateBuilder<string, ImmutableSortedDictionary<DateOnly, long>>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var cell = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException($"The tally's cell '{cell}' is no list of days and amounts.");

            cells.Add(cell, Days(ref reader));
        }

        return Tally.Of(cells.ToImmutable());
    }

    public override void Write(Utf8JsonWriter writer, Tally value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (cell, days) in value.Cells)
        {
            writer.WriteStartArray(cell);
            DateOnly? next = null;
            foreach (var (day, amount) in days)
            {
                if (next is null || day.DayNumber - next.Value.DayNumber > MostEmptyDays)
                    writer.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                else
                    WriteZeros(writer, day.DayNumber - next.Value.DayNumber);

                writer.WriteNumberValue(amount);
                next = day.AddDays(1);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteZeros(Utf8JsonWriter writer, int number)
    {
        for (var i = 0; i < number; i++)
            writer.WriteNumberValue(0);
    }

    private static ImmutableSortedDictionary<DateOnly, long> Days(ref Utf8JsonReader reader)
    {
        var days = ImmutableSortedDictionary.CreateBuilder<DateOnly, long>();
        var day = default(DateOnly);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                day = DateOnly.ParseExact(reader.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
                continue;
            }

            if (reader.GetInt64() is not 0 and var amount)
                days.Add(day, amount);

            day = day.AddDays(1);
        }

        return days.ToImmutable();
    }
}
