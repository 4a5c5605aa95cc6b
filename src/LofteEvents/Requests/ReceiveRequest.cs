using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Requests.RequestEvent>;

namespace LofteEvents.Requests;

/// <summary>A request is received once.</summary>
internal static class ReceiveRequest
{
    public static Decision<RequestEvent> Decide(Request state, RequestReceived said, DecisionContext context) => state switch
    {
        Request.Unknown => Faults(said, context) is { Count: > 0 } faults ? Refuse(faults) : Accept(said),
        Request.Received received when AreSame(received.Said, said) => Nothing,
        Request.Received => Refuse(
            "request.already-received",
            "This request is already recorded, with other facts; "
                + "void it with request.voided.v1, and report the right one under an id of its own."),
        Request.Voided => RequestRefusals.Voided,
        _ => throw new UnreachableException(),
    };

    private static List<Refusal> Faults(RequestReceived said, DecisionContext context)
    {
        var faults = new List<Refusal>();
        if (context.IsAhead(said.At))
            faults.Add(RequestRefusals.InTheFuture(said.At));
        if (context.Areas.Unknown(said.Place.Area, "/place/area") is { } unknown)
            faults.Add(unknown);

        return faults;
    }

    private static bool AreSame(RequestReceived one, RequestReceived other) =>
        one with { Tags = null } == other with { Tags = null } && SameItems.InAnyOrder(one.Tags, other.Tags);
}
