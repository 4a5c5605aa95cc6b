using static LofteEvents.Decision<LofteEvents.Loften.LofteEvent>;

namespace LofteEvents.Loften;

/// <summary>Feedback may be given many times; the same is recorded once.</summary>
internal static class GiveFeedback
{
    public static Decision<LofteEvent> Decide(Lofte.Given lofte, FeedbackGiven said, DecisionContext context) =>
        lofte.Feedback.Contains(said) ? Nothing
        : context.IsAhead(said.On) ? LofteRefusals.InTheFuture("feedback.in-the-future", said.On)
        : Accept(said);
}
