using LofteEvents.Server.OpenApi;
using Microsoft.OpenApi;

namespace LofteEvents.Server.Loften;

/// <summary>What the reads of promises say of themselves in <c>/openapi/v1.json</c>.</summary>
internal static class LoftenDescription
{
    public const string List =
        """
        {"items":[{"id":"norrmalm-2018","title":"Medborgarlöfte på Norrmalm","area":"norrmalm","areaName":"Norrmalm",
          "term":{"from":"2018-01-01","to":"2018-12-31"},"owners":["polis"],"commitments":4,"phase":"during",
          "verdicts":{"on-track":1,"at-risk":1,"fulfilled":2},"amendments":0}],"page":1,"limit":20,"total":1}
        """;

    public const string Lofte =
        """
        {"id":"norrmalm-2018","title":"Medborgarlöfte på Norrmalm","area":"norrmalm","areaName":"Norrmalm",
         "term":{"from":"2018-01-01","to":"2018-12-31"},"signedTerm":{"from":"2018-01-01","to":"2018-12-31"},
         "owners":["polis"],"languages":["sv"],"text":"Medborgarlöfte på Norrmalm …","problems":["Våld i offentlig miljö"],
         "aims":["Norrmalms stadsdel skall vara trygg, tillgänglig och säker för alla som vistas här."],
         "kinds":[{"id":"traffic","name":"Trafikinsats"}],
         "commitments":[{"id":"trafik",
           "text":"Polisen skall genomföra minst fyra riktade trafikinsatser på särskilt utsatta platser.",
           "rule":{"shape":"count","select":{"type":"insats","kinds":["traffic"],"tags":["riktad","utsatt-plats"],
             "areas":["norrmalm"]},"atLeast":4}}],
         "feedback":[],"feedbackGiven":[],"changes":[],"on":"2018-10-01","asOf":"2018-09-28T07:00:00Z","position":241,
         "status":"/api/v1/loften/norrmalm-2018/status"}
        """;

    public const string Status =
        """
        {"lofte":"norrmalm-2018","on":"2018-10-01","asOf":"2018-09-28T07:00:00Z","position":241,"phase":"during",
         "commitments":[{"id":"trafik",
           "text":"Polisen skall genomföra minst fyra riktade trafikinsatser på särskilt utsatta platser.",
           "verdict":"at-risk","preliminary":true,"unit":"events","target":4,"done":1,"remaining":3,
           "pace":{"expected":3,"credited":1,"daysLeft":92,"neededPerMonth":1.0},"counted":1,"planned":0,
           "evidence":[{"position":90,"stream":"insats/trafik-1","item":"insats","type":"insats","kind":"traffic",
             "title":"Riktad trafikinsats på utsatt plats","day":"2018-04-12","from":"2018-04-12T05:00:00Z",
             "to":"2018-04-12T09:00:00Z","place":"Klarabergsgatan","area":"norrmalm","parties":[{"name":"polis","role":"lead"}],
             "tags":["riktad","utsatt-plats"],"corrected":false,"recordedAt":"2018-04-13T06:40:00Z"}],
           "events":"/api/v1/loften/norrmalm-2018/commitments/trafik"}],
         "feedback":[]}
        """;

    public const string Commitment =
        """
        {"lofte":"norrmalm-2018","on":"2018-10-01","asOf":"2018-09-28T07:00:00Z","position":241,
         "commitment":{"id":"trafik","text":"…","verdict":"at-risk","preliminary":true,"unit":"events","target":4,"done":1,
           "remaining":3,"pace":{"expected":3,"credited":1,"daysLeft":92,"neededPerMonth":1.0},"counted":1,"planned":0,
           "evidence":[],"events":"/api/v1/loften/norrmalm-2018/commitments/trafik"},
         "rules":[{"rule":{"shape":"count","select":{"type":"insats","kinds":["traffic"]},"atLeast":4}}],
         "counted":{"items":[],"page":1,"limit":20,"total":1},
         "notCounted":{"items":[{"event":{"position":95,"stream":"insats/2018-04-17-2","item":"insats","type":"insats",
             "kind":"traffic","title":"Trafikkontroll","day":"2018-04-17","from":"2018-04-17T05:00:00Z",
             "to":"2018-04-17T07:00:00Z","area":"norrmalm","parties":[],"tags":[],"corrected":false,
             "recordedAt":"2018-04-18T06:40:00Z"},
           "reasons":[{"code":"tags","demanded":["riktad","utsatt-plats"],"found":[]}]}],"page":1,"limit":20,"total":1},
         "truncated":false}
        """;

    public const string Timeline =
        """
        {"lofte":"norrmalm-2018","on":"2018-10-01","asOf":"2018-09-28T07:00:00Z","position":241,
         "items":[{"position":233,"stream":"insats/unga-3","type":"insats.corrected.v1","happenedAt":"2018-09-20T07:00:00Z",
           "recordedAt":"2018-09-20T07:00:00Z","day":"2018-09-07","title":"Riktad insats mot ungdomsnarkotika",
           "kind":"youth-narcotics","place":"Hötorget","area":"norrmalm","countsFor":["unga-narkotika"],"replaces":226}],
         "page":1,"limit":20,"total":118,"truncated":false}
        """;

    /// <summary>The two times of a read, and the position that it must have reached.</summary>
    public static TBuilder WithTimes<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint
            .WithQuery(
                "on", JsonSchemaType.String, "The day that is judged, inclusive; default today in Stockholm.", "2018-10-01")
            .WithQuery(
                "asOf",
                JsonSchemaType.String,
                "What was known then: a recorded time with offset, or @ and a position; default now.",
                "2018-10-01T12:00:00Z")
            .WithQuery(
                "minPosition",
                JsonSchemaType.Integer,
                "Wait up to 2 s until the answer rests on at least this position; 503 where it does not.",
                "241");

    public const string Comparison =
        """
        {"earlier":{"id":"norrmalm-2018","title":"Medborgarlöfte på Norrmalm","area":"norrmalm",
           "term":{"from":"2018-01-01","to":"2018-12-31"},"on":"2019-12-31","phase":"after","position":341},
         "later":{"id":"norrmalm-2019","title":"Medborgarlöfte Lokalpolisområde Norrmalm, Stockholm","area":"norrmalm",
           "term":{"from":"2019-01-01","to":"2019-12-31"},"on":"2019-12-31","phase":"during","position":341},
         "commitments":[{"change":"raised",
           "earlier":{"id":"trafik",
             "text":"Polisen skall genomföra minst fyra riktade trafikinsatser på särskilt utsatta platser.",
             "unit":"events","target":4,"done":4,"verdict":"fulfilled"},
           "later":{"id":"trafik","text":"minst fem riktade trafikinsatser","unit":"events","target":5,"done":0,
             "verdict":"at-risk"},"ruleChanged":true}],
         "problems":{"kept":["Trafikbrott"],"dropped":["Mörka otrygga områden"],"added":[],"notPublished":false},
         "aims":{"kept":[],"dropped":[],"added":[],"notPublished":true}}
        """;
}
