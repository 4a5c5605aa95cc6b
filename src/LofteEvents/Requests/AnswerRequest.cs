using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Requests.RequestEvent>;

namespace LofteEvents.Requests;

/// <summary>A request is answered once, and not before it was received.</summary>
internal static class AnswerRequest
{
    public static Decision<RequestEvent> Decide(Request state, RequestAnswered said, DecisionContext context) => state switch
    {
        Request.Unknown => RequestRefusals.Unknown,
        Request.Received { Answer: null } when context.IsAhead(said.At) => Refuse(RequestRefusals.InTheFuture(said.At)),
        Request.Received { Answer: null } received when said.At < received.Said.At => Refuse(
            "request.answered-before-received",
            $"The request was received at {received.Said.At.Told()} and cannot have been answered before that, "
                + $"at {said.At.Told()}; correct the time.",
            "/at"),
        Request.Received { Answer: null } => Accept(said),
        Request.Received { Answer: { } answer } when AreSame(answer, said) => Nothing,
        Request.Received => Refuse(
            "request.already-answered",
            "This request is already answered, in another way; "
                + "void it with request.voided.v1 and report it under an id of its own, or check the subject's id."),
        Request.Voided => RequestRefusals.Voided,
        _ => throw new UnreachableException(),
    };

    private static bool AreSame(RequestAnswered one, RequestAnswered other) =>
        one with { Parties = null } == other with { Parties = null } && SameItems.InAnyOrder(one.Parties, other.Parties);
}
