using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Requests.RequestEvent>;

namespace LofteEvents.Requests;

/// <summary>What was recorded and was no request is voided, once and for good.</summary>
internal static class VoidRequest
{
    public static Decision<RequestEvent> Decide(Request state, RequestVoided said) => state switch
    {
        Request.Unknown => RequestRefusals.Unknown,
        Request.Received => Accept(said),
        Request.Voided voided when voided.Reason == said.Reason => Nothing,
        Request.Voided => RequestRefusals.Voided,
        _ => throw new UnreachableException(),
    };
}
