using System.Text.Json.Nodes;

namespace LofteEvents.Tests.Demonstration;

/// <summary>
/// The rules that the demonstration year of Norrmalm 2018 is made by. The promise in it is real; everything that happens is
/// invented, says so in its title and carries the tag <c>pahittad</c>. A routine year is thrown with fixed dice, and the story
/// of the four commitments is told by hand on top of it (<see cref="NorrmalmStory"/>).
/// </summary>
internal static class NorrmalmYear
{
    public const string Invented = "pahittad";

    private static readonly (string Name, bool Exposed)[] Places =
    [
        ("Sergels torg", true), ("Drottninggatan", false), ("Hötorget", false), ("Centralplan", true), ("Klarabergsgatan", true),
        ("Norra Bantorget", false), ("Vasagatan", false), ("Malmskillnadsgatan", true), ("Kungsgatan", false),
        ("Brunkebergstorg", false), ("Klara kyrka", true), ("Tegelbacken", false),
    ];

    private static readonly (string Kind, string Title, string Count, int Low, int High)[] Routine =
    [
        ("presence", "Fotpatrull", "contacts", 5, 60),
        ("presence", "Trygghetsskapande närvaro", "contacts", 10, 80),
        ("traffic", "Trafikkontroll", "checks", 10, 90),
        ("pickpocketing", "Spaning mot fickstölder", "reports", 0, 6),
        ("youth-narcotics", "Ungdomskontakter", "contacts", 3, 25),
        ("order", "Ordningskontroll vid krogar", "checks", 4, 20),
    ];

    /// <param name="definition">The promise as it was signed: the content of its file.</param>
    public static IReadOnlyList<string> Lines(JsonObject definition)
    {
        var year = new YearWriter();
        var signed = YearWriter.At(new DateOnly(2017, 12, 18), 10);
        year.Say(signed, signed, "lofte.given.v1", "lofte/norrmalm-2018", definition);
        NorrmalmStory.Tell(year);
        Throw(year, new Dice(2018));
        return year.Lines();
    }

    /// <summary>Facts of an insats in the form that intake takes.</summary>
    public static JsonObject Facts(
        string kind, string title, string place, DateTimeOffset from, DateTimeOffset to, int hours, string area = "norrmalm",
        params IReadOnlyList<string> tags) =>
        new()
        {
            ["kind"] = kind,
            ["title"] = title + " (påhittat exempel)",
            ["organiser"] = "norrmalm",
            ["place"] = new JsonObject { ["area"] = area, ["name"] = place },
            ["from"] = YearWriter.Text(from),
            ["to"] = YearWriter.Text(to),
            ["parties"] = new JsonArray(new JsonObject { ["name"] = "polis", ["role"] = "lead" }),
            ["tags"] = new JsonArray([.. tags.Append(Invented).Select(tag => JsonValue.Create(tag))]),
            ["hours"] = hours,
        };

    private static void Throw(YearWriter year, Dice dice)
    {
        for (var week = 0; week < 52; week++)
        {
            var monday = new DateOnly(2018, 1, 1).AddDays(7 * week);
            var count = dice.Between(3, 5);
            for (var number = 1; number <= count; number++)
                OneOfTheWeek(year, dice, monday, number);
        }
    }

    private static void OneOfTheWeek(YearWriter year, Dice dice, DateOnly monday, int number)
    {
        var (kind, title, counted, low, high) = dice.OneOf(Routine);
        var place = dice.OneOf(Places);
        var day = monday.AddDays(dice.Between(0, 6));
        var from = YearWriter.At(day, dice.Between(9, 21), 30 * dice.Between(0, 1));
        var lasts = dice.Between(2, 7);
        var officers = dice.Between(2, 6);
        string[] tags = place.Exposed ? ["utsatt-plats"] : [];
        var stream = $"insats/{monday:yyyy-MM-dd}-{number}";
        var facts = Facts(kind, title, place.Name, from, from.AddHours(lasts), lasts * officers, "norrmalm", tags);
        if (dice.Chance(25))
        {
            var plannedOn = YearWriter.At(day.AddDays(-dice.Between(3, 20)), 9, 15);
            if (plannedOn.Year < 2018)
                plannedOn = YearWriter.At(new DateOnly(2018, 1, 1), 8);

            year.Say(plannedOn, plannedOn, "insats.planned.v1", stream, (JsonObject)facts.DeepClone());
        }

        facts["results"] = new JsonObject { [counted] = dice.Between(low, high) };
        if (kind == "youth-narcotics")
        {
            facts["targetGroup"] = "youth";
            facts["minorsEncountered"] = dice.Between(0, 7);
        }

        // Most reports come within days, some in a month or two: the year shows what was known when.
        var reportedAfter = dice.Chance(8) ? dice.Between(14, 60) : dice.Between(1, 5);
        var recorded = YearWriter.At(day.AddDays(reportedAfter), dice.Between(7, 16), dice.Between(0, 59));
        year.Say(recorded, from, "insats.carried-out.v1", stream, facts);
    }
}
