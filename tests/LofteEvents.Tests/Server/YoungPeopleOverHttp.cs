using System.Text.Json.Nodes;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

/// <summary>Young people met in an insats, with what of them is sealed, as a publisher says it.</summary>
internal static class YoungPeopleOverHttp
{
    public static JsonObject Youth(string insats, Guid person, JsonObject? part = null) =>
        Event("insats.youth-encountered.v1", insats, NewId(), Facts(person, part));

    public static JsonObject Corrected(string insats, Guid person, JsonObject part)
    {
        var facts = Facts(person, part);
        facts["reason"] = "Uppgifterna var fel.";
        return Event("insats.youth-corrected.v1", insats, NewId(), facts);
    }

    public static JsonObject Facts(Guid person, JsonObject? part) => new()
    {
        ["person"] = person,
        ["ageAtDeed"] = 16,
        ["suspicion"] = "reasonable",
        ["sealed"] = part ?? Sealed("Kim Åström", "20020101-0000"),
    };

    public static JsonObject Sealed(string name, string? number = null)
    {
        var part = new JsonObject { ["name"] = name };
        if (number is not null)
        {
            part["personalNumber"] = number;
        }

        return part;
    }

    /// <summary>The stream of an insats that was carried out.</summary>
    public static async Task<string> NewInsatsAsync(this HttpClient publisher, CancellationToken cancellationToken)
    {
        var id = NewId();
        (await publisher.PublishAsync(CarriedOut(id), cancellationToken)).ShouldBeTaken();
        return $"insats/{id}";
    }
}
