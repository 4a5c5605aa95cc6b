namespace LofteEvents.Tests.Cli;

/// <summary>Events as a publisher writes them, each a line of JSON.</summary>
internal static class Said
{
    public static string Insats(string id, string kind = "traffic", string day = "2018-03-16", string more = "") =>
        $$"""
        {"specversion":"1.0","type":"se.lofteevents.insats.carried-out.v1","source":"urn:lofte:demo","id":"{{id}}",
        "subject":"insats/{{id}}","time":"{{day}}T20:00:00+01:00","data":{"kind":"{{kind}}","place":{"area":"norrmalm"},
        "from":"{{day}}T18:00:00+01:00","to":"{{day}}T19:30:00+01:00"} {{more}} }
        """.Replace("\n", "", StringComparison.Ordinal);

    public static string Void(string insats, string id) =>
        $$"""
        {"specversion":"1.0","type":"se.lofteevents.insats.voided.v1","source":"urn:lofte:demo","id":"{{id}}",
        "subject":"insats/{{insats}}","time":"2018-03-20T08:00:00+01:00","data":{"reason":"Ordinarie patrullering."} }
        """.Replace("\n", "", StringComparison.Ordinal);

    public static string Lines(params IEnumerable<string> events) => string.Concat(events.Select(each => each + "\n"));
}
