namespace LofteEvents.Server.Pages;

/// <summary>Which parts of a divided commitment were missed.</summary>
internal sealed partial class SwedishLofteWords
{
    public override string MissedParts(int missed, int total, string each, IReadOnlyList<string> names) =>
        $"Missat: {missed} av {total} {Plural(each)}: {string.Join(", ", names)}"
        + (missed > names.Count ? $" och {missed - names.Count} till." : ".");

    public override string Older(string until) => $"Det som hände till och med {until}";

    private static string Plural(string part) => part switch
    {
        "day" => "dagar",
        "week" => "veckor",
        "month" => "månader",
        "tertial" => "tertial",
        "half-year" => "halvår",
        "year" => "år",
        "weekend" => "helger",
        "season" => "årstider",
        "occurrence" => "tillfällen",
        "area" => "områden",
        "place" => "platser",
        "forum" => "forum",
        "kind" => "slag",
        "tag" => "märkningar",
        "party" => "parter",
        "group" => "grupper",
        "occasion" => "tillfällen",
        "event" => "händelser",
        _ => "delar",
    };
}
