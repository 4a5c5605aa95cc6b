using System.Diagnostics;
using LofteEvents.Evaluations;
using LofteEvents.Forums;
using LofteEvents.Indicators;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Requests;
using LofteEvents.Subjects;

namespace LofteEvents;

/// <summary>The one door to every decision: folds a stream's history to its state, and decides what was said.</summary>
public static class StreamDecisions
{
    /// <param name="stream">With a prefix that fits what is said (intake has checked it).</param>
    /// <param name="history">The stream's events in order of version; those that an undecided batch would add come last.</param>
    public static Decision<DomainEvent> Decide(
        string stream, IReadOnlyList<Recorded<DomainEvent>> history, DomainEvent said, DecisionContext context) =>
        said switch
        {
            LofteEvent lofte => Widened(Lofte.Decide(Fold(history, Lofte.Initial(stream), Lofte.Evolve), lofte, context)),
            InsatsEvent insats => Widened(Insats.Decide(Fold(history, Insats.Initial, Insats.Evolve), insats, context)),
            ForumEvent forum => Widened(Forum.Decide(Fold(history, Forum.Initial, Forum.Evolve), forum, context)),
            RequestEvent request => Widened(Request.Decide(Fold(history, Request.Initial, Request.Evolve), request, context)),
            IndicatorEvent indicator =>
                Widened(Indicator.Decide(Fold(history, Indicator.Initial, Indicator.Evolve), indicator, context)),
            EvaluationEvent evaluation =>
                Widened(Evaluation.Decide(Fold(history, Evaluation.Initial(stream), Evaluation.Evolve), evaluation, context)),
            SubjectEvent subject => Widened(Subject.Decide(Fold(history, Subject.Initial, Subject.Evolve), subject)),
            _ => throw new UnreachableException($"{EventCatalogue.Of(said)} is not decided for {stream}."),
        };

    private static TState Fold<TState>(
        IReadOnlyList<Recorded<DomainEvent>> history, TState initial, Func<TState, DomainEvent, TState> evolve)
    {
        var state = initial;
        foreach (var recorded in history)
            state = evolve(state, recorded.Event);

        return state;
    }

    private static Decision<DomainEvent> Widened<E>(Decision<E> decision)
        where E : DomainEvent =>
        decision.IsRefused ? Decision<DomainEvent>.Refuse(decision.Refusals)
        : decision.Events.Count == 0 ? Decision<DomainEvent>.Nothing
        : Decision<DomainEvent>.Accept(decision.Events);
}
