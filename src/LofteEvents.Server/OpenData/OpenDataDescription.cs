namespace LofteEvents.Server.OpenData;

/// <summary>What open data says of itself in <c>/openapi/v1.json</c>.</summary>
internal static class OpenDataDescription
{
    public const string Year =
        """
        [{"lofte":"norrmalm-2018","on":"2019-01-15","asOf":"2018-12-31T09:00:00Z","position":323,"phase":"after",
          "commitments":[{"id":"trafik",
            "text":"Polisen skall genomföra minst fyra riktade trafikinsatser på särskilt utsatta platser.",
            "verdict":"fulfilled","preliminary":false,"unit":"events","target":4,"done":4,"remaining":0,"pace":null,"counted":4,
            "planned":0,"evidence":[],"events":"/api/v1/loften/norrmalm-2018/commitments/trafik"}],"feedback":[]}]
        """;
}
