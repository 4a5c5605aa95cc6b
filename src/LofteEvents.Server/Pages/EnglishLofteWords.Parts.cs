namespace LofteEvents.Server.Pages;

/// <summary>Which parts of a divided commitment were missed.</summary>
internal sealed partial class EnglishLofteWords
{
    public override string MissedParts(int missed, int total, string each, IReadOnlyList<string> names) =>
        $"Missed: {missed} of {total} {Plural(each)}: {string.Join(", ", names)}"
        + (missed > names.Count ? $" and {missed - names.Count} more." : ".");

    public override string Older(string until) => $"What happened up to {until}";

    private static string Plural(string part) => part switch
    {
        "day" => "days",
        "week" => "weeks",
        "month" => "months",
        "tertial" => "tertials",
        "half-year" => "half-years",
        "year" => "years",
        "weekend" => "weekends",
        "season" => "seasons",
        "occurrence" => "occurrences",
        "area" => "areas",
        "place" => "places",
        "forum" => "forums",
        "kind" => "kinds",
        "tag" => "tags",
        "party" => "parties",
        "group" => "groups",
        "occasion" => "occasions",
        "event" => "events",
        _ => "parts",
    };
}
