namespace LofteEvents.Tests;

/// <summary>
/// Decisions told as stories: <c>Given(what happened).When(what is said).Then(what is recorded)</c>, <c>.ThenNothing()</c> or
/// <c>.ThenRefused("code")</c>. They go through <see cref="StreamDecisions"/>, as intake does.
/// </summary>
internal static class Spec
{
    public static History Given(params DomainEvent[] happened) => new(happened, Sample.Context);

    public static Outcome When(DomainEvent said) => Given().When(said);

    internal sealed record History(IReadOnlyList<DomainEvent> Happened, DecisionContext Context)
    {
        public History At(DateTimeOffset now) => this with { Context = Context with { Now = now } };

        public Outcome When(DomainEvent said) => new(Decide(said), said);

        private Decision<DomainEvent> Decide(DomainEvent said)
        {
            var prefix = EventCatalogue.Of(said).StreamPrefix;
            var stream = prefix + (prefix == "evaluation" ? "/norrmalm-2018-1" : "/norrmalm-2018");
            var recorded = Happened.Select((happened, index) =>
                new Recorded<DomainEvent>(index + 1, Guid.Empty, stream, index + 1, happened, Sample.Now, Sample.Now));
            return StreamDecisions.Decide(stream, [.. recorded], said, Context);
        }
    }

    internal sealed record Outcome(Decision<DomainEvent> Decision, DomainEvent Said)
    {
        /// <summary>What was said is recorded as it was said.</summary>
        public void ThenRecorded() => Then(Said);

        public void Then(params DomainEvent[] events)
        {
            Decision.Refusals.ShouldBeEmpty();
            Decision.Events.Select(Sample.Stored).ShouldBe(events.Select(Sample.Stored));
        }

        public void ThenNothing()
        {
            Decision.Refusals.ShouldBeEmpty();
            Decision.Events.ShouldBeEmpty();
        }

        public void ThenRefused(string code, string? pointer = null)
        {
            Decision.Events.ShouldBeEmpty();
            Decision.Refusals.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                refusal => refusal.Code.ShouldBe(code),
                refusal => refusal.Pointer.ShouldBe(pointer));
        }

        public void ThenRefusedWith(params string[] codes)
        {
            Decision.Events.ShouldBeEmpty();
            Decision.Refusals.Select(refusal => refusal.Code).ShouldBe(codes);
        }
    }
}
