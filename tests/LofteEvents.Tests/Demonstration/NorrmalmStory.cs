using System.Text.Json.Nodes;

namespace LofteEvents.Tests.Demonstration;

/// <summary>
/// What became of the four commitments, told by hand: over-delivery against the networks, a report that was corrected and one
/// that was voided among the youth narcotics insatser, traffic that was at risk in September and met in December, a cancelled
/// insats, and three forums that met through the year. Days are of 2018.
/// </summary>
internal static class NorrmalmStory
{
    public static void Tell(YearWriter year)
    {
        Networks(year);
        YouthNarcotics(year);
        Traffic(year);
        Forum(year, "ungdomar", "Samverkansforum ungdomar", "kommun", day: 14, skipped: [7]);
        Forum(year, "klaraomradet", "Samverkansforum Klaraområdet", "city-i-samverkan", day: 21, skipped: [1, 7, 8]);
        Forum(year, "otrygga-platser", "Samverkansforum otrygga platser", "kommun", day: 8, skipped: [6, 7]);
        Assessed(
            year, Day(11, 12), "partly", "Klaraområdets forum har mötts för sällan för att kunna drivas på (påhittat exempel).");
        Assessed(
            year, Day(12, 17), "fulfilled", "Polisen har lett alla tre forumen och drivit på deras åtgärder (påhittat exempel).");
        var midYear = Day(6, 27);
        year.Say(
            YearWriter.At(midYear, 15), YearWriter.At(midYear, 14), "feedback.given.v1", "lofte/norrmalm-2018", new JsonObject
        {
            ["on"] = $"{midYear:yyyy-MM-dd}",
            ["to"] = "staff",
            ["channel"] = "arbetsplatstraff",
            ["what"] = "Halvårsläget för medborgarlöftet (påhittat exempel).",
        });
    }

    private static void Assessed(YearWriter year, DateOnly on, string outcome, string reason) =>
        year.Say(YearWriter.At(on, 14, 30), YearWriter.At(on, 14), "commitment.assessed.v1", "lofte/norrmalm-2018", new JsonObject
        {
            ["commitment"] = "forum",
            ["on"] = $"{on:yyyy-MM-dd}",
            ["outcome"] = outcome,
            ["reasons"] = new JsonArray(reason),
            ["assessedBy"] = "Påhittad utvärderare, lokalpolisområde Norrmalm",
            ["evidence"] = new JsonArray("forum/ungdomar", "forum/klaraomradet", "forum/otrygga-platser"),
        });

    private static void Networks(YearWriter year)
    {
        const string Title = "Riktad insats mot kriminella nätverk";
        CarriedOut(year, "natverk-1", Day(2, 9), 17, 8, 64, "criminal-network", Title, "Vasagatan", "norrmalm", 2, "riktad");
        CarriedOut(
            year, "natverk-2", Day(4, 27), 18, 8, 80, "criminal-network", Title, "Medborgarplatsen", "sodermalm", 3, "riktad");
        CarriedOut(year, "natverk-3", Day(6, 1), 16, 9, 72, "criminal-network", Title, "Stureplan", "ostermalm", 45, "riktad");
        CarriedOut(year, "natverk-4", Day(10, 19), 19, 7, 56, "criminal-network", Title, "Centralplan", "norrmalm", 4, "riktad");

        var planned = Facts("criminal-network", Title, "Sergels torg", Day(8, 24), 18, 8, 60, "norrmalm", "riktad");
        year.Say(YearWriter.At(Day(8, 6), 10), YearWriter.At(Day(8, 6), 10), "insats.planned.v1", "insats/natverk-5", planned);
        year.Say(YearWriter.At(Day(8, 22), 13), YearWriter.At(Day(8, 22), 13), "insats.cancelled.v1", "insats/natverk-5",
            new JsonObject
        {
            ["reason"] = "Personalen behövdes vid en särskild händelse (påhittat exempel).",
        });
    }

    private static void YouthNarcotics(YearWriter year)
    {
        const string Title = "Riktad insats mot unga narkotikamissbrukare";
        Youth(year, "unga-1", Day(3, 16), "Sergels torg", 3, 3);
        Youth(year, "unga-2", Day(5, 4), "Drottninggatan", 2, 2);

        // Reported twice by mistake: the second report is voided, and the commitment falls back by one.
        Youth(year, "unga-2-dubblett", Day(5, 4), "Drottninggatan", 2, 6);
        year.Say(YearWriter.At(Day(5, 29), 11), YearWriter.At(Day(5, 29), 11), "insats.voided.v1", "insats/unga-2-dubblett",
            new JsonObject
        {
            ["reason"] = "Samma insats rapporterad två gånger (påhittat exempel).",
        });

        // First reported for the wrong area; corrected, it counts.
        CarriedOut(year, "unga-3", Day(9, 7), 18, 7, 49, "youth-narcotics", Title, "Hötorget", "ostermalm", 3, "riktad");
        var corrected = YouthFacts(Day(9, 7), "Hötorget", 5);
        corrected["reason"] = "Fel område i rapporten: Hötorget ligger på Norrmalm (påhittat exempel).";
        year.Say(
            YearWriter.At(Day(9, 20), 9), YearWriter.At(Day(9, 20), 9), "insats.corrected.v1", "insats/unga-3", corrected);
        Youth(year, "unga-4", Day(11, 23), "Centralplan", 4, 3);
    }

    private static void Traffic(YearWriter year)
    {
        const string Title = "Riktad trafikinsats på utsatt plats";
        string[] places = ["Klarabergsgatan", "Malmskillnadsgatan", "Centralplan", "Klarabergsgatan"];
        DateOnly[] days = [Day(4, 12), Day(10, 11), Day(11, 15), Day(12, 6)];
        for (var i = 0; i < days.Length; i++)
        {
            CarriedOut(
                year, $"trafik-{i + 1}", days[i], 7, 6, 30, "traffic", Title, places[i], "norrmalm", 4, "riktad", "utsatt-plats");
        }
    }

    private static void Forum(YearWriter year, string id, string name, string partner, int day, IReadOnlyList<int> skipped)
    {
        var stream = $"forum/{id}";
        var established = YearWriter.At(Day(1, 8), 9);
        year.Say(established, established, "forum.established.v1", stream, new JsonObject
        {
            ["name"] = name,
            ["purpose"] = "Stående samverkan enligt medborgarlöftet; mötena här är påhittade exempel.",
            ["place"] = new JsonObject { ["area"] = "norrmalm" },
            ["parties"] = Attending(partner),
        });
        for (var month = 1; month <= 12; month++)
        {
            if (skipped.Contains(month))
                continue;

            Meeting(year, stream, partner, NextWeekday(Day(month, day)));
        }
    }

    private static void Meeting(YearWriter year, string stream, string partner, DateOnly on)
    {
        var at = YearWriter.At(on, 9);
        var meeting = $"{on:yyyy-MM-dd}";
        year.Say(YearWriter.At(on, 15), at, "forum.meeting-held.v1", stream, new JsonObject
        {
            ["meeting"] = meeting,
            ["at"] = YearWriter.Text(at),
            ["parties"] = Attending(partner),
            ["place"] = new JsonObject { ["area"] = "norrmalm" },
            ["topics"] = new JsonArray("Läget sedan förra mötet (påhittat exempel)"),
            ["tags"] = new JsonArray(NorrmalmYear.Invented),
        });
        if (on.Month % 3 != 2)
            return;

        var activity = $"atgard-{meeting}";
        var due = on.AddDays(45);
        year.Say(YearWriter.At(on, 15, 10), at, "forum.activity-agreed.v1", stream, new JsonObject
        {
            ["activity"] = activity,
            ["meeting"] = meeting,
            ["what"] = "Gemensam trygghetsvandring och åtgärdslista (påhittat exempel).",
            ["responsible"] = on.Month % 2 == 0 ? partner : "polis",
            ["proposedBy"] = "polis",
            ["due"] = $"{due:yyyy-MM-dd}",
        });
        if (on.Month == 11)
            return;

        var done = YearWriter.At(due.AddDays(-3), 16);
        year.Say(done.AddHours(20), done, "forum.activity-completed.v1", stream, new JsonObject
        {
            ["activity"] = activity,
            ["at"] = YearWriter.Text(done),
            ["outcome"] = "Genomförd; fyra platser fick bättre belysning (påhittat exempel).",
        });
    }

    private static void Youth(YearWriter year, string id, DateOnly day, string place, int minors, int reportedAfter) =>
        year.Say(
            YearWriter.At(day.AddDays(reportedAfter), 10, 20), YearWriter.At(day, 18), "insats.carried-out.v1", $"insats/{id}",
            YouthFacts(day, place, minors));

    private static JsonObject YouthFacts(DateOnly day, string place, int minors)
    {
        var facts = Facts(
            "youth-narcotics", "Riktad insats mot unga narkotikamissbrukare", place, day, 18, 7, 42, "norrmalm", "riktad");
        facts["targetGroup"] = "youth";
        facts["minorsEncountered"] = minors;
        facts["results"] = new JsonObject { ["checks"] = 35, ["reports"] = 4 };
        return facts;
    }

    private static void CarriedOut(
        YearWriter year, string id, DateOnly day, int hour, int lasts, int hours, string kind, string title, string place,
        string area, int reportedAfter, params IReadOnlyList<string> tags) =>
        year.Say(
            YearWriter.At(day.AddDays(reportedAfter), 9, 40), YearWriter.At(day, hour), "insats.carried-out.v1", $"insats/{id}",
            Facts(kind, title, place, day, hour, lasts, hours, area, tags));

    private static JsonObject Facts(
        string kind, string title, string place, DateOnly day, int hour, int lasts, int hours, string area,
        params IReadOnlyList<string> tags)
    {
        var from = YearWriter.At(day, hour);
        return NorrmalmYear.Facts(kind, title, place, from, from.AddHours(lasts), hours, area, tags);
    }

    private static JsonArray Attending(string partner) =>
        new(
            new JsonObject { ["name"] = "polis", ["role"] = "lead" },
            new JsonObject { ["name"] = partner, ["role"] = "chair" },
            new JsonObject { ["name"] = "fastighetsagare", ["role"] = "participant" });

    private static DateOnly NextWeekday(DateOnly day) =>
        day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(2), DayOfWeek.Sunday => day.AddDays(1), _ => day };

    private static DateOnly Day(int month, int day) => new(2018, month, day);
}
