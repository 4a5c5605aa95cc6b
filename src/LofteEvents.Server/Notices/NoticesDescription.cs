namespace LofteEvents.Server.Notices;

/// <summary>What the addresses of notices say of themselves in <c>/openapi/v1.json</c>.</summary>
internal static class NoticesDescription
{
    public const string Decision =
        """
        {"action":"postpone","ground":"harms-inquiry","until":"2018-03-17T12:00:00+01:00","reason":"Förhör återstår."}
        """;

    public const string Attempt =
        """
        {"channel":"phone","outcome":"not-reached","note":"Inget svar."}
        """;

    public const string List =
        """
        {"items":[{"id":"0b8c1f0e-6d7a-8c21-9b7e-5a1d3c2e4f60","state":"to-decide","overdue":false,"minutesOverdue":0,
          "about":"person","insats":"insats/2018-03-16-sergels-torg","person":"5f0c7c0e-8d0b-4c55-9f0c-2d1a3b4c5d6e",
          "to":"socialtjanst","recipient":"socialtjanst-norrmalm","recipientName":"Socialtjänsten, Norrmalms stadsdelsområde",
          "fellBack":false,"area":"norrmalm","grounds":[{"id":"lul-6-suspected","law":"LUL (1964:167) 6 §","from":"2002-07-01",
          "verified":false}],"minutes":240,"openedAt":"2018-03-16T22:00:04Z","deadline":"2018-03-17T02:00:00Z",
          "changedAt":"2018-03-16T22:00:04Z","channel":"webhook","isCorrection":false}],"page":1,"limit":20,"total":1}
        """;

    public const string Notice =
        """
        {"notice":{"id":"0b8c1f0e-6d7a-8c21-9b7e-5a1d3c2e4f60","state":"sending","overdue":false,"minutesOverdue":0,
          "about":"person","insats":"insats/2018-03-16-sergels-torg","person":"5f0c7c0e-8d0b-4c55-9f0c-2d1a3b4c5d6e",
          "to":"guardian","recipient":"guardian","fellBack":false,"area":"norrmalm","grounds":[{"id":"lul-5-suspected",
          "law":"LUL (1964:167) 5 §, before SFS 2022:1096","from":"2000-01-01","verified":false}],"minutes":60,
          "openedAt":"2018-03-16T22:00:04Z","deadline":"2018-03-16T23:00:00Z","changedAt":"2018-03-16T22:20:11Z",
          "channel":"phone","isCorrection":false,"decision":"send","decidedBy":"officer-17"},
         "postponeGrounds":["harms-inquiry"],"waiveGrounds":["against-childs-best","special-reasons"],
         "history":[{"type":"notice.decided.v1","position":245,"version":2,"recordedAt":"2018-03-16T22:20:11Z",
           "data":{"action":"send","by":"officer-17"}}]}
        """;

    public const string Content =
        """
        {"notice":"4d2f7a10-2b3c-8e4d-a5f6-7081920a1b2c","about":"insats","isCorrection":false,
         "grounds":[{"id":"insats-notice","law":"Local agreement of police and municipality","from":"2000-01-01",
           "verified":false}],
         "insats":{"stream":"insats/2018-03-16-sergels-torg","kind":"youth-narcotics","area":"norrmalm","areaName":"Norrmalm",
           "place":"Sergels torg","from":"2018-03-16T17:00:00Z","to":"2018-03-17T00:30:00Z","minorsEncountered":3},
         "call":{"name":"Ungdomsgruppen, Norrmalm","phone":"114 14"}}
        """;
}
