using System.Diagnostics;

namespace LofteEvents.Requests;

/// <summary>Where a request stands: what its decisions need to know, and no more.</summary>
internal abstract record Request
{
    private Request()
    {
    }

    public static Request Initial { get; } = new Unknown();

    /// <summary>Nothing is recorded of it.</summary>
    public sealed record Unknown : Request;

    /// <param name="Answer">Null while it waits.</param>
    public sealed record Received(RequestReceived Said, RequestAnswered? Answer) : Request;

    public sealed record Voided(string Reason) : Request;

    public static Request Evolve(Request state, DomainEvent happened) => (state, happened) switch
    {
        (_, RequestReceived said) => new Received(said, null),
        (Received received, RequestAnswered said) => received with { Answer = said },
        (_, RequestVoided said) => new Voided(said.Reason),
        _ => state,
    };

    public static Decision<RequestEvent> Decide(Request state, RequestEvent said, DecisionContext context) => said switch
    {
        RequestReceived received => ReceiveRequest.Decide(state, received, context),
        RequestAnswered answered => AnswerRequest.Decide(state, answered, context),
        RequestVoided voided => VoidRequest.Decide(state, voided),
        _ => throw new UnreachableException($"No decision for {said.GetType().Name}."),
    };
}
