namespace LofteEvents.Server.Evaluations;

/// <summary>What the reads of evaluations say of themselves in <c>/openapi/v1.json</c>.</summary>
internal static class EvaluationDescription
{
    public const string Evaluation =
        """
        {"report":{"format":1,"lofte":{"id":"norrmalm-2018","title":"Medborgarlöfte på Norrmalm","area":"norrmalm",
           "areaName":"Norrmalm","term":{"from":"2018-01-01","to":"2018-12-31"},
           "signedTerm":{"from":"2018-01-01","to":"2018-12-31"},"owners":["polis"],
           "problems":["Våld i offentlig miljö"],"aims":[],"text":"Medborgarlöfte på Norrmalm …"},
           "at":{"position":290,"recordedAt":"2018-11-14T07:00:00Z","on":"2018-11-15"},"phase":"during",
           "commitments":[{"id":"trafik",
             "text":"Polisen skall genomföra minst fyra riktade trafikinsatser på särskilt utsatta platser.",
             "verdict":"at-risk","preliminary":true,
             "plans":{"planned":0,"delivered":0,"cancelledTotal":0,"open":0,"cancelled":[]},
             "hours":{"hours":60,"with":2,"without":0},
             "months":[{"month":"2018-01","to":"2018-01-31","counted":0,"done":0,"expected":0}],
             "events":2,"evidence":[],"correctionsTotal":0,"corrections":[]}],
           "forums":[],"feedbackPromised":[],"feedbackGiven":[],"changes":[],"missing":[{"what":"effect"}]},
         "digest":"sha256:5f1d7a84db00d2fce00b31a7fc73224f1a3d2d2f9b4f1d1d3a5b7c9e0f1a2b3c","earlier":[]}
        """;
}
