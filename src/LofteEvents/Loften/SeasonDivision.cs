using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>
/// Named seasons of every year of the term, such as «vår och höst»: <c>2018-host</c>. A season that the term cuts off is demanded
/// when at least half of its days lie in the term.
/// </summary>
public sealed record SeasonDivision(IReadOnlyList<Season> Of) : Division
{
    internal override IReadOnlyList<Part> Parts(Term term)
    {
        var parts = new List<Part>();
        for (var year = term.From.Year - 1; year <= term.To.Year; year++)
        {
            parts.AddRange(Of
                .Select(season => Part.InTerm($"{year:0000}-{season.Id}", season.In(year), term))
                .OfType<Part>());
        }

        return [.. parts.OrderBy(part => part.From)];
    }

    internal override IEnumerable<string> CellsOf(CountedFact fact) =>
        Of.Any(season => season.In(fact.Day.Year).Contains(fact.Day) || season.In(fact.Day.Year - 1).Contains(fact.Day))
            ? [Tally.Whole]
            : [];
}

/// <param name="Id">Kebab-case, unique in the rule.</param>
/// <param name="From">In JSON <c>09-01</c>.</param>
/// <param name="To">Inclusive. Before <paramref name="From"/>: in the year after.</param>
public sealed record Season(string Id, MonthDay From, MonthDay To)
{
    internal Term In(int year) => new(From.In(year), To.In(IsAcrossNewYear ? year + 1 : year));

    private bool IsAcrossNewYear => (To.Month, To.Day).CompareTo((From.Month, From.Day)) < 0;
}

/// <summary>A day of every year; the last day of February where the year has no 29th.</summary>
[JsonConverter(typeof(MonthDayJson))]
public sealed record MonthDay(int Month, int Day)
{
    internal DateOnly In(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));
}

/// <summary><c>MM-dd</c>.</summary>
internal sealed class MonthDayJson : JsonConverter<MonthDay>
{
    public override MonthDay Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateOnly.TryParseExact(
            "2000-" + reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new MonthDay(day.Month, day.Day)
            : throw new JsonException($"'{reader.GetString()}' is no day of the year; write it as 09-01.");

    public override void Write(Utf8JsonWriter writer, MonthDay value, JsonSerializerOptions options) =>
        writer.WriteStringValue($"{value.Month:00}-{value.Day:00}");
}
